"""Read the corpus: stories written for the replica, and where each was published and copied."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from tests.replica.publication import Level, Publication, Trait

FOLDER = Path(__file__).parent / "corpus"
BEIJING = ZoneInfo("Asia/Shanghai")
NEWEST = datetime(2026, 11, 20, 23, 59, tzinfo=BEIJING)
"""Nothing is dated later: the replica has no clock."""


Checked = TypeVar("Checked", bound=BaseModel)


class CorpusError(Exception):
    """A file of the corpus is not as it must be."""


class Copy(BaseModel):
    """A story taken over by another source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: str = Field(pattern=r"^[a-z][a-z0-9_]*/[a-z0-9_-]+$")
    minutes: int = Field(gt=0)
    """How long after the original."""
    title: str | None = None
    keep: int | None = Field(default=None, gt=0)
    """How many paragraphs were kept; all by default."""
    lead: str | None = None
    """A first paragraph of its own, in place of the original's."""
    credit: str | None = None
    """来源 as printed; the original's by default."""
    traits: frozenset[Trait] = frozenset()


class Story(BaseModel):
    """One piece of news as its original was published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    level: Level
    at: AwareDatetime
    place: str = Field(pattern=r"^[a-z][a-z0-9_]*/[a-z0-9_-]+$")
    text: str = Field(min_length=40)
    """One paragraph a line."""
    credit: str | None = None
    """来源 as printed; the source's own by default."""
    reporters: tuple[str, ...] | None = None
    """By default one or two of the source's own."""
    traits: frozenset[Trait] = frozenset()
    copies: tuple[Copy, ...] = ()


class Desk(BaseModel):
    """The people of a source, all invented, and how it calls itself in 来源."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    credit: str
    reporters: tuple[str, ...] = Field(min_length=3)
    editors: tuple[str, ...] = ()


def read_desks() -> dict[str, Desk]:
    """Return every source's desk, by source name; raises CorpusError."""
    return {name: _checked(Desk, raw, "desks.toml", name) for name, raw in _tables(FOLDER / "desks.toml")}


def read_publications() -> list[Publication]:
    """Return all publications, not yet dressed by their sites; raises CorpusError."""
    desks = read_desks()
    stories: dict[str, Story] = {}
    for file in sorted((FOLDER / "stories").glob("*.toml")):
        for name, raw in _tables(file):
            if name in stories:
                raise CorpusError(f"{file.name}: {name}: a story of that name stands in another file already")
            story = _checked(Story, raw, file.name, name)
            if story.at > NEWEST:
                raise CorpusError(f"{file.name}: {name}: at: {story.at} is later than {NEWEST}")
            stories[name] = story
    return [
        publication
        for serial, (name, story) in enumerate(stories.items())
        for publication in _published(name, story, serial, desks)
    ]


def _published(name: str, story: Story, serial: int, desks: dict[str, Desk]) -> Iterator[Publication]:
    source, section = story.place.split("/")
    desk = desks[source]
    paragraphs = tuple(line.strip() for line in story.text.splitlines() if line.strip())
    reporters = story.reporters
    if reporters is None:
        pool = desk.reporters
        reporters = tuple(pool[(serial + step) % len(pool)] for step in range(1 + serial % 2))
    at = story.at.astimezone(BEIJING)
    original = Publication(
        source=source,
        section=section,
        story=name,
        original=True,
        serial=serial * 10,
        title=story.title,
        paragraphs=paragraphs,
        published_at=at,
        level=story.level,
        credit=story.credit or desk.credit,
        reporters=reporters,
        editors=_editors(desk, serial),
        traits=story.traits,
    )
    yield original
    for number, copy in enumerate(story.copies, start=1):
        source, section = copy.place.split("/")
        yield Publication(
            source=source,
            section=section,
            story=name,
            original=False,
            serial=serial * 10 + number,
            title=copy.title or story.title,
            paragraphs=(copy.lead or paragraphs[0], *paragraphs[1 : copy.keep]),
            published_at=at + timedelta(minutes=copy.minutes),
            level=story.level,
            credit=copy.credit or original.credit,
            editors=_editors(desks[source], serial + number),
            traits=copy.traits,
        )


def _editors(desk: Desk, serial: int) -> tuple[str, ...]:
    return (desk.editors[serial % len(desk.editors)],) if desk.editors else ()


def _tables(file: Path) -> Iterator[tuple[str, object]]:
    try:
        yield from tomllib.loads(file.read_text(encoding="utf-8")).items()
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{file.name}: {error}") from error


def _checked(model: type[Checked], raw: object, file: str, name: str) -> Checked:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise CorpusError(f"{file}: {name}: {key}: {first['msg']}") from error
