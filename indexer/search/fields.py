"""The fields that a query may name, what they compare, and where a story holds their values."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from indexer.search.document import StoryDocument


class Matching(StrEnum):
    """How a value that a user gives is compared with the story's."""

    CONTAINS = "contains"
    """The value stands somewhere in the field's text."""
    EQUALS = "equals"
    """The value is the field's whole value; width and case do not count."""
    PERIOD = "period"
    """The value is a day, a month, a year, an age or a range of them."""


@dataclass(frozen=True)
class Field:
    """One name that may stand before a colon."""

    name: str
    comparison: Matching
    meaning: str
    aliases: tuple[str, ...]
    values: Callable[[StoryDocument], tuple[str, ...]] = lambda _: ()
    """The field's values in a story."""
    paths: tuple[str, ...] = ()
    """Where the values stand in the document, as Elasticsearch names them."""


def _present(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _ran(story: StoryDocument) -> tuple[str, ...]:
    return _present(*story.sources, story.source, *story.source_titles)


_CONTAINS, _EQUALS, _PERIOD = Matching.CONTAINS, Matching.EQUALS, Matching.PERIOD

FIELDS = (
    Field("title", _CONTAINS, "the original's title", ("标题",), lambda s: (s.title,), ("title",)),
    Field("body", _CONTAINS, "the original's text", ("正文",), lambda s: (s.body,), ("body",)),
    Field(
        "credit", _CONTAINS, "来源: who the page says it is from", ("来源",), lambda s: _present(s.credit), ("credit",)
    ),
    Field("programme", _CONTAINS, "the programme", ("栏目",), lambda s: _present(s.programme), ("programme",)),
    Field("reporter", _CONTAINS, "a reporter's name", ("记者",), lambda s: s.reporters, ("reporters",)),
    Field("editor", _CONTAINS, "an editor's name", ("编辑",), lambda s: s.editors, ("editors",)),
    Field(
        *("source", _EQUALS, "the original's broadcaster, by id or title", ("电视台",)),
        *(lambda s: (s.source, s.source_title), ("source", "source_title")),
    ),
    Field(
        *("ran", _EQUALS, "a broadcaster that ran the story, as original or copy", ("转载",), _ran),
        ("sources", "source", "source_titles"),
    ),
    Field("province", _EQUALS, "the broadcaster's province", ("省份",), lambda s: (s.province,), ("province",)),
    Field("about", _EQUALS, "a province that the text is about", ("涉及",), lambda s: s.provinces, ("provinces",)),
    Field("city", _EQUALS, "a city that the text is about", ("城市",), lambda s: s.cities, ("cities",)),
    Field("topic", _EQUALS, "a topic of the text", ("主题",), lambda s: s.topics, ("topics",)),
    Field(
        "vehicle",
        _EQUALS,
        "a vehicle of the integration, as 长三角G60科创走廊",
        ("载体",),
        lambda s: s.vehicles,
        ("vehicles",),
    ),
    Field(
        "term", _EQUALS, "a word of the gazetteer that decided the relevance", ("词",), lambda s: s.terms, ("terms",)
    ),
    Field(
        "level",
        _EQUALS,
        "core or related; mention and none where `[indexer] levels` names them",
        ("级别",),
        lambda s: (s.level.value,),
        ("level",),
    ),
    Field(
        "section", _EQUALS, "the section of the source, by id", ("版块",), lambda s: _present(s.section), ("section",)
    ),
    Field(
        *("url", _EQUALS, "the address of the original or of a copy", ("网址",)),
        *(lambda s: (s.url, *(copy.url for copy in s.copies)), ("url", "copies.url")),
    ),
    Field("id", _EQUALS, "the story's id", ("编号",), lambda s: (s.story_id,), ("story_id",)),
    Field("event", _EQUALS, "the event's id", ("事件",), lambda s: _present(s.event_id), ("event_id",)),
    Field(
        "is",
        _EQUALS,
        "changed or withdrawn: what befell the original or a copy",
        ("状态",),
        lambda s: s.states,
        ("states",),
    ),
    Field("date", _PERIOD, "when it was published: 2026-11-24, 2026-11, 2026, 7d, 2026-11-01..2026-11-07", ("日期",)),
    Field("since", _PERIOD, "published then or later", ("自",)),
    Field("until", _PERIOD, "published until then, it included: `until:2026-11` takes in the 30th", ("至",)),
)

FIELD_BY_NAME = {field.name: field for field in FIELDS}
_BY_SPELLING = FIELD_BY_NAME | {alias: field for field in FIELDS for alias in field.aliases}


def find_field(spelling: str) -> Field | None:
    """Return the field of that name or Chinese alias; case does not count."""
    return _BY_SPELLING.get(spelling.lower())
