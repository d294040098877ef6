"""The search page: hits, filters with counts, a histogram, and every state in the address."""

import httpx
import pytest

from tests.web.newsroom import CUT, RAILWAY
from tests.web.reading_pages import Page


def search(reader: httpx.Client, **parameters: str | list[str]) -> Page:
    return Page(reader.get("/search", params=parameters))


def titles(page: Page) -> list[str]:
    return page.texts("//ol[@class='list']//h2")


def test_a_word_finds_stories_newest_first_and_is_marked(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="story")
    assert page.response.status_code == 200
    found = titles(page)
    assert (found[0], found[1], len(found)) == (RAILWAY, "长三角医保异地结算再扩围到县", 4)
    assert found[3] == "合肥与南京共建实验室"
    assert set(page.texts("//ol[@class='list']//mark")) == {"长三角"}
    assert page.text("//*[@role='status']") == "4 条报道含“长三角”"
    assert titles(search(reader, q="长三角", by="story", sort="oldest")) == found[::-1]


def test_times_are_shanghai_s_and_a_copy_is_counted(reader: httpx.Client) -> None:
    first = search(reader, q="铁路").text("//ol[@class='list']/li")
    assert "11月20日 10:00" in first
    assert "荔枝网" in first
    assert "转载 1 次" in first


def test_a_filter_says_how_many_it_leaves_and_leaves_so_many(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="story")
    for link in page.links("//section[@class='facet'][h2!='时间']"):
        name, count = link.text.rsplit(" ", 1)
        narrowed = Page(reader.get(link.url))
        assert len(titles(narrowed)) == int(count), name
        (chosen,) = [one for one in narrowed.links("//section[@class='facet'][h2!='时间']") if one.is_current]
        assert chosen.text == link.text
        assert titles(Page(reader.get(chosen.url))) == titles(page), "chosen once more it is chosen no more"


def test_values_of_one_filter_add_up_and_keep_their_counts(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="story", province=["江苏", "浙江"])
    assert len(titles(page)) == 2
    assert {link.text for link in page.links("//section[h2='省份']")} == {"江苏 1", "浙江 1", "安徽 2"}
    assert {link.text for link in page.links("//section[h2='媒体']")} == {"荔枝网 1", "新蓝网 1"}


def test_a_bar_of_the_histogram_narrows_to_its_time(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="story")
    bars = [(link.text, link.url) for link in page.links("//figure")]
    assert [text.split("：")[1].split()[0] for text, _ in bars] == ["1", "1", "1", "1"]
    narrowed = Page(reader.get(bars[-1][1]))
    assert titles(narrowed) == [RAILWAY]
    assert "2026-11-20" in bars[-1][1]
    assert [link.is_current for link in narrowed.links("//figure")] == [False, False, False, True], "the others stay"


def test_every_state_is_in_the_address(reader: httpx.Client) -> None:
    address = "/search?q=%E9%95%BF%E4%B8%89%E8%A7%92&by=story&sort=oldest&province=%E5%AE%89%E5%BE%BD&since=2026-11"
    page = Page(reader.get(address))
    assert len(titles(page)) == 1
    current = [link.text for link in page.links("//div[@class='switches']") if link.is_current]
    assert current == ["按报道", "最早"]
    assert page.root.xpath("//input[@id='q']/@value") == ["长三角"]


@pytest.mark.parametrize(
    ("times", "says"),
    [
        ({}, "不限"),
        ({"since": "7d"}, "7 天"),
        ({"since": "2026-11"}, "2026-11 起"),
        ({"until": "2026-11-19"}, "最早 至 2026-11-19"),
        ({"since": "2026-11-18", "until": "2026-11-19"}, "2026-11-18 至 2026-11-19"),
    ],
)
def test_the_chosen_time_is_shown(reader: httpx.Client, times: dict[str, str], says: str) -> None:
    page = search(reader, **times)
    assert [link.text for link in page.links("//section[h2='时间']") if link.is_current] == [says]


