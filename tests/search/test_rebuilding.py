"""A search index made anew beside the one in force: nobody sees less, nothing is lost, whatever interrupts it."""

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
from indexer.stories.persistent.batches import fold_changes
from tests.search.house import House


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
        assert drop_dead_letters(connection, [letter["story_id"] for letter in all_dead_letters(connection)]) == 1
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
