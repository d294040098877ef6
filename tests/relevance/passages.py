"""Labelled passages set into articles of every genre, which are about something else.

A passage stands in its own paragraph, and at the end of another: the article is to be kept where the passage reports a
joint action, and not where it only names the same places.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.relevance.labelled import FOLDER, Labelled

PLACINGS = 3


@dataclass(frozen=True)
class Frame:
    """An article of one genre that has nothing to do with the delta."""

    genre: str
    title: str
    paragraphs: tuple[str, ...]


def framed(part: str) -> Iterator[Labelled]:
    """Yield each passage of a part in three of its frames, the frames by themselves, and spam."""
    frames = [Frame(row["genre"], row["title"], tuple(row["paragraphs"])) for row in _rows(f"frames_{part}")]
    for number, row in zip(count(), _rows(f"passages_{part}"), strict=False):
        for placing in range(PLACINGS):
            frame = frames[(number + 5 * placing) % len(frames)]
            yield Labelled(
                id=f"{row['id']}/{frame.genre}",
                relevant=row["joint"],
                reason="a passage of joint action" if row["joint"] else "places that are only named",
                title=frame.title,
                body=_with(frame.paragraphs, row["text"], number + placing, apart=placing > 0),
            )
    for frame in frames:
        yield Labelled(f"frame/{frame.genre}", False, "nothing of the delta", frame.title, "\n".join(frame.paragraphs))
    for row in _rows(f"spam_{part}"):
        yield Labelled(row["id"], False, "spam", row["title"], row["body"])


def _with(paragraphs: tuple[str, ...], passage: str, place: int, *, apart: bool) -> str:
    place %= len(paragraphs)
    joint = "\n" if apart else ""
    return "\n".join((*paragraphs[:place], paragraphs[place] + joint + passage, *paragraphs[place + 1 :]))


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