def test_events_are_the_default_and_an_event_is_there_once(reader: httpx.Client) -> None:
    assert titles(search(reader, q="铁路")) == [RAILWAY]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("(长三角", "第 1 个字符：括号没有成对"),
        ("长三角 “一体化", "第 5 个字符：引号没有成对"),
        ("colour:红", "没有“colour”这个字段"),
        ("长三*", "不用通配符"),
        ("date:昨天", "时间写作 7d"),
        ("date:2026-11-10..2026-11-01", "“2026-11-10..2026-11-01”前后颠倒"),
        ("！！！", "只有标点"),
        ("长" * 2001, "查询最多 2,000 个字符"),
    ],
)
def test_a_query_that_is_wrong_is_explained_in_chinese(reader: httpx.Client, query: str, says: str) -> None:
    page = search(reader, q=query)
    assert page.response.status_code == 400
    assert says in page.text("//*[@role='alert']")


def test_a_time_that_is_wrong_is_explained(reader: httpx.Client) -> None:
    assert "时间写错了" in search(reader, since="gestern").text("//*[@role='alert']")


def test_an_empty_answer_says_why_and_what_would_help(reader: httpx.Client) -> None:
    page = search(reader, q="铁路", province="浙江")
    assert page.text("//*[@role='status']") == "没有找到报道"
    assert "11月20日 10:00" in page.text("//div[@class='notice']"), "how new the newest is"
    assert titles(Page(reader.get(page.link("不限省份（浙江）")))) == [RAILWAY]
    page = search(reader, q="铁路 量子")
    assert len(titles(Page(reader.get(page.link("含有其中任意一个词"))))) == 2
    assert "每个字都要一致" in search(reader, q="鑫鑫").text("//div[@class='notice']")


def test_what_makes_no_sense_in_an_address_counts_as_not_given(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="x", sort="y", page="-3", colour="red")
    assert page.response.status_code == 200
    assert len(titles(page)) == 4


def test_a_page_beyond_the_last_is_no_fault(reader: httpx.Client) -> None:
    for unit in ("event", "story"):
        page = search(reader, q="长三角", by=unit, page="9999")
        assert (page.response.status_code, titles(page)) == (200, [])


def test_a_hit_leads_to_its_story_with_the_words_marked(reader: httpx.Client) -> None:
    page = search(reader, q="王女士", by="story")
    story = Page(reader.get(page.link(RAILWAY)))
    assert story.texts("//article//mark") == ["王女士"]
    assert CUT in story.text("//article")


def test_days_are_typed_as_well(reader: httpx.Client) -> None:
    page = search(reader, q="长三角", by="story", since="2026-11-19", until="2026-11-19")
    (form,) = page.root.xpath("//form[@class='dates']")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    assert fields == {"q": "长三角", "by": "story", "since": "2026-11-19", "until": "2026-11-19"}


def test_a_page_behind_the_last_says_so(reader: httpx.Client) -> None:
    for page in ("9", "999"):
        behind = search(reader, q="长三角", by="story", page=page)
        assert "后面没有了" in behind.text()
        assert titles(Page(reader.get(behind.link("回到第一页"))))


@pytest.mark.parametrize("path", ["/search", "/feed.atom", "/export.csv", "/api/v1/stories", "/api/v1/counts?by=city"])
@pytest.mark.parametrize(
    "asked", ["since=9999-12-30", "since=9998", "until=0001-01-02", "q=date:9998", "since=9999-12-31"]
)
def test_a_time_at_the_end_of_the_calendar_is_no_fault(reader: httpx.Client, path: str, asked: str) -> None:
    answer = reader.get(f"{path}{'&' if '?' in path else '?'}{asked}")
    assert answer.status_code in ({200, 400} if asked.endswith("31") else {200})


@pytest.mark.parametrize("asked", ["0001-01-01", "0001-01-08", "9999-12-31", "9999-12-01"])
def test_a_day_at_the_end_of_the_calendar_is_no_fault(reader: httpx.Client, asked: str) -> None:
    for path in ("/?day=", "/outlets?week=", "/cities?week="):
        assert reader.get(f"{path}{asked}").status_code == 200
    assert reader.get("/api/v1/events", params={"since": asked}).status_code in {200, 400}


def test_a_page_number_that_no_database_holds_names_no_stored_page(reader: httpx.Client) -> None:
    assert reader.get(f"/stored/{10**20}").status_code == 404
