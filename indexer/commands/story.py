"""`deltanews story`: one story, why it is told by its original, who else ran it and what they changed."""

import sys
from typing import Annotated, Any

import typer
from rich.text import Text

from archive.article import Precision
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import known_source_titles
from core.console import print_json_lines, print_rows, stdout_console
from core.errors import UsageError
from core.time import format_time
from indexer.stories.story_view import StoryView, find_story


def story(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The story's id or its beginning, or the URL of one of its articles.")
    ],
    *,
    diff: Annotated[bool, typer.Option(help="Print what each copy leaves out (-) and adds (+).")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print a story: its original and why it is that one, every copy with its likeness, and what each copy changed.

    Examples:
        deltanews story 3f0c5a1be2d94c77
        deltanews story https://news.example/20260305/1.html --no-diff
    """
    database = Database.open(ArchiveSettings.load())
    try:
        with database.read() as connection:
            view = find_story(connection, identifier)
            titles = known_source_titles(connection)
    finally:
        database.close()
    if view is None:
        raise UsageError(f"{identifier}: no story has this id or this article; deltanews search --json prints ids")
    if as_json:
        print_json_lines([_as_json(view)])
    else:
        _print(view, titles, with_differences=diff)


def _print(view: StoryView, titles: dict[str, str], *, with_differences: bool) -> None:
    row, original = view.row, view.original
    facts = [("story", row.story_id), ("revision", str(row.revision))]
    if row.story_id != view.asked_for and len(view.asked_for) == len(row.story_id):
        facts.append(("merged", f"{view.asked_for} is now part of this story"))
    if original is None:
        facts.append(("deleted", "none of its articles forms a story any more"))
        print_rows(("story", ""), facts)
        return
    facts += [
        ("title", original.title),
        ("original", original.url),
        ("source", titles.get(original.source, original.source)),
    ]
    facts += [("published", _published(original)), ("credit", original.credit or "")]
    facts += [("because", reason) for reason in row.reasons]
    print_rows(("story", ""), facts)
    if not view.copies:
        return
    _blank_line()
    print_rows(
        ("copy", "published", "source", "credit", "likeness", "title", "url"),
        [
            (
                str(number),
                _published(copy.article),
                titles.get(copy.article.source, copy.article.source),
                copy.article.credit or "",
                f"{copy.similarity:.2f}",
                copy.article.title,
                copy.article.url,
            )
            for number, copy in enumerate(view.copies, 1)
        ],
    )
    if with_differences and any(copy.differences for copy in view.copies):
        _blank_line()
        print_rows(
            ("copy", "", "sentence"),
            [
                (str(number), sign, Text(sentence, style="red" if sign == "-" else "green"))
                for number, copy in enumerate(view.copies, 1)
                for sign, sentence in copy.differences
            ],
        )


def _blank_line() -> None:
    if sys.stdout.isatty():
        stdout_console().print()


def _published(article: Any) -> str:
    return format_time(article.published_at, day_only=article.published_precision == Precision.DAY)


def _as_json(view: StoryView) -> dict[str, Any]:
    row = view.row
    return {
        "story_id": row.story_id,
        "revision": row.revision,
        "deleted": row.deleted,
        "merged_into": row.merged_into,
        "reasons": row.reasons,
        "original": None if view.original is None else _article(view.original),
        "copies": [
            _article(copy.article)
            | {"similarity": copy.similarity, "differences": [list(found) for found in copy.differences]}
            for copy in view.copies
        ],
    }


def _article(article: Any) -> dict[str, Any]:
    return {
        "url": article.url,
        "source": article.source,
        "title": article.title,
        "credit": article.credit,
        "published_at": article.published_at.isoformat() if article.published_at else None,
    }
