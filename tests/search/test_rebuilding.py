"""A search index rebuilt beside the active one: nobody sees less, nothing is lost, whatever interrupts it."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from archive.article import Level, Relevance
from archive.articles import save_article
from indexer.indexing import index_changes
from indexer.outbox.dead_letters import all_dead_letters, drop_dead_letters
from indexer.outbox.rebuild import RebuildError, rebuild_index
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexFormatError, SearchRequest
from indexer.search.query.parser import parse_query
from indexer.settings import IndexerSettings
from indexer.stories.persistent.batches import cluster_changes
from tests.deadline import DEADLINE
from tests.search.indexed_archive import IndexedArchive


def test_the_new_index_holds_what_the_archive_says_and_the_old_is_kept_until_told(indexed: IndexedArchive) -> None:
    indexed.add(0, 300)
    indexed.add(0, 20, "乙")
    summary = rebuild_index(indexed.archive, indexed.indexer)
    assert (summary.stories, summary.written, summary.found, summary.refused) == (300, 300, 0, {})
    assert indexed.held() == indexed.archived()
    indexed.add(300, 10)
    indexed.add(0, 10, "丙")
    assert indexed.held() == indexed.archived()
    index = indexed.open()
    assert index.search(SearchRequest(parse_query("title:丙"), limit=50)).total == 10
    assert len(index.remove_predecessors()) == 1
    assert index.remove_predecessors() == []
    assert indexed.held() == indexed.archived()
    index.close()


def test_a_second_rebuild_makes_a_third_index(indexed: IndexedArchive) -> None:
    indexed.add(0, 30)
    for _ in range(2):
        rebuild_index(indexed.archive, indexed.indexer)
    index = indexed.open()
    assert len(index.remove_predecessors()) == 2
    assert indexed.held() == indexed.archived()
    index.close()


def test_killed_twice_while_the_service_writes_and_readers_read(indexed: IndexedArchive) -> None:
    indexed.add(0, 1_600)
    reader = indexed.open()
    reader.refresh()
    seen: list[int] = [reader.count()]
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.append(reader.count())
            stop.wait(0.005)

    def serve() -> None:
        for first in range(0, 100, 20):
            indexed.add(first, 20, "乙")
            indexed.add(1_600 + first, 20)

    threads = [threading.Thread(target=watch), threading.Thread(target=serve)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.search.rebuilding_process"],
            env=indexed.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout
            assert process.stdout.readline()
            process.kill()
    try:
        summary = rebuild_index(indexed.archive, indexed.indexer)
    finally:
        threads[1].join()
        stop.set()
        threads[0].join()
    assert summary.found >= 500, "what the killed ones wrote is not written again"
    assert seen == sorted(seen), "no reader sees fewer stories than before"
    assert indexed.held() == indexed.archived()
    assert len(indexed.archived()) == 1_700
    reader.close()


def test_a_tombstone_is_not_carried_over_but_buries_what_was_written(indexed: IndexedArchive) -> None:
    indexed.add(0, 50)
    with indexed.database.write() as connection:
        gone = indexed.article(7, "甲").model_copy(update={"relevance": Relevance(level=Level.NONE)})
        save_article(connection, gone, page_id=None)
    index_changes(indexed.archive, indexed.indexer)
    summary = rebuild_index(indexed.archive, indexed.indexer)
    assert summary.stories == 49
    assert indexed.held() == indexed.archived()


@pytest.mark.parametrize("indexed", ["elasticsearch"], indirect=True)  # the other refuses nothing that an archive holds
def test_what_the_new_index_refuses_is_a_dead_letter_until_it_is_taken(indexed: IndexedArchive) -> None:
    indexed.add(0, 30)
    unfit = indexed.article(7, "甲").model_copy(update={"relevance": Relevance(level=Level.CORE, score=1e300)})
    with indexed.database.write() as connection:
        save_article(connection, unfit, page_id=None)
    index_changes(indexed.archive, indexed.indexer)
    with indexed.database.write() as connection:
        assert drop_dead_letters(connection, [letter["story_id"] for letter in all_dead_letters(connection)]) == 1
    [rebuilt] = indexed.run("rebuild", "index", "--json")
    [letter] = indexed.run("deadletters", "list", "--json")
    assert rebuilt["refused"] == {letter["story_id"]: letter["reason"]}
    assert (rebuilt["stories"], letter["url"], "score" in letter["reason"]) == (29, unfit.url, True)
    indexed.run("deadletters", "retry", letter["story_id"])
    assert indexed.run("deadletters", "list", "--json") == []
    assert indexed.run("index", "--json")[0]["refused"] == 1
    assert indexed.run("deadletters", "list", "--json")[0]["reason"] == letter["reason"]
    with indexed.database.write() as connection:
        save_article(connection, indexed.article(7, "乙"), page_id=None)
    cluster_changes(indexed.database, levels=[Level.CORE], window=timedelta(days=30))
    assert rebuild_index(indexed.archive, indexed.indexer).refused == {}
    assert indexed.run("deadletters", "list", "--json") == []
    assert indexed.held() == indexed.archived()


def test_a_new_index_that_differs_from_the_archive_is_not_put_in_force(indexed: IndexedArchive) -> None:
    indexed.add(0, 20)
    index = indexed.open()
    index.refresh()
    successor = index.successor()
    stray = next(iter(index.documents())).model_copy(update={"story_id": "stray", "title": "来历不明"})
    successor.write([stray])
    successor.refresh()
    with pytest.raises(RebuildError, match="21 stories, the archive 20"):
        rebuild_index(indexed.archive, indexed.indexer)
    assert indexed.held() == indexed.archived()
    index.close()
    successor.close()


def test_an_embedded_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    indexed = IndexedArchive(tmp_path, IndexerSettings(directory=tmp_path / "index"))
    indexed.add(0, 20)
    (tmp_path / "index/format.json").write_text('{"format": 0, "stories": "stories-1"}')
    with pytest.raises(IndexFormatError):
        EmbeddedIndex(tmp_path / "index").count()
    indexed.add(20, 5)
    rebuild_index(indexed.archive, indexed.indexer)
    assert indexed.held() == indexed.archived()
    assert len(indexed.held()) == 25
    indexed.database.close()


def test_an_elasticsearch_index_of_another_version_is_made_anew(indexed: IndexedArchive) -> None:
    if indexed.indexer.index == "embedded":
        return
    indexed.add(0, 20)
    with Elasticsearch(indexed.indexer.elasticsearch_hosts[0], request_timeout=DEADLINE) as client:
        (name,) = client.indices.get_alias(name=indexed.indexer.elasticsearch_alias).body
        client.indices.put_mapping(index=name, meta={"schema_version": 0})
    index = indexed.open()
    with pytest.raises(IndexFormatError, match="rebuild index"):
        index.prepare()
    rebuild_index(indexed.archive, indexed.indexer)
    index.prepare()
    index.close()
    assert indexed.held() == indexed.archived()
