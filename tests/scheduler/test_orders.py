"""`deltanews service`: a running service obeys, remembers what is paused, and takes changes without a restart."""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.settings import ArchiveSettings
from core.errors import UsageError
from core.locks import process_lock
from scheduler.control import SOCKET, ControlServer, NoServiceError, give_order
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Kind, Replica
from tests.scheduler.conftest import SOURCES, add_source
from tests.scheduler.history import A_MOMENT, last_run, next_runs, pretend_run
from tests.scheduler.service import RunningService, wait_until_alone

FIRST, SECOND = SOURCES


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ArchiveSettings]:
    """An archive on which a service seems to run, in a folder whose name is longer than a socket's may be."""
    settings = ArchiveSettings(directory=tmp_path / ("deep" * 40) / "archive")
    with process_lock(settings.locks, "service"):
        yield settings


def refuse(_source: str) -> str:
    raise UsageError("no")


def test_an_order_is_answered_or_refused_and_none_but_its_user_may_give_one(archive: ArchiveSettings) -> None:
    (archive.directory / SOCKET).write_text("what a killed service left")
    server = ControlServer(archive.directory, {"praise": lambda source: f"{source} is praised", "refuse": refuse})
    server.start()
    mode = (archive.directory / SOCKET).stat().st_mode
    assert (stat.S_ISSOCK(mode), stat.S_IMODE(mode)) == (True, 0o600)
    assert give_order(archive, "praise", "jstv") == "jstv is praised"
    for order in ("refuse", "unknown"):
        with pytest.raises(UsageError):
            give_order(archive, order)
    server.stop()
    with pytest.raises(NoServiceError, match="cannot be asked"):
        give_order(archive, "praise")


def test_garbage_ends_no_server(archive: ArchiveSettings) -> None:
    server = ControlServer(archive.directory, {"praise": str})
    server.start()
    folder = os.open(archive.directory, os.O_RDONLY)
    for garbage in (b"", b"\n", b"\xff" * 100_000, b'["praise"]\n', b"[[], 1]\n"):
        with closing(socket.socket(socket.AF_UNIX)) as connection:
            connection.settimeout(DEADLINE)
            connection.connect(f"/proc/self/fd/{folder}/{SOCKET}")
            connection.sendall(garbage)
            connection.shutdown(socket.SHUT_WR)
            assert b"refused" in connection.recv(1000)
    assert give_order(archive, "praise", "x") == "x"
    server.stop()


def test_a_service_that_does_not_run_is_said(product: Product) -> None:
    for words in (("crawl", FIRST), ("pause", FIRST), ("resume", FIRST), ("reload",)):
        told = product.run("service", *words, expect=(1,)).stderr
        assert "no service is running" in told
        assert "deltanews run" in told


def test_a_running_service_obeys(product: Product, replica: Replica) -> None:
    """Nothing is due for hours; a page that never answers keeps a crawl at work for as long as the test needs it."""
    for name in SOURCES:
        pretend_run(product, name, datetime.now(UTC))
    hanging = replica.faults.switch_on(Kind.HANG)
    product.configure(crawler={"timeout": DEADLINE}, scheduler={"parallel": 2, "grace": 1})
    job = f"crawl {FIRST}"
    with RunningService(product) as service:
        service.wait_for("started")
        assert "no source of that name" in product.run("service", "crawl", "nobody", expect=(2,)).stderr
        product.run("service", "crawl", FIRST)
        service.wait_for("job started", job=job)
        service.wait_until(lambda: replica.faults.hit)
        product.run("service", "crawl", FIRST)  # once more, after this one
        product.run("service", "pause", FIRST)
        service.wait_for("job finished", job=job)
        service.wait_until(lambda: (run := last_run(product, FIRST)) and run.status == "interrupted")
        assert job not in next_runs(product)
        assert len(service.matching("job started", job=job)) == 1, "a paused source is not crawled once more"
        assert "paused" in product.run("service", "crawl", FIRST, expect=(2,)).stderr
        (paused,) = [row for row in product.rows("status") if row.get("source") == FIRST and row["kind"] == "source"]
        assert paused["paused_since"]
        assert paused["next_run"] is None
        replica.faults.switch_off(hanging)
        assert service.end() == 0
    with RunningService(product) as service:
        service.wait_for("started")
        assert job not in next_runs(product), "it is paused over a restart, too"
        product.run("service", "resume", FIRST)
        assert job in next_runs(product)
        assert "not paused" in product.run("service", "resume", FIRST, expect=(2,)).stderr
        product.run("service", "pause", FIRST)
        product.run("sources", "resume", FIRST)
        service.wait_until(lambda: job in next_runs(product))
        assert service.end() == 0
    wait_until_alone(product)
    assert not (product.folder / "archive" / SOCKET).exists()


def test_changed_files_and_settings_are_taken_without_a_restart(product: Product) -> None:
    for name in SOURCES:
        pretend_run(product, name, datetime.now(UTC))
    path = product.folder / "sources" / f"{FIRST}.toml"
    with RunningService(product) as service:
        service.wait_for("started")
        before = next_runs(product)
        path.write_text(path.read_text().replace("interval = 5\n", "interval = 65\n"))
        (product.folder / "sources" / f"{SECOND}.toml").unlink()
        add_source(product, "cnr_jiangsu")
        product.configure(scheduler={"index_interval": 0})
        assert "index_interval" in product.run("service", "reload", expect=(2,)).stderr
        assert set(next_runs(product)) == set(before), "what is wrong changes nothing"
        product.configure(scheduler={"index_interval": 600})
        product.run("service", "reload")
        after = next_runs(product)
        assert set(after) == {"index", "health", f"crawl {FIRST}", "crawl cnr_jiangsu"}
        assert abs(after[f"crawl {FIRST}"] - before[f"crawl {FIRST}"] - timedelta(hours=1)) <= A_MOMENT
        service.wait_for("job started", job="crawl cnr_jiangsu")
        assert service.end() == 0
    wait_until_alone(product)


WRONG: list[tuple[dict[str, dict[str, Any]], str]] = [
    ({"web": {"port": 80000}}, "port"),
    ({"web": {"host": "0.0.0.0"}}, "can be reached from outside"),
    ({"web": {"password_hash_file": "nowhere"}}, "nowhere"),
    ({"indexer": {"levels": ["foo"]}}, "levels"),
    ({"indexer": {"index": "elasticsearch", "elasticsearch_api_key_file": "nowhere"}}, "nowhere"),
    ({"crawler": {"gazetteers": ["nowhere.toml"]}}, "nowhere.toml"),
    ({"crawler": {"ca_file": "nowhere.pem"}}, "nowhere.pem"),
]


def test_a_reload_takes_no_setting_with_which_a_child_would_fail(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    product.configure(scheduler={"web": True}, web={"port": 0})
    right = product.tables
    with RunningService(product) as service:
        service.wait_for("the page is open")
        for tables, said in WRONG:
            product.tables = {table: dict(values) for table, values in right.items()}
            product.configure(**tables)
            assert said in product.run("service", "reload", expect=(2,)).stderr
        product.tables = right
        product.configure()
        assert len(service.matching("the page is open")) == 1, "what is wrong does not end the page"
        product.run("service", "reload")
        service.wait_for("the page is open", times=2)
        assert service.end() == 0
    wait_until_alone(product)


def test_a_service_does_not_start_with_settings_with_which_a_child_would_fail(product: Product) -> None:
    product.configure(indexer={"levels": ["foo"]})
    assert "levels" in product.run("run", expect=(2,)).stderr
