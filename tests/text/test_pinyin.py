"""Which letters are pinyin, and how many syllables they can be."""

import pytest

from text.pinyin import has_tone, syllable_counts, syllables


@pytest.mark.parametrize(
    ("word", "counts"),
    [
        ("hefei", {2}),
        ("xian", {1, 2}),
        ("zhǎngsānjiǎo", {3, 4}),
        ("lüe", {1, 2}),
        ("nv", {1}),
        ("zhuang", {1, 2}),
        ("apple", set()),
        ("drone", set()),
        ("", set()),
        ("qwx", set()),
    ],
)
def test_a_word_is_read_in_every_possible_number_of_syllables(word: str, counts: set[int]) -> None:
    assert syllable_counts(word) >= counts
    assert bool(syllable_counts(word)) == bool(counts)


def test_the_table_has_the_syllables_of_the_standard() -> None:
    assert {"zhuang", "xiong", "lüe", "er", "yuan", "weng", "shi", "r" + "ui", "cuan"} <= syllables()
    assert syllables().isdisjoint({"bong", "fi", "gü", "jo", "kei1", "vong", "xa"})


def test_tone_marks_are_seen_in_either_form_of_unicode() -> None:
    assert has_tone("hé")
    assert has_tone("he\u0301")
    assert not has_tone("lü")
    assert not has_tone("hefei")
