"""Extraction workers that die or freeze, or cannot start, and single rows that cannot be saved: told, and undone."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.stored import articles_of
from tests.deadline import DEADLINE, PATIENCE, PAUSE
from tests.drills.workers import (
    SOURCES,
    adds_up,
    crawl_under_fire,
    ended_within,
    freeze_all,
    kill_some,
    publish,
    send,
    status_adds_up,
    workers_of,
)
from tests.product import Product
from tests.replica import Replica

WITHOUT_WORKERS = (
    "import multiprocessing, sys; from deltanews.__main__ import main; "
    "multiprocessing.set_executable('/bin/false'); sys.argv = ['deltanews', *sys.argv[1:]]; main()"
)
"""The program on a machine whose every new process ends at once."""


def _without_workers(product: Product, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITHOUT_WORKERS, *words],
        cwd=product.folder, env=product.environment, text=True, capture_output=True, timeout=DEADLINE, check=False,
    )  # fmt: skip


def _kill_at_once(crawl: subprocess.Popen[str], workers: list[int]) -> None:
    """Strike while they start: nothing but the interpreter is there yet."""
    send(workers, signal.SIGKILL)


@pytest.mark.parametrize("at_once", [True, False], ids=["starting", "starting, idle or at work"])
def test_workers_that_are_killed_cost_nothing(tmp_path: Path, at_once: bool) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # pytest shows it where the test fails
    dice = random.Random(seed)
    with Replica() as replica:
        struck = Product(tmp_path / "struck", replica, crawler={"workers": 2})
        kills = 0
        for number in range(2):
            publish(replica, dice, number)
            kills += crawl_under_fire(struck, 2, _kill_at_once if at_once else kill_some(dice, 2.5))
        assert kills >= 2
        struck.run("pages", "retry")
        struck.crawl(*SOURCES)
        undisturbed = Product(tmp_path / "undisturbed", replica)
        undisturbed.crawl(*SOURCES)
    assert articles_of(struck) == articles_of(undisturbed)
    totals = status_adds_up(struck)
    assert (totals["pages: waiting"], totals["pages: failed"]) == (0, 0)


def test_workers_frozen_for_longer_than_they_may_compute_lose_no_page(tmp_path: Path) -> None:
    with Replica() as replica:
        seconds = 4 * PATIENCE  # a page of the replica takes a few hundredths of one
        frozen = Product(tmp_path / "frozen", replica, crawler={"workers": 2, "extraction_seconds": seconds})
        assert crawl_under_fire(frozen, 1, freeze_all(random.Random(1), [1.5 * seconds]))
        totals = status_adds_up(frozen)
        assert (totals["pages: waiting"], totals["pages: failed"]) == (0, 0)
        assert totals["articles"] == sum(len(replica.articles(source)) for source in SOURCES)


def test_a_crawl_whose_worker_is_frozen_ends_when_it_is_told_to_and_the_next_reads_its_page(
    product: Product, replica: Replica
) -> None:
    crawl = product.start("crawl", "zjol")
    while not (workers := workers_of(crawl.pid)):  # none is started before there is a page to read
        assert not ended_within(crawl, PAUSE)
    send(workers, signal.SIGSTOP)
    os.kill(crawl.pid, signal.SIGTERM)
    crawl.communicate(timeout=DEADLINE)
    assert crawl.returncode == 130
    assert status_adds_up(product)["pages: failed"] == 0
    product.crawl("zjol")
    assert len(product.articles()) == len(replica.articles("zjol"))


def test_a_machine_that_starts_no_process_is_told_in_a_line_and_costs_no_page(
    product: Product, replica: Replica
) -> None:
    crawl = _without_workers(product, "crawl", "zjol", "--json")
    assert crawl.returncode == 1
    assert "no extraction process can be started" in crawl.stdout
    assert status_adds_up(product)["pages: waiting"] > 0
    adds_up(product.crawl("zjol")["zjol"])
    kept = product.articles()
    assert len(kept) == len(replica.articles("zjol"))
    for command in (("reextract",), ("pages", "retry")):
        done = _without_workers(product, *command)
        if command == ("reextract",):
            assert done.returncode == 1
            assert done.stderr.splitlines()[-1].startswith("deltanews: no extraction process can be started")
        assert "Traceback" not in done.stderr
    assert product.articles() == kept


def test_one_article_that_cannot_be_saved_is_told_and_stops_neither_this_crawl_nor_the_next(
    product: Product, replica: Replica
) -> None:
    product.run("index")  # creates the archive
    url = replica.articles("zjol")[0].url
    database = sqlite3.connect(product.folder / "archive" / "archive.sqlite")
    database.execute(
        f"CREATE TRIGGER refuse BEFORE INSERT ON articles WHEN NEW.url = '{url}' "
        "BEGIN SELECT RAISE(ABORT, 'this one cannot be saved'); END"
    )
    database.close()
    for _ in range(2):
        figures = product.crawl("zjol")["zjol"]
        adds_up(figures)
        assert len(product.articles()) == len(replica.articles("zjol")) - 1
        (trouble,) = [row for row in product.rows("status") if row.get("what") == "page waiting"]
        assert (trouble["where"], trouble["next"] is not None) == (url, True)
        assert "this one cannot be saved" in trouble["why"]
    assert status_adds_up(product)["pages: waiting"] == 1
    for _ in range(3):
        assert [row["url"] for row in product.rows("pages", "retry", expect=(1,))] == [url]
    (trouble,) = [row for row in product.rows("status") if row.get("what") == "page failed"]
    assert "this one cannot be saved" in trouble["why"]
    assert status_adds_up(product)["pages: failed"] == 1
    assert product.rows("pages", "retry", "jstv") == []
    database = sqlite3.connect(product.folder / "archive" / "archive.sqlite")
    database.execute("DROP TRIGGER refuse")
    database.close()
    assert [row["state"] for row in product.rows("pages", "retry", "zjol", url)] == ["article"]
    assert len(product.articles()) == len(replica.articles("zjol"))
    assert product.rows("pages", "retry") == []


def test_a_cut_record_changes_no_text_and_is_named(product: Product, replica: Replica) -> None:
    product.crawl("zjol")
    kept = articles_of(product)
    (record_file,) = (product.folder / "archive" / "pages").rglob("*.warc.gz")
    os.truncate(record_file, record_file.stat().st_size - 400)
    rows = product.rows("reextract", expect=(1,))
    assert len(rows) == 1
    assert "damaged" in rows[0]["problem"]
    assert record_file.name in rows[0]["problem"]
    assert articles_of(product) == kept
    assert rows[0]["url"] in product.run("reextract", "--dry-run", expect=(1,)).stdout


def test_a_waiting_page_whose_record_is_damaged_is_fetched_again(product: Product, replica: Replica) -> None:
    _without_workers(product, "crawl", "zjol")
    waiting = status_adds_up(product)["pages: waiting"]
    (record_file,) = (product.folder / "archive" / "pages").rglob("*.warc.gz")
    os.truncate(record_file, record_file.stat().st_size - 100)
    figures = product.crawl("zjol")["zjol"]
    adds_up(figures)
    assert (figures["leftovers"], figures["unreadable"]) == (waiting, 1)
    (trouble,) = [row for row in product.rows("status") if row.get("what") == "link failed"]
    assert "damaged" in trouble["why"]
    product.crawl("--url", trouble["where"])
    assert len(product.articles()) == len(replica.articles("zjol"))
