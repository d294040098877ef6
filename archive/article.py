"""Article: one page at one URL, as it is stored for ever; and what the relevance rules said of it."""

from datetime import UTC
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, model_validator

from core.sanitize import cleaned

Timestamp = Annotated[AwareDatetime, AfterValidator(lambda time: time.astimezone(UTC))]
"""An aware point in time, stored in UTC."""


class Record(BaseModel):
    """A record whose strings come from outside: each is clean (`core.sanitize`), whatever way it came in."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, values: Any) -> Any:  # Any: pydantic's own, before it looked
        return cleaned(values)


class Level(StrEnum):
    """How much an article is about the integration of the delta, strongest first."""

    CORE = "core"
    RELATED = "related"
    MENTION = "mention"
    NONE = "none"


class Precision(StrEnum):
    """How exactly a page tells when it was published."""

    MINUTE = "minute"
    DAY = "day"
    NONE = "none"


class DiscoveredBy(StrEnum):
    """How the address of an article became known."""

    LIST = "list"
    """A list named it, and it is what the source says of its articles."""
    GUESS = "guess"
    """A list that is not as the source says named it: it looks like the articles that the list had."""
    NAME = "name"
    """A person named it."""


class Term(BaseModel):
    """One word of the gazetteer found in a text; offsets are characters of that field."""

    model_config = ConfigDict(frozen=True)

    text: str
    kind: str
    """Table of the gazetteer it stands in: region, vehicle, document, body, topic, cooperation, province, city,
    institution, predicate, and so on."""
    field: str
    """`title` or `body`."""
    start: int
    end: int


class Passage(BaseModel):
    """The sentence, or two or more in a row, that decided; offsets are characters of that field."""

    model_config = ConfigDict(frozen=True)

    field: str
    """`title` or `body`."""
    start: int
    end: int


class Relevance(BaseModel):
    """What an article has to do with the delta, and the words that decided it."""

    model_config = ConfigDict(frozen=True)

    level: Level = Level.NONE
    score: float = 0.0
    """0 to 100; what the level was cut from."""
    reason: str = ""
    """The rule that decided, as a sentence."""
    topics: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    """Provinces that the text is about (上海, 江苏, 浙江, 安徽), not the source's own."""
    cities: tuple[str, ...] = ()
    vehicles: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    passage: Passage | None = None
    """What reports the joint action, where one passage does; None in what was judged before there were passages."""


class Article(Record):
    """One page at one URL: clean text, attributed and dated."""

    url: str
    """The address it was fetched from."""
    canonical_url: str
    """The one address that all spellings of `url` share; unique in the archive."""
    source: str
    section: str
    province: str
    """The source's province, or 全国 for a national one."""
    title: str
    body: str
    """Paragraphs, joined by a line feed."""
    published_at: Timestamp | None = None
    published_precision: Precision = Precision.NONE
    published_from: str = ""
    """Where the date was read (`css:span.time`, `meta:article:published_time`, …); else why there is none."""
    credit: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    programme: str | None = None
    image: str | None = None
    video: str | None = None
    language: str = "zh"
    doubtful: Annotated[tuple[str, ...], BeforeValidator(lambda value: value or ())] = ()
    """Why its text may not be whole, in sentences; such an article is no story's original where another can be."""
    fetched_at: Timestamp
    discovered_by: DiscoveredBy = DiscoveredBy.LIST
    """Kept as it was when the article was first stored."""
    relevance: Relevance = Relevance()
