"""`make demo` walks an article from a site to a search, and leaves no process behind, however it ends."""

import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from indexer.kibana.searches import SEARCHES
from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.elasticsearch.schema import index_name
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import SearchRequest
from indexer.search.query.parser import parse_query
from indexer.settings import IndexerSettings
from tests.cli.conftest import REPOSITORY
from tests.deadline import DEADLINE
from tests.elasticsearch_node.running import running_elasticsearch
from tests.interrupts import heard_by_children
from tests.kibana.kql import kql_query
from tests.kibana.mapping import story_fields
from tests.search.terminal import on_a_terminal


def start_demo(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    with heard_by_children():
        return subprocess.Popen(
            [sys.executable, "-m", "tests.demo"],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that Ctrl-C can be sent to all of it, as a terminal does
        )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo, played once: its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    demo = start_demo(folder, {"PATH": os.environ["PATH"], "HOME": str(folder)})
    output, errors = demo.communicate(timeout=DEADLINE)
    assert demo.returncode == 0, errors
    return folder, output


def test_the_demo_finds_stories_and_says_what_happened(played: tuple[Path, str]) -> None:
    _, output = played
    crawled, indexed, status, found = (part.splitlines() for part in output.split("\n$ deltanews ")[1:])
    steps = ["crawl", "index", "status", "search '长三角' --limit 5"]
    assert [step[0] for step in (crawled, indexed, status, found)] == steps
    assert crawled[-1].startswith("total\t")
    assert "total\toutbox: embedded\t0" in status
    *shown, summary, done, in_a_browser = [line for line in found[1:] if line]
    assert len([line for line in shown if "\thttp" in line]) == 5
    found_counts = re.findall(r"[1-9]\d*", summary)
    assert len(found_counts) == 5, summary  # articles, sources, core, stories, copies: none is zero
    assert done.startswith("Done in")
    assert in_a_browser.endswith(" web")


def tour(readme: str) -> list[str]:
    """The commands that a README's tour shows, as the shell gets them; the crawl has been played."""
    text = (
        (REPOSITORY / readme).read_text(encoding="utf-8").partition("<!-- TOUR -->")[2].partition("<!-- /TOUR -->")[0]
    )
    shown = re.findall(r"^\$ deltanews (.*)$", text, re.MULTILINE)
    return [line.partition(" | ")[0] for line in shown if not line.startswith("crawl")]


def test_both_readmes_show_the_same_tour() -> None:
    assert tour("README.md") == tour("README.zh-CN.md")
    assert len(tour("README.md")) > 3


@pytest.mark.parametrize("line", tour("README.md"))
def test_every_command_of_the_tour_works_on_what_the_demo_collected(
    line: str, played: tuple[Path, str], environment: dict[str, str]
) -> None:
    folder = played[0]
    command = [sys.executable, "-m", "deltanews", "--config", ".demo/deltanews.toml", *shlex.split(line)]
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def blocks_of(readme: str) -> dict[str, list[str]]:
    """What a README's tour shows under each command; a line of … alone stands for lines that were left out."""
    text = (REPOSITORY / readme).read_text(encoding="utf-8").partition("<!-- TOUR -->")[2]
    shown = text.partition("```console\n$ deltanews ")[2].partition("\n```")[0].split("\n$ deltanews ")
    return {block.partition("\n")[0]: block.partition("\n")[2].strip("\n").splitlines() for block in shown}


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_what_the_readmes_show_of_the_demo_is_what_it_printed(readme: str, played: tuple[Path, str]) -> None:
    crawled, indexed, *_ = (part.splitlines() for part in played[1].split("\n$ deltanews ")[1:])
    rows = [line.split("\t") for line in crawled[1:] if line]
    *_, total = rows
    shown = [line.split() for line in blocks_of(readme)["crawl"][1:] if line != "…"]
    told = [[figure for figure, in_all in zip(row, total, strict=True) if in_all != "0"] for row in rows]
    assert [row for row in shown if row not in told] == []
    counts = [" ".join(line.split("\t")) for line in indexed[1:] if line]
    assert [" ".join(line.split()) for line in blocks_of(readme)["index"][1:]] == counts


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_what_the_readmes_show_is_what_a_terminal_shows(
    readme: str, played: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELTANEWS_CONFIG", str(played[0] / ".demo/deltanews.toml"))
    for command, block in blocks_of(readme).items():
        if command.startswith(("crawl", "index")) or "|" in command:
            continue
        printed = [line.rstrip() for line in on_a_terminal(100, *shlex.split(command)).splitlines()]
        wrong = [line for line in block if line not in {"…", *printed} and not line.startswith("revision")]
        assert wrong == [], command
        assert "…" in block or len([line for line in block if line]) == len([line for line in printed if line])


def examples(page: str, pattern: str) -> list[str]:
    """What a page of docs/ shows, by a pattern of its lines; of a table's first column every code span."""
    lines = re.findall(pattern, (REPOSITORY / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    return list(dict.fromkeys(span for line in lines for span in re.findall(r"(?:``|`)(.+?)(?:``|`)", line) or [line]))


@pytest.fixture
def demo_index(played: tuple[Path, str]) -> EmbeddedIndex:
    return EmbeddedIndex(played[0] / ".demo/archive/index")


def end_of_the_demo(index: EmbeddedIndex) -> datetime:
    """What ages count back from: the demo's stories are of certain days, a test of any."""
    return index.search(SearchRequest(parse_query("*"), limit=1)).hits[0].timeline_at


@pytest.mark.parametrize("line", examples("search.md", r"^deltanews search (.*)$"))
def test_every_search_of_the_page_finds_something(
    line: str, played: tuple[Path, str], demo_index: EmbeddedIndex, environment: dict[str, str]
) -> None:
    line = line.partition(" > ")[0].replace("7d", f"{end_of_the_demo(demo_index) - timedelta(days=7):%Y-%m-%d}")
    command = [sys.executable, "-m", "deltanews", "--config", ".demo/deltanews.toml", "search", *shlex.split(line)]
    done = subprocess.run(
        command, check=False, cwd=played[0], env=environment | {"PYTHONPATH": str(REPOSITORY)}, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    written = played[0] / "november.xlsx"
    assert written.stat().st_size if "--output" in line else done.stdout.count(b"\n")
    assert b"nothing found" not in done.stderr


WORDS = examples("search.md", r"^\| (`.*`) \| (?:every|stories|both|brackets).*\|$")


def test_the_page_has_examples() -> None:
    assert len(WORDS) > 10


@pytest.mark.parametrize("query", [*WORDS, "title:(高铁 OR 铁路)", "上海、江苏", "vehicle:长三角G60科创走廊"])
def test_every_query_of_the_page_finds_something(query: str, demo_index: EmbeddedIndex) -> None:
    assert demo_index.search(SearchRequest(parse_query(query, end_of_the_demo(demo_index)))).total


@pytest.fixture(scope="module")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_elasticsearch(tmp_path_factory) as url:
        yield url


@pytest.fixture(scope="module")
def kibanas_cluster(elasticsearch_url: str, played: tuple[Path, str]) -> Iterator[tuple[Elasticsearch, str]]:
    """The demo's stories in Elasticsearch, as Kibana asks for them."""
    alias = f"test-{uuid.uuid4().hex}"
    settings = IndexerSettings(elasticsearch_hosts=(elasticsearch_url,), elasticsearch_alias=alias)
    index = ElasticsearchIndex(connect(settings), settings)
    index.prepare()
    index.write(list(EmbeddedIndex(played[0] / ".demo/archive/index").documents()))
    index.refresh()
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        yield client, alias
        client.indices.delete(index=index_name(alias))
        client.indices.delete_index_template(name=alias)
    index.close()


KQL = [
    *examples("kibana.md", r"^\| (?:a |one |both|in one|since).* \| (`.*`) \|$"),
    *re.findall(r"(?:Search bar: |Type )`(.+?)`", (REPOSITORY / "docs/kibana.md").read_text(encoding="utf-8")),
    *re.findall(r"`([^`]*\"[^`]+)`", (REPOSITORY / "indexer/kibana/note.md").read_text(encoding="utf-8")),
]


@pytest.mark.parametrize("query", [*KQL, *(search.query for search in SEARCHES)])
def test_every_query_of_kibana_s_page_and_searches_finds_something(
    query: str, kibanas_cluster: tuple[Elasticsearch, str]
) -> None:
    client, alias = kibanas_cluster
    assert len(KQL) > 10
    assert client.count(index=alias, query=kql_query(query, story_fields()))["count"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_the_replica_ends_with_the_demo(number: signal.Signals, tmp_path: Path, environment: dict[str, str]) -> None:
    demo = start_demo(tmp_path, environment)
    assert demo.stdout
    assert demo.stdout.readline() == "\n"
    assert demo.stdout.readline() == "$ deltanews crawl\n"
    replica = os.pidfd_open(json.loads((tmp_path / ".demo/replica/replica.json").read_text())["pid"])
    os.killpg(demo.pid, number)
    demo.communicate(timeout=DEADLINE)
    assert demo.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    ended, _, _ = select.select([replica], [], [], DEADLINE)
    os.close(replica)
    assert ended
