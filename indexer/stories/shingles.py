"""Shingles: a text as the set of its short pieces, and the few keys by which its near-duplicates are found."""

import hashlib

from rensa import RMinHash

from indexer.stories.figures import Slots

SHINGLE = 5
"""Characters of a shingle that articles are compared by: longer than most words, shorter than a phrase."""

LONG_SHINGLE = 20
"""Characters of a shingle that candidates are found by: longer than what a whole subject says (推进长三角一体化).

Measured with 12, 16, 20 and 24: shorter ones meet by chance and crowd, longer ones miss excerpts with edits."""

KEYS = 24
"""Keys of a text. Two texts share each with the probability of their Jaccard similarity over long shingles."""

FIGURE_KEYS = 4
"""Keys of the figures in their slots: they tell a bulletin's copies from the crowd of bulletins of the same form."""

SEED = 20261125
ALGORITHM = f"2-rensa-r{RMinHash.ALGORITHM_VERSION}-{SHINGLE}-{LONG_SHINGLE}-{KEYS}-{FIGURE_KEYS}-{SEED}"
"""What stored keys were made by; keys of another algorithm must not be compared with these."""


def shingles(plain_text: str, length: int = SHINGLE) -> frozenset[str]:
    """Return the set of pieces of that many characters; the text itself where it is shorter."""
    if len(plain_text) <= length:
        return frozenset((plain_text,)) if plain_text else frozenset()
    return frozenset(plain_text[start : start + length] for start in range(len(plain_text) - length + 1))


def digest(plain_text: str) -> str:
    """Return the exact hash: equal where two plain texts are, letter for letter."""
    return hashlib.sha256(plain_text.encode()).hexdigest()[:32]


def candidate_keys(plain_text: str, slots: Slots) -> tuple[int, ...]:
    """Return the keys of a text, each a positive number below 2^63; an empty text has none.

    MinHash (Broder 1997) over long shingles, with bands of one row: the pieces are long enough that unrelated articles
    seldom share one, and short excerpts are still found. The exact hash is a key too.
    """
    if not plain_text:
        return ()
    last = max(1, len(plain_text) - LONG_SHINGLE + 1)
    pieces = [plain_text[start : start + LONG_SHINGLE] for start in range(last)]
    figures = [f"{slot}{value}" for slot, found in slots.items() for _, value in found]
    exact = int.from_bytes(hashlib.sha256(plain_text.encode()).digest()[:8], "big") >> 1
    return (*_minima(pieces, KEYS, 0), *_minima(figures, FIGURE_KEYS, KEYS), exact)


def _minima(pieces: list[str], count: int, first: int) -> tuple[int, ...]:
    if not pieces:
        return ()
    sketch = RMinHash(count, SEED)
    sketch.update(pieces)
    return tuple((place << 32) | value for place, value in enumerate(sketch.digest(), first))
