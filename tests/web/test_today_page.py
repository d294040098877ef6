"""The page of a day: its events by topic and province, what is new since the last look, what one province lacks."""

import httpx

from tests.web.newsroom import RAILWAY
from tests.web.reading_pages import Page


def test_a_day_shows_its_events_by_topic_and_province(reader: httpx.Client) -> None:
    page = Page(reader.get("/?day=2026-11-20"))
    assert page.text("//h1").startswith("2026年11月20日")
    assert page.texts("//section[@aria-labelledby='lead-heading']//h3") == [RAILWAY]
    assert "2 次" in page.text("//section[@aria-labelledby='lead-heading']")
    (topic,) = page.texts("//section[@aria-labelledby='topics-heading']//section")
    assert topic.startswith("交通互联 1")
    provinces = page.texts("//section[@id='provinces']//section")
    assert [text.split()[1] for text in provinces] == ["1", "1", "0", "0", "0"]


def test_a_topic_leads_to_the_search_that_finds_its_stories(reader: httpx.Client) -> None:
    page = Page(reader.get("/?day=2026-11-20"))
    found = Page(reader.get(page.link("交通互联")))
    assert found.texts("//ol[@class='list']//h2") == [RAILWAY]


def test_without_a_day_the_newest_with_reports_is_shown(reader: httpx.Client) -> None:
    page = Page(reader.get("/"))
    assert page.text("//h1").startswith("2026年11月20日")


def test_a_day_without_reports_says_so(reader: httpx.Client) -> None:
    assert "这一天没有报道" in Page(reader.get("/?day=2026-01-01")).text()
    assert Page(reader.get("/?day=never")).response.status_code == 200


def test_what_is_new_is_newer_than_the_look_before(site: str) -> None:
    """A look is remembered in a cookie: when it was, and when the one before was."""
    with httpx.Client(base_url=site) as reader:
        first = Page(reader.get("/?day=2026-11-20"))
        assert first.texts("//h2[@id='new-heading']") == [], "who was never here has no last look"
        again = Page(reader.get("/?day=2026-11-20"))
        assert again.texts("//h2[@id='new-heading']") == [], "another page of the same look"
    for looked, new in (("1000000000", 1), ("99999999999", 0)):
        page = Page(httpx.get(f"{site}/?day=2026-11-20", headers={"Cookie": f"deltanews_looked={looked}.{looked}"}))
        assert f"新到 {new} 个事件" in page.text("//h2[@id='new-heading']")
    odd = httpx.get(f"{site}/?day=2026-11-20", headers={"Cookie": "deltanews_looked=x.9.9e9.-1"})
    assert odd.status_code == 200


def test_what_others_have_and_mine_has_not(reader: httpx.Client) -> None:
    page = Page(reader.get("/?day=2026-11-20&province=浙江"))
    gaps = page.text("//section[@id='gaps']")
    assert RAILWAY in gaps
    assert "浙江没有报道" in gaps
    late = Page(reader.get("/?day=2026-11-20&province=上海")).text("//section[@id='gaps']")
    assert "上海晚 2 小时 25 分" in late


def test_without_a_day_what_is_new_is_of_all_days(site: str) -> None:
    page = Page(httpx.get(f"{site}/", headers={"Cookie": "deltanews_looked=1000000000.1000000000"}))
    assert "新到 4 个事件" in page.text("//h2[@id='new-heading']")
    assert len(page.texts("//section[@aria-labelledby='new-heading']//li")) == 4


def test_my_province_is_remembered(site: str) -> None:
    with httpx.Client(base_url=site) as reader:
        assert "选一个省份" in Page(reader.get("/?day=2026-11-20")).text("//section[@id='gaps']")
        reader.get("/?day=2026-11-20&province=浙江")
        assert "浙江没有报道" in Page(reader.get("/?day=2026-11-20")).text("//section[@id='gaps']")
        assert Page(reader.get("/?province=无")).response.status_code == 200
