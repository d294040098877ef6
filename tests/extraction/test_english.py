"""English pages: our text is no worse than that of trafilatura, which is made for them."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from crawler.extraction.extract import extract

PAGES: dict[str, dict[str, Any]] = {
    page["name"]: page
    for page in tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))["page"]
}


def f1(gold: str, found: str) -> float:
    """Words that are right, as the harmonic mean of precision and recall."""
    right, given = (Counter(re.findall(r"\w+", text.lower())) for text in (gold, found))
    shared = (right & given).total()
    return 2 * shared / (right.total() + given.total())


def scores(name: str) -> tuple[float, float]:
    """Our score on a page, and trafilatura's."""
    page = PAGES[name]
    gold, ours = "\n".join(page["paragraphs"]), extract(page["html"].encode(), "https://en.river.example/n/1001").body
    return f1(gold, ours), f1(gold, trafilatura.extract(page["html"], include_comments=False) or "")


def test_there_are_eight_layouts() -> None:
    assert len(PAGES) == 8


@pytest.mark.parametrize("name", PAGES)
def test_our_text_is_no_worse_than_trafilaturas(name: str) -> None:
    ours, theirs = scores(name)
    print(f"{name}: F1 {ours:.3f}, trafilatura {theirs:.3f}")
    assert ours >= theirs
