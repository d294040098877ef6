"""A search index made anew beside the one in force: nobody sees less, nothing is lost, whatever interrupts it."""

import json
import os
import random
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from sqlalchemy import select

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.story_tables import stories
from indexer.embedded.index import EmbeddedIndex
from indexer.folding.batches import fold_changes
from indexer.indexing import index_changes
from indexer.open_index import open_search_index
from indexer.outbox.dead_letters import all_letters, drop_letters
from indexer.query.parser import parse_query
from indexer.rebuilding import RebuildError, rebuild_index
from indexer.search_index import IndexFormatError, SearchIndex, SearchRequest
from indexer.settings import IndexerSettings
from tests.search.conftest import KINDS

CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]


class House:
    """An archive and its search index."""

    def __init__(self, folder: Path, indexer: IndexerSettings) -> None:
        self.archive = ArchiveSettings(directory=folder / "archive")
        self.indexer = indexer
        self.database = Database.open(self.archive)
        self.random = random.Random(3)

    def add(self, first: int, count: int, word: str = "甲") -> None:
        """Save articles that are nothing alike, and index them; a number that is there already is changed."""
        with self.database.write() as connection:
            for number in range(first, first + count):
                save_article(connection, self.article(number, word), page_id=None)
        index_changes(self.archive, self.indexer)

    def article(self, number: int, word: str) -> Article:
        url = f"https://ahtv.example/{number}.html"
        moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number)
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
        arguments = [sys.executable, "-m", "deltanews", *command]
        done = subprocess.run(arguments, env=self.environment(), capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def environment(self) -> dict[str, str]:
        variables = {
            "DELTANEWS_ARCHIVE_DIRECTORY": str(self.archive.directory),
            "DELTANEWS_INDEXER_INDEX": self.indexer.index,
            "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": ",".join(self.indexer.elasticsearch_hosts),
            "DELTANEWS_INDEXER_ELASTICSEARCH_ALIAS": self.indexer.elasticsearch_alias,
        }
        return os.environ | variables | {"DELTANEWS_INDEXER_DIRECTORY": str(self.indexer.index_directory)}


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path, elasticsearch_url: str) -> Iterator[House]:
    alias = f"test-{uuid.uuid4().hex}"
    house = House(
        tmp_path,
        IndexerSettings(
            index=request.param,
            directory=tmp_path / "index",
            elasticsearch_hosts=(elasticsearch_url,),
            elasticsearch_alias=alias,
        ),
    )
    yield house
    house.database.close()
    with Elasticsearch(elasticsearch_url) as client:
        if names := list(client.indices.get(index=f"{alias}-v*", allow_no_indices=True).body):
            client.indices.delete(index=names)
            client.indices.delete_index_template(name=alias)


def test_the_new_index_holds_what_the_archive_says_and_the_old_is_kept_until_told(house: House) -> None:
    house.add(0, 300)
    house.add(0, 20, "乙")
    summary = rebuild_index(house.archive, house.indexer)
    assert (summary.stories, summary.written, summary.found, summary.refused) == (300, 300, 0, {})
    assert house.held() == house.archived()
    house.add(300, 10)
    house.add(0, 10, "丙")
    assert house.held() == house.archived()
    index = house.open()
    assert index.search(SearchRequest(parse_query("title:丙"), limit=50)).total == 10
    assert len(index.remove_predecessors()) == 1
    assert index.remove_predecessors() == []
    assert house.held() == house.archived()
    index.close()


def test_a_second_rebuild_makes_a_third_index(house: House) -> None:
    house.add(0, 30)
    for _ in range(2):
        rebuild_index(house.archive, house.indexer)
    index = house.open()
    assert len(index.remove_predecessors()) == 2
    assert house.held() == house.archived()
    index.close()


