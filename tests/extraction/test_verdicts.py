"""What kind of page it is; only an article or a video with text is kept."""

import pytest

from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Verdict
from tests.extraction.layouts import FOOTER, MENU, RELATED, page, plain
from tests.extraction.reports import REPORT

VIDEO = '<script>var play = {play_url:"https:\\u002F\\u002Fv.example.cn\\u002Fa.m3u8?t=1"};</script>'


def read(
    body: str, title: str = REPORT.title, head: str = "", url: str = "https://news.example.cn/a/1.html"
) -> Extraction:
    html = (
        f"<html><head><title>{title}</title>{head}</head><body><div class='nav'><ul>{MENU}</ul></div>{body}{FOOTER}"
        "</body></html>"
    )
    return extract(html.encode(), "https://news.example.cn/a/1.html")


def headlines(count: int, *, summaries: bool = False) -> str:
    summary = (
        "<p>近日，长三角又有一批重大项目集中开工，总投资超过千亿元，涉及交通、能源和科创等领域。</p>"
        if summaries
        else ""
    )
    links = (f"<a href='/a/{number}.html'>长三角第{number}批重大项目集中开工建设</a>" for number in range(count))
    return "".join(f"<li>{link}{summary}<span>2025-07-01</span></li>" for link in links)


def test_a_report_is_an_article_with_a_reason_in_words() -> None:
    extraction = extract(page(plain(REPORT), REPORT.title).encode(), "")
    assert (extraction.verdict, extraction.is_article) == (Verdict.ARTICLE, True)
    assert "6 paragraphs" in extraction.reason


@pytest.mark.parametrize(
    ("pager", "part"),
    [
        ('createPageHTML(3, 0, "t20251101_526001", "html");', "page 1 of 3 of the article"),
        ("createPageHTML(3,2,'t20251101_526001','shtml')", "page 3 of 3 of the article"),
        ('createPageHTML(1, 0, "t20251101_526001", "html");', ""),
        ('createPageHTML(9, 0, "index", "html");', ""),
    ],
)
def test_a_page_that_is_a_part_of_its_article_says_so(pager: str, part: str) -> None:
    extraction = extract(page(plain(REPORT) + f"<script>{pager}</script>", REPORT.title).encode(), "")
    assert extraction.verdict is Verdict.ARTICLE
    assert ("; page" in extraction.reason) == bool(part)
    assert part in extraction.reason


@pytest.mark.parametrize("summaries", [False, True])
def test_a_list_of_articles_is_no_article(summaries: bool) -> None:
    extraction = read(f"<h1>长三角频道</h1><ul>{headlines(30, summaries=summaries)}</ul>", "长三角频道_某某网")
    assert extraction.verdict is Verdict.LIST
    assert "headlines of other articles" in extraction.reason
    assert not extraction.is_article


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 Not Found", "<h1>404</h1><p>您访问的页面不存在或已被删除！</p>"),
        ("某某网", "<div>抱歉，该文章已被删除。</div><a href='/'>返回首页</a>"),
        ("页面没有找到", "<p>对不起，页面没有找到，3秒后返回首页。</p>"),
        ("系统提示", "<p>系统繁忙，请稍后再试。</p>"),
    ],
)
def test_an_error_that_is_served_as_a_page_is_one(title: str, text: str) -> None:
    assert read(text, title).verdict is Verdict.ERROR


def test_a_report_about_errors_is_an_article() -> None:
    text = "网信部门通报，一批网站页面不存在或无法访问的问题已整改，市民可通过热线反映，部门将在三个工作日内答复。"
    body = f"<h1>网站页面不存在问题整改完毕</h1><div>2025-07-01 09:31 来源：某某网</div><p>{text}</p>"
    assert read(body, "网站页面不存在问题整改完毕").verdict is Verdict.ARTICLE


def test_a_wall_before_the_article_is_a_login() -> None:
    form = "<form><input name='u'><input type='password' name='p'>记住我</form>"
    assert read(f"<p>登录后可查看全文</p>{form}", "某某日报数字报").verdict is Verdict.LOGIN


def test_a_page_of_nothing_but_scripts_says_so() -> None:
    html = b"<html><head><title>delta</title></head><body><div id='app'></div><script>var a=1</script></body></html>"
    assert extract(html, "").verdict is Verdict.SCRIPT


def test_an_empty_page_is_empty() -> None:
    assert extract(b"", "").verdict is Verdict.EMPTY
    assert extract(b"<html><body></body></html>", "").reason == "0 characters of text"


def test_a_video_with_a_notice_is_kept_and_one_without_text_is_not() -> None:
    notice = "<h1>长三角之声今晚播出</h1><div>2025-07-01 19:00</div><p>本期节目走进示范区，看三省一市共建水乡客厅。</p>"
    extraction = read(notice, "长三角之声今晚播出", head=VIDEO)
    assert (extraction.verdict, extraction.is_article) == (Verdict.VIDEO, True)
    assert extraction.video == "https://v.example.cn/a.m3u8?t=1"
    assert read("<div class='player'></div>", "某某", head=VIDEO).is_article is False


def test_a_video_page_without_text_is_read_from_its_summary() -> None:
    summary = "本期节目走进长三角生态绿色一体化发展示范区，看三省一市怎样共建水乡客厅。"
    head = f'{VIDEO}<meta property="og:description" content="{summary}">'
    html = f"<html><head><title>水乡客厅_某某台</title>{head}</head><body><div id='player'></div></body></html>"
    extraction = extract(html.encode(), "")
    assert (extraction.verdict, extraction.body, extraction.winner) == (Verdict.VIDEO, summary, "description")


def test_pictures_without_text_are_a_gallery() -> None:
    pictures = "".join(f"<div><img src='/p{number}.jpg'><p>水乡客厅 {number}/12</p></div>" for number in range(12))
    assert read(f"<h1>组图：航拍水乡客厅</h1><div>{pictures}</div>", "组图：航拍水乡客厅").verdict is Verdict.GALLERY


def test_a_short_report_among_many_links_is_an_article() -> None:
    text = "据铁路部门消息，沪苏湖铁路今日开通运营，上海至湖州最快55分钟可达。"
    for byline in ("<div>2025-07-01 09:31</div>", ""):
        body = f"<h1>沪苏湖铁路今日开通运营</h1>{byline}<p>{text}</p><ul>{RELATED}{headlines(30)}</ul>"
        extraction = read(body, "沪苏湖铁路今日开通运营_某某网")
        assert (extraction.verdict, extraction.body) == (Verdict.ARTICLE, text)


def test_picture_and_own_address_are_absolute() -> None:
    head = '<link rel="canonical" href="/a/1.html"><meta property="og:image" content="//img.example.cn/1.jpg">'
    extraction = extract(
        page(plain(REPORT), REPORT.title, head=head).encode(), "https://news.example.cn/wap/a/1.html?x=1"
    )
    assert extraction.canonical_url == "https://news.example.cn/a/1.html"
    assert extraction.image == "https://img.example.cn/1.jpg"


def test_the_lead_picture_is_the_first_beside_the_text_that_is_no_ornament() -> None:
    pictures = "<img src='/logo.png'><img src='blank.gif' data-src='/img/2025/1.jpg'>"
    html = page(plain(REPORT).replace('<div class="content">', f'<div class="content">{pictures}'), REPORT.title)
    assert extract(html.encode(), "https://news.example.cn/a/1.html").image == "https://news.example.cn/img/2025/1.jpg"
