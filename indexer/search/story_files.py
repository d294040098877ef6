"""Stories as files for other programs: CSV for Excel, xlsx, or a JSON object a line."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import IO, Any, BinaryIO

from core.console import json_line
from core.errors import UsageError
from core.time import in_shanghai
from indexer.search.document import StoryCopy, StoryDocument


class FileFormat(StrEnum):
    """What a file of stories is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


STORY_COLUMNS = (
    *("story_id", "published_at", "first_seen_at", "source_title", "source", "province", "title", "body", "credit"),
    *("programme", "reporters", "editors", "level", "score", "topics", "provinces", "cities", "vehicles"),
    *("copy_count", "event_id", "event_size", "url"),
)
ARTICLE_COLUMNS = ("story_id", "role", "published_at", "source_title", "source", "title", "credit", "similarity", "url")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MAX_ROWS = 1_048_576
"""Rows of a sheet, the headings' included."""
_MAX_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""

Row = dict[str, Any]


def write_stories(stories: Iterable[StoryDocument], file: BinaryIO, form: FileFormat, *, copies: bool = False) -> int:
    """Write a row a story with its original's fields, or with `copies` a row an article; return how many.

    Times are Asia/Shanghai. Texts are whole, but that a cell of xlsx ends at 32,767 characters.
    """
    columns = ARTICLE_COLUMNS if copies else STORY_COLUMNS
    rows = (row for story in stories for row in (_article_rows(story) if copies else [_story_row(story)]))
    match form:
        case FileFormat.JSONL:
            return _write_jsonl(rows, file)
        case FileFormat.CSV:
            return _write_csv(columns, rows, file)
        case FileFormat.XLSX:
            return _write_xlsx(columns, rows, file)


def story_json(story: StoryDocument) -> Row:
    """Return a whole story for JSON; its times are Asia/Shanghai."""
    return story.model_dump(mode="json") | _times(story) | {"copies": [_copy_json(copy) for copy in story.copies]}


def _copy_json(copy: StoryCopy) -> Row:
    return copy.model_dump(mode="json") | {"published_at": _iso(copy.published_at)}


def _times(story: StoryDocument) -> Row:
    return {name: _iso(getattr(story, name)) for name in ("published_at", "first_seen_at", "timeline_at")}


def _iso(time: Any) -> str | None:
    return in_shanghai(time).isoformat() if time else None


def _story_row(story: StoryDocument) -> Row:
    values = story_json(story)
    return {name: values[name] for name in STORY_COLUMNS}


def _article_rows(story: StoryDocument) -> Iterator[Row]:
    original = story_json(story) | {"role": "original", "similarity": 1.0}
    yield {name: original[name] for name in ARTICLE_COLUMNS}
    for copy in story.copies:
        values = _copy_json(copy) | {"story_id": story.story_id, "role": "copy"}
        yield {name: values[name] for name in ARTICLE_COLUMNS}


def _write_jsonl(rows: Iterable[Row], file: BinaryIO) -> int:
    return sum(1 for row in rows if file.write(json_line(row).encode()))


def _write_csv(columns: tuple[str, ...], rows: Iterable[Row], file: BinaryIO) -> int:
    """Write CSV with a byte order mark, by which Excel knows UTF-8; no cell begins a formula."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    count = sum(1 for row in rows if writer.writerow([_harmless(_cell(row[name])) for name in columns]))
    text.detach()
    return count


def _harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: a quotation mark before a sign that would begin one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def _write_xlsx(columns: tuple[str, ...], rows: Iterable[Row], file: BinaryIO) -> int:
    """Write a workbook by way of a temporary file, so that a pipe that closes or a full disk is a plain OSError."""
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - 50 ms that other searches need not pay

    with tempfile.TemporaryFile() as whole:
        try:
            count = _fill_workbook(columns, rows, whole)
        except FileCreateError as error:
            raise OSError(f"no room for the workbook: {error}") from error
        whole.seek(0)
        shutil.copyfileobj(whole, file)
    return count


def _fill_workbook(columns: tuple[str, ...], rows: Iterable[Row], file: IO[bytes]) -> int:
    """Write one sheet; every text is a string cell, whatever it looks like. UsageError beyond the rows of a sheet."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    book = Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("stories")
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name)
    count = 0
    for count, row in enumerate(rows, 1):
        if count == _MAX_ROWS:
            raise UsageError(f"a sheet holds {_MAX_ROWS - 1:,} rows and there are more: write csv")
        for at, name in enumerate(columns):
            value = _cell(row[name])
            if isinstance(value, str):
                sheet.write_string(count, at, value[:_MAX_CELL])
            elif value is not None:
                sheet.write_number(count, at, value)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    book.close()
    return count


def _cell(value: Any) -> Any:
    return "；".join(value) if isinstance(value, list) else value
