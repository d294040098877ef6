"""`deltanews corrections list|undo|export`: what was corrected in the whole archive, and as test cases."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from archive.corrections import Correction, corrections_of
from archive.database import Database
from archive.schema import articles, pages
from archive.settings import ArchiveSettings
from archive.where_in import fetch_where_in
from core.console import print_json_lines, print_line, print_rows
from core.errors import UsageError
from core.time import format_time
from indexer.corrections import CorrectionView, find_article_id, undo_corrections, view_of

_AS_JSON = typer.Option("--json", help="Print one JSON object a line.")


def list_corrections(
    url: Annotated[str | None, typer.Argument(metavar="URL", help="Only those of this article.")] = None,
    *,
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """List the corrections of all articles: number, article, what, extracted and corrected, when and who.

    Examples:
        deltanews corrections list
        deltanews corrections list https://news.example/1.html --json
    """
    found = [view for view, _ in _read(url)]
    if as_json:
        print_json_lines({"url": view.correction.url} | view.as_json for view in found)
        return
    rows = [
        (
            str(view.correction.number),
            view.correction.url,
            view.correction.kind.value,
            view.extracted or "",
            view.corrected,
            format_time(view.correction.corrected_at),
            view.correction.corrected_by,
        )
        for view in found
    ]
    none = "nothing has been corrected; `deltanews correct URL` does it"
    print_rows(("number", "article", "what", "extracted", "corrected", "when", "who"), rows, none=none)


def undo_correction(
    numbers: Annotated[list[int], typer.Argument(metavar="NUMBER…", help="As `deltanews corrections list` has it.")],
) -> None:
    """Undo corrections by their numbers; what was extracted counts again after the next `deltanews index`.

    Examples:
        deltanews corrections undo 12
    """
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            there = {one.number: one for one in corrections_of(connection)}
            for number in numbers:
                if number not in there:
                    raise UsageError(f"{number}: no correction has this number; deltanews corrections list prints them")
            undone = [there[number] for number in dict.fromkeys(numbers)]
            of_article = _rows(connection, undone)
            undo_corrections(connection, undone)
    finally:
        database.close()
    for one in undone:
        print_line(f"undone: {one.url}: {one.kind} {view_of(one, of_article[one.article_id]).corrected}")


def export_corrections() -> None:
    """Print every correction as a test case, one JSON object a line: the stored page, the field, what is right.

    `page` says where the page stands in the archive: its WARC file, offset and length in bytes, and the SHA-256 of its
    body; null where it was not stored. `corrected` is what the extraction, the rules or the grouping should have given,
    `extracted` what they gave (null for what is said of two articles). A minute is ISO 8601 in Shanghai's zone.

    Examples:
        deltanews corrections export > cases.jsonl
    """
    print_json_lines({"url": view.correction.url, "page": page} | view.as_json for view, page in _read(None))


def _read(url: str | None) -> list[tuple[CorrectionView, dict[str, Any] | None]]:
    """Return the corrections of an article or of all, each with where its stored page stands."""
    database = Database.open_to_read(ArchiveSettings.load())
    try:
        with database.read() as connection:
            articles_asked = None if url is None else [find_article_id(connection, url)]
            found = corrections_of(connection, article_ids=articles_asked)
            of_article = _rows(connection, found)
    finally:
        database.close()
    return [(view_of(one, of_article[one.article_id]), _page(of_article[one.article_id])) for one in found]


def _rows(connection: Connection, found: Iterable[Correction]) -> dict[int, Any]:
    """Return the rows of the articles that were corrected, by their ids, each with where its stored page stands."""
    columns = (pages.c.warc_file, pages.c.warc_offset, pages.c.warc_length, pages.c.sha256)
    query = select(articles, *columns).outerjoin(pages, pages.c.id == articles.c.page_id)
    return {row.id: row for row in fetch_where_in(connection, query, articles.c.id, {one.article_id for one in found})}


def _page(row: Any) -> dict[str, Any] | None:
    if row.warc_file is None:
        return None
    return {"file": row.warc_file, "offset": row.warc_offset, "length": row.warc_length, "sha256": row.sha256}
