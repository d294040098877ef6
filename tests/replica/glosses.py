"""Pinyin glosses as aggregators print them: in half-width brackets after some words, now and then."""

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _words() -> dict[str, str]:
    raw = tomllib.loads((Path(__file__).parent / "corpus" / "glosses.toml").read_text(encoding="utf-8"))
    return {word: str(pinyin) for word, pinyin in raw["words"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words()), key=len, reverse=True)))


def gloss(text: str, seed: int) -> str:
    """Return the text with glosses after two of three known words; which ones depends on the seed alone."""
    count = seed

    def with_gloss(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        word = match[0]
        return word if count % 3 == 0 else f"{word}({_words()[word]})"

    return _pattern().sub(with_gloss, text)
