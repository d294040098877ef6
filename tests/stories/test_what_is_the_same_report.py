import random

import pytest

from benchmarks.reports import report
from benchmarks.republications import START, TRANSFORMATIONS, republish
from indexer.stories.similarity import NormalizedText, compare
from tests.stories.reports import OTHER, REPORT

PARAGRAPHS = REPORT.split("\n")
OWN = "读到这条消息，小编想起了家门口那条河。你的家乡有什么变化，欢迎在评论区里聊一聊，点赞最多的留言会有小礼物。"


@pytest.mark.parametrize(
    ("how", "body"),
    [
        ("as it is", REPORT),
        (
            "glossed",
            REPORT.replace("太湖", "太湖(tàihú)").replace("水质", "水质（shuǐ zhì）").replace("协议", "协议(xiéyì)"),
        ),
        ("in full width", REPORT.replace("147", "１４７").replace("3.6", "３.６").replace("，", ",").replace("“", '"')),
        ("with blanks", "\n".join("　　" + " ".join(paragraph) for paragraph in PARAGRAPHS)),
        ("reordered", "\n".join(reversed(PARAGRAPHS))),
        ("with a paragraph in front", OWN + "\n" + REPORT),
        ("cut to its beginning", "\n".join(PARAGRAPHS[:3])),
        ("cut to its end", "\n".join(PARAGRAPHS[4:])),
        ("cut, with a paragraph in front", "\n".join((OWN, *PARAGRAPHS[1:5]))),
        ("with a number corrected", REPORT.replace("147", "148")),
        ("with a date told in words", REPORT.replace("3月5日", "昨天")),
    ],
)
def test_a_republication_is_the_same_report(how: str, body: str) -> None:
    comparison = compare(NormalizedText("太浦河边签下一份协议", REPORT), NormalizedText("一条河，一套标准", body))
    assert comparison.same, (how, comparison)
    assert compare(NormalizedText("一条河", body), NormalizedText("太浦河", REPORT)).same


@pytest.mark.parametrize(
    ("how", "body"),
    [
        ("about something else", OTHER),
        ("that quotes a sentence", PARAGRAPHS[2] + "\n" + OTHER),
        ("of which a tenth is left", PARAGRAPHS[3]),
        ("without a text", ""),
    ],
)
def test_another_text_is_another_report(how: str, body: str) -> None:
    assert not compare(NormalizedText("太浦河", REPORT), NormalizedText("太浦河", body)).same, how


def test_the_shares_are_seen_from_each_side() -> None:
    excerpt, whole = NormalizedText("", "\n".join(PARAGRAPHS[:3])), NormalizedText("", REPORT)
    comparison = compare(excerpt, whole)
    assert comparison.ours > 0.98
    assert 0.35 < comparison.theirs < 0.5
    assert comparison.reversed() == compare(whole, excerpt)


def test_short_texts_are_compared_with_their_titles() -> None:
    assert compare(NormalizedText("太浦河联合治水启动", "视频"), NormalizedText("太浦河联合治水启动", "视频")).same
    assert not compare(NormalizedText("太浦河联合治水启动", "视频"), NormalizedText("合肥班列直达洋山港", "视频")).same


@pytest.mark.parametrize("kind", sorted(TRANSFORMATIONS))
def test_generated_republications_are_found_and_recognised(kind: str) -> None:
    rng = random.Random(kind)
    recognised = 0
    for nth in range(60):
        original = report(rng, f"a{nth}", START)
        copy = republish(rng, original, "copy", START, kinds=(kind,))
        one, other = NormalizedText(original.title, original.body), NormalizedText(copy.title, copy.body)
        recognised += compare(one, other).same and len(set(one.keys) & set(other.keys)) >= 2
    assert recognised >= 59


BRIEF = (
    "记者从市水利部门获悉，沿河步道二期昨天完工，全长12公里，总投资3.6亿元，新建驿站8座、桥梁5座，可供周边46个小区的居民使用。"
    "负责人说，工程用了14个月，比计划早了20天，沿线栽下的香樟已经成活，接下来还要把路灯接到对岸的老码头。"
)


@pytest.mark.parametrize(
    "changes",
    [
        {"12公里": "13公里", "8座": "9座", "46个": "48个"},
        {"3.6亿": "3.9亿", "14个月": "15个月"},
        {"记者从市水利部门获悉": "市水利部门告诉本报", "负责人说": "负责人表示", "接下来": "下一步", "已经": "均已"},
        {"负责人说": "负责人表示", "接下来": "下一步", "8座": "7座", "20天": "21天"},
    ],
)
def test_a_brief_report_that_a_desk_corrected_or_reworded_is_the_same(changes: dict[str, str]) -> None:
    copy = BRIEF
    for old, new in changes.items():
        copy = copy.replace(old, new)
    assert compare(NormalizedText("步道完工", BRIEF), NormalizedText("步道完工", copy)).same


def test_a_brief_report_whose_figures_are_all_others_is_another_one() -> None:
    other = BRIEF
    for old, new in (
        ("12公里", "31公里"),
        ("3.6亿", "9.2亿"),
        ("8座", "17座"),
        ("5座", "11座"),
        ("46个", "90个"),
        ("14个", "33个"),
    ):
        other = other.replace(old, new)
    assert not compare(NormalizedText("步道完工", BRIEF), NormalizedText("步道完工", other)).same
