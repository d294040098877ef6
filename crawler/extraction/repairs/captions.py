"""Captions: those with their credit, and those printed twice, in the picture's block and below it."""

from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.page_context import PageContext
from text.width import squash

_LONGEST = 60
"""Longer lines are paragraphs; that one stands twice is its author's mistake, not the picture's."""
_IN_PICTURES = 0.3
"""Share of a body that captions are from which the report is told by its pictures."""
_SHORTEST = 8
"""Shorter lines may be said twice on purpose (加油！)."""


def drop_captions(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    """Drop the lines that the page sets as captions of its pictures; a report in pictures consists of them."""
    kept = tuple(paragraph for paragraph in paragraphs if not page.position(paragraph).caption)
    size = sum(map(len, paragraphs))
    return kept if size - sum(map(len, kept)) <= _IN_PICTURES * size else paragraphs


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
