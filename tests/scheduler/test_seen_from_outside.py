"""What others see of the service: metrics, whether it lives and is ready, and each run with its log."""

import json
import socket
import urllib.request
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

from archive.database import Database
from archive.findings import add_finding
from archive.links import NewLink, add_links
from archive.paused_sources import pause_source
from archive.rate_limits import limit_domain
from archive.settings import ArchiveSettings
from core.log import LONGEST, BoundedFile
from scheduler.health.heartbeat import beat
from scheduler.metrics import METRICS, ArchiveCollector
from scheduler.metrics_server import MetricsServer, PortError
from tests.product import Product
from tests.scheduler.history import pretend_run
from tests.scheduler.service import RunningService, wait_until_alone


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def test_metrics_are_those_of_the_docs_with_the_archives_values(tmp_path: Path) -> None:
    archive = ArchiveSettings(directory=tmp_path / "archive")
    database = Database.open(archive)
    with database.write() as connection:
        add_links(connection, "jstv", "news", [NewLink(f"http://a/{n}", f"http://a/{n}") for n in range(3)])
        pause_source(connection, "ahtv")
        finding = {
            "rule": "H2",
            "source": "jstv",
            "level": "broken",
            "since": datetime.now(UTC),
            "summary": "it is dead",
        }
        add_finding(connection, finding | {"numbers": {}, "cause": "it moved", "command": "deltanews health"})
        limit_domain(connection, "example.com", datetime.now(UTC) + timedelta(days=20_000), "said so")
    beat(archive)
    problem: list[str] = []
    port = free_port()
    collector = ArchiveCollector(database, archive, jobs_running=lambda: 2)
    server = MetricsServer(port, collector, is_ready=lambda: problem[0] if problem else None)
    server.start()
    status, text = get(port, "/metrics")
    assert status == 200
    families = {family.name: family for family in text_string_to_metric_families(text)}
    ours = {name: family for name, family in families.items() if name.startswith("deltanews_")}
    assert set(ours) == {each.name for each in METRICS}
    assert {name: family.documentation for name, family in ours.items()} == {
        each.name: each.meaning for each in METRICS
    }
    labels = {each.name: set(each.labels) for each in METRICS}
    samples = [sample for family in ours.values() for sample in family.samples]
    assert all(set(sample.labels) == labels[sample.name] for sample in samples)
    values = {(sample.name, *sample.labels.values()): sample.value for sample in samples}
    assert values["deltanews_links", "jstv", "pending"] == 3
    assert values["deltanews_source_paused", "ahtv"] == 1
    assert values["deltanews_health_finding", "broken", "H2", "jstv"] == 1
    assert values["deltanews_health_judged_seconds",] > 0
    assert values["deltanews_messages_undelivered",] == 0
    assert values["deltanews_jobs_running",] == 2
    assert values["deltanews_rate_limited_until_seconds", "example.com"] > datetime.now(UTC).timestamp()
    assert "process_resident_memory_bytes" in families
    assert get(port, "/healthz") == (200, "ok\n")
    assert get(port, "/readyz") == (200, "ok\n")
    problem.append("the disk is gone")
    assert get(port, "/readyz") == (503, "the disk is gone\n")
    assert get(port, "/healthz")[0] == 200
    assert get(port, "/other")[0] == 404
    with pytest.raises(PortError, match="metrics_port"):
        MetricsServer(port, collector, is_ready=lambda: None)
    server.stop()
    database.close()


def test_a_service_answers_where_it_is_told_to_and_each_run_has_its_log(product: Product, one_source: str) -> None:
    port = free_port()
    product.configure(scheduler={"metrics_port": port})
    job = f"crawl {one_source}"
    with RunningService(product) as service:
        begun = service.wait_for("job started", job=job)
        service.wait_for("job finished", job=job, run=begun["run"], status=0)
        assert get(port, "/readyz") == (200, "ok\n")
        assert f'deltanews_articles{{level="core",source="{one_source}"}}' in get(port, "/metrics")[1]
        assert service.end() == 0
    wait_until_alone(product)
    assert {line["run"] for line in service.matching("crawled", job=job)} == {begun["run"]}
    (run,) = product.rows("runs", one_source)
    assert one_source in product.run("runs", "nosuch", expect=(2,)).stderr
    assert (run["run"], run["status"], run["origin"]) == (begun["run"], "ok", "service")
    events = [line["event"] for line in run["log"]]
    assert {line["run"] for line in run["log"]} == {begun["run"]}
    assert events.count("page read") == run["counts"]["pages"] > 0
    assert events.count("list read") == run["counts"]["lists"]
    product.crawl(one_source)
    newest, before = product.rows("runs")
    assert (newest["origin"], before["run"]) == ("command", begun["run"])
    assert "list" in {line["event"].split()[0] for line in newest["log"]} or newest["counts"]["lists_unchanged"]
    shown = product.run("runs", "--log").stdout
    assert "page read" in shown
    assert begun["run"] in shown


def test_without_the_setting_no_port_is_open(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    with RunningService(product) as service:
        service.wait_for("started")
        listening = Path(f"/proc/{service.process.pid}/net/tcp").read_text().splitlines()
        inodes = {fields[9] for line in listening[1:] if (fields := line.split())[3] == "0A"}
        held = {link.name for link in Path(f"/proc/{service.process.pid}/fd").iterdir() if _inode(link) in inodes}
        assert held == set()
        assert service.end() == 0


def _inode(link: Path) -> str:
    try:
        return str(link.readlink()).removeprefix("socket:[").removesuffix("]")
    except OSError:
        return ""


def test_a_log_file_ends_where_it_is_full(tmp_path: Path) -> None:
    import logging  # noqa: PLC0415 - the one test that logs by itself

    handler = BoundedFile(tmp_path / "logs.jsonl")
    line = json.dumps({"event": "x" * 10_000})
    for _ in range(2 * LONGEST // len(line)):
        handler.emit(logging.LogRecord("crawler.x", logging.INFO, "", 0, line, None, None))
    handler.close()
    *_, last = (tmp_path / "logs.jsonl").read_text().splitlines()
    assert "the log is full" in json.loads(last)["event"]
    assert (tmp_path / "logs.jsonl").stat().st_size < LONGEST + 2 * len(line)
