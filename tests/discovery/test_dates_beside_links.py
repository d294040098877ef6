"""The date that a list has for an entry, in whatever markup; headlines without it; lists held as data in a script."""

from datetime import datetime

import pytest

from core.time import SHANGHAI
from tests.discovery.list_pages import listing, read

OTHER = '<div class="it"><h3><a href="/a/8.html">另一篇文章的完整标题</a></h3><span>2026-11-02</span></div>'


def shanghai(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("entry", "listed_at"),
    [
        ("<h3><a href='{url}'>{title}</a></h3><p><span>2026-11-27 08:15</span></p>", shanghai(27, 8, 15)),
        ("<div><b>27</b><small>2026-11</small></div><h3><a href='{url}'>{title}</a></h3>", shanghai(27)),
        ("<h3><a href='{url}'>{title}</a></h3><span>3小时前</span><a href='/c/7'>76评论</a>", shanghai(28)),
        ("<a href='{url}'>{title}</a><i>(11-27 21:08)</i>", shanghai(27, 21, 8)),
        ("<a href='{url}'>{title}</a><p>11月15日，记者在现场看到，一片繁忙。</p>", None),
        ("<a href='{url}'>{title}</a><span>05-17</span>", None),
    ],
    ids=["far from the link", "a badge", "relative", "year from the address", "within a sentence", "no year anywhere"],
)
def test_the_date_of_an_entry(entry: str, listed_at: datetime | None) -> None:
    address = "https://www.example.cn/2026/11/27/a/7.html"
    item = entry.format(url=address, title="长三角一体化示范区发布新成果")
    page = read(listing("html"), f"<div><div class='it'>{item}</div>{OTHER}</div>")
    found = {link.url: (link.title, link.listed_at) for link in page.links}
    assert found[address] == ("长三角一体化示范区发布新成果", listed_at)


LOOKING_BACK = "回顾：2019年5月13日长三角一体化启动纪实"


@pytest.mark.parametrize(
    ("entry", "listed_at"),
    [
        (f"<a href='{{}}'>{LOOKING_BACK}</a><span>2026-11-28</span>", shanghai(28)),
        (f"<span>2026-11-28</span> <i>10:30</i><a href='{{}}'>{LOOKING_BACK}</a>", shanghai(28, 10, 30)),
        (f"<a href='{{}}'>{LOOKING_BACK}</a> 2026-11-28", shanghai(28)),
        (f"<a href='{{}}'>{LOOKING_BACK}</a><p>2019年5月13日，启动。</p><i>2026-11-28</i>阅读", shanghai(28)),
        (f"<a href='{{}}'>{LOOKING_BACK}<span>2026-11-28</span></a>", shanghai(28)),
        (f"<a href='{{}}'><h3>{LOOKING_BACK}</h3><p>本地台 2026-11-28 10:30</p></a>", shanghai(28, 10, 30)),
        (f"<a href='{{}}'>{LOOKING_BACK}</a><span>3小时前</span>", shanghai(28)),
        (f"<a href='{{}}'>{LOOKING_BACK}（2026-11-28）</a>", shanghai(28)),
        (f"<a href='{{}}'>[2026-11-28]{LOOKING_BACK}</a>", shanghai(28)),
        (f"<a href='{{}}'>{LOOKING_BACK} 2026-11-28</a>", shanghai(28)),
        (f"<a href='{{}}'>{LOOKING_BACK}</a>", None),
        ("<a href='{}'>三地公积金2025-12-31前互认</a>", None),
        ("<a href='{}'>2027年1月1日起三地医保目录统一</a><span>2026-11-28 10:00</span>", shanghai(28, 10)),
    ],
)
@pytest.mark.parametrize("form", ["<ul><li>{}</li>{}</ul>", "<div><div class='it'>{}</div>{}</div>"])
def test_a_date_within_a_headline_does_not_date_its_entry(form: str, entry: str, listed_at: datetime | None) -> None:
    page = read(listing("html"), form.format(entry.format("/a/7.html"), OTHER))
    found = {link.url.rpartition("/")[2]: link.listed_at for link in page.links}
    assert found["7.html"] == listed_at


def test_what_a_list_has_pinned_for_years_is_not_of_this_year() -> None:
    pinned = "<div class='it'><a href='/2024/11/01/a/1.html'>三周年：从一张蓝图到一桌饭菜</a><i>11-01</i></div>"
    page = read(listing("html"), f"<div>{pinned}{OTHER}</div>")
    assert page.links[0].listed_at == datetime(2024, 11, 1, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "inside", ["{title}<span>11-06</span>", "<span><b>06</b><i>2026.11</i></span><span>{title}</span><s>›</s>"]
)
def test_a_date_within_a_link_is_none_of_its_headline(inside: str) -> None:
    title = "关于停播鹿汀生活频道标清信号的公告"
    page = read(listing("html"), f"<p><a href='/a/7.html'>{inside.format(title=title)}</a></p>{OTHER}")
    assert page.links[0].title == title


def test_a_list_that_a_script_holds_as_data() -> None:
    script = """var newsData = {"name":"新闻","hot":[{"docTitle":"别的榜单上的文章","docUrl":"/h/1.html"}],"docs":[
    {"docTitle":"冬春航季新增四条航线","docUrl":"20261128/114791.html","docRelTime":"2026-11-28 07:55"},
    {"docTitle":"集中供暖试点启动","docUrl":"20261127/114790.html","docRelTime":"2026-11-27 20:55"}]};"""
    page = read(listing("html", keys="article = '/\\d{8}/\\d+\\.html$'"), f"<script>{script}</script>")
    assert [(link.url.rpartition("/news/")[2], link.title, link.listed_at) for link in page.links] == [
        ("20261128/114791.html", "冬春航季新增四条航线", shanghai(28, 7, 55)),
        ("20261127/114790.html", "集中供暖试点启动", shanghai(27, 20, 55)),
    ]


def test_what_is_no_item_among_those_of_a_script_is_passed_over() -> None:
    items = """[{"title":"冬春航季新增四条航线","url":"/a/1.html"},{"title":7,"url":"/a/2.html"},null,"文字",
    {"title":"集中供暖试点启动","url":["/a/3.html"]},{"title":"今冬第一场雪如期而至","url":"/a/4.html"}]"""
    page = read(listing("html"), f"<script>var list = {items};</script>")
    assert [(link.url[-9:], link.title) for link in page.links] == [
        ("/a/1.html", "冬春航季新增四条航线"),
        ("/a/2.html", ""),
        ("/a/4.html", "今冬第一场雪如期而至"),
    ]


def test_the_next_page_is_the_one_behind_that_which_a_choice_shows() -> None:
    choice = "<select><option value='?p=1' selected>第1页</option><option value='?p=2'>第2页</option></select>"
    page = read(listing("html"), f"{OTHER}<div>{choice}</div>")
    assert [request.url for request in page.more] == ["https://www.example.cn/news/?p=2"]
