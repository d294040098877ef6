"""Hands that write made-up news: the two that the rules of stories were developed against, and one that is closed.

They are TOML files under `forms/`: forms of bulletins with their words. All but the first have news prose of their own;
the first takes that of `reports`. A blank is `{int 1 9}`, `{dec 0 9}` (two decimals), `{cn 1 6}` (in Han characters),
`{date}`, `{tomorrow}`, `{iso}`, `{year}`, or a list of words; `{=…}` has one value within one bulletin.
"""

import random
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.reports import Piece, address, report
from benchmarks.words import MEDIA

HANDS = ("shown", "second", "unseen")
_BLANK = re.compile(r"\{(=?)([a-z_]+)(?: (\d+|-\d+) (\d+))?\}")


def bulletin(rng: random.Random, hand: str, name: str, at: datetime, taken: set[tuple[str, ...]]) -> Piece:
    """Return a bulletin of a form drawn from that hand; `taken` keeps two of one city and day apart."""
    data = _hand(hand)
    kind = rng.choice(tuple(data["forms"]))
    form = data["forms"][kind]
    day = at + timedelta(hours=8)
    given: dict[str, str] = {}
    for _ in range(20):
        given = {"=city": rng.choice(data["words"]["city"])}
        key = (hand, kind, given["=city"], f"{day:%F}")
        if form.get("many") or key not in taken:
            break
        day += timedelta(days=1)
    taken.add(key)
    title = _fill(rng, form["title"], data["words"], day, given)
    body = _fill(rng, form["body"], data["words"], day, given)
    medium = rng.choice(MEDIA)
    return Piece(name, title, body, at, None, medium, address(medium, name), name, kind)


def article(rng: random.Random, hand: str, name: str, at: datetime, *, brief: bool = False) -> Piece:
    """Return an original report of 400 to 1,600 characters of that hand's prose; a brief one has 100 to 350."""
    data = _hand(hand)
    if "prose" not in data:
        return report(rng, name, at, paragraphs=1 if brief else None)
    words = data["prose"] | {"city": data["words"]["city"]}
    day = at + timedelta(hours=8)

    def paragraph(count: int) -> str:
        return "".join(_fill(rng, rng.choice(words["sentences"]), words, day, {}) for _ in range(count))

    lead = rng.choice(("{date}，", "日前，", "（记者 {person}）", "{city}消息 "))
    body = [_fill(rng, lead, words, day, {}) + paragraph(2)]
    body.extend(paragraph(rng.randint(2, 5)) for _ in range(1 if brief else rng.randint(4, 12)))
    title = _fill(rng, rng.choice(words["title"]), words, day, {})
    medium = rng.choice(MEDIA)
    return Piece(name, title, "\n".join(body), at, medium, medium, address(medium, name), name, "original")


def _fill(rng: random.Random, form: str, words: Mapping[str, list[str]], day: datetime, given: dict[str, str]) -> str:
    def drawn(blank: re.Match[str]) -> str:
        stays, name, low, high = blank.groups()
        known = f"={name}" if not low else blank[0]
        if stays and known in given:
            return given[known]
        value = _value(rng, name, low, high, day) or rng.choice(words[name])
        if stays:
            given[known] = value
        return value

    return _BLANK.sub(drawn, form)


def _value(rng: random.Random, name: str, low: str | None, high: str | None, day: datetime) -> str:
    if low is not None and high is not None:
        number = rng.randint(int(low), int(high))
        if name == "cn":
            return "零一二三四五六七八九"[number]
        return str(number) if name == "int" else f"{number}.{rng.randint(0, 99):02d}"
    tomorrow = day + timedelta(days=1)
    return {
        "date": f"{day.month}月{day.day}日",
        "tomorrow": f"{tomorrow.month}月{tomorrow.day}日",
        "iso": f"{day:%m-%d %H:%M}",
        "year": str(day.year),
    }.get(name, "")


@cache
def _hand(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "forms" / f"{name}.toml").read_text("utf-8"))
