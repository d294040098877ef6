"""What Scrapy's users build on - items, pipelines, Spidermon's monitors, scrapyd - as docs/scrapy.md has it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from itemadapter import ItemAdapter

from crawler.crawl.options import ARGUMENTS
from tests.cli.conftest import REPOSITORY
from tests.cli.test_scrapy import scrapy
from tests.deadline import DEADLINE, PAUSE
from tests.product import Product
from tests.replica import Kind, Replica
from tests.replica.log import too_soon

PAGE = (REPOSITORY / "docs/scrapy.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    """Return the file of that name which the page shows."""
    (text,) = re.findall(rf"```\w+\n# {re.escape(name)}\n(.*?)```", PAGE, re.DOTALL)
    return str(text)


def items(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def product(tmp_path: Path, replica: Replica) -> Product:
    return Product(tmp_path / "product", replica)


def test_every_stored_article_is_an_item_of_the_feed_as_the_archive_has_it(
    product: Product, replica: Replica, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    scrapy(product, "crawl", "cnr_anhui", "-O", str(output))
    exported = {row["canonical_url"]: row for row in product.articles()}
    found = items(output)
    assert len(found) == len(exported) == len(replica.articles("cnr_anhui"))
    for item in found:
        row = exported[item["canonical_url"]]
        assert {name: item[name] for name in item.keys() & row.keys()} == {
            name: row[name] for name in item.keys() & row.keys()
        }
        assert item["change"] == "new"
    scrapy(product, "crawl", "cnr_anhui", "-O", str(output))
    assert items(output) == []
    url = replica.articles("cnr_anhui")[0].url
    scrapy(product, "crawl", "cnr_anhui", "-a", f"url={url}", "-O", str(output))
    assert [item["change"] for item in items(output)] == ["same"]


def test_an_item_is_one_that_itemadapter_knows() -> None:
    from crawler.crawl.item import ArticleItem  # noqa: PLC0415 - after the settings of the test

    assert ItemAdapter.is_item_class(ArticleItem)
    assert {"title", "body", "published_at", "level", "change"} <= {
        *(ItemAdapter.get_field_names_from_class(ArticleItem) or ())
    }


def test_the_page_explains_every_argument() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [*ARGUMENTS]


@pytest.fixture
def desk(product: Product, tmp_path: Path) -> Product:
    (tmp_path / "desk.py").write_text(example("desk.py"), encoding="utf-8")
    product.variables |= {"SCRAPY_SETTINGS_MODULE": "desk", "PYTHONPATH": f"{tmp_path}{os.pathsep}{REPOSITORY}"}
    return product


def test_the_pipeline_of_the_page_drops_what_is_not_relevant_and_the_archive_keeps_it(
    desk: Product, tmp_path: Path
) -> None:
    output = tmp_path / "relevant.jsonl"
    done = scrapy(desk, "crawl", "yicai", "-O", str(output), folder=tmp_path)
    kept = {row["canonical_url"]: row["level"] for row in desk.articles()}
    relevant = {url for url, level in kept.items() if level in {"core", "related"}}
    assert {item["canonical_url"] for item in items(output)} == relevant
    assert relevant < kept.keys()
    assert f"'item_scraped_count': {len(relevant)}" in done.stderr
    assert "'deltanews/lists_failed': 0" in done.stderr
    assert "0 monitors failed" in done.stderr or "OK" in done.stderr


def test_the_monitors_of_the_page_cry_for_a_list_that_could_not_be_read(
    desk: Product, replica: Replica, tmp_path: Path
) -> None:
    replica.faults.switch_on(Kind.GONE, r"cnr\.cn/ah/$")
    done = scrapy(desk, "crawl", "cnr_anhui", folder=tmp_path)
    assert "'deltanews/lists_failed': 1" in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "every list was read" in line and "FAIL" in line][:1]
    assert "lists" in line


class Scrapyd:
    """A running scrapyd, and its API."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self.folder = url, folder

    def ask(self, name: str, **fields: str) -> dict[str, Any]:
        """Ask by GET."""
        query = urllib.parse.urlencode(fields)
        with urllib.request.urlopen(f"{self._url}/{name}.json?{query}", timeout=DEADLINE) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def schedule(self, spider: str, **arguments: str) -> str:
        """Schedule a job, and return its id."""
        data = urllib.parse.urlencode({"project": "deltanews", "spider": spider, **arguments}).encode()
        with urllib.request.urlopen(f"{self._url}/schedule.json", data=data, timeout=DEADLINE) as answer:
            return str(json.load(answer)["jobid"])

    def wait_for(self, *jobs: str) -> None:
        """Wait until the jobs have ended."""
        deadline = time.monotonic() + 2 * DEADLINE
        while {*jobs} - {job["id"] for job in self.ask("listjobs", project="deltanews")["finished"]}:
            assert time.monotonic() < deadline, "the jobs did not end"
            time.sleep(PAUSE)

    def items(self, spider: str, job: str) -> list[dict[str, Any]]:
        """Return the items of a job."""
        return items(self.folder / f"items/deltanews/{spider}/{job}.jl")

    def log(self, spider: str, job: str) -> str:
        """Return the log of a job."""
        return (self.folder / f"logs/deltanews/{spider}/{job}.log").read_text(encoding="utf-8")


@pytest.fixture
def scrapyd(product: Product, tmp_path: Path) -> Iterator[Scrapyd]:
    folder = tmp_path / "scrapyd"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    hurried = f"[scrapyd]\npoll_interval = 0.2\nmax_proc = 2\nhttp_port = {port}"
    (folder / "scrapy.cfg").write_text(example("scrapy.cfg").replace("[scrapyd]", hurried), encoding="utf-8")
    environment = product.environment | {"PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "scrapyd"]
    with (folder / "scrapyd.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, port, folder / "scrapyd.log")
        yield Scrapyd(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(timeout=DEADLINE)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until scrapyd can be asked."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=DEADLINE).close()
        except OSError:
            told = log.read_text(encoding="utf-8")
            assert process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(PAUSE)
        else:
            return


def test_scrapyd_runs_a_source_and_keeps_its_items_and_its_log(
    scrapyd: Scrapyd, product: Product, replica: Replica
) -> None:
    assert {"jstv", "cnr_anhui"} <= {*scrapyd.ask("listspiders", project="deltanews")["spiders"]}
    job = scrapyd.schedule("cnr_anhui", limit="3")
    scrapyd.wait_for(job)
    assert len(scrapyd.items("cnr_anhui", job)) == len(product.articles()) == 3
    assert "'item_scraped_count': 3" in scrapyd.log("cnr_anhui", job)


def test_of_two_jobs_on_one_domain_the_later_waits_for_the_earlier(
    scrapyd: Scrapyd, product: Product, replica: Replica
) -> None:
    jobs = {name: scrapyd.schedule(name) for name in ("cnr_anhui", "cnr_shanghai")}
    scrapyd.wait_for(*jobs.values())
    for name, job in jobs.items():
        assert len(scrapyd.items(name, job)) == len(replica.articles(name)), scrapyd.log(name, job)
    asked = [record for record in replica.log if record.host.endswith("cnr.cn") and "/robots.txt" not in record.url]
    owners = ["ah" if "/ah/" in record.url else "shanghai" for record in asked]
    changes = sum(one != other for one, other in pairwise(owners))
    assert changes == 1, owners
    assert too_soon(asked, product.tables["crawler"]["delay"]) == []
