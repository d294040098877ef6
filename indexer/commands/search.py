"""`deltanews search`: stories by keyword."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from archive.article import Precision
from core.console import Cell, print_hanging, print_json_lines, print_line, print_rows, stdout_console
from core.errors import UsageError
from core.numbers import LARGEST
from core.output import check_output
from core.time import format_time, period_of_options
from indexer.search.counts import CountBy
from indexer.search.document import StoryDocument
from indexer.search.index import MAX_RESULTS, SearchIndex, SearchRequest, Sort
from indexer.search.known_values import FIXED, check_values, known_values
from indexer.search.opening import open_search_index
from indexer.search.query.highlight import Snippet, highlights, snippet
from indexer.search.query.lexer import QueryError
from indexer.search.query.model import Everything, Query
from indexer.search.query.narrowing import narrowed
from indexer.search.query.parser import parse_query
from indexer.search.query.plain import plain_query
from indexer.search.story_files import FileFormat, story_json, write_stories
from indexer.settings import IndexerSettings


class Grouping(StrEnum):
    """What one line of the result stands for."""

    STORY = "story"
    EVENT = "event"


_HIT = "bold reverse"
_ON_TERMINAL = 20
"""Stories that a terminal shows where no limit is given."""


def _complete_topic(incomplete: str) -> list[str]:
    return [topic for topic in _known("topic") if topic.startswith(incomplete)]


def _complete_source(incomplete: str) -> list[str]:
    return [source for source in _known("source") if source.startswith(incomplete)]


def _complete_province(incomplete: str) -> list[str]:
    return [province for province in FIXED["province"] if province.startswith(incomplete)]


def search(
    *,
    query: Annotated[list[str] | None, typer.Argument(help="What to search for; nothing finds every story.")] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Only originals of this one, by id or title.", autocompletion=_complete_source),
    ] = None,
    province: Annotated[
        list[str] | None,
        typer.Option(help="Only broadcasters of this province, or 全国.", autocompletion=_complete_province),
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic.", autocompletion=_complete_topic)] = None,
    since: Annotated[str | None, typer.Option(help="Only stories since then: 7d, 24h, 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Only stories until then: 2026-11 takes in the 30th.")] = None,
    sort: Annotated[Sort, typer.Option(help="newest, oldest, or relevance: the best first.")] = Sort.NEWEST,
    limit: Annotated[
        int | None,
        typer.Option(min=0, max=LARGEST, help="How many stories at most; without it 20 on a terminal, else all."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line, with texts and copies.")
    ] = False,
    form: Annotated[
        FileFormat | None, typer.Option("--format", help="Write the stories as csv, xlsx or jsonl, uncut.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File for --format; without it standard output.")
    ] = None,
    copies: Annotated[bool, typer.Option("--copies", help="With --format: a row an article, copies too.")] = False,
    open_story: Annotated[
        int | None, typer.Option("--open", metavar="N", min=1, max=LARGEST, help="Open the Nth story in the browser.")
    ] = None,
    by: Annotated[Grouping, typer.Option(help="story, or event: of each happening the first report alone.")] = (
        Grouping.STORY
    ),
    count_by: Annotated[
        CountBy | None, typer.Option(help="Print how many stories there are of each instead: value, stories.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the query as it is understood, and stop.")] = False,
) -> None:
    """Print the stories that match, newest first: time, broadcaster, title, copies, address, id.

    All words must stand in a story's title or text, letter for letter (width and case do not count). OR, NOT and -
    work, so do brackets, "phrases" and field:value (title, body, source, province, topic, city, credit, reporter, date
    and more); the Chinese marks （）“”：； do the same. docs/search.md has all of it. A terminal shows 20 stories, each
    with its number for --open and its id for `deltanews story`; a pipe, --json and --format get all of them.

    Examples:
      deltanews search 长三角一体化
      deltanews search '"G60科创走廊" OR 生态绿色一体化 -广告' --since 7d
      deltanews search 'title:公交 city:苏州' --source jstv --sort relevance --limit 5
      deltanews search 长三角 --since 1d --by event
      deltanews search 长三角 --since 30d --count-by outlet
      deltanews search 长三角 --since 2026-11 --format xlsx --output november.xlsx
    """
    if form is None and (output or copies):
        raise UsageError("--output and --copies belong to --format csv, xlsx or jsonl")
    if count_by and (form or open_story or by is Grouping.EVENT):
        raise UsageError("--count-by counts stories: it goes with neither --format nor --open nor --by event")
    if form is not None and as_json:
        raise UsageError("--json and --format are two ways of writing: give one; --format jsonl writes JSON lines")
    period = period_of_options(since, until)
    request = SearchRequest(
        query=_parsed(" ".join(query or ())),
        sources=tuple(source or ()),
        provinces=tuple(province or ()),
        topics=tuple(topic or ()),
        since=period.since,
        until=period.until,
        sort=sort,
    )
    if explain:
        print_line(plain_query(narrowed(request)))
        return
    settings = IndexerSettings.load()
    index = open_search_index(settings)
    try:
        check_values(index, request, settings.levels)
        if count_by is not None:
            _print_counts(index, request, count_by, limit, as_json=as_json)
            return
        found = _one_of_each_event(index.all_hits(request)) if by is Grouping.EVENT else index.all_hits(request)
        if open_story is not None:
            _open(found, open_story)
        elif form is not None:
            if not _write(islice(found, limit), form, output, copies=copies) and limit != 0:
                _print_nothing_found(index)
        elif as_json or not sys.stdout.isatty():
            _print_all(index, islice(found, limit), limit, as_json=as_json)
        elif by is Grouping.EVENT:
            _print_events(index, request.query, islice(found, _ON_TERMINAL if limit is None else limit))
        else:
            _print_on_terminal(index, request, _ON_TERMINAL if limit is None else limit)
    finally:
        index.close()


def _known(field: str) -> list[str]:
    """Return a field's values for the completion of a command line; none where there is no index to ask."""
    index = open_search_index(IndexerSettings.load())
    try:
        return known_values(index, field)
    except Exception:  # noqa: BLE001 - a shell that completes must not print a failure into the line
        return []
    finally:
        index.close()


