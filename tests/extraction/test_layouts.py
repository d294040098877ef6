"""One report in every layout comes out as the same clean text."""

import pytest

from archive.article import Precision
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Verdict
from tests.extraction.layouts import LAYOUTS, TWICE, Report, page, plain
from tests.extraction.reports import BODY, PARAGRAPHS, REPORT, SHORT, glossed

URL = "https://news.example.cn/a/1.html"


def read(body: str, title: str = REPORT.title, *, head: str = "") -> Extraction:
    return extract(page(body, title, head=head).encode(), URL)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_body_is_the_report_and_nothing_else(layout: str) -> None:
    extraction = read(LAYOUTS[layout](REPORT))
    assert extraction.body == BODY
    assert extraction.title == REPORT.title
    assert extraction.verdict is Verdict.ARTICLE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_time_and_credit_are_read_from_the_byline(layout: str) -> None:
    extraction = read(LAYOUTS[layout](REPORT))
    assert extraction.published_at is not None
    assert extraction.published_at.isoformat() == "2025-07-01T01:31:00+00:00"
    assert extraction.published_precision is Precision.MINUTE
    assert extraction.credit == "某某新闻联播"
    assert extraction.reporters == ("王小明", "李大山")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_short_report_does_not_turn_into_the_page(layout: str) -> None:
    report = Report("沪苏湖铁路今日开通运营", "2025-07-01 09:31 来源：某某网", SHORT)
    extraction = read(LAYOUTS[layout](report), report.title)
    assert extraction.body == SHORT[0]
    assert extraction.is_article


@pytest.mark.parametrize("layout", TWICE)
def test_a_body_printed_twice_with_glosses_is_kept_once_without(layout: str) -> None:
    report = Report(REPORT.title, "2025-07-01 09:31", tuple(map(glossed, PARAGRAPHS)), "来源: 某某(mǒumǒu)新闻联播")
    extraction = read(TWICE[layout](report))
    assert extraction.body == BODY
    assert extraction.title == REPORT.title
    assert extraction.credit == extraction.programme == "某某新闻联播"
    assert extraction.published_precision is Precision.MINUTE


def test_a_title_with_glosses_is_read_without() -> None:
    title = glossed("长三角科技创新平台近日启用")
    for shown in (f"<h1>{title}</h1>", ""):
        html = page(f"{shown}<p>{'</p><p>'.join(map(glossed, PARAGRAPHS))}</p>", title)
        assert extract(html.encode(), URL).title == "长三角科技创新平台近日启用"


def test_boilerplate_around_and_within_the_body_goes() -> None:
    before = "<p>（原标题：创新联合体来了）</p><p>字号：大 中 小</p><p>分享到：</p>"
    after = "<p>责任编辑：张三</p><p>扫描二维码关注我们</p><p>延伸阅读</p><p>沪苏湖铁路开通，沿线居民出行更便利。</p>"
    middle = "<p>点击查看更多</p>"
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    body = (
        f"<h1>{REPORT.title}</h1><div>{before}{''.join(paragraphs[:3])}{middle}{''.join(paragraphs[3:])}{after}</div>"
    )
    extraction = read(body)
    assert extraction.body == BODY
    assert extraction.editors == ("张三",)


def test_a_caption_that_is_repeated_stands_once() -> None:
    caption = "示范区内的同步辐射平台。某某网记者 摄"
    twice = f"<div>{caption}</div><p>{caption}</p>"
    body = f"<h1>{REPORT.title}</h1><div><p>{PARAGRAPHS[0]}</p>{twice}<p>{PARAGRAPHS[1]}</p></div>"
    assert read(body).paragraphs == (PARAGRAPHS[0], caption, PARAGRAPHS[1])


def test_the_body_of_a_script_built_page_is_read_from_its_state() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS).replace("/", "\\u002F")
    state = f'<div id="app"></div><script>window.__STATE__={{"article":{{"content":"{text}","id":1}}}}</script>'
    page_ = f"<html><head><title>{REPORT.title}_某某网</title></head><body>{state}</body></html>"
    extraction = extract(page_.encode(), URL)
    assert (extraction.body, extraction.winner) == (BODY, "state")
    assert extraction.title == REPORT.title


def test_the_body_in_json_ld_is_taken_where_the_page_shows_none() -> None:
    data = f'{{"@graph":[{{"@type":"NewsArticle","headline":"{REPORT.title}","articleBody":"{"".join(PARAGRAPHS)}"}}]}}'
    page_ = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><div id="app"></div></body></html>'
    )
    extraction = extract(page_.encode(), URL)
    assert extraction.body == "".join(PARAGRAPHS)
    assert extraction.title == REPORT.title


def test_inner_closing_tags_do_not_cut_the_page_off() -> None:
    cut = plain(REPORT).replace('<div class="content">', '</body></html><div class="content">')
    assert read(cut).body == BODY


def test_an_english_page_is_left_to_trafilatura() -> None:
    title = "Delta provinces share laboratories"
    sentence = "The four provinces of the delta signed an agreement on shared laboratories, officials said on Tuesday. "
    paragraphs = "".join(f"<p>{number}. {sentence * 3}</p>" for number in range(5))
    extraction = read(f"<article><h1>{title}</h1>{paragraphs}</article>", title)
    assert (extraction.language, extraction.winner) == ("en", "trafilatura")
    assert extraction.body.count("officials said") == 15
