"""IndexedArchive: an archive and its search index, of either kind, with what fills, runs and reads them."""

import io
import json
import os
import random
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import pytest
from elasticsearch import Elasticsearch
from sqlalchemy import select

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import stories
from deltanews.__main__ import main
from indexer.indexing import IndexingSummary, index_changes
from indexer.search.index import SearchIndex
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings
from tests.commands import COMMANDS_OF_THIS_PROCESS
from tests.deadline import DEADLINE

Kind = Literal["embedded", "elasticsearch"]
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]


@dataclass(frozen=True)
class Output:
    """What a command said and ended with."""

    returncode: int
    stdout: str
    stderr: str


class IndexedArchive:
    """An archive and its search index."""

    def __init__(self, folder: Path, indexer: IndexerSettings) -> None:
        self.archive = ArchiveSettings(directory=folder / "archive")
        self.indexer = indexer
        self.database = Database.open(self.archive)
        self.random = random.Random(3)

    def add(self, first: int, count: int, word: str = "甲") -> IndexingSummary:
        """Save articles that are nothing alike, and index them; a number that is there already is changed."""
        self.save(first, count, word)
        return index_changes(self.archive, self.indexer)

    def save(self, first: int, count: int, word: str = "甲") -> None:
        """Save articles as `add` does, and do not index them yet."""
        with self.database.write() as connection:
            for number in range(first, first + count):
                save_article(connection, self.article(number, word), page_id=None)

    def drop(self, number: int) -> IndexingSummary:
        """Make an article irrelevant, so that its story is gone, and index."""
        gone = self.article(number, "甲").model_copy(update={"relevance": Relevance(level=Level.NONE)})
        with self.database.write() as connection:
            save_article(connection, gone, page_id=None)
        return self.index()

    def index(self) -> IndexingSummary:
        """Index what changed."""
        return index_changes(self.archive, self.indexer)

    def article(self, number: int, word: str) -> Article:
        url = f"https://ahtv.example/{number}.html"
        moment = datetime(2025, 8, 1, tzinfo=UTC) + timedelta(hours=6 * number)  # few are compared as events
        return Article(
            url=url,
            canonical_url=url,
            source="ahtv",
            section="news",
            province="安徽",
            title=f"第{number}号{word}",
            body="长三角" + "".join(self.random.choices(CHARACTERS, k=150)),
            published_at=moment,
            fetched_at=moment,
            relevance=Relevance(level=Level.CORE, score=50),
        )

    def open(self) -> SearchIndex:
        return open_search_index(self.indexer)

    def held(self) -> dict[str, int]:
        index = self.open()
        index.refresh()
        found = {document.story_id: document.revision for document in index.documents()}
        index.close()
        return found

    def archived(self) -> dict[str, int]:
        with self.database.read() as connection:
            rows = connection.execute(select(stories).where(stories.c.deleted.is_(False)))
            return {row.story_id: row.revision for row in rows}

    def run(self, *command: str) -> list[Any]:
        """Run a command of the product in a process of its own; return what it prints, a JSON value a line."""
        done = COMMANDS_OF_THIS_PROCESS.run(command, folder=Path.cwd(), environment=self.environment())
        done.check_returncode()
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def tell(self, *command: str) -> Output:
        """Run the command line in this process (a start of Python costs seconds); return what a user gets of it."""
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, self.environment()),
            patch.object(sys, "argv", ["deltanews", *command]),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        return Output(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def environment(self) -> dict[str, str]:
        variables = {
            "DELTANEWS_ARCHIVE_DIRECTORY": str(self.archive.directory),
            "DELTANEWS_INDEXER_INDEX": self.indexer.index,
            "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": ",".join(self.indexer.elasticsearch_hosts),
            "DELTANEWS_INDEXER_ELASTICSEARCH_ALIAS": self.indexer.elasticsearch_alias,
        }
        return os.environ | variables | {"DELTANEWS_INDEXER_DIRECTORY": str(self.indexer.index_directory)}


@contextmanager
def an_indexed_archive(folder: Path, kind: Kind, elasticsearch_url: str) -> Iterator[IndexedArchive]:
    """Yield a indexed of that kind; what it made in the cluster is removed at the end."""
    alias = f"test-{uuid.uuid4().hex}"
    indexed = IndexedArchive(
        folder,
        IndexerSettings(
            index=kind,
            directory=folder / "index",
            elasticsearch_hosts=(elasticsearch_url,),
            elasticsearch_alias=alias,
        ),
    )
    try:
        yield indexed
    finally:
        indexed.database.close()
        if kind == "elasticsearch":
            with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
                if names := list(client.indices.get(index=f"{alias}*", allow_no_indices=True).body):
                    client.indices.delete(index=names)
                client.options(ignore_status=404).indices.delete_index_template(name=alias)
