"""Plain texts and their pieces: the fast way gives what the plain definition says, for any text."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.stories.normalization import plain, readable
from indexer.stories.shingles import LONG_SHINGLE, SHINGLE, candidate_keys, common, shingles
from text.width import squash

GLOSS = re.compile("\\([a-z\u00df-\u024f'’·-]+\\)")
CHINESE = ("长三角", "一体化", "２０２６年", "(yī tǐ)", "（huà）", "G60", "……", "℃", "①", "　", "\n")
AWKWARD = ("ﾊﾞ", "e\u0301", "ㅎㅏㄴ", "𠮷", "Σ", "\u200b")
WORDS = st.sampled_from(CHINESE + AWKWARD)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=12).map("".join)
readable("")  # makes the table of characters, once, outside what hypothesis times
HAN = st.text(st.sampled_from("长三角一体化发展"), max_size=60)


@given(TEXTS)
@example("İstanbul ΟΔΟΣ (ΑΣ)")
@example("half a pair \ud83d")
@example("\0")
def test_a_readable_text_is_each_line_in_one_width_lower_case_without_blanks_and_glosses(text: str) -> None:
    assert readable(text) == GLOSS.sub("", "\n".join(squash(line).lower() for line in text.split("\n")))


@given(TEXTS)
def test_a_plain_text_has_letters_and_digits_alone(text: str) -> None:
    kept = plain(readable(text))
    assert kept == "".join(character for character in readable(text) if character.isalnum())


@given(HAN, HAN)
def test_common_pieces_are_those_of_both_sets(ours: str, theirs: str) -> None:
    def pieces(text: str) -> set[str]:
        return {text[start : start + SHINGLE] for start in range(max(1, len(text) - SHINGLE + 1))} - {""}

    assert len(shingles(ours)) == len(pieces(ours))
    assert common(shingles(ours), shingles(theirs)) == len(pieces(ours) & pieces(theirs))


@given(st.text(st.sampled_from("长三角一体化发展规划纲要"), min_size=LONG_SHINGLE, max_size=80))
def test_keys_are_small_numbers_that_depend_on_the_pieces_alone(text: str) -> None:
    keys = candidate_keys(text, {})
    assert all(0 <= key < 2**31 for key in keys)
    assert candidate_keys(text * 3, {})[:-1] == candidate_keys(text * 2, {})[:-1], "the same pieces, another text"
    assert candidate_keys(text * 3, {})[-1] != candidate_keys(text * 2, {})[-1], "the exact hash tells them apart"
