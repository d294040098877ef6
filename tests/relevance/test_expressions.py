"""An alternation that fails fast finds what the patterns themselves find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.relevance.expressions import alternation

PATTERNS = {
    "a group": ["(?:约|商量)好"],
    "a group that may be missing": ["(?:已经|已)?停航", "停"],
    "a class": ["[共合]用", "用"],
    "a class of others": ["[^约]好"],
    "a range": ["[a-c]x"],
    "a group of groups": ["(?:约(?:定|好)|商)好"],
    "a group with a question mark": ["(?:没有?|未)停"],
    "a group that is repeated": ["(?:约|好){2}", "(?:停|航)+"],
    "alternatives of their own": ["(?:约|商)好|停航", "停"],
}


@pytest.mark.parametrize("kind", PATTERNS)
@given(text=st.text(alphabet="约商量好已经停航共合用没有未定abcx,", max_size=30))
def test_the_same_is_found_at_the_same_places(kind: str, text: str) -> None:
    patterns = PATTERNS[kind]
    plain = [found.span() for found in re.finditer("|".join(patterns), text)]
    assert [found.span() for found in re.finditer(alternation(patterns), text)] == plain


def test_no_patterns_find_nothing() -> None:
    assert re.search(alternation([]), "约好") is None
