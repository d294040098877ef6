"""Plain texts and their pieces: the fast way gives what the plain definition says, for any text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.stories.normalization import plain, readable
from indexer.stories.numerals import blotted, value
from indexer.stories.script import simplified_of
from indexer.stories.shingles import (
    LONG_SHINGLE,
    SHINGLE,
    candidate_keys,
    common,
    distinct,
    figure_keys,
    pieces,
    standing_in,
)
from indexer.stories.similarity import NormalizedText
from text.width import squash

GLOSS = re.compile("\\([a-z\u00df-\u024f'’·-]+\\)")
CHINESE = ("长三角", "一体化", "２０２６年", "(yī tǐ)", "（huà）", "G60", "……", "℃", "①", "　", "\n")
SIMPLIFIED = str.maketrans(dict(simplified_of()))
AWKWARD = ("灣", "裡", "ﾊﾞ", "e\u0301", "ㅎㅏㄴ", "𠮷", "Σ", "\u200b")
WORDS = st.sampled_from(CHINESE + AWKWARD)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map("".join)
readable("")  # makes the table of characters, once, outside what hypothesis times
HAN = st.text(st.sampled_from("长三角一体化发展"), max_size=60)


@settings(deadline=None)  # the first call makes the table of characters
@given(TEXTS)
@example("İstanbul ΟΔΟΣ (ΑΣ)")
@example("half a pair \ud83d")
@example("\0")
def test_a_readable_text_is_each_line_in_one_width_lower_case_without_blanks_and_glosses(text: str) -> None:
    lines = (squash(line).lower().translate(SIMPLIFIED) for line in text.split("\n"))
    assert readable(text) == GLOSS.sub("", "\n".join(lines))


@given(TEXTS)
def test_a_plain_text_has_letters_and_digits_alone(text: str) -> None:
    kept = plain(readable(text))
    assert kept == "".join(character for character in readable(text) if character.isalnum())


@given(HAN, HAN)
def test_common_pieces_are_those_of_both_sets(ours: str, theirs: str) -> None:
    def cut(text: str) -> list[str]:
        return [text[start : start + SHINGLE] for start in range(max(1, len(text) - SHINGLE + 1)) if text]

    mine, yours = pieces(ours), pieces(theirs)
    assert len(mine) == len(cut(ours))
    assert len(distinct(mine)) == len(set(cut(ours)))
    assert common(distinct(mine), distinct(yours)) == len(set(cut(ours)) & set(cut(theirs)))
    if theirs:
        assert standing_in(mine, distinct(yours)).tolist() == [piece in cut(theirs) for piece in cut(ours)]


@given(st.text(st.sampled_from("长三角一体化发展规划纲要"), min_size=LONG_SHINGLE, max_size=80))
def test_keys_are_small_numbers_that_depend_on_the_pieces_alone(text: str) -> None:
    three, two = candidate_keys(text * 3, text * 3), candidate_keys(text * 2, text * 2)
    assert all(0 <= key < 2**31 for key in three)
    assert three[:-2] == two[:-2], "the same pieces, another text"
    assert three[-2:] != two[-2:], "the exact hash tells them apart"


def test_keys_of_a_template_are_shared_and_keys_of_its_figures_are_not() -> None:
    form = (
        "气象台发布：今天夜里到明天多云，最低气温{}度，最高气温{}度，相对湿度{}%，"
        "请注意增减衣物，出行注意安全，关注最新预报。"
    )
    values = ((3, 12, 60), (5, 17, 44), ("三", "十二", "60"))
    one, other, copy = (NormalizedText("预报", form.format(*filled)) for filled in values)
    assert len(set(one.keys) & set(other.keys)) > 10
    assert len(figure_keys(one.keys) & figure_keys(other.keys)) < 4
    assert one.keys == copy.keys


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", "12"), ("十二", "12"), ("百分之十二", "12"), ("03", "3"), ("3.60", "3.6"), ("三点六", "3.6"),
        ("36,000万", "360000000"), ("3.6亿", "360000000"), ("三亿六千万", "360000000"), ("3亿6000万", "360000000"),
        ("一百零五", "105"), ("二〇二六", "2026"), ("1万", "10000"), ("1.2万", "12000"), ("一千二百", "1200"),
        ("两百", "200"), ("三十", "30"), ("3万亿", "3000000000000"), ("9:30", "9:30"),
    ],
)  # fmt: skip
def test_a_figure_has_one_value_in_whatever_way_it_is_written(written: str, meant: str) -> None:
    assert value(written) == meant


@given(st.text(st.sampled_from("0123456789.,:点零一二两十百千万亿百分之第年月日长三角、。"), max_size=30))
def test_each_figure_of_a_text_is_one_blot(text: str) -> None:
    skeleton, values = blotted(text)
    assert skeleton.count("0") == len(values)
    assert not set(skeleton) & set("123456789一二两十百千万亿零")


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("臺灣與長三角協同發展", "台湾与长三角协同发展"),
        ("裡面、裏面", "里面、里面"),
        ("乾隆瞭解藉口準備", "干隆了解借口准备"),
    ],
)
def test_traditional_characters_are_compared_as_simplified_ones(traditional: str, simplified: str) -> None:
    assert readable(traditional) == readable(simplified)


def test_no_simplified_character_is_folded_further() -> None:
    assert not set(simplified_of()) & set(simplified_of().values())