def _parsed(text: str) -> Query:
    try:
        return parse_query(text)
    except QueryError as error:
        raise UsageError(str(error)) from error


def _one_of_each_event(stories: Iterator[StoryDocument]) -> Iterator[StoryDocument]:
    """Yield of each event the story that comes first; a story that is in none yet stands for itself."""
    seen: set[str] = set()
    for story in stories:
        event = story.event_id or story.story_id
        if event not in seen:
            seen.add(event)
            yield story


def _open(stories: Iterator[StoryDocument], number: int) -> None:
    found = list(islice(stories, number))
    if number > len(found):
        raise UsageError(f"--open: there are only {len(found)} stories")
    print_line(found[-1].url)
    typer.launch(found[-1].url)


def _write(stories: Iterator[StoryDocument], form: FileFormat, output: Path | None, *, copies: bool) -> int:
    """Write the stories, whole or not at all; return how many rows."""
    if output is None:
        if form is FileFormat.XLSX and sys.stdout.isatty():
            raise UsageError("--format xlsx is no text for a terminal: name a file with --output")
        return write_stories(stories, sys.stdout.buffer, form, copies=copies)
    check_output(output)
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            count = write_stories(stories, file, form, copies=copies)
        part.replace(output)  # whole or not at all, also where the index fails half-way
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    print_line(f"{count:,} {'articles' if copies else 'stories'} in {output}", stderr=True)
    return count


def _print_counts(index: SearchIndex, request: SearchRequest, by: CountBy, limit: int | None, *, as_json: bool) -> None:
    counts = list(islice(index.counts(request, [by])[by].items(), limit))
    if as_json:
        print_json_lines({by.value: value, "stories": count} for value, count in counts)
    else:
        print_rows((by.value, "stories"), ((value, str(count)) for value, count in counts))
    if not counts and limit != 0:
        _print_nothing_found(index)


def _print_all(index: SearchIndex, stories: Iterator[StoryDocument], limit: int | None, *, as_json: bool) -> None:
    count = 0

    def counted() -> Iterator[StoryDocument]:
        nonlocal count
        for story in stories:
            count += 1
            yield story

    if as_json:
        print_json_lines(story_json(story) for story in counted())
    else:
        print_rows((), (_fields(story) for story in counted()))
    if not count and limit != 0:
        _print_nothing_found(index)


def _print_on_terminal(index: SearchIndex, request: SearchRequest, limit: int) -> None:
    result = index.search(SearchRequest(**(vars(request) | {"limit": min(limit, MAX_RESULTS)})))
    if not result.total:
        _print_nothing_found(index)
        return
    for number, story in enumerate(result.hits, 1):
        _print_story(number, request.query, story)
    shown = f", {len(result.hits):,} shown; --limit shows more" if result.total > len(result.hits) else ""
    sys.stdout.write(f"{'1 story' if result.total == 1 else f'{result.total:,} stories'}{shown}\n")


def _print_events(index: SearchIndex, query: Query, stories: Iterator[StoryDocument]) -> None:
    number = 0
    for number, story in enumerate(stories, 1):
        _print_story(number, query, story)
    if not number:
        _print_nothing_found(index)


def _print_nothing_found(index: SearchIndex) -> None:
    newest = index.search(SearchRequest(Everything(), limit=1))
    story = (
        f"the newest story is of {format_time(newest.hits[0].timeline_at)}" if newest.hits else "there are no stories"
    )
    print_line(f"nothing found; {story}", stderr=True)


def _print_story(number: int, query: Query, story: StoryDocument) -> None:
    """Print a story on lines of its own, which fit any width: what is copied or opened from them is never cut."""
    console = stdout_console()
    copies = {0: "", 1: "1 copy"}.get(story.copy_count, f"{story.copy_count} copies")
    event = f"{story.event_size} reports of event {story.event_id}" if story.event_size > 1 else ""
    gone = "withdrawn" if story.withdrawn_at else ""
    facts = "  ".join(part for part in (_when(story), story.source_title, gone, copies, event, story.story_id) if part)
    spans = tuple(highlights(query, "title", story.title))
    lines: list[Cell] = [facts, _marked(Snippet(story.title, spans))]
    piece = None if spans else snippet(query, "body", story.body)
    if piece:
        lines.append(_marked(piece, style="dim"))
    head = Text(f"{number:>3}  ", style="bold")
    for line in (*lines, story.url):
        print_hanging(head, line, console)
        head = Text("     ")


def _fields(story: StoryDocument) -> tuple[str, ...]:
    copies = str(story.copy_count or "")
    return (_when(story), story.source_title, story.title, copies, story.url, story.story_id)


def _when(story: StoryDocument) -> str:
    """Return when the original was published, no more exactly than its page tells; else when it was first seen."""
    if story.published_precision is Precision.NONE:
        return f"seen {format_time(story.first_seen_at, day_only=True)}"
    return format_time(story.published_at, day_only=story.published_precision is Precision.DAY)


def _marked(piece: Snippet, style: str = "") -> Text:
    text = Text(piece.text, style=style)
    for start, end in piece.spans:
        text.stylize(_HIT, start, end)
    return text
