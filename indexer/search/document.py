"""StoryDocument: a story as the search indexes hold it; both hold the same."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, computed_field

from archive.article import Level, Precision, Timestamp


class StoryCopy(BaseModel):
    """Another article of the story."""

    model_config = ConfigDict(frozen=True)

    source: str
    source_title: str
    url: str
    title: str
    published_at: Timestamp | None = None
    credit: str | None = None
    withdrawn_at: Timestamp | None = None
    """Since when it is known to be taken down; None where it is there."""
    similarity: float = 1.0
    """To the original: 0 to 1, rounded to two places."""


class StoryDocument(BaseModel):
    """One story: the original's text and fields, and its copies. `story_id` is the document's id in every index."""

    model_config = ConfigDict(frozen=True)

    story_id: str
    revision: int
    """Rises with every change of the story, never falls; the external version in Elasticsearch."""
    deleted: bool = False
    """A tombstone: merged into another story or no longer relevant. Searches do not see it."""
    title: str
    body: str
    url: str
    source: str
    source_title: str
    province: str
    section: str = ""
    credit: str | None = None
    programme: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published_at: Timestamp | None = None
    published_precision: Precision = Precision.NONE
    """Whether the page tells its minute, its day alone, or nothing."""
    first_seen_at: Timestamp
    timeline_at: Timestamp
    """What lists sort by and date filters compare: published_at, or first_seen_at where the page tells no date."""
    level: Level
    score: float
    topics: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Distinct words of the gazetteer that decided the relevance."""
    copies: tuple[StoryCopy, ...] = ()
    copy_count: int = 0
    event_id: str = ""
    """The event that the story is in; empty until the archive has grouped it."""
    event_size: int = 0
    """Stories of that event, this one included."""
    withdrawn_at: Timestamp | None = None
    """Since when the original is known to be taken down; None where it is there."""
    states: tuple[str, ...] = ()
    """What befell one of its articles or more: `changed`, `withdrawn`."""
    sources: tuple[str, ...] = ()
    """Every source that ran the story, the original's first."""

    @computed_field  # type: ignore[prop-decorator]  # pydantic's own way to write it
    @property
    def source_titles(self) -> tuple[str, ...]:
        """The title of every source that ran the story, the original's first."""
        titles = (self.source_title, *(copy.source_title for copy in self.copies))
        return tuple(dict.fromkeys(title for title in titles if title))


def revision_at(time: datetime) -> int:
    """Return the least revision that a story changed at that time can have: milliseconds since 1970."""
    return int(time.timestamp() * 1000)
