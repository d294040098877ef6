"""`deltanews archive export`: everything that was collected, as JSON lines or CSV."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from archive.articles import iterate_articles
from archive.database import Database
from archive.schema import row_dict
from archive.settings import ArchiveSettings
from core.console import json_line, printable
from core.errors import UsageError
from core.time import in_shanghai, parse_time

FIELDS = (
    "url", "canonical_url", "title", "body", "published_at", "published_precision", "credit", "source", "section",
    "province", "reporters", "editors", "programme", "level", "score", "topics", "provinces", "cities", "image",
    "video", "language", "revision", "first_seen_at", "fetched_at",
)  # fmt: skip
"""Fields of an exported article, in the order of the CSV's columns."""


class Format(StrEnum):
    """How articles are written."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    *,
    form: Annotated[
        Format, typer.Option("--format", help="jsonl: one object a line; csv: with a heading.")
    ] = Format.JSONL,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    level: Annotated[list[str] | None, typer.Option(help="Only this level: core, related, mention, none.")] = None,
    since: Annotated[str | None, typer.Option(help="Only articles published later: 7d, 24h, 2026-11-01.")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; standard output by default.")] = None,
) -> None:
    """Write the archive's articles, each in its newest revision, in the order in which they were first stored.

    Times are ISO 8601 in Asia/Shanghai. A file appears under its name only when it is complete.

    Examples:
      deltanews archive export > articles.jsonl
      deltanews archive export --format csv --level core --since 30d --output core.csv
    """
    try:
        moment = parse_time(since) if since else None
    except ValueError as error:
        raise UsageError(f"--since: {error}") from error
    database = Database.open(ArchiveSettings.load())
    rows = iterate_articles(database, source=source, since=moment, levels=tuple(level or ()))
    articles = (_flat(row_dict(row)) for row in rows)
    with _writing(output) as stream:
        if form is Format.JSONL:
            stream.writelines(json_line(article) for article in articles)
        else:
            write = _printable if stream is sys.stdout and sys.stdout.isatty() else _exact
            writer = csv.DictWriter(stream, FIELDS)
            writer.writeheader()
            writer.writerows({name: write(_cell(value)) for name, value in article.items()} for article in articles)
    database.close()


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return one article's exported fields; what the relevance found stands beside the rest."""
    row |= {name: row["relevance"].get(name, []) for name in ("topics", "provinces", "cities")}
    return {name: _moment(row[name]) for name in FIELDS}


def _moment(value: Any) -> Any:
    return in_shanghai(value).isoformat() if isinstance(value, datetime) else value


def _cell(value: Any) -> Any:
    """Return a CSV cell: lists joined, and nothing that a spreadsheet would take for a formula."""
    if isinstance(value, list):
        value = "、".join(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _exact(value: Any) -> Any:
    return value


def _printable(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(output.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"--output {output}: {error.strerror}") from error
    unfinished.replace(output)
