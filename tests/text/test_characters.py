"""Characters that look alike or are not seen: made one, wherever a text comes from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.characters import plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⻓三⾓的居⺠坐⻋", "长三角的居民坐车"),
        ("⼀⼈⼝、⽔⽕⼭", "一人口、水火山"),
        ("⻅到⻘浦⻛⻚", "见到青浦风页"),
        ("渡轮\u200b昨晚\ufeff首次\u2060夜航\u00ad", "渡轮昨晚首次夜航"),
        ("葛\U000e0100城 ❤\ufe0f", "葛城 ❤"),
        ("cafe\u0301 e\u0300", "café è"),
        ("\ue60b分享\U000f0001", "分享"),
        ("开幕\ud83d了", "开幕了"),
        ("\uf914\uf9e8", "\u6a02\u88e1"),
        ("６月 　１日", "６月 　１日"),
    ],
)
def test_what_a_reader_sees_is_what_is_read(written: str, meant: str) -> None:
    assert plain(written) == unicodedata.normalize("NFC", meant)


@given(st.text(st.characters()))
def test_plain_text_stays_plain(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    once.encode("utf-8")


def test_every_radical_of_both_blocks_but_the_unassigned_has_an_ordinary_character() -> None:
    left = [chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if plain(chr(code)) == chr(code)]
    assert left == ["⺀", "⺚"]
