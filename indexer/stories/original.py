"""The original: which article of a story it is told by, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.article import Precision
from core.time import format_time
from indexer.stories.credit import names, names_paper_or_agency
from indexer.stories.item import Item

COMPLETE = 0.5
"""Share of the story's longest text below which an article is an excerpt, and no original."""


@dataclass(frozen=True)
class Election:
    """The elected original and the reasons, strongest first, in words."""

    original: int
    """Place in the sequence that was voted on."""
    reasons: tuple[str, ...]


def elect(items: Sequence[Item]) -> Election:
    """Elect the original of a story's articles.

    In this order: nothing makes its text doubtful; other pages credit its source; it is complete; it does not say that
    it is taken from elsewhere (from another source of the story, a paper or an agency); it was published first, a date
    without a time counting as the end of its day; it is the longest. That a page credits itself proves nothing: who
    takes a report over does so too.
    """
    if len(items) == 1:
        return Election(0, ("the only article",))
    credited = [_credits(item, items) for item in items]
    longest = max(item.length for item in items)

    def vote(place: int) -> tuple[bool, int, bool, bool, tuple[int, int, str]]:
        item = items[place]
        return (
            item.doubtful,
            -credited[place],
            item.length < COMPLETE * longest,
            _is_taken_over(item, items),
            item.rank,
        )

    original = min(range(len(items)), key=vote)
    item = items[original]
    reasons = []
    if credited[original]:
        reasons.append(
            f"{credited[original]} of {len(items) - 1} other articles credit {item.source_title or item.source}"
        )
    length = item.length
    reasons.append(_completeness(length, longest))
    if not item.credit:
        reasons.append("it credits nobody else")
    elif _own_production(item):
        reasons.append(f"own production: it credits {item.credit}")
    else:
        reasons.append(f"it credits {item.credit}, of which there is no article here")
    if item.doubtful:
        reasons.append("its text may not be whole, nor any other's")
    if item.rank == min(other.rank for other in items):
        reasons.append(f"published first: {_when(item)}")
    else:
        first = min(items, key=lambda other: other.rank)
        reasons.append(f"published {_when(item)}, after {first.source_title or first.source} ({_when(first)})")
    return Election(original, tuple(reasons))


def _completeness(length: int, longest: int) -> str:
    if length == longest:
        return f"complete: none is longer than its {length} characters"
    if length >= COMPLETE * longest:
        return f"complete enough: {length} characters, the longest has {longest}"
    return f"an excerpt: {length} characters, the longest has {longest}"


def _credits(item: Item, items: Sequence[Item]) -> int:
    return sum(
        other.source != item.source
        and names(other.credit, item.source, item.source_title)
        and not _own_production(other)
        for other in items
    )


def _own_production(item: Item) -> bool:
    return not item.credit or item.credit == item.programme or names(item.credit, item.source, item.source_title)


def _is_taken_over(item: Item, items: Sequence[Item]) -> bool:
    if not item.credit or _own_production(item):
        return False
    return names_paper_or_agency(item.credit) or any(
        names(item.credit, other.source, other.source_title) for other in items if other.source != item.source
    )


def _when(item: Item) -> str:
    if item.published_at is None:
        return f"undated, first seen {format_time(item.first_seen_at)}"
    return format_time(item.published_at, day_only=item.precision is Precision.DAY)
