"""The body printed twice: once in one block and once in paragraphs, or the same paragraphs again.

A second printing says the same words in the same order. Lines that share a formula (the weather of fourteen towns, a
league's table, the fines of a quarter) are alike, but each has words or figures of its own: they are no printing.
"""

import re
from collections.abc import Sequence

from crawler.extraction.repairs import Paragraphs
from text.ngrams import ngrams, share_within
from text.width import squash

_LONG_ENOUGH = 30
"""Shorter lines (a speaker's name, 记者 …) may stand twice in an article; they go only within a copy."""
_ALIKE = 0.9
"""Share of each other's runs of five characters that two printings of one paragraph have in common, at least."""
_SAME = 0.8
"""Share of a second printing that must be the very words of the first."""
_SPELLED = 0.8
"""Share of a block that the paragraphs spell out: it also holds the headline and the credit line."""
_PRINTED_TWICE = 0.3
"""Share of the body that must be the second printing: an article may well say one paragraph again (up to 0.18)."""
_SAMPLE, _MOST_SAMPLES, _SAMPLES_TWICE = 12, 300, 0.1
"""Characters of a sample, how many are taken, and the share found again from which the text is looked at closely."""
_AHEAD = 12
"""Paragraphs of the first printing that the second may leave out at once."""
_MOST_STARTS = 24
"""Places that are tried for the beginning of a second printing."""
_BLOCK = 0.2
"""A block that repeats the body holds at least so much of everything printed."""
_UNSPOKEN = re.compile(r"[\W_]+")


def drop_blocks(paragraphs: Paragraphs) -> Paragraphs:
    """Drop a block of text that the paragraphs around it spell out one by one: they are the finer copy."""
    if not _says_twice(paragraphs):
        return paragraphs
    words = [_spoken(paragraph) for paragraph in paragraphs]
    everything = sum(map(len, words))
    kept = list(range(len(paragraphs)))
    blocks = [index for index in kept if len(words[index]) >= max(_BLOCK * everything, 2 * _LONG_ENOUGH)]
    for block in sorted(blocks, key=lambda index: -len(words[index])):
        at, parts, spelled = 0, 0, 0
        for index in kept:
            part = words[index]
            if not part or len(part) >= len(words[block]):
                continue
            found = words[block].find(part, at)
            if found >= 0:
                at, parts, spelled = found + len(part), parts + 1, spelled + len(part)
        if parts >= 2 and spelled >= _SPELLED * len(words[block]):
            kept.remove(block)
    return tuple(paragraphs[index] for index in kept)


def drop_repeats(paragraphs: Paragraphs) -> Paragraphs:
    """Drop the second printing of paragraphs, with the short lines in it, where a good part of the body is one."""
    while _says_twice(paragraphs):
        again = _second_printing([_spoken(paragraph) for paragraph in paragraphs])
        if not again:
            return paragraphs
        paragraphs = tuple(paragraph for index, paragraph in enumerate(paragraphs) if index not in again)
    return paragraphs


def _says_twice(paragraphs: Paragraphs) -> bool:
    """Tell by samples of the text whether a good part of it may stand in it twice; what follows is exact and slower."""
    text = squash("\n".join(paragraphs))
    starts = range(0, len(text) - _SAMPLE, max(_SAMPLE, len(text) // _MOST_SAMPLES))
    twice = sum(text.find(text[at : at + _SAMPLE], at + 1) >= 0 for at in starts)
    return twice >= _SAMPLES_TWICE * len(starts) > 0


def _second_printing(words: Sequence[str]) -> frozenset[int]:
    """Return the indexes of a run that says again, in the same order, what stands before it; empty where none does."""
    everything = sum(map(len, words))
    first: dict[str, int] = {}
    starts = []
    for start, text in enumerate(words):
        earlier = first.setdefault(text, start) if text else start
        if earlier < start and not (earlier and words[start - 1] == words[earlier - 1]):
            starts.append((earlier, start))
    for earlier, start in starts[:_MOST_STARTS]:
        again, same, size = _run(words, earlier, start)
        if size >= _PRINTED_TWICE * everything and same >= _SAME * size:
            return again
    return frozenset()


def _run(words: Sequence[str], earlier: int, start: int) -> tuple[frozenset[int], int, int]:
    """Follow two printings, of which the second begins at `start`: its indexes, characters that are the same, all.

    After the last paragraph of the first printing a third one may begin with its first.
    """
    again: set[int] = set()
    same, size, at = 0, 0, earlier
    for index in range(start, len(words)):
        text = words[index]
        near = (*range(at, min(at + _AHEAD, start)), *range(earlier, min(earlier + _AHEAD, start)))
        place = next((place for place in near if words[place] == text), None)
        if place is None and len(text) >= _LONG_ENOUGH:
            place = next((place for place in range(at, min(at + 2, start)) if _alike(words[place], text)), None)
            if place is None:
                break
        if place is None:
            continue
        same += len(text) if words[place] == text else 0
        size += len(text)
        again.add(index)
        at = place + 1
    return frozenset(again), same, size


def _alike(one: str, other: str) -> bool:
    """Tell whether two paragraphs are one with small differences: a cut end, a misprint."""
    if one.startswith(other) or other.startswith(one):
        return 2 * min(len(one), len(other)) >= max(len(one), len(other))
    first, second = ngrams(one), ngrams(other)
    return min(share_within(first, second), share_within(second, first)) >= _ALIKE


def _spoken(paragraph: str) -> str:
    """Return the words of a paragraph, without the marks between them."""
    return _UNSPOKEN.sub("", squash(paragraph))
