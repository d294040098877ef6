"""A source's hints: each is tried in turn, and one that finds nothing costs nothing."""

from crawler.extraction.extract import explain, extract
from crawler.extraction.model import Hints
from tests.extraction.layouts import page, plain
from tests.extraction.reports import BODY, PARAGRAPHS, REPORT

URL = "https://news.example.cn/a/1.html"


def test_a_body_hint_wins_and_is_repaired() -> None:
    listed = f"<ul id='odd'><li>{PARAGRAPHS[0]}</li><li>责任编辑：张三</li></ul>"
    odd = f"<h1>{REPORT.title}</h1>{listed}<p>{PARAGRAPHS[1]}</p>"
    html = page(odd, REPORT.title).encode()
    extraction = extract(html, URL, Hints(body=("#none", "#odd")))
    assert (extraction.paragraphs, extraction.winner) == ((PARAGRAPHS[0],), "hint")


def test_hints_that_find_nothing_change_nothing() -> None:
    html = page(plain(REPORT), REPORT.title).encode()
    nothing = Hints(
        title=("#none",),
        body=(".none",),
        published_at=(".none",),
        credit=(".none",),
        editors=(".none",),
        body_script="none=(x)",
    )
    assert extract(html, URL, nothing) == extract(html, URL)


def test_fields_are_read_at_their_hints() -> None:
    odd = (
        "<div id='t'>另一个标题的写法</div><i id='p'>2025-07-02 10:00</i><i id='c'>稿源：上观新闻</i>"
        "<i id='r'>记者：周然 徐秋韵</i><i id='e'>选稿：王小明</i><i id='g'>长三角之声</i>"
    )
    hints = Hints(
        title=("#t",), published_at=("#p",), credit=("#c",), reporters=("#r",), editors=("#e",), programme=("#g",)
    )
    extraction, why = explain(page(odd + plain(REPORT), REPORT.title).encode(), URL, hints)
    assert extraction.title == "另一个标题的写法"
    assert str(extraction.published_at).startswith("2025-07-02 02:00")
    assert (extraction.credit, extraction.programme) == ("上观新闻", "长三角之声")
    assert (extraction.reporters, extraction.editors) == (("周然", "徐秋韵"), ("王小明",))
    assert why.origins["credit"] == "css:#c"


def test_elements_to_remove_are_gone_before_anything_is_read() -> None:
    advertisement = "<div class='promo'><p>某某客户端全新上线，邀您体验最前沿、最有趣、最好玩的产品。</p></div>"
    html = page(plain(REPORT).replace("</p><p>", f"</p>{advertisement}<p>", 1), REPORT.title).encode()
    assert extract(html, URL, Hints(remove=(".promo",))).body == BODY


def test_a_body_in_a_script_is_read_by_its_pattern() -> None:
    text = "".join(f'<p style=\\"x\\">{paragraph}<\\/p>' for paragraph in PARAGRAPHS)
    html = f'<title>{REPORT.title}</title><script>var contentHtml = "{text}";</script><div id="app"></div>'.encode()
    extraction = extract(html, URL, Hints(body_script=r'contentHtml\s*=\s*"((?:[^"\\]|\\.)*)"'))
    assert (extraction.body, extraction.winner) == (BODY, "hint")
