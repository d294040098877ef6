"""Counts: how many of the stories that match are of each province, city, topic, outlet, level or day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.time import in_shanghai
from indexer.search.document import StoryDocument

MOST_VALUES = 10_000
"""Values of one kind that are counted, those of most stories first: Elasticsearch's own limit is of this order."""
LONGEST_VALUE = 256
"""Characters; a longer value is not counted, as Elasticsearch does not index it whole."""


class CountBy(StrEnum):
    """What stories are counted by."""

    PROVINCE = "province"
    """The province of the original's broadcaster."""
    CITY = "city"
    """A city that the text is about; a story counts once for each."""
    TOPIC = "topic"
    OUTLET = "outlet"
    """The original's broadcaster, by id."""
    LEVEL = "level"
    DAY = "day"
    """The day of the story's time (`timeline_at`) in Shanghai, as 2026-11-24."""


@dataclass(frozen=True)
class Counted:
    """Where a story holds what it is counted by."""

    values: Callable[[StoryDocument], Iterable[str]]
    path: str
    """Where it stands in the document, as Elasticsearch names it."""


COUNTED = {
    CountBy.PROVINCE: Counted(lambda story: (story.province,), "province"),
    CountBy.CITY: Counted(lambda story: story.cities, "cities"),
    CountBy.TOPIC: Counted(lambda story: story.topics, "topics"),
    CountBy.OUTLET: Counted(lambda story: (story.source,), "source"),
    CountBy.LEVEL: Counted(lambda story: (story.level.value,), "level"),
    CountBy.DAY: Counted(lambda story: (f"{in_shanghai(story.timeline_at):%Y-%m-%d}",), "timeline_at"),
}

Counts = Mapping[CountBy, Mapping[str, int]]
"""Value to stories, for each of what was asked for."""


def counted_values(story: StoryDocument, by: CountBy) -> list[str]:
    """Return what a story is counted under, each value once."""
    return [value for value in dict.fromkeys(COUNTED[by].values(story)) if 0 < len(value) <= LONGEST_VALUE]


def in_order(by: CountBy, found: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return counts in the order that both indexes give them: days as they follow, others by how many there are."""
    counts = [(value, count) for value, count in found if value]
    return dict(sorted(counts, key=(lambda one: one[0]) if by is CountBy.DAY else (lambda one: (-one[1], one[0]))))
