"""The overviews: sources with their health and freshness, the standing of outlets, cities week by week."""

from datetime import timedelta
from pathlib import Path

import httpx

from archive.database import Database
from archive.findings import add_finding
from archive.paused_sources import pause_source
from archive.runs import Counts, Origin, finish_run, start_run
from core.clock import CLOCK
from scheduler.health.catalogue import RULES as RULES_OF_HEALTH
from tests.web.conftest import serving
from tests.web.newsroom import RAILWAY, fill
from tests.web.reading_pages import Page
from web.wording import RULES


def rows(page: Page, section: str) -> dict[str, list[str]]:
    """Return the cells of a table by the name of their row."""
    found = page.root.xpath(f"//*[@id='{section}']//tbody/tr")
    return {row[0].text_content(): [" ".join(cell.text_content().split()) for cell in row[1:]] for row in found}


def test_a_week_s_standing_of_outlets(reader: httpx.Client) -> None:
    page = Page(reader.get("/outlets?week=2026-11-18"))
    standing = rows(page, "standing")
    assert standing["荔枝网"] == ["1", "1", "看看新闻（1）", "145 分钟", "1", "1"]
    found = Page(reader.get(page.link("1", "//*[@id='standing']//tr[th='荔枝网']")))
    assert found.texts("//ol[@class='list']//h2") == [RAILWAY]
    assert rows(Page(reader.get(page.link("前一周"))), "standing") == {}
    assert Page(reader.get("/outlets?week=never")).text("//h1") == "媒体"


def test_sources_with_what_is_wrong_and_how_fresh_they_are(tmp_path: Path) -> None:
    filled = fill(tmp_path)
    database = Database.open(filled[0])
    with database.write() as connection:
        finding = {"rule": "H3", "source": "jstv", "level": "broken", "since": CLOCK.now() - timedelta(days=2)}
        texts = {"summary": "no new <b>article</b> for 2 days", "cause": "", "command": ""}
        add_finding(connection, {**finding, **texts, "numbers": {}})
        finish_run(connection, start_run(connection, "smg", origin=Origin.COMMAND), Counts())
        finish_run(connection, start_run(connection, "zjtv", origin=Origin.COMMAND), Counts(), error="it broke")
        pause_source(connection, "ahtv")
    database.close()
    with serving(filled) as site, httpx.Client(base_url=site) as reader:
        page = Page(reader.get("/outlets"))
        sources = reader.get("/api/v1/sources").json()["sources"]
    findings = page.text("//section[@aria-labelledby='findings-heading']")
    assert "荔枝网：没有新文章" in findings
    assert "no new <b>article</b> for 2 days" in findings
    states = {name: cells[0] for name, cells in rows(page, "sources").items()}
    assert states == {"荔枝网": "异常", "看看新闻": "正常", "新蓝网": "上次抓取失败", "安徽网": "已暂停"}
    assert next(iter(states)) == "荔枝网", "what is wrong stands first"
    assert [one["rule"] for each in sources for one in each["findings"]] == ["H3"]


def test_every_rule_of_health_has_a_name() -> None:
    assert RULES.keys() == RULES_OF_HEALTH.keys()


def test_each_number_of_cities_and_weeks_is_a_search(reader: httpx.Client) -> None:
    page = Page(reader.get("/cities?week=2026-11-20"))
    assert page.texts("//thead//th")[-2] == "2026年11月16日起一周"
    cells = {row[0].text_content(): row for row in page.root.xpath("//tbody/tr")}
    week = [cell.text_content() for cell in cells["苏州"][1:]]
    for number, cell in zip(week[:-1], cells["苏州"][1:-1], strict=True):
        if number == "0":
            assert cell.xpath(".//a") == []
            continue
        found = Page(reader.get(cell.xpath("string(.//a/@href)")))
        assert found.text("//p[@role='status']").startswith(f"{number} 条报道")
    assert week[-2] == "2"
    assert [cell.text_content() for cell in cells["南京"][1:]] == ["1", "0", "0", "0", "0", "0", "0", "0", "1"]
    assert '"><script>' in cells, "whatever a city is called, it is text"
    empty = Page(reader.get("/cities?week=2020-01-01"))
    assert "没有写到城市的报道" in empty.text()
