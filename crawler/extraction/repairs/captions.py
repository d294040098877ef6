"""Captions printed twice, once in the picture's block and once below it."""

from crawler.extraction.repairs import Paragraphs
from text.width import squash

_LONGEST = 60
"""Longer lines are paragraphs; that one stands twice is its author's mistake, not the picture's."""
_SHORTEST = 8
"""Shorter lines may be said twice on purpose (加油！)."""


def drop_repeated_captions(paragraphs: Paragraphs) -> Paragraphs:
    """Drop a line that only says again what the line right before it says."""
    kept: list[str] = []
    before = ""
    for paragraph in paragraphs:
        squashed = squash(paragraph)
        if squashed != before or not _SHORTEST <= len(squashed) <= _LONGEST:
            kept.append(paragraph)
        before = squashed
    return tuple(kept)
