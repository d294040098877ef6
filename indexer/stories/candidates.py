"""Candidates: how keys are stored so that looking them up costs the same among a thousand articles and a million.

Keys stand in segments of sixty days by the article's timestamp. A look-up visits the segments of the window only, and
a key that very many share in one segment (boilerplate, a template, a report that everybody ran) makes an oversized
bucket, which stores the earliest of them only: they are the ones that can be representatives.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

SEGMENT = int(timedelta(days=60).total_seconds())
"""Seconds of a segment; with the usual window of thirty days an article is looked up in one or two."""

OVERSIZED = 32
"""Articles of an oversized bucket: no more are stored for one key in one segment."""

SHARED = 3
"""Keys that a candidate must share: one alone is a phrase in common. At a Jaccard similarity of 0.25 over long
shingles 99.1% of all pairs share two of 24, at 0.4 (an excerpt of 40%) 99.99%."""

MOST = 32
"""Candidates that are verified for one article, representatives first, then those with the most keys in common."""

MISSES = 5
"""Candidates in a row that are other news, after which the rest is left alone: they have even less in common."""


def segment(timestamp: int) -> int:
    """Return the segment that an article of that timestamp (seconds since 1970) stands in."""
    return timestamp // SEGMENT


def segments_around(timestamp: int, window: int) -> range:
    """Return the segments in which articles within the window (seconds) of that timestamp stand."""
    return range(segment(timestamp - window), segment(timestamp + window) + 1)


def most_promising(
    counts: Mapping[int, int], is_representative: Callable[[int], bool], shared_figures: Callable[[int], int]
) -> list[int]:
    """Return the articles to verify, given how many keys each shares.

    Representatives first; of these, the ones that share the keys of the figures: among the bulletins of one template
    only they are likely copies.
    """
    promising = sorted(
        (not is_representative(number), -shared_figures(number), -count, number)
        for number, count in counts.items()
        if count >= SHARED
    )
    return [number for *_, number in promising[:MOST]]
