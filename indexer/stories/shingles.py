"""Shingles: a text as the set of its short pieces, and the few keys by which its near-duplicates are found.

A piece is a number: its characters as the coefficients of a polynomial (Karp and Rabin 1987) in 64 bits. That two
different pieces of two texts of a thousand characters have one number happens once in 10^13 pairs of texts, and then
moves a share by a thousandth: no story hinges on it.
"""

import hashlib
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.stories.numerals import Slots

SHINGLE = 5
"""Characters of a shingle that articles are compared by: longer than most words, shorter than a phrase."""

LONG_SHINGLE = 20
"""Characters of a shingle that candidates are found by: longer than what a whole subject says (推进长三角一体化).

Measured with 12, 16, 20 and 24: shorter ones meet by chance and crowd, longer ones miss excerpts with edits."""

KEYS = 28
"""Keys of a text. Two texts share each with the probability of their Jaccard similarity over long shingles."""

FIGURE_KEYS = 4
"""Keys of the figures in their slots: they tell a bulletin's copies from the crowd of bulletins of the same form."""

SEED = 20261125
ALGORITHM = f"4-{SHINGLE}-{LONG_SHINGLE}-{KEYS}-{FIGURE_KEYS}-{SEED}"
"""What stored keys were made by; keys of another algorithm must not be compared with these."""

AT_ONCE = 2**15
"""Pieces whose keys are computed together, so that a text of a million characters takes no more memory than it must."""

Shingles = NDArray[np.uint64]
"""The pieces of a text, each once, in ascending order."""

_BASE = 0x9E3779B97F4A7C15
"""Odd, its bits well spread: 2^64 by the golden ratio."""


def shingles(plain_text: str) -> Shingles:
    """Return the set of a text's pieces; the text itself where it is shorter than one."""
    pieces = _pieces(plain_text, SHINGLE)
    pieces.sort()
    return pieces[_is_new(pieces)]


def common(ours: Shingles, theirs: Shingles) -> int:
    """Return how many pieces stand in both."""
    both = np.concatenate((ours, theirs))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def digest(plain_text: str) -> str:
    """Return the exact hash: equal where two plain texts are, letter for letter."""
    return hashlib.sha256(plain_text.encode()).hexdigest()[:32]


def candidate_keys(plain_text: str, slots: Slots) -> tuple[int, ...]:
    """Return the keys of a text, numbers of 31 bits, which SQLite stores in four bytes; an empty text has none.

    MinHash (Broder 1997) over long shingles, with bands of one row: the pieces are long enough that unrelated articles
    seldom share one, and short excerpts are still found. The exact hash is a key too.
    """
    if not plain_text:
        return ()
    pieces = _pieces(plain_text, LONG_SHINGLE)
    figures = [crc32(f"{slot}{value}".encode()) for slot, found in slots.items() for _, value in found]
    exact = int.from_bytes(hashlib.sha256(plain_text.encode()).digest()[:4], "big") >> 1
    return (
        *_minima((pieces >> np.uint64(32)).astype(np.uint32), 0, KEYS),
        *_minima(np.array(figures, np.uint32), KEYS, FIGURE_KEYS),
        exact,
    )


def _pieces(text: str, length: int) -> Shingles:
    """Return the number of each piece of that many characters (of all, where there are fewer), first to last."""
    characters = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)
    pieces, size = characters, 1
    for bit in f"{min(length, len(characters)):b}"[1:]:  # a piece of ten is two of five side by side, one of five ...
        pieces = pieces[:-size] * np.uint64(pow(_BASE, size, 2**64)) + pieces[size:]
        size *= 2
        if bit == "1":  # ... is one of four and a character
            pieces = pieces[:-1] * np.uint64(_BASE) + characters[size:]
            size += 1
    return pieces


def _is_new(ascending: Shingles) -> NDArray[np.bool_]:
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return new


def _minima(pieces: NDArray[np.uint32], first: int, count: int) -> list[int]:
    """Return a key for each of `count` permutations: the least number under it, told from those of the others."""
    if not len(pieces):
        return []
    factors, summands = _permutations()
    chosen = slice(first, first + count)
    parts = (pieces[start : start + AT_ONCE] for start in range(0, len(pieces), AT_ONCE))
    least = np.minimum.reduce([(part * factors[chosen] + summands[chosen]).min(axis=1) for part in parts])
    keys: list[int] = ((least ^ summands[chosen, 0]) >> np.uint32(1)).tolist()
    return keys


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return factors (odd) and summands of all permutations of the numbers of 32 bits, one a row."""
    count = KEYS + FIGURE_KEYS
    drawn = np.frombuffer(hashlib.shake_128(str(SEED).encode()).digest(8 * count), "<u4").reshape(2, count, 1)
    return drawn[0] | np.uint32(1), drawn[1]
