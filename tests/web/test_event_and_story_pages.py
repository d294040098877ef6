"""An event: who was first, who copied, who is missing. A story: its text, its copies and what they changed."""

from pathlib import Path

import httpx

from archive.articles import save_article
from archive.database import Database
from archive.pages import add_page
from archive.warc import PageWriter, RawPage
from core.clock import CLOCK
from indexer.indexing import index_changes
from tests.web.conftest import serving
from tests.web.newsroom import CUT, PASSAGE, RAILWAY, RAILWAY_TEXT, TAKEN_DOWN, article, fill
from tests.web.reading_pages import Page


def railway(reader: httpx.Client) -> Page:
    found = Page(reader.get("/search", params={"q": "铁路", "by": "story"}))
    return Page(reader.get(found.link(RAILWAY)))


def test_a_story_as_it_was_printed(reader: httpx.Client) -> None:
    page = railway(reader)
    assert page.texts("//article/p") == RAILWAY_TEXT.split("\n")
    opening = page.text("//article/header")
    for part in ("荔枝网 · 江苏 · 江苏新时空", RAILWAY, "11月20日 10:00", "来源：荔枝新闻", "记者：陈晨"):
        assert part in opening
    assert page.link("原文") == "https://jstv.example/202611201000.html"


def test_why_it_is_relevant(reader: httpx.Client) -> None:
    page = railway(reader)
    assert page.text("//blockquote") == PASSAGE
    beside = page.text("//aside")
    assert "核心" in beside
    assert "72 分" in beside
    assert "共同推进" in beside


def test_the_passage_is_marked_where_it_stands(reader: httpx.Client) -> None:
    url = str(railway(reader).response.url).split("?")[0]
    assert Page(reader.get(url)).texts("//article//mark[@class='passage']") == [PASSAGE]


def test_what_a_copy_cut_and_whom_it_does_not_name(reader: httpx.Client) -> None:
    copies = "//section[@id='copies']"
    page = railway(reader)
    assert page.texts(f"{copies}//del/bdi") == [CUT]
    assert page.texts(f"{copies}//ins") == []
    line = page.text(f"{copies}/section/p")
    for part in ("看看新闻", "晚 2 小时 25 分", "未署原媒体"):
        assert part in line


def test_an_event_says_who_was_first_who_copied_and_who_is_missing(reader: httpx.Client) -> None:
    page = Page(reader.get(railway(reader).link("看同一事件")))
    assert page.text("//h1") == RAILWAY
    facts = page.text("//dl")
    assert "最先发荔枝网" in facts
    assert "11月20日 10:00" in facts
    first, second = page.texts("//ol[@class='timeline']/li")
    assert "最先" in first
    assert "荔枝网" in first
    assert "晚 2 小时 25 分" in second
    assert "看看新闻 上海 · 转载" in second
    missing = page.text("//section[@id='missing']")
    assert "浙江、安徽" in missing
    looked = Page(reader.get(page.link("逐家查看").split("#")[0]))
    assert "没有抓取这里的媒体" in looked.text("//section[@id='missing']")


def test_what_was_changed_later_is_told(reader: httpx.Client) -> None:
    found = Page(reader.get("/search", params={"q": "医保", "by": "story"}))
    page = Page(reader.get(found.link("长三角医保异地结算再扩围到县")))
    changes = "//section[h2='修改记录']"
    assert page.texts(f"{changes}//del/bdi") == ["全国率先。"]
    assert page.texts(f"{changes}//ins/bdi") == ["惠及两千万人。"]
    assert "第 1 版" in page.text(changes)


def test_a_report_that_was_taken_down_is_found_and_marked(reader: httpx.Client) -> None:
    found = Page(reader.get("/search", params={"q": "is:withdrawn", "by": "story"}))
    assert found.texts("//li//span[@class='warn']") == ["原网页已撤下"]
    page = Page(reader.get(found.link(TAKEN_DOWN)))
    assert "原网页已经撤下（10月2日 15:10 发现）" in page.text("//article/header")
    assert "第 2 版" in page.text("//section[h2='修改记录']")


def test_what_is_not_there_is_a_page_in_chinese(reader: httpx.Client) -> None:
    for path in ("/story/ffffffffffffffff", "/event/ffffffffffffffff", "/stored/99", "/nothing", "/story/a%2fb"):
        response = reader.get(path)
        assert response.status_code == 404
        assert "没有" in Page(response).text("//h1"), path


def test_the_beginning_of_an_id_leads_to_its_page(reader: httpx.Client) -> None:
    url = str(railway(reader).response.url).split("?")[0]
    assert str(reader.get(url[:-4], follow_redirects=True).url) == url


def test_a_stored_page_is_served_as_inert_text(tmp_path: Path) -> None:
    archive, indexer = fill(tmp_path)
    body = "<html><script>alert(1)</script>长三角</html>".encode("gb18030")
    url = "https://ahtv.example/raw.html"
    page = RawPage(url, 200, (("Content-Type", "text/html; charset=gb18030"),), body, CLOCK.now())
    writer = PageWriter(archive.pages)
    location = writer.append(page)
    writer.close()
    database = Database.open(archive)
    with database.write() as connection:
        number = add_page(connection, page, location, source="ahtv", section="news", url=url, canonical_url=url)
        one = article("ahtv", "2026-11-21T08:00", "长三角的存档", "长三角存档的正文。", url=url, canonical_url=url)
        save_article(connection, one, page_id=number)
    database.close()
    index_changes(archive, indexer)
    with serving((archive, indexer)) as site, httpx.Client(base_url=site) as reader:
        found = Page(reader.get("/search", params={"q": "存档的正文", "by": "story"}))
        story = Page(reader.get(found.link("长三角的存档")))
        response = reader.get(story.link("保存的网页"))
    assert response.content == body
    assert response.headers["content-type"] == "text/plain; charset=gb18030"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"
