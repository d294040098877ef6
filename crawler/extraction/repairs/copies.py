"""The body printed twice: once in one block and once in paragraphs, or the same paragraphs again."""

from crawler.extraction.repairs import Paragraphs
from text.shingles import share_within, shingles
from text.width import squash

_LONG_ENOUGH = 30
"""Shorter lines (a speaker's name, 记者 …) may stand twice in an article; they go only within a copy."""
_COPIED = 0.9
"""Share of a text's runs of five characters from which it counts as a copy: glosses or a cut end may differ."""
_SPELLED = 0.8
"""The same for a block and all the paragraphs that spell it out: it also holds the headline and the credit line."""
_PRINTED_TWICE = 0.3
"""Share of the body that must be repeats: an article may well say one paragraph again (measured: up to 0.18)."""
_SAMPLE, _MOST_SAMPLES, _SAMPLES_TWICE = 12, 300, 0.1
"""Characters of a sample, how many are taken, and the share found again from which the text is looked at closely."""
_BLOCK = 0.2
"""A block that repeats the body holds at least so much of everything printed."""


def drop_blocks(paragraphs: Paragraphs) -> Paragraphs:
    """Drop a block of text that the paragraphs around it spell out one by one: they are the finer copy."""
    if not _says_twice(paragraphs):
        return paragraphs
    sizes = [len(squash(paragraph)) for paragraph in paragraphs]
    kept = list(range(len(paragraphs)))
    blocks = [index for index in kept if sizes[index] >= max(_BLOCK * sum(sizes), 2 * _LONG_ENOUGH)]
    for block in sorted(blocks, key=lambda index: -sizes[index]):
        wanted = shingles(paragraphs[block])
        parts = [
            index
            for index in kept
            if sizes[index] < sizes[block] and share_within(shingles(paragraphs[index]), wanted) >= _COPIED
        ]
        spelled = shingles("".join(paragraphs[index] for index in parts))
        if len(parts) >= 2 and share_within(wanted, spelled) >= _SPELLED:
            kept.remove(block)
    return tuple(paragraphs[index] for index in kept)


def drop_repeats(paragraphs: Paragraphs) -> Paragraphs:
    """Drop paragraphs whose text has stood before, and short lines among them, where the body is printed twice."""
    if not _says_twice(paragraphs):
        return paragraphs
    marks = _repeats(paragraphs)
    again = sum(len(paragraph) for paragraph, mark in zip(paragraphs, marks, strict=True) if mark)
    if again < _PRINTED_TWICE * sum(len(paragraph) for paragraph in paragraphs):
        return paragraphs
    return tuple(
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if not (_within_a_copy(marks, index) if marks[index] is None else marks[index])
    )


def _says_twice(paragraphs: Paragraphs) -> bool:
    """Tell by samples of the text whether a good part of it may stand in it twice; what follows is exact and slower."""
    text = squash("".join(paragraphs))
    starts = range(0, len(text) - _SAMPLE, max(_SAMPLE, len(text) // _MOST_SAMPLES))
    twice = sum(text.find(text[at : at + _SAMPLE], at + 1) >= 0 for at in starts)
    return twice >= _SAMPLES_TWICE * len(starts) > 0


def _repeats(paragraphs: Paragraphs) -> list[bool | None]:
    """Tell for each paragraph whether it has stood before; None for a short line that has."""
    seen: set[str] = set()
    lines: set[str] = set()
    marks: list[bool | None] = []
    for paragraph in paragraphs:
        squashed = squash(paragraph)
        if len(squashed) < _LONG_ENOUGH:
            marks.append(None if squashed in lines else False)
        else:
            own = shingles(paragraph)
            marks.append(len(own & seen) >= _COPIED * len(own))
            seen |= own
        lines.add(squashed)
    return marks


def _within_a_copy(marks: list[bool | None], index: int) -> bool:
    """Tell whether the nearest marked paragraph on either side is a repeat."""
    before = next((mark for mark in reversed(marks[:index]) if mark is not None), None)
    after = next((mark for mark in marks[index + 1 :] if mark is not None), None)
    return bool(before or after)
