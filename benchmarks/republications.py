"""A made-up world of news: original reports, how others republish them, and what looks like a copy but is other news.

Everything is drawn from a seed, article by article, so that a million need no memory. The truth, which report an
article is a republication of, is known.
"""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks.look_alikes import bulletins
from benchmarks.reports import Piece, address, prose, report
from benchmarks.words import GIVEN, GOALS, MEDIA, READINGS, SURNAMES, VOICES

START = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)
Transformation = Callable[[random.Random, list[str]], list[str]]


def stream(count: int, *, seed: int = 1, per_day: int = 1000, negatives: float = 0.15) -> Iterator[Piece]:
    """Yield `count` articles in the order in which a crawler meets them: republications follow within two days.

    `per_day` is the rate of publication; about half of all articles are republications, `negatives` of all are
    bulletins and other look-alikes.
    """
    rng = random.Random(seed)
    waiting: list[tuple[datetime, int, Piece]] = []
    clock, families, produced = START, 0, 0
    while produced < count:
        clock += timedelta(days=1) / per_day
        while waiting and waiting[0][0] <= clock and produced < count:
            produced += 1
            yield heapq.heappop(waiting)[2]
        if len(waiting) > per_day:
            continue
        families += 1
        family = _family(rng, f"a{families:07d}", clock, negatives)
        for nth, piece in enumerate(family):
            heapq.heappush(waiting, (piece.published_at, families * 100 + nth, piece))


def _family(rng: random.Random, name: str, at: datetime, negatives: float) -> list[Piece]:
    if rng.random() < negatives:
        return bulletins(rng, name, at)
    original = report(rng, name, at)
    copies = rng.choice((0, 0, 0, 0, 1, 1, 2, 3, 6))
    return [
        original,
        *(
            republish(rng, original, f"{name}c{nth}", at + timedelta(minutes=rng.randint(5, 2880)))
            for nth in range(copies)
        ),
    ]


def republish(rng: random.Random, original: Piece, name: str, at: datetime, *, kinds: tuple[str, ...] = ()) -> Piece:
    """Return a republication by another medium: one to three transformations, another title and credit."""
    kinds = kinds or _some_transformations(rng)
    paragraphs = original.body.split("\n")
    for kind in kinds:
        paragraphs = TRANSFORMATIONS[kind](rng, paragraphs)
    medium = rng.choice([other for other in MEDIA if other != original.source])
    title = rng.choice(
        (
            original.title,
            f"【转载】{original.title}",
            f"{rng.choice(GOALS)} {rng.choice(VOICES)}",
            original.title.split("！")[-1],
        )
    )
    return replace(
        original,
        id=name,
        title=title,
        body="\n".join(paragraphs),
        published_at=at,
        credit=rng.choice((original.source, original.source, None, medium)),
        source=medium,
        url=address(medium, name),
        kind="+".join(kinds),
    )


def _some_transformations(rng: random.Random) -> tuple[str, ...]:
    """Return one to three, of which one shortens at most: nobody runs less than 40% and calls it the report."""
    kinds = rng.sample(tuple(TRANSFORMATIONS), rng.choice((1, 1, 2, 3)))
    shortening = [kind for kind in kinds if kind.startswith(("cut", "dropped"))]
    return tuple(kind for kind in kinds if kind not in shortening[1:])


def cut(share: float) -> Transformation:
    """Return a transformation that keeps about that share of the characters, in whole sentences from one place on."""

    def transform(rng: random.Random, paragraphs: list[str]) -> list[str]:
        sentences = [f"{part}。" for paragraph in paragraphs for part in paragraph.split("。") if part.strip("”")]
        wanted = share * sum(map(len, sentences))
        start = rng.choice((0, rng.randrange(len(sentences))))
        kept: list[str] = []
        for one in sentences[start:] + sentences[:start]:
            if sum(map(len, kept)) >= wanted:
                break
            kept.append(one)
        return ["".join(kept[n : n + 3]) for n in range(0, len(kept), 3)]

    return transform


def drop_sentences(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Leave out a tenth to six tenths of the sentences, here and there."""
    share = rng.uniform(0.1, 0.6)
    kept = ["".join(f"{s}。" for s in p.split("。") if s.strip("”") and rng.random() > share) for p in paragraphs]
    kept = [paragraph for paragraph in kept if paragraph]
    return kept if sum(map(len, kept)) >= 0.42 * sum(map(len, paragraphs)) else paragraphs


def add_paragraphs(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Put a paragraph of one's own in front, sometimes one behind."""
    own = prose(rng, 2)
    behind = (
        [f"（来源：{rng.choice(MEDIA)}，编辑：{rng.choice(SURNAMES)}{rng.choice(GIVEN)}）"]
        if rng.random() < 0.5
        else []
    )
    return [own, *paragraphs, *behind]


def reorder(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Shuffle the paragraphs."""
    return rng.sample(paragraphs, len(paragraphs))


def gloss(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Put pinyin in brackets behind one word in twelve or so."""
    opening, closing = rng.choice(("()", "（）"))
    return [
        "".join(
            c + (f"{opening}{rng.choice(READINGS)}{closing}" if "一" <= c <= "龥" and rng.random() < 0.08 else "")
            for c in p
        )
        for p in paragraphs
    ]


_WIDE = str.maketrans(
    {**{c: chr(ord(c) + 0xFEE0) for c in "0123456789%"}, "，": ",", "。": ".", "“": '"', "”": '"', "！": "!"}
)


def retype(_: random.Random, paragraphs: list[str]) -> list[str]:
    """Change width and punctuation, and put blanks in."""
    return ["　　" + p.translate(_WIDE).replace("。", " 。") for p in paragraphs]


def edit(rng: random.Random, paragraphs: list[str]) -> list[str]:
    """Change, drop or add a character in fifty."""
    return [
        "".join(
            "" if (d := rng.random()) < 0.007 else c + "的" if d < 0.014 else rng.choice("一在和有") if d < 0.02 else c
            for c in p
        )
        for p in paragraphs
    ]


TRANSFORMATIONS: dict[str, Transformation] = {
    "same": lambda _, paragraphs: paragraphs,
    "cut 45%": cut(0.55),
    "cut 55%": cut(0.45),
    "dropped": drop_sentences,
    "added": add_paragraphs,
    "reordered": reorder,
    "glossed": gloss,
    "retyped": retype,
    "edited": edit,
}
