"""Every page that the tests have: no repair takes away a run of prose that two independent libraries keep."""

from collections.abc import Callable, Iterator

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.boilerplate import bundled_boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.extract import explain, extract
from crawler.extraction.repairs.chain import repair
from crawler.extraction.repairs.page_context import PageContext, ParagraphPosition
from tests.deadline import DEADLINE
from tests.extraction.kinds.shells import BRIDGE, LIBRARY, TEA, modern, paragraphs
from tests.extraction.layouts import LAYOUTS, TWICE, Report, page
from tests.extraction.reports import PARAGRAPHS, REPORT, glossed
from tests.extraction.test_kinds import PAGES, URL
from tests.extraction.witness import lost_runs
from tests.replica import Replica

EVERY_LAYOUT: dict[str, Callable[[Report], str]] = {**LAYOUTS, **TWICE}
ENDS = (
    "责任编辑：许安",
    "相关阅读：",
    "版权声明：本文版权归江畔网所有。",
    "上一篇：旧渡口",
    "暂无评论",
    "（责编：程立）",
    "标签：桥",
    "扫描二维码关注我们",
)


@pytest.mark.parametrize("name", PAGES)
def test_no_repair_takes_prose_that_two_libraries_keep(name: str) -> None:
    lost = lost_runs(PAGES[name].html.encode(), URL)
    assert [run for run in lost if run[0] != "captions"] == []  # libraries keep what the page sets as captions


@pytest.mark.parametrize("layout", EVERY_LAYOUT)
def test_nor_from_a_report_in_any_layout(layout: str) -> None:
    report = Report(REPORT.title, REPORT.byline, tuple(map(glossed, PARAGRAPHS)))
    html = page(EVERY_LAYOUT[layout](report), report.title)
    assert list(lost_runs(html.encode(), URL)) == []


def replica_pages() -> Iterator[tuple[str, bytes]]:
    """Yield one page of every section, and of every trait, of every site that the replica plays."""
    with Replica() as replica:
        client = urllib3.ProxyManager(replica.proxy_url, ca_certs=str(replica.ca_file), retries=False, timeout=DEADLINE)
        seen = set()
        for publication in (*replica.articles(), *replica.unlisted()):
            kind = (publication.source, publication.section, publication.traits)
            if kind not in seen:
                seen.add(kind)
                yield publication.url, client.request("GET", publication.url).data


def test_nor_from_the_pages_of_the_replica() -> None:
    lost = {url: runs for url, html in replica_pages() if (runs := list(lost_runs(html, url)))}
    assert lost == {}


def test_what_is_removed_is_recorded_with_its_reason() -> None:
    html = modern(paragraphs((*BRIDGE, "责任编辑：许安", "相关阅读")))
    _, explanation = explain(html.encode(), URL)
    effects = {effect.name: effect for effect in explanation.body.effects}
    assert effects["end of article"].gone == ("责任编辑：许安", "相关阅读")
    assert "责任编辑：许安" in effects["end of article"].why
    assert explanation.body.doubts == ()


def test_a_removal_of_much_text_leaves_a_doubt_with_its_reason() -> None:
    body = (*BRIDGE, "相关阅读", *TEA[:3])
    positions = dict.fromkeys(BRIDGE, ParagraphPosition("the article")) | dict.fromkeys(
        body[5:], ParagraphPosition("a part of its own")
    )
    repaired = repair(Candidate("any", body), PageContext("", bundled_boilerplate(), positions))
    assert repaired.paragraphs == BRIDGE
    assert len(repaired.doubts) == 1
    assert repaired.doubts[0].startswith("end of article: 37% of the text, from “相关阅读” on")


@given(
    st.lists(st.sampled_from((*BRIDGE, *LIBRARY, *TEA)), min_size=4, max_size=12, unique=True),
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(ENDS)), max_size=3),
)
def test_no_line_in_mid_text_costs_more_than_itself(prose: list[str], ends: list[tuple[int, str]]) -> None:
    body = list(prose)
    for place, end in ends:
        body.insert(min(place, len(body) - 3), end)
    repaired = repair(Candidate("any", tuple(body)), PageContext("", bundled_boilerplate()))
    assert [paragraph for paragraph in repaired.paragraphs if paragraph in prose] == prose


@pytest.mark.parametrize("layout", TWICE)
def test_a_second_printing_leaves_no_doubt(layout: str) -> None:
    report = Report(REPORT.title, REPORT.byline, tuple(map(glossed, PARAGRAPHS)))
    extraction = extract(page(TWICE[layout](report), report.title).encode(), URL)
    assert extraction.doubtful == ()


def test_an_untouched_body_leaves_no_doubt() -> None:
    assert extract(modern(paragraphs(LIBRARY)).encode(), URL).doubtful == ()
