"""What no Unicode text may hold is gone after the door; whole emoji and everything else is as it was."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from core.sanitize import clean, clean_json, clean_references, cleaned, load_json

HALVES = st.sampled_from(["\ud83d", "\ude00", "\udfff", "\ud800", "\x00"])
TEXTS = st.lists(HALVES | st.text(max_size=5) | st.sampled_from(["\\", '"', "\\u", "长三角", "😀"]), max_size=12).map(
    "".join
)


def _expected(text: str) -> str:
    """What is left by the definition: pairs joined, halves and NUL gone."""
    pairs = re.sub("([\ud800-\udbff])([\udc00-\udfff])", lambda pair: _joined(*pair.groups()), text)
    return re.sub("[\ud800-\udfff\x00]", "", pairs)


def _joined(high: str, low: str) -> str:
    return chr(0x10000 + (ord(high) - 0xD800) * 0x400 + ord(low) - 0xDC00)


@given(TEXTS)
def test_pairs_are_joined_and_halves_and_nul_are_gone(text: str) -> None:
    without_nul = text.replace("\x00", "")
    assert clean(text) == _expected(without_nul)
    assert clean(clean(text)) == clean(text)


@given(st.recursive(TEXTS | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)))
def test_every_string_of_a_value_is_clean(value: object) -> None:
    json.dumps(cleaned(value), ensure_ascii=False).encode()


@given(TEXTS, st.booleans())
def test_a_json_text_gives_clean_strings_however_it_writes_them(text: str, as_escapes: bool) -> None:
    written = json.dumps({"a": [text], text: 1}, ensure_ascii=as_escapes)
    loaded = load_json(written)
    if as_escapes:
        assert loaded["a"] == [_expected(text)]
    else:
        assert "\x00" not in loaded["a"][0]
    json.dumps(loaded, ensure_ascii=False).encode()


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
    for ascii_only in (True, False):
        written = json.dumps(text, ensure_ascii=ascii_only)
        assert (clean_json(written), load_json(written)) == (written, text)


def test_an_escaped_backslash_before_u_is_no_escape() -> None:
    assert load_json(r'"C:\\ud83d \\\ud83d \ud83d\ude00 \uD83D\u0041"') == r"C:\ud83d \ 😀 A"


def test_references_to_halves_and_to_nothing_are_gone_from_markup() -> None:
    markup = "长&#65;&#xD83D;&#xDE00;&#57; &#55357; &#55357;&#56832; &#x110000; &#99999999999999999999; &#0; &amp;#27;"
    assert clean_references(markup.encode()).decode() == "长&#65;&#128512;&#57;  &#128512;    &amp;#27;"
