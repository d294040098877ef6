"""Character n-grams: a text as the set of its runs of n characters, for telling how much of it stands in another."""

from text.width import squash


def ngrams(text: str, size: int = 5) -> frozenset[str]:
    """Return the runs of `size` characters of the squashed text; of a shorter text, itself."""
    squashed = squash(text)
    if not squashed:
        return frozenset()
    return frozenset(squashed[start : start + size] for start in range(max(1, len(squashed) - size + 1)))


def share_within(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return which share of `part` is found in `whole`, 0 to 1; 0 for an empty part."""
    return len(part & whole) / len(part) if part else 0.0
