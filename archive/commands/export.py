"""`deltanews archive export`: everything that was collected, as JSON lines or CSV."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from archive.article import Level
from archive.articles import ArticleFilter, iterate_articles, known_sources
from archive.database import Database
from archive.known_names import check_known, checked_provinces, checked_topics
from archive.schema import row_dict
from archive.settings import ArchiveSettings
from core.console import json_line, print_line, printable
from core.errors import UsageError
from core.output import check_output
from core.time import in_shanghai, period_of_options

FIELDS = (
    "url", "canonical_url", "title", "body", "published_at", "published_precision", "credit", "source", "section",
    "province", "reporters", "editors", "programme", "level", "score", "topics", "provinces", "cities", "image",
    "video", "language", "revision", "first_seen_at", "fetched_at", "discovered_by", "changed_at", "withdrawn_at",
)  # fmt: skip
"""Fields of an exported article, in the order of the CSV's columns."""


class Format(StrEnum):
    """How articles are written."""

    JSONL = "jsonl"
    CSV = "csv"


def export(
    *,
    form: Annotated[
        Format, typer.Option("--format", help="jsonl: one object a line; csv: with a heading, for spreadsheets.")
    ] = Format.JSONL,
    source: Annotated[list[str] | None, typer.Option(help="Only articles of this source, by name or title.")] = None,
    province: Annotated[list[str] | None, typer.Option(help="Only articles of this province's sources.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only articles with this topic.")] = None,
    level: Annotated[list[Level] | None, typer.Option(help="Only articles of this level.")] = None,
    since: Annotated[str | None, typer.Option(help="Only articles published from then on: 7d, 2026-11.")] = None,
    until: Annotated[
        str | None, typer.Option(help="Only articles published until then: 2026-11 takes in the 30th.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; standard output by default.")] = None,
) -> None:
    """Write the archive's articles, each in its newest revision, in the order in which they were first stored.

    A filter may be given several times: an article must meet one of each kind. Times are ISO 8601 in Asia/Shanghai. A
    CSV begins with a byte order mark, without which Excel shows no Chinese. A file appears under its name only when it
    is complete. How many articles were written is said on stderr. Permission to read the archive is enough.

    Examples:
      deltanews archive export > articles.jsonl
      deltanews archive export --format csv --level core --since 30d --output core.csv
      deltanews archive export --source jstv --source 荔枝网 --province 江苏 --since 2026-10 --until 2026-11
    """
    period = period_of_options(since, until)
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        chosen = _filter(database, source or (), province or (), topic or ())
        chosen = replace(chosen, levels=tuple(level or ()), since=period.since, until=period.until)
        articles = (_flat(row_dict(row)) for row in iterate_articles(database, chosen))
        with _writing(output) as stream:
            count = _write_csv(articles, stream) if form is Format.CSV else _write_json_lines(articles, stream)
    finally:
        database.close()
    print_line(f"{count:,} articles written" + (f" to {output}" if output else ""), stderr=True)


def _filter(
    database: Database, sources: Sequence[str], provinces: Sequence[str], topics: Sequence[str]
) -> ArticleFilter:
    """Return a filter by known names; UsageError, with what is known, where the archive has no such thing."""
    with database.read() as connection:
        titles = known_sources(connection) if sources else {}
        by_title = {title: name for name, title in titles.items()}
        names = [by_title.get(source, source) for source in sources]
        shown = [f"{name} ({title})" if title != name else name for name, title in titles.items()]
        check_known("--source", names, titles, shown)
        provinces, topics = checked_provinces(connection, provinces), checked_topics(connection, topics)
    return ArticleFilter(tuple(names), tuple(provinces), tuple(topics))


def _write_json_lines(articles: Iterable[dict[str, Any]], stream: TextIO) -> int:
    count = 0
    for article in articles:
        stream.write(json_line(article))
        count += 1
    return count


def _write_csv(articles: Iterable[dict[str, Any]], stream: TextIO) -> int:
    on_terminal = stream is sys.stdout and sys.stdout.isatty()
    if not on_terminal:
        stream.write("\ufeff")
    writer = csv.DictWriter(stream, FIELDS)
    writer.writeheader()
    count = 0
    for article in articles:
        cells = {name: _cell(value) for name, value in article.items()}
        writer.writerow({name: _printable(cell) for name, cell in cells.items()} if on_terminal else cells)
        count += 1
    return count


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return one article's exported fields; what the relevance found stands beside the rest."""
    row |= {name: row["relevance"].get(name, []) for name in ("topics", "provinces", "cities")}
    return {name: _time(row[name]) for name in FIELDS}


def _time(value: Any) -> Any:
    return in_shanghai(value).isoformat() if isinstance(value, datetime) else value


def _cell(value: Any) -> Any:
    """Return a CSV cell: lists joined, and nothing that a spreadsheet would take for a formula."""
    if isinstance(value, list):
        value = "、".join(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _printable(value: Any) -> Any:
    return printable(value) if isinstance(value, str) else value


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    check_output(output)
    unfinished = output.with_name(output.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        unfinished.replace(output)
    except OSError as error:
        raise UsageError(f"--output {output}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
