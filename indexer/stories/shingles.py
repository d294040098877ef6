"""Shingles: a text as the set of its short pieces, and the few keys by which its near-duplicates are found.

A piece is a number: its characters as the coefficients of a polynomial (Karp and Rabin 1987) in 64 bits. That two
different pieces of two texts of a thousand characters have one number happens once in 10^13 pairs of texts, and then
moves a share by a thousandth: no story hinges on it.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHINGLE = 5
"""Characters of a shingle that articles are compared by: longer than most words, shorter than a phrase."""

LONG_SHINGLE = 20
"""Characters of a shingle that candidates are found by: longer than what a whole subject says (推进长三角一体化).

Measured with 12, 16, 20 and 24: shorter ones meet by chance and fill buckets, longer ones miss excerpts with edits."""

KEYS = 24
"""Keys of a skeleton. Of an excerpt's, a text shares as many as the excerpt is of it; a third still shares eight."""

FIGURE_KEYS = 8
"""Keys of the pieces that hold figures: they tell a copy from all other bulletins of the same form."""

ALGORITHM = f"6-{SHINGLE}-{LONG_SHINGLE}-{KEYS}-{FIGURE_KEYS}"
"""What stored keys were made by; keys of another algorithm must not be compared with these."""

Shingles = NDArray[np.uint64]
"""The pieces of a text, each once, in ascending order."""

_BASE = 0x9E3779B97F4A7C15
"""Odd, its bits well spread: 2^64 by the golden ratio."""


def pieces(text: str) -> Shingles:
    """Return the number of each of a text's pieces, first to last; of the text itself where it is shorter than one."""
    return _pieces(text, SHINGLE)


def distinct(in_order: Shingles) -> Shingles:
    """Return the set of a text's pieces."""
    ascending = np.sort(in_order)
    return ascending[_is_new(ascending)]


def standing_in(in_order: Shingles, others: Shingles) -> NDArray[np.bool_]:
    """Return for each piece whether it is in a set."""
    places = np.searchsorted(others, in_order)
    places[places == len(others)] = 0
    found: NDArray[np.bool_] = others[places] == in_order
    return found


def common(ours: Shingles, theirs: Shingles) -> int:
    """Return how many pieces stand in both."""
    both = np.concatenate((ours, theirs))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def digest(text: str) -> str:
    """Return the exact hash: equal where two texts are, letter for letter."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def candidate_keys(skeleton: str, plain_text: str) -> tuple[int, ...]:
    """Return the keys of a text, numbers of 31 bits, which SQLite stores in four bytes; an empty text has none.

    The least hashes of the long shingles (bottom-k sketch, Broder 1997): the pieces are long enough that unrelated
    articles seldom share one, and short excerpts are still found. Those of the skeleton are even; odd are those of the
    pieces that hold figures, and two of the exact hash.
    """
    if not plain_text:
        return ()
    exact = hashlib.sha256(plain_text.encode()).digest()
    filled_in = _pieces(plain_text, LONG_SHINGLE)[_holds_figure(plain_text)]
    return (
        *(key & ~1 for key in _least(_pieces(skeleton, LONG_SHINGLE), KEYS)),
        *(key | 1 for key in _least(filled_in, FIGURE_KEYS)),
        *(int.from_bytes(exact[start : start + 4], "big") >> 1 | 1 for start in (0, 4)),
    )


def _holds_figure(plain_text: str) -> NDArray[np.bool_]:
    """Return for each long piece whether there is a digit in it."""
    characters = np.frombuffer(plain_text.encode("utf-32-le"), "<u4")
    digits = np.concatenate(([0], np.cumsum((characters >= ord("0")) & (characters <= ord("9")))))
    length = min(LONG_SHINGLE, len(characters))
    found: NDArray[np.bool_] = digits[length:] > digits[:-length]
    return found


def figure_keys(keys: Sequence[int]) -> frozenset[int]:
    """Return the keys of the pieces that hold figures, and of the exact hash."""
    return frozenset(key for key in keys if key & 1)


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


def _least(in_order: Shingles, count: int) -> list[int]:
    """Return a key for each of the `count` pieces whose hashes are the least."""
    hashes = in_order ^ (in_order >> np.uint64(29))  # high bits of a product depend on all bits below, low ones do not
    hashes *= np.uint64(_BASE)
    if len(hashes) > 2 * count:  # repeated pieces are few: a text's distinct least are among its twice as many least
        least = distinct(np.partition(hashes, 2 * count)[: 2 * count])
        hashes = least if len(least) >= count else distinct(hashes)
    else:
        hashes = distinct(hashes)
    keys: list[int] = (hashes[:count] & np.uint64(0x7FFFFFFF)).tolist()
    return keys
