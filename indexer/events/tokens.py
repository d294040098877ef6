"""Tokens: a text as numbers, one for each Han character, figure and Latin word, and its runs of two and three.

A figure is one token in whatever way it is written (三百一十二, 312), so that 312家 in one report is found in another.
"""

import re
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.stories.normalization import readable
from indexer.stories.numerals import FIGURE, value

Tokens = NDArray[np.uint32]
"""The tokens of a text in order; `BREAK` where a sentence or a part of one ends."""

Runs = NDArray[np.uint32]
"""Hashes of runs of tokens."""

BREAK = 0

_WORD = re.compile(rf"{FIGURE}|([a-z]+)")
_FIRST, _COUNT = 0xF0000, 0xFFF0
"""Figures and words stand as characters of the first supplementary private-use plane, which no text has."""

_PAIR, _TRIPLE = (0x9E3779B1, 0x85EBCA77), (0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)
"""Odd multipliers; pairs and triples have their own, so that one is not taken for the other."""


@dataclass(frozen=True, slots=True)
class TokenRuns:
    """The pairs and triples of a text, by where they begin; 0 where a break stands in between."""

    tokens: Tokens
    pairs: Runs
    triples: Runs


@dataclass(frozen=True, slots=True)
class DistinctRuns:
    """The pairs or the triples of a text, each once: two sorted arrays are compared in a fraction of the time."""

    runs: Runs
    """Rising; no 0."""
    order: NDArray[np.intp]
    """By where a run begins in the text, which of `runs` it is; -1 where a break stands in between."""


def distinct(runs: Runs) -> DistinctRuns:
    """Return the distinct ones of a text's runs."""
    found, order = np.unique(runs, return_inverse=True)
    breaks = int(len(found) > 0 and found[0] == 0)
    return DistinctRuns(found[breaks:], order - breaks)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text."""
    marked = _WORD.sub(_as_character, readable(text))
    units = np.frombuffer(marked.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32)
    is_token = ((units >= 0x3400) & (units <= 0x9FFF)) | (units >= _FIRST)
    return np.where(is_token, units, BREAK).astype(np.uint32)


def spelled(text: str) -> list[str]:
    """Return how each token of a text is written in it, break or not, in the places that `tokens_of` gives them."""
    written = readable(text)
    found: list[str] = []
    end = 0
    for match in _WORD.finditer(written):
        found += [*written[end : match.start()], match[0]]
        end = match.end()
    return [*found, *written[end:]]


def runs_of(tokens: Tokens) -> TokenRuns:
    """Return the runs of a text's tokens; both arrays are as long as the text."""
    first = tokens
    second = np.append(tokens[1:], np.uint32(BREAK)) if len(tokens) else tokens
    third = np.append(second[1:], np.uint32(BREAK)) if len(tokens) else tokens
    pair = (first != BREAK) & (second != BREAK)
    pairs = np.where(pair, _mixed(first * np.uint32(_PAIR[0]) + second * np.uint32(_PAIR[1])), 0)
    triple = first * np.uint32(_TRIPLE[0]) + second * np.uint32(_TRIPLE[1]) + third * np.uint32(_TRIPLE[2])
    triples = np.where(pair & (third != BREAK), _mixed(triple), 0)
    return TokenRuns(tokens, pairs.astype(np.uint32), triples.astype(np.uint32))


def _as_character(match: re.Match[str]) -> str:
    word = match[0] if match[2] else value(match[0])
    return chr(_FIRST + crc32(word.encode()) % _COUNT)


def _mixed(numbers: Runs) -> Runs:
    """Return the numbers with their high bits mixed into the low ones; never 0, which stands for no run."""
    mixed: Runs = numbers ^ (numbers >> np.uint32(15))
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    mixed[mixed == 0] = 1
    return mixed
