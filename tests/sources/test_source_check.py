"""`deltanews sources check` against the replica: what it proves, what it blames, and which line it points at.

Five sources are checked once, each with a fault of its own but the first; the tests look at what was said.
"""

import json
from typing import Any

import pytest

from crawler.sources.loader import BUNDLED
from tests.product import Product
from tests.replica import Kind, Replica

Row = dict[str, Any]

FAULTS = {
    "zjol": (Kind.NEW_MARKUP, r"zjol\.com\.cn/zjnews/zjxw/$"),
    "kankanews": (Kind.GONE, r"kankanews\.com/k24"),
    "anhuinews": (Kind.ROBOTS, r"anhuinews\.com"),
    "eastday": (Kind.SERVER_ERROR, r"nw\.eastday\.com/"),
}
SOURCES = ("jstv", *FAULTS)


@pytest.fixture(scope="module")
def checked(product: Product, replica: Replica) -> dict[str, list[Row]]:
    for kind, url in FAULTS.values():
        replica.faults.switch_on(kind, url)
    rows = product.rows("sources", "check", *SOURCES, "--save", "fixture", expect=[1])
    replica.faults.clear()
    return {
        name: [row for row in rows if row["source"] == name] for name in dict.fromkeys(row["source"] for row in rows)
    }


def line_with(source: str, start: str) -> str:
    """Return `file:number` of the first line of a bundled source's file that begins so."""
    path = BUNDLED / f"{source}.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    return f"{path}:{next(number for number, line in enumerate(lines, start=1) if line.startswith(start))}"


def to_fix(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["outcome"] in {"degraded", "failed"}]


def test_sources_are_told_of_in_the_order_in_which_they_were_named(checked: dict[str, list[Row]]) -> None:
    assert list(checked) == list(SOURCES)


def test_a_source_that_works_is_proven_step_by_step(checked: dict[str, list[Row]]) -> None:
    rows = checked["jstv"]
    assert to_fix(rows) == []
    lists = ["search", "jiangsu", "sz", "caijing", "original"]
    assert [row["subject"] for row in rows if row["step"] == "list"] == lists
    assert [row["subject"] for row in rows if row["step"] == "links"] == lists
    articles = {row["subject"] for row in rows if row["step"] == "page"}
    assert len(articles) == 3
    for step in ("title", "text", "time", "credit", "relevance"):
        assert {row["subject"] for row in rows if row["step"] == step} == articles, step


def test_a_changed_list_is_degraded_and_its_region_is_the_line_to_fix(checked: dict[str, list[Row]]) -> None:
    (result,) = to_fix(checked["zjol"])
    assert (result["step"], result["subject"], result["outcome"]) == ("links", "zjxw", "degraded")
    assert "`region` matches nothing" in result["saw"]
    assert result["fix"] == f"{line_with('zjol', 'region')} sections.1.region"


def test_a_list_that_is_gone_points_at_its_address(checked: dict[str, list[Row]]) -> None:
    (result,) = to_fix(checked["kankanews"])
    assert (result["step"], result["saw"]) == ("list", "HTTP 404 at https://www.kankanews.com/k24")
    assert result["fix"] == f"{line_with('kankanews', 'urls')} sections.0.urls"


def test_a_robots_txt_that_forbids_is_said_and_obeyed(checked: dict[str, list[Row]], replica: Replica) -> None:
    rows = to_fix(checked["anhuinews"])
    assert {row["step"] for row in rows} == {"robots", "list"}
    assert "it forbids http://ah.anhuinews.com/szxw/" in rows[0]["saw"]
    assert {record.url for record in replica.log.of("anhuinews.com")} == {"http://ah.anhuinews.com/robots.txt"}


def test_a_site_that_fails_is_said_to_and_no_line_is_blamed_for_it(checked: dict[str, list[Row]]) -> None:
    rows = to_fix(checked["eastday"])
    assert [row["step"] for row in rows] == ["page"] * 3
    assert all(row["saw"].startswith("HTTP 500 at https://nw.eastday.com/") for row in rows)
    assert {row["fix"] for row in rows} == {""}


@pytest.mark.usefixtures("checked")
def test_every_page_is_kept_as_a_fixture_and_nothing_in_the_archive(product: Product) -> None:
    folder = product.folder / "fixture" / "jstv"
    pages = [json.loads(line) for line in (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(pages) == 10  # two robots.txt, five lists, three articles
    assert pages[0]["asked"] == "https://so.jstv.com/robots.txt"
    assert {page["status"] for page in pages} == {200}
    assert "荔枝".encode() in (folder / pages[-1]["file"]).read_bytes()
    assert not (product.folder / "archive" / "archive.sqlite").exists()


def test_an_unknown_source_is_wrong_use(product: Product) -> None:
    done = product.run("sources", "check", "jtsv", expect=[2])
    assert done.stderr.startswith("deltanews: there is no source 'jtsv'; known: ahrb, ahtv")
