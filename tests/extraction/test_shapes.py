"""Shapes of pages that mislead: what stands around, between and within the report."""

import pytest

from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Verdict
from tests.extraction.layouts import RELATED
from tests.extraction.reports import BODY, PARAGRAPHS, REPORT

TITLE = REPORT.title
NAVIGATION = "<table><tr>" + "".join(f"<td><a href='/{n}'>频道{n}</a></td>" for n in range(12)) + "</tr></table>"
ADVERTISEMENT = (
    "<table align=left><tr><td><a href=ad><img src=ad.gif></a></td></tr>"
    "<tr><td><a href=x>免费注册领取礼包</a></td></tr></table>"
)
OTHERS = "<table><tr><td>相关报道：</td></tr>" + "".join(
    f"<tr><td>· <a href='{n}'>长三角第{n}届博览会开幕创新高</a>(03/1{n})</td></tr>" for n in range(8)
)
END = (
    "</table><p align=center><a href=1>关于我们</a> | <a href=2>广告服务</a><br>"
    "Copyright &copy; 1996-2005 All Rights Reserved</p>"
)


def read(body: str) -> Extraction:
    html = (
        f"<html><head><title>{TITLE}_新闻中心_某某网</title></head><body>{NAVIGATION}{body}{OTHERS}{END}</body></html>"
    )
    return extract(html.encode(), "https://news.example.cn/1.html")


def paragraphs(texts: tuple[str, ...] = PARAGRAPHS, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def test_a_page_of_2005_with_an_advertisement_in_mid_text() -> None:
    text = f"　　{PARAGRAPHS[0]}<br><br>　　{PARAGRAPHS[1]}<br>{ADVERTISEMENT}<br>" + "<br><br>　　".join(
        PARAGRAPHS[2:]
    )
    extraction = read(
        f"<table><tr><td><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr><tr><td align=center>"
        f"http://www.example.cn 2025年07月01日09:31 某某日报</td></tr><tr><td>{text}</td></tr></table></td>"
        f"<td width=200>{RELATED}</td></tr></table>"
    )
    assert (extraction.body, extraction.title, extraction.credit) == (BODY, TITLE, "某某日报")
    assert str(extraction.published_at).startswith("2025-07-01 01:31")


def test_paragraphs_that_are_never_closed_in_the_body_itself() -> None:
    extraction = read(
        f"<center><h2>{TITLE}</h2></center><p>2025-07-01 09:31　某某日报" + "<p>　　".join(("", *PARAGRAPHS))
    )
    assert (extraction.body, extraction.credit) == (BODY, "某某日报")


@pytest.mark.parametrize("between", ["", "<!-- 广告 -->", "<script>show(3)</script>", "<style>.a{}</style>", "</body>"])
def test_paragraphs_that_only_their_indents_tell_apart(between: str) -> None:
    sentences = [paragraph for paragraph in PARAGRAPHS if paragraph.endswith("。")]
    text = between.join(f"　　{paragraph}" for paragraph in sentences)
    body = read(f"<h1>{TITLE}</h1><p>2025-07-01 09:31　某某日报</p><div>{text}</div>").body
    assert body.split("\n") == sentences


def test_two_parts_with_an_advertisement_between() -> None:
    first, second = paragraphs(PARAGRAPHS[:3]), paragraphs(PARAGRAPHS[3:])
    extraction = read(f"<h1>{TITLE}</h1><div class=p1>{first}</div>{ADVERTISEMENT}<div class=p2>{second}</div>")
    assert extraction.body == BODY


def test_each_paragraph_in_a_part_of_its_own() -> None:
    rows = "".join(f"<div class=row><div><span>{text}</span></div></div>" for text in PARAGRAPHS)
    assert read(f"<div class=hd>{TITLE}</div><div>2025-07-01 09:31</div><div class=bd>{rows}</div>").body == BODY


def test_a_table_of_figures_belongs_to_the_report() -> None:
    rows = "".join(f"<tr><td>城市{n}</td><td>{n * 13}</td><td>第{n}位</td></tr>" for n in range(1, 30))
    for closed in ("</div></div>", ""):
        end = f"{paragraphs(PARAGRAPHS[5:])}{closed}"
        extraction = read(f"<div><h1>{TITLE}</h1><div>{paragraphs(PARAGRAPHS[:2])}<table>{rows}</table>{end}")
        assert extraction.paragraphs[:2] == PARAGRAPHS[:2]
        assert extraction.paragraphs[-1] == PARAGRAPHS[5]
        assert {"城市7", "91", "第7位"} <= set(extraction.paragraphs)


def test_sentences_full_of_links_are_text() -> None:
    linked = paragraphs()
    for word in ("长三角", "创新", "平台", "企业", "科技", "一体化高质量发展", "三省一市"):
        linked = linked.replace(word, f"<a href='/{word}'>{word}</a>")
    assert read(f"<h1>{TITLE}</h1><div>{linked}</div>").body == BODY


@pytest.mark.parametrize("count", [3, 12])
def test_summaries_of_other_reports_beside_a_short_one(count: int) -> None:
    summary = "近日，又一座跨江大桥正式通车，标志着长三角交通网络进一步完善，沿线居民出行更加便利。"
    others = "".join(
        f"<div><h3><a href='{n}'>第{n}座大桥通车运营</a></h3><p>{summary}{n}</p></div>" for n in range(count)
    )
    extraction = read(
        f"<div><h1>{TITLE}</h1><div>2025-07-01 09:31</div><p>{PARAGRAPHS[0]}</p></div><div>{others}</div>"
    )
    assert extraction.body == PARAGRAPHS[0]


def test_a_report_in_pictures_with_its_captions_is_an_article() -> None:
    pictures = "".join(f"<p><img src='/{n}.jpg'></p><p>图{n}为示范区水乡客厅风光</p>" for n in range(6))
    extraction = read(f"<div><h1>{TITLE}</h1><div>2025-07-01 09:31</div>{pictures}{paragraphs(PARAGRAPHS[:2])}</div>")
    assert extraction.verdict is Verdict.ARTICLE
    assert len(extraction.paragraphs) == 8


def test_a_text_that_was_typed_with_line_feeds() -> None:
    assert read(f"<h1>{TITLE}</h1><pre>{chr(10).join(PARAGRAPHS)}</pre>").body == BODY


def test_labels_in_traditional_characters() -> None:
    assert read(f"<h1>{TITLE}</h1><div>2025-07-01 09:31 來源：某某網</div>{paragraphs()}").credit == "某某網"


def test_readings_in_ruby_are_not_read() -> None:
    ruby = BODY.replace("科技", "<ruby>科技<rp>(</rp><rt>kējì</rt><rp>)</rp></ruby>").split("\n")
    assert read(f"<h1>{TITLE}</h1>{paragraphs(tuple(ruby))}").body == BODY
