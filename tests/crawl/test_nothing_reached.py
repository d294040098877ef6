"""A network or a proxy that is down is said once and first, not blamed on each site; one dead site stops no other."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of, source_file
from tests.deadline import DEADLINE
from tests.product import Product

SOURCES = {"one": "127.0.0.2", "two": "127.0.0.3", "three": "127.0.0.4"}


def closed_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def product(tmp_path: Path) -> Product:
    """Three sources at three addresses where nobody answers; waits that a test would notice."""
    sources = tmp_path / "sources"
    sources.mkdir()
    port = closed_port()
    for name, host in SOURCES.items():
        (sources / f"{name}.toml").write_text(source_file(name, f"http://{host}:{port}"), encoding="utf-8")
    crawler = {
        "source_folders": [str(sources)], "bundled_sources": False, "delay": 0, "backoff": 3600, "workers": 1
    }  # fmt: skip
    return Product(tmp_path / "product", crawler=crawler)


def test_a_network_that_is_down_is_said_once_and_first_and_ends_the_crawl_without_further_tries(
    product: Product,
) -> None:
    done = product.run("crawl", expect=(1,))
    assert done.stderr.count("nothing could be reached: the connection was refused") == 2
    summary = done.stderr.splitlines()[-1]
    assert summary.startswith("nothing could be reached: the connection was refused; check the network")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[-1] for row in rows] == ["not reached"] * 3 + ["3 of 3 sources failed"]
    assert {row["failure"] for row in product.rows("crawl", expect=(1,))} == {summary}


def test_a_dead_proxy_is_blamed_and_not_the_site(product: Product) -> None:
    proxy = f"http://desk:secret@127.0.0.1:{closed_port()}"
    product.configure(crawler={"proxy": proxy})
    done = product.run("crawl", expect=(1,))
    shown = proxy.replace("secret", "**********")
    assert done.stderr.splitlines()[-1].startswith(f"nothing could be reached through the proxy {shown}")
    assert "secret" not in done.stderr + done.stdout
    product.configure(crawler={"retries": 0})
    failure = product.crawl("one", expect=(1,))["one"]["failure"]
    assert f"the proxy {shown} does not answer: the connection was refused" in failure

    product.configure(crawler={"retries": 2})
    assert product.crawl("one", expect=(1,))["one"]["failure"].startswith("nothing could be reached through the proxy")


@pytest.mark.parametrize(
    "words",
    [
        "sources check one two --json",
        "extract https://news.example.com/a.html",
        "relevance https://news.example.com/a.html",
        "sources add https://news.example.com/ --folder drafts",
    ],
)
def test_every_command_that_fetches_blames_the_dead_proxy_once_and_tries_no_further(
    product: Product, words: str
) -> None:
    product.configure(crawler={"proxy": f"http://127.0.0.1:{closed_port()}"})
    done = product.run(*words.split(), expect=(1,))
    assert done.stderr.count("nothing could be reached through the proxy") == 1
    assert "the site" not in done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["outcome"] for row in rows] == ["not reached"] * (2 if "check" in words else 0)


def test_a_robots_txt_that_cannot_be_read_is_told_in_words_that_fit_a_single_page(tmp_path: Path) -> None:
    with SmallSite() as site:
        site.put("/robots.txt", "", status=503)
        product = product_of(tmp_path, site)
        product.configure(crawler={"retries": 0})
        rows = product.rows("sources", "check", "local", expect=(1,))
    told = [row["saw"] for row in rows if row["step"] == "list"]
    assert told
    assert all("robots.txt: HTTP 503; nothing is fetched there until it can be read" in saw for saw in told)
    assert not any("crawl" in row["saw"] for row in rows)


def without_a_network(product: Product, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a namespace of its own, which has no network: no name server can be asked."""
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--net", sys.executable, "-m", "deltanews", *words],
        cwd=product.folder, env=product.environment, text=True, capture_output=True, timeout=DEADLINE, check=False,
    )  # fmt: skip


def test_where_no_name_can_be_resolved_the_network_is_named_once(tmp_path: Path) -> None:
    done = without_a_network(Product(tmp_path / "product", crawler={"delay": 0, "backoff": 3600}), "crawl")
    assert done.returncode == 1
    summary = done.stderr.splitlines()[-1]
    assert summary.startswith("nothing could be reached: its name could not be resolved; check the network")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert {row[-1] for row in rows if row[0] != "total"} == {"not reached"}


def test_where_no_name_server_answers_one_source_alone_is_not_tried_again_and_again(tmp_path: Path) -> None:
    product = Product(tmp_path / "product", crawler={"delay": 0, "backoff": 3600})
    for words in (("crawl", "jstv"), ("extract", "https://news.jstv.com/a/1.html")):
        done = without_a_network(product, *words)
        assert done.returncode == 1
        assert "nothing could be reached: its name could not be resolved; check the network" in done.stderr


def test_dead_sites_beside_one_that_answers_are_failures_of_their_own(product: Product, tmp_path: Path) -> None:
    product.configure(crawler={"backoff": 0.05})
    with SmallSite() as site:
        site.put("/list", '<a href="/a/1.html">长三角一体化一</a>')
        site.put("/a/1.html", article("长三角一体化示范区发布新规"))
        (tmp_path / "sources" / "local.toml").write_text(source_file("local", site.url), encoding="utf-8")
        outcomes = product.crawl(expect=(1,))
    assert outcomes["local"]["articles"] == 1
    assert all("the connection was refused" in outcomes[name]["failure"] for name in SOURCES)
    assert not any("nothing could be reached" in outcomes[name]["failure"] for name in SOURCES)


def test_a_lone_source_is_tried_as_often_as_the_settings_say(tmp_path: Path) -> None:
    with SmallSite() as site:
        product = product_of(tmp_path, site)
    failure = product.crawl(expect=(1,))["local"]["failure"]
    assert "the connection was refused" in failure
    assert "nothing could be reached" not in failure
