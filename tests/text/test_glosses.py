"""Pinyin glosses go, real bracketed words stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.glosses import has_gloss_habit, remove_glosses

KEPT = (
    "(AI)",
    "(G60)",
    "(GDP)",
    "(长三角)",
    "(套)",
    "(服务)",
    "（2021—2025年）",
    "(CRH380A)",
    "(5G)",
    "(EU)",
    "(a)",
    "(iPhone)",
)


@pytest.mark.parametrize(
    ("glossed", "plain"),
    [
        ("推进(tuījìn)一体化", "推进一体化"),
        ("长三角（zhǎngsānjiǎo）地区", "长三角地区"),
        ("共建(gòng jiàn)平台", "共建平台"),
        ("西安(xī'ān)高铁", "西安高铁"),
        ("绿(lǜ)色", "绿色"),
        ("女(nǚ)儿", "女儿"),
        ("150万元(wànyuán)", "150万元"),
        ("某某技术(苏州(sūzhōu))公司", "某某技术(苏州)公司"),
        ("汉(hàn)(zì)", "汉"),
    ],
)
def test_a_reading_with_tone_marks_goes(glossed: str, plain: str) -> None:
    assert remove_glosses(glossed) == plain


@pytest.mark.parametrize("word", KEPT)
def test_a_real_word_in_brackets_stays_even_where_glosses_are_a_habit(word: str) -> None:
    text = f"推进(tuījìn)科技(kējì)创新(chuàngxīn)平台{word}建设"
    assert remove_glosses(text) == f"推进科技创新平台{word}建设"


def test_a_reading_longer_than_the_word_before_it_stays() -> None:
    assert remove_glosses("在沪(shànghǎishì)") == "在沪(shànghǎishì)"


def test_a_bracket_after_no_han_character_stays() -> None:
    assert remove_glosses("AI(zhìnéng)") == "AI(zhìnéng)"


def test_toneless_words_stay_where_the_text_has_no_such_habit() -> None:
    text = "大熊猫(panda)和无人机(drone)在合肥(hefei)亮相"
    assert not has_gloss_habit(text)
    assert remove_glosses(text) == text


def test_toneless_readings_go_where_the_text_has_the_habit() -> None:
    text = "合肥(hefei)、上海(shanghai)、杭州(hangzhou)、南京(nanjing)共建(gongjian)走廊(AI)"
    assert remove_glosses(text) == "合肥、上海、杭州、南京共建走廊(AI)"


def test_neutral_tones_go_beside_readings_with_marks() -> None:
    assert remove_glosses("突破(tūpò)了(le)关键(guānjiàn)的(de)技术") == "突破了关键的技术"


PIECES = st.sampled_from(
    [
        "长三角",
        "合肥",
        "推进",
        "(AI)",
        "(héféi)",
        "(tuījìn)",
        "(hefei)",
        "（长三角）",
        "(",
        ")",
        "，",
        "G60",
        " ",
        "(le)",
        "了",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_removing_twice_is_removing_once(text: str) -> None:
    once = remove_glosses(text)
    assert remove_glosses(once, habit=has_gloss_habit(text)) == once
    assert remove_glosses(once) == once


@given(TEXTS)
def test_only_latin_letters_and_their_brackets_are_ever_lost(text: str) -> None:
    lost = {character for character in text if text.count(character) > remove_glosses(text).count(character)}
    assert not any("\u4e00" <= character <= "\u9fff" or character in "，G60" for character in lost)


@given(st.text(alphabet="长三角一体化上海苏州，。（）()0123456789ABCDEFG", max_size=80))
def test_text_without_pinyin_is_unchanged(text: str) -> None:
    assert remove_glosses(text) == text