def test_killed_twice_while_the_service_writes_and_readers_read(house: House) -> None:
    house.add(0, 1_600)
    reader = house.open()
    reader.refresh()
    seen: list[int] = [reader.count()]
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append(reader.count())
            stop.wait(0.005)

    def serve() -> None:
        for first in range(0, 100, 20):
            house.add(first, 20, "乙")
            house.add(1_600 + first, 20)

    threads = [threading.Thread(target=watch), threading.Thread(target=serve)]
    for thread in threads:
        thread.start()
    for batches in (1, 2):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.rebuilding_process"],
            env=house.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        for _ in range(batches):
            assert process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()
    try:
        summary = rebuild_index(house.archive, house.indexer)
    finally:
        threads[1].join()
        stop.set()
        threads[0].join()
    assert summary.found >= 500, "what the killed ones wrote is not written again"
    assert seen == sorted(seen), "no reader sees fewer stories than before"
    assert house.held() == house.archived()
    assert len(house.archived()) == 1_700
    reader.close()


def test_a_tombstone_is_not_carried_over_but_buries_what_was_written(house: House) -> None:
    house.add(0, 50)
    with house.database.write() as connection:
        gone = house.article(7, "甲").model_copy(update={"relevance": Relevance(level=Level.NONE)})
        save_article(connection, gone, page_id=None)
    index_changes(house.archive, house.indexer)
    summary = rebuild_index(house.archive, house.indexer)
    assert summary.stories == 49
    assert house.held() == house.archived()


@pytest.mark.parametrize("house", ["elasticsearch"], indirect=True)  # the other refuses nothing that an archive holds
def test_what_the_new_index_refuses_is_a_dead_letter_until_it_is_taken(house: House) -> None:
    house.add(0, 30)
    unfit = house.article(7, "甲").model_copy(update={"relevance": Relevance(level=Level.CORE, score=1e300)})
    with house.database.write() as connection:
        save_article(connection, unfit, page_id=None)
    index_changes(house.archive, house.indexer)
    with house.database.write() as connection:
        assert drop_letters(connection, [letter["story_id"] for letter in all_letters(connection)]) == 1
    [rebuilt] = house.run("rebuild", "index", "--json")
    [letter] = house.run("deadletters", "list", "--json")
    assert rebuilt["refused"] == {letter["story_id"]: letter["reason"]}
    assert (rebuilt["stories"], letter["url"], "score" in letter["reason"]) == (29, unfit.url, True)
    house.run("deadletters", "retry", letter["story_id"])
    assert house.run("deadletters", "list", "--json") == []
    assert house.run("index", "--json")[0]["refused"] == 1
    assert house.run("deadletters", "list", "--json")[0]["reason"] == letter["reason"]
    with house.database.write() as connection:
        save_article(connection, house.article(7, "乙"), page_id=None)
    fold_changes(house.database, levels=[Level.CORE], window=timedelta(days=30))
    assert rebuild_index(house.archive, house.indexer).refused == {}
    assert house.run("deadletters", "list", "--json") == []
    assert house.held() == house.archived()


def test_a_new_index_that_differs_from_the_archive_is_not_put_in_force(house: House) -> None:
    house.add(0, 20)
    index = house.open()
    index.refresh()
    successor = index.successor()
    stray = next(iter(index.documents())).model_copy(update={"story_id": "stray", "title": "来历不明"})
    successor.write([stray])
    successor.refresh()
    with pytest.raises(RebuildError, match="21 stories, the archive 20"):
        rebuild_index(house.archive, house.indexer)
    assert house.held() == house.archived()
    index.close()
    successor.close()


def test_an_embedded_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    house = House(tmp_path, IndexerSettings(directory=tmp_path / "index"))
    house.add(0, 20)
    (tmp_path / "index/format.json").write_text('{"format": 0, "stories": "stories-1"}')
    with pytest.raises(IndexFormatError):
        EmbeddedIndex(tmp_path / "index").count()
    house.add(20, 5)
    rebuild_index(house.archive, house.indexer)
    assert house.held() == house.archived()
    assert len(house.held()) == 25
    house.database.close()


def test_an_elasticsearch_index_of_another_version_is_made_anew(house: House) -> None:
    if house.indexer.index == "embedded":
        return
    house.add(0, 20)
    with Elasticsearch(house.indexer.elasticsearch_hosts[0]) as client:
        (name,) = client.indices.get_alias(name=house.indexer.elasticsearch_alias).body
        client.indices.put_mapping(index=name, meta={"schema_version": 0})
    index = house.open()
    with pytest.raises(IndexFormatError, match="rebuild index"):
        index.prepare()
    rebuild_index(house.archive, house.indexer)
    index.prepare()
    index.close()
    assert house.held() == house.archived()
