"""Text for comparing and text for reading."""

from hypothesis import given
from hypothesis import strategies as st

from text.ngrams import ngrams, share_within
from text.width import han_count, squash, tidy


def test_squash_makes_one_of_what_differs_in_width_and_blanks_alone() -> None:
    assert squash("ＡＩ　赋能：长三角 \u200bG60") == squash("AI赋能:长三角G60")


def test_tidy_keeps_the_text_on_one_line() -> None:
    assert tidy("\u3000\u3000长三角\n 一体化\u00a0发展\ufeff ") == "长三角 一体化 发展"


@given(st.text(alphabet="长三角一体化ＡＢＣabc，。：（）() \u3000\u200b\n\t１２3", max_size=60))
def test_both_are_idempotent(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert squash(squash(text)) == squash(text)


def test_han_characters_are_told_from_the_rest() -> None:
    assert han_count("长三角G60、AI") == 3


@given(st.text(alphabet="长三角一体化", min_size=1, max_size=30))
def test_a_text_stands_wholly_in_itself(text: str) -> None:
    assert share_within(ngrams(text), ngrams(text)) == 1.0


def test_the_share_of_a_text_in_another_is_by_its_runs() -> None:
    half = share_within(ngrams("长三角一体化发展", 4), ngrams("长三角一体化", 4))
    assert 0.5 < half < 0.7
    assert share_within(frozenset(), ngrams("长三角")) == 0.0
