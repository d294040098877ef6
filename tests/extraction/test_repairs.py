"""Every repair of a body: it fixes its fault, may run twice, never empties a body, and leaves sound text alone."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.boilerplate import bundled_boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.captions import drop_repeated_captions
from crawler.extraction.repairs.chain import drop_glosses, repair
from crawler.extraction.repairs.copies import drop_blocks, drop_repeats
from crawler.extraction.repairs.page_context import PageContext
from crawler.extraction.repairs.surroundings import drop_end, drop_head, drop_lines
from tests.extraction.reports import PARAGRAPHS, REPORT, glossed

ALL = "all of them"
PHRASES = bundled_boilerplate()
PAGE = PageContext(REPORT.title, PHRASES)
REPAIRS: dict[str, Callable[[Paragraphs], Paragraphs]] = {
    "glosses": drop_glosses,
    "blocks": drop_blocks,
    "repeats": drop_repeats,
    "captions": drop_repeated_captions,
    "end": lambda body: drop_end(body, PAGE),
    "lines": lambda body: drop_lines(body, PAGE),
    "head": lambda body: drop_head(body, PAGE),
    ALL: lambda body: repair(Candidate("any", body), PAGE).paragraphs,
}

SOUND = st.lists(
    st.text(alphabet="沪苏浙皖协同推进高质量发展共建平台项目企业", min_size=14, max_size=60).map(
        lambda text: f"{text}。"
    ),
    min_size=1,
    max_size=8,
    unique=True,
).map(tuple)
FAULTS = (
    "责任编辑：张三",
    "（原标题：某某）",
    "来源：某某网",
    "相关阅读",
    "上一篇：某某某",
    "扫描二维码关注我们",
    "分享到：",
    "2025-07-01 09:31",
    "当前位置：首页 > 新闻",
    REPORT.title,
    f"{REPORT.title}导语。",
    "图为活动现场。某某 摄",
    "推进(tuījìn)长三角(zhǎngsānjiǎo)一体化。",
    "免责声明：本文仅代表作者观点",
    "",
    "。",
    *PARAGRAPHS,
    "".join(PARAGRAPHS),
)
FAULTY = st.lists(st.sampled_from(FAULTS), min_size=1, max_size=14).map(tuple)


@pytest.mark.parametrize("name", [name for name in REPAIRS if name != ALL])  # each; what all leave, one may shorten
@given(body=FAULTY)
def test_running_twice_is_running_once(name: str, body: Paragraphs) -> None:
    once = REPAIRS[name](body)
    assert REPAIRS[name](once) == once


@pytest.mark.parametrize("name", REPAIRS)
@given(body=FAULTY)
def test_a_body_is_never_emptied(name: str, body: Paragraphs) -> None:
    assert len(REPAIRS[name](body)) > 0


@pytest.mark.parametrize("name", REPAIRS)
@given(body=SOUND)
def test_a_sound_body_passes_unchanged(name: str, body: Paragraphs) -> None:
    assert REPAIRS[name](body) == body


@pytest.mark.parametrize("name", REPAIRS)
def test_a_real_report_passes_unchanged(name: str) -> None:
    assert REPAIRS[name](PARAGRAPHS) == PARAGRAPHS


def test_a_block_that_the_paragraphs_spell_out_goes_wherever_it_stands() -> None:
    block = REPORT.title + "".join(PARAGRAPHS)
    assert drop_blocks((block, *PARAGRAPHS)) == PARAGRAPHS
    assert drop_blocks((*PARAGRAPHS, block)) == PARAGRAPHS


def test_paragraphs_that_stand_twice_stand_once_with_the_short_lines_among_them() -> None:
    assert drop_repeats(PARAGRAPHS * 2) == PARAGRAPHS
    assert drop_repeats(PARAGRAPHS * 3) == PARAGRAPHS


def test_one_paragraph_said_again_is_the_authors_own() -> None:
    body = (*PARAGRAPHS, PARAGRAPHS[0])
    assert drop_repeats(body) == body


def test_a_short_line_may_be_said_twice() -> None:
    body = (PARAGRAPHS[0], "加油！", "加油！", PARAGRAPHS[1])
    assert drop_repeated_captions(body) == body


def test_readings_in_brackets_go_by_the_habit_of_the_whole_body() -> None:
    assert drop_glosses(tuple(map(glossed, PARAGRAPHS))) == PARAGRAPHS


@pytest.mark.parametrize(
    "end",
    [
        "责任编辑：张三",
        "（责编：张三、李四）",
        "[责任编辑：张三 PN001]",
        "相关阅读",
        "延伸阅读：",
        "猜你喜欢",
        "上一篇：长三角又添新通道",
        "下一篇",
        "免责声明：本文来自某某客户端自媒体",
        "版权所有 某某网",
        "扫描下方二维码，关注我们",
        "网友评论（12）",
        "暂无评论，快来发表你的评论吧~",
        "- END -",
        "标签：长三角 一体化",
        "剑网行动举报电话：12318",
    ],
)
def test_an_article_ends_at(end: str) -> None:
    assert drop_end((*PARAGRAPHS, end, "沪苏湖铁路开通，沿线居民出行更便利。"), PAGE) == PARAGRAPHS


def test_an_editor_named_above_the_text_does_not_end_it() -> None:
    body = ("责任编辑：张三", *PARAGRAPHS)
    assert drop_end(body, PAGE) == body
    assert drop_lines(body, PAGE) == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "（原标题：创新联合体来了）",
        "原标题：创新联合体来了",
        "来源：某某新闻联播",
        "（来源：新华社）",
        "编辑：张三",
        "【编辑：张三】",
        "分享到：",
        "字号：大 中 小",
        "点击查看更多",
        "下载某某新闻客户端，随时随地看新闻！",
        "打印 关闭",
        "图片来源于网络，如有侵权请联系删除",
        "未经授权不得转载",
    ],
)
def test_a_line_of_boilerplate_goes_wherever_it_stands(line: str) -> None:
    assert drop_lines((*PARAGRAPHS[:2], line, *PARAGRAPHS[2:]), PAGE) == PARAGRAPHS


@pytest.mark.parametrize(
    "sentence",
    [
        "来源于长三角的游客占六成，同比增长两成。",
        "编辑部设在上海，三省各派一名编辑参加工作。",
        "评论认为，这一做法值得推广。",
        "下一篇章，将由三省一市共同书写。",
        "相关企业表示，将扩大在长三角的投资。",
        "推荐项目共有十二个，涉及交通、能源和环保。",
        "关注公众号的市民越来越多，达到三百万人。",
        "声明发布后，各方反应积极。",
        "记者从会上获悉，来源单一的问题已经解决。",
    ],
)
def test_a_sentence_that_begins_like_boilerplate_stays(sentence: str) -> None:
    body = (*PARAGRAPHS, sentence)
    assert repair(Candidate("any", body), PAGE).paragraphs == body


def test_headline_and_byline_go_from_the_top_alone() -> None:
    top = ("当前位置：首页 > 新闻 > 正文", REPORT.title, "2025-07-01 09:31 来源：某某网", "浏览次数：120")
    assert drop_head((*top, *PARAGRAPHS), PAGE) == PARAGRAPHS
    later = (*PARAGRAPHS[:2], "2025-07-01", *PARAGRAPHS[2:])
    assert drop_head(later, PAGE) == later


@pytest.mark.parametrize(
    "top",
    [
        ("——记三省一市的创新联合体",),
        (REPORT.title, "——记三省一市的创新联合体", "□ 本报记者 王小明"),
        (REPORT.title, "首批企业超过四十家，平台明年建成", "海角日报 2008-06-25 作者："),
        ("【日期】", "20010315", "【标题】", REPORT.title, "【作者】", "王小明；李大山", "【正文】"),
        (f"帖子主题：{REPORT.title}", "江上客", "头衔：版主", "积分：9907", "海角晨刊 记者：王小明 摄影：李大山"),
    ],
)
def test_what_stands_between_headline_and_byline_goes_with_them(top: Paragraphs) -> None:
    assert drop_head((*top, *PARAGRAPHS), PAGE) == PARAGRAPHS


@pytest.mark.parametrize("first", ["各位代表，同志们：", "——新平台昨天投入使用。", "一年之计，莫如树谷"])
def test_a_short_first_line_stays_where_no_byline_follows(first: str) -> None:
    assert drop_head((first, *PARAGRAPHS), PAGE) == (first, *PARAGRAPHS)


@pytest.mark.parametrize(
    "below",
    [("-" * 40, "采菊东篱下，悠然见南山。"), ("IP：已记录", "2004-9-21 7:35:00", "洛水客", "早该修了。", "IP：已记录")],
)
def test_a_writers_signature_and_the_floors_below_end_a_post(below: Paragraphs) -> None:
    assert drop_end((*PARAGRAPHS, *below), PAGE) == PARAGRAPHS


def test_the_effects_name_each_repair_with_what_went_and_came() -> None:
    body = tuple(map(glossed, PARAGRAPHS))
    repaired = repair(Candidate("any", (*body, "责任编辑：张三")), PAGE)
    assert repaired.paragraphs == PARAGRAPHS
    assert [effect.name for effect in repaired.effects] == ["glosses", "end of article"]
    assert set(repaired.effects[0].new) <= set(PARAGRAPHS)
    assert repaired.effects[1].gone == ("责任编辑：张三",)
