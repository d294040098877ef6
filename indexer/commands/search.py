"""`deltanews search`: stories by keyword."""

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from archive.article import Precision
from core.console import Cell, print_json_lines, print_line, print_rows
from core.errors import UsageError
from core.time import format_time, parse_time
from indexer.search.document import StoryDocument
from indexer.search.index import MAX_RESULTS, SearchRequest, SearchResult, Sort
from indexer.search.opening import open_search_index
from indexer.search.query.highlight import Snippet, highlights, snippet
from indexer.search.query.lexer import QueryError
from indexer.search.query.model import Query
from indexer.search.query.parser import parse_query
from indexer.settings import IndexerSettings

_HIT = "bold reverse"


def search(
    *,
    query: Annotated[list[str] | None, typer.Argument(help="What to search for; nothing finds every story.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only originals of this one, by id or title.")] = None,
    province: Annotated[list[str] | None, typer.Option(help="Only broadcasters of this province, or 全国.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic.")] = None,
    since: Annotated[str | None, typer.Option(help="Only stories since then: 7d, 24h, 2026-11-01.")] = None,
    until: Annotated[str | None, typer.Option(help="Only stories before then.")] = None,
    sort: Annotated[Sort, typer.Option(help="newest, oldest, or relevance: the best first.")] = Sort.NEWEST,
    limit: Annotated[int, typer.Option(min=0, max=MAX_RESULTS, help="How many stories to print.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line, with texts and copies.")
    ] = False,
    open_story: Annotated[
        int | None, typer.Option("--open", metavar="N", min=1, help="Open the Nth story in the browser.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the query as the index gets it, and stop.")] = False,
) -> None:
    """Print the stories that match, newest first: time, broadcaster, title, copies, address.

    All words must stand in a story's title or text, letter for letter (width and case do not count). OR, NOT and -
    work, so do brackets, "phrases" and field:value (title, body, source, province, topic, city, credit, reporter, date
    and more); the Chinese marks （）“”：； do the same. docs/search.md tells all of it.

    Examples:
      deltanews search 长三角一体化
      deltanews search '"G60科创走廊" OR 生态绿色一体化 -广告' --since 7d
      deltanews search 'title:高铁 city:合肥' --source ahtv --sort relevance --limit 5
    """
    request = SearchRequest(
        query=_parsed(" ".join(query or ())),
        sources=tuple(source or ()),
        provinces=tuple(province or ()),
        topics=tuple(topic or ()),
        since=_time("--since", since),
        until=_time("--until", until),
        sort=sort,
        limit=max(limit, open_story or 0),
    )
    index = open_search_index(IndexerSettings.load())
    try:
        if explain:
            print_line(index.explain(request))
            return
        result = index.search(request)
    finally:
        index.close()
    if open_story is not None:
        _open(result, open_story)
    elif as_json:
        print_json_lines(story.model_dump(mode="json") for story in result.hits)
    else:
        _print_table(request.query, result)


def _parsed(text: str) -> Query:
    try:
        return parse_query(text)
    except QueryError as error:
        raise UsageError(str(error)) from error


def _time(option: str, text: str | None) -> datetime | None:
    try:
        return parse_time(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def _open(result: SearchResult, number: int) -> None:
    if number > len(result.hits):
        raise UsageError(f"--open: there are only {len(result.hits)} stories")
    url = result.hits[number - 1].url
    print_line(url)
    typer.launch(url)


def _print_table(query: Query, result: SearchResult) -> None:
    print_rows(
        ("time", "broadcaster", "title", "copies", "address"), (tuple(_row(query, story)) for story in result.hits)
    )
    if sys.stdout.isatty():
        stories = "1 story" if result.total == 1 else f"{result.total:,} stories"
        sys.stdout.write(f"{stories}{f', {len(result.hits)} shown' if result.total > len(result.hits) else ''}\n")


def _row(query: Query, story: StoryDocument) -> Iterator[Cell]:
    yield _when(story)
    yield story.source_title
    yield _title(query, story)
    yield str(story.copy_count or "")
    yield Text(story.url, overflow="fold")


def _when(story: StoryDocument) -> str:
    """Return when the original was published, no more exactly than its page tells; else when it was first seen."""
    if story.published_precision is Precision.NONE:
        return f"seen {format_time(story.first_seen_at, day_only=True)}"
    return format_time(story.published_at, day_only=story.published_precision is Precision.DAY)


def _title(query: Query, story: StoryDocument) -> Cell:
    """Return the title with its hits marked; on a terminal also the place in the text, where only that has hits."""
    spans = tuple(highlights(query, "title", story.title))
    if not sys.stdout.isatty():
        return story.title
    title = _marked(Snippet(story.title, spans))
    piece = None if spans else snippet(query, "body", story.body)
    return Text("\n", overflow="fold").join((title, _marked(piece, style="dim"))) if piece else title


def _marked(piece: Snippet, style: str = "") -> Text:
    text = Text(piece.text, style=style, overflow="fold")
    for start, end in piece.spans:
        text.stylize(_HIT, start, end)
    return text
