"""Archives that earlier versions made open with today's code and lose nothing.

Each folder is named for the commit whose code made it (`make_fixture.py`): the database as SQL, its WARC file, and what
that version exported.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.database import SCHEMA_HEAD
from tests.product import Product

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/archive.sql"))

Rows = dict[str, list[dict[str, Any]]]

TABLES = {"pauses": "rate_limits", "folding": "clustering"}
"""What the tables of then are called now."""

COLUMNS = {
    "lists": {"walked_to": "backfilled_to"},
    "stories": {"founder_id": "representative_id"},
    "story_articles": {"founder_id": "representative_id", "moment": "timestamp"},
    "story_keys": {"moment": "timestamp"},
}
"""What their columns are called now, by the table's name of now."""

HELD = (
    "articles", "revisions", "links", "lists", "pages", "runs", "rate_limits", "stories", "outbox", "dead_letters",
    "story_articles", "story_keys", "clustering",
)  # fmt: skip


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    made: Path = request.param
    return made


@pytest.fixture
def product(folder: Path, tmp_path: Path) -> Product:
    """An installation whose archive is the earlier version's."""
    product = Product(tmp_path)
    shutil.copytree(folder / "pages", product.archive.pages)
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database:
        database.executescript((folder / "archive.sql").read_text(encoding="utf-8"))
    return product


def rows_of(product: Product) -> Rows:
    with closing(sqlite3.connect(product.archive.directory / "archive.sqlite")) as database:
        database.row_factory = sqlite3.Row
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')] for table in tables}


def as_of_now(rows: Rows) -> Rows:
    """The rows of an earlier archive under the names of now."""
    renamed = {TABLES.get(table, table): of_table for table, of_table in rows.items()}
    return {
        table: [{COLUMNS.get(table, {}).get(name, name): value for name, value in row.items()} for row in of_table]
        for table, of_table in renamed.items()
    }


def lost(before: Rows, after: Rows) -> dict[str, list[dict[str, Any]]]:
    """The rows of before, by table, of which after has none that is equal in every column of before."""
    return {
        table: missing
        for table, rows in before.items()
        if (
            missing := [
                row
                for row in rows
                if not any(
                    all(later.get(name) == value for name, value in row.items()) for later in after.get(table, [])
                )
            ]
        )
    }


def test_there_is_an_archive_of_each_version_to_open() -> None:
    assert {folder.name for folder in FOLDERS} >= {"972aa38", "3816e14"}


def test_every_row_of_every_table_is_there_after_the_migration(product: Product) -> None:
    before = as_of_now(rows_of(product))
    old_version = before.pop("alembic_version")
    assert [table for table in HELD if not before[table]] == [], "the fixture holds something of everything"
    product.run("archive", "export")
    after = rows_of(product)
    assert after["alembic_version"] == [{"version_num": SCHEMA_HEAD}]
    assert old_version[0]["version_num"] <= SCHEMA_HEAD
    assert lost(before, after) == {}


def test_the_export_is_equal_row_by_row(folder: Path, product: Product) -> None:
    before = [json.loads(line) for line in (folder / "export.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(before) == 5
    exported = {row["url"]: row for row in product.articles()}
    assert {row["url"]: {name: exported[row["url"]].get(name) for name in row} for row in before} == {
        row["url"]: row for row in before
    }
    assert len(exported) == len(before)


def test_every_article_is_a_story_that_is_found_and_its_page_is_read_again(product: Product) -> None:
    articles = {row["url"] for row in product.articles()}
    product.run("index")
    assert f"{len(articles)} pages read" in product.run("reextract", "--dry-run").stderr
    shown = {row["url"] for row in product.rows("search", "--limit", "100")}
    with_levels = {row["url"] for row in product.articles() if row["level"] in {"core", "related"}}
    assert shown & articles == with_levels


def test_dead_letters_failing_links_and_runs_are_told_of(product: Product) -> None:
    [letter] = product.rows("deadletters", "list")
    assert letter["reason"] == "a field is too long"
    facts = product.rows("status")
    why = {fact["why"] for fact in facts if fact["kind"] == "trouble"}
    assert {"HTTP 503", "robots.txt forbids it", "a field is too long"} <= why
    runs = {fact["source"]: fact["status"] for fact in facts if fact["kind"] == "source" and fact["last_run"]}
    assert runs == {"cnr_anhui": "ok", "jstv": "failed", "ahtv": "interrupted"}
