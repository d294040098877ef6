"""Plain text: what is left of an article when everything that a republisher changes without a thought is gone."""

import re

from text.width import squash

_BRACKETED_LATIN = re.compile("\\([a-z\u00df-\u024f'’·-]+\\)")
"""Glosses, and any other Latin word in brackets: for comparing, nothing is lost with it, and no gloss is missed."""

_NOT_TEXT = re.compile(r"[\W_]+")


def readable(text: str) -> str:
    """Return the text in one width, lower case, without blanks and without glosses; punctuation stays."""
    return _BRACKETED_LATIN.sub("", squash(text).lower())


def plain(text: str) -> str:
    """Return the letters, Han characters and digits of a readable text, and nothing else."""
    return _NOT_TEXT.sub("", text)
