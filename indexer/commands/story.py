"""`deltanews story`: one story, why its original is the original, who else ran it and what they changed."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.text import Text
from sqlalchemy import Connection

from archive.article import Precision
from archive.articles import RevisionKind
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles
from core.console import print_facts, print_json_lines, print_rows, printable, stdout_console
from core.errors import UsageError
from core.time import format_time, in_shanghai, iso_second
from indexer.corrections import CorrectionView, views_of
from indexer.stories.revision_view import RevisionView, article_revisions
from indexer.stories.story_view import CopyView, StoryView, find_story

Revisions = dict[str, list[RevisionView]]
"""Of each article of a story, by its address."""
Corrections = dict[int, list[CorrectionView]]
"""What people corrected of each article of a story, by the article's id."""

_NAMES_A_STORY = re.compile(r"[0-9a-f]+|[a-z]+://[^\ud800-\udfff]+")


def story(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The story's id or its beginning, or the URL of one of its articles.")
    ],
    *,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Print what each later revision of its articles changed, instead.")
    ] = False,
    diff: Annotated[bool, typer.Option(help="Print what each copy leaves out (-) and adds (+).")] = True,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print what people corrected: extracted, corrected, when and by whom.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a story: its original and why it is that one, its text, every copy, and what each copy changed.

    An article that was corrected, taken down or shown again after it was stored has a revision for each.

    Examples:
        deltanews story 3f0c5a1be2d94c77
        deltanews story 3f0c5a1be2d94c77 --revisions
        deltanews story https://news.example/20260305/1.html --no-diff --explain
    """
    if not _NAMES_A_STORY.fullmatch(identifier):
        raise UsageError(f"{printable(identifier)}: neither the id of a story (letters a to f and digits) nor a URL")
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            view = find_story(connection, identifier)
            corrected = views_of(connection, view.all_articles) if view else {}
            titles = known_source_titles(connection)
            changes = _changes(connection, view) if view else {}
    finally:
        database.close()
    if view is None:
        raise UsageError(f"{identifier}: no story has this id or this article; deltanews search prints ids")
    if as_json:
        print_json_lines([_as_json(view, corrected, changes if revisions else None)])
    elif revisions:
        none = "none of its articles was changed, taken down or shown again since it was stored"
        print_rows(("revision", "seen", "what", "text", "article"), _revision_rows(changes), none=none)
    else:
        _print(view, titles, with_differences=diff)
        if explain and view.original:
            _print_corrections(view, corrected)


def _print(view: StoryView, titles: dict[str, str], *, with_differences: bool) -> None:
    """Print what is known of a story, its text, its copies and what they changed; nothing is cut at any width."""
    row, original = view.row, view.original
    facts = [("story", row.story_id), ("revision", str(row.revision))]
    if row.story_id != view.asked_for and len(view.asked_for) == len(row.story_id):
        facts.append(("merged", f"{view.asked_for} is no story any more; what is left of it is part of this one"))
    if original is None:
        print_facts([*facts, ("deleted", "none of its articles forms a story any more")])
        return
    facts += [
        ("title", original.title),
        ("original", original.url),
        ("source", titles.get(original.source, original.source)),
        ("published", _published(original)),
        ("credit", original.credit or ""),
        ("withdrawn", f"since {format_time(original.withdrawn_at)}" if original.withdrawn_at else ""),
        *(("because", reason) for reason in row.reasons),
    ]
    print_facts(facts)
    _blank_line()
    print_facts(("text", paragraph) for paragraph in original.body.splitlines() if paragraph.strip())
    for number, copy in enumerate(view.copies, 1):
        _blank_line()
        _print_copy(number, copy, titles)
    if with_differences:
        _print_differences(view)


def _print_copy(number: int, copy: CopyView, titles: dict[str, str]) -> None:
    article = copy.article
    source = titles.get(article.source, article.source)
    similarity = f"{copy.similarity:.2f}"
    if not sys.stdout.isatty():
        facts = (str(number), _published(article), source, article.credit or "", similarity)
        print_rows((), [(*facts, article.title, article.url)])
        return
    credit = f"credit {article.credit}" if article.credit else ""
    line = "  ".join(filter(None, (_published(article), source, credit, f"similarity {similarity}")))
    print_facts([(f"copy {number}", line), ("", article.title), ("", article.url)])


def _print_differences(view: StoryView) -> None:
    """Print what each copy leaves out (-) and adds (+)."""
    for number, copy in enumerate(view.copies, 1):
        if not sys.stdout.isatty():
            print_rows((), [(str(number), sign, sentence) for sign, sentence in copy.differences])
        elif copy.differences:
            _blank_line()
            print_facts(
                (f"copy {number} {sign}", Text(sentence, style="red" if sign == "-" else "green"))
                for sign, sentence in copy.differences
            )


def _revision_rows(changes: Revisions) -> Iterator[tuple[str, str, str, str, str]]:
    """Give a row for each change: a field, a figure, a sentence that went (-) or came (+), withdrawn, back."""
    for url, views in changes.items():
        for view in views:
            told = [(name, f"{_shown(was)} → {_shown(now)}") for name, (was, now) in view.fields.items()]
            told += [("figure", f"{was} → {now}") for was, now in view.figures]
            told += view.differences
            if view.kind is not RevisionKind.TEXT:
                told = [(view.kind.value, "")]
            for what, text in told or [("text", "punctuation or spacing alone")]:
                yield str(view.revision), format_time(view.seen_at), what, text, url


def _shown(value: str | datetime | None) -> str:
    return format_time(value) if isinstance(value, datetime) else value or "none"


def _print_corrections(view: StoryView, corrected: Corrections) -> None:
    """Print of each article what people corrected of it."""
    for article in view.all_articles:
        for one in corrected[article.id]:
            _blank_line()
            print_facts(
                [
                    ("corrected", one.correction.kind.value),
                    ("of", article.url),
                    ("extracted", one.extracted or ""),
                    ("says now", one.corrected),
                    ("by", f"{one.correction.corrected_by}, {format_time(one.correction.corrected_at)}"),
                ]
            )


def _blank_line() -> None:
    if sys.stdout.isatty():
        stdout_console().print()


def _published(article: Any) -> str:
    return format_time(article.published_at, day_only=article.published_precision == Precision.DAY)


def _changes(connection: Connection, view: StoryView) -> Revisions:
    return {article.url: article_revisions(connection, article.id) for article in view.all_articles}


def _as_json(view: StoryView, corrected: Corrections, changes: Revisions | None) -> dict[str, Any]:
    """Return a story as JSON; `changes` are its articles' revisions by their address, None: they are not asked for."""
    row = view.row
    return {
        "story_id": row.story_id,
        "revision": row.revision,
        "deleted": row.deleted,
        "merged_into": row.merged_into,
        "reasons": row.reasons,
        "original": None if view.original is None else _article(view.original, corrected, changes),
        "copies": [
            _article(copy.article, corrected, changes)
            | {"similarity": copy.similarity, "differences": [list(found) for found in copy.differences]}
            for copy in view.copies
        ],
    }


def _article(article: Any, corrected: Corrections, changes: Revisions | None) -> dict[str, Any]:
    told = {} if changes is None else {"revisions": [_revision_json(one) for one in changes[article.url]]}
    return told | {
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "credit": article.credit,
        "published_at": in_shanghai(article.published_at).isoformat() if article.published_at else None,
        "withdrawn_at": iso_second(article.withdrawn_at) if article.withdrawn_at else None,
        "body": article.body,
        "corrections": [one.as_json for one in corrected[article.id]],
    }


def _revision_json(view: RevisionView) -> dict[str, Any]:
    fields = {name: [_json_value(value) for value in values] for name, values in view.fields.items()}
    return {
        "revision": view.revision,
        "kind": view.kind,
        "seen_at": iso_second(view.seen_at),
        "fields": fields,
        "figures": [list(pair) for pair in view.figures],
        "differences": [list(found) for found in view.differences],
    }


def _json_value(value: str | datetime | None) -> str | None:
    return iso_second(value) if isinstance(value, datetime) else value
