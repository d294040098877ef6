"""Made-up reports: Chinese news prose drawn from a seed. No text is anybody's; sentences are drawn from words."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.words import (
    BLANKS,
    CITIES,
    DEEDS,
    FIELDS,
    GIVEN,
    GOALS,
    MEDIA,
    PREDICATES,
    PROJECTS,
    SENTENCES,
    SUBJECTS,
    SURNAMES,
)


@dataclass(frozen=True)
class Piece:
    """One generated article and the truth about it."""

    id: str
    title: str
    body: str
    published_at: datetime
    credit: str | None
    source: str
    url: str
    story: str
    """Articles with the same value are one story; the founding report's id."""
    kind: str
    """How it was made: original, a transformation, or the kind of hard negative."""


def report(rng: random.Random, name: str, at: datetime, *, paragraphs: int | None = None) -> Piece:
    """Return an original report of 400 to 1,600 characters."""
    medium = rng.choice(MEDIA)
    city, field = rng.choice(CITIES), rng.choice(FIELDS)
    local = at + timedelta(hours=8)
    day = rng.choice((f"{local.day}日", date_of(local), "近日", "今天上午", "日前"))
    lead = f"{rng.choice(('本台讯', '本报讯', medium + '讯', ''))}{day}，"
    body = [lead + prose(rng, 2, city=city, field=field)]
    body.extend(prose(rng, rng.randint(2, 4), city=city, field=field) for _ in range(paragraphs or rng.randint(3, 9)))
    title = f"{rng.choice(GOALS)}！{city}{rng.choice(DEEDS)}{field}{rng.choice(PROJECTS)}"
    return Piece(name, title, "\n".join(body), at, medium, medium, address(medium, name), name, "original")


def date_of(moment: datetime) -> str:
    """Return month and day as news prose writes them."""
    return f"{moment.month}月{moment.day}日"


def address(medium: str, name: str) -> str:
    """Return a URL on a medium's made-up site."""
    return f"https://{MEDIA.index(medium)}.example/{name}.html"


def fill(rng: random.Random, form: str, **given: object) -> str:
    """Return a form with its `{blanks}` filled in: what is given first, the rest drawn, each time again."""

    def drawn(blank: re.Match[str]) -> str:
        name = blank[1]
        if name in given:
            return str(given[name])
        return MADE[name](rng) if name in MADE else rng.choice(BLANKS[name])

    return re.sub(r"\{(\w+)\}", drawn, form)


def sentence(rng: random.Random, **given: object) -> str:
    """Return one sentence of news prose; `given` words are not drawn."""
    return fill(rng, rng.choice(SENTENCES), **given)


def prose(rng: random.Random, count: int, **given: object) -> str:
    """Return so many sentences."""
    return "".join(sentence(rng, **given) for _ in range(count))


def clause(rng: random.Random) -> str:
    """Return a clause of a subject and what it did."""
    return rng.choice(SUBJECTS) + rng.choice(PREDICATES)


def _person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(("", rng.choice(GIVEN)))


def _number(rng: random.Random) -> str:
    return rng.choice(
        (str(rng.randint(2, 98)), f"{rng.randint(1, 99)}.{rng.randint(1, 9)}", f"{rng.randint(100, 9800)}")
    )


MADE: dict[str, Callable[[random.Random], str]] = {
    "clause": clause,
    "person": _person,
    "number": _number,
    "decimal": lambda rng: f"{rng.randint(0, 2)}.{rng.randint(10, 99)}",
    "digit": lambda rng: str(rng.randint(1, 9)),
    "points": lambda rng: f"{rng.randint(2900, 12000)}.{rng.randint(10, 99)}",
    "tens": lambda rng: str(rng.randint(10, 95)),
    "hundreds": lambda rng: str(rng.randint(100, 9800)),
    "year": lambda rng: str(rng.randint(2027, 2035)),
}
