"""The labelled articles, and how a judge fares on them."""

import json
from dataclasses import dataclass
from pathlib import Path

from archive.article import Level
from crawler.relevance import Gazetteer, judge

FOLDER = Path(__file__).parents[1] / "data/relevance"
PARTS = ("development", "held_out")


@dataclass(frozen=True)
class Labelled:
    """An article, whether it should be indexed, and why."""

    id: str
    relevant: bool
    reason: str
    title: str
    body: str


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of core and related against the labels."""

    precision: float
    recall: float
    f1: float
    wrong: tuple[str, ...]


def labelled(part: str) -> list[Labelled]:
    """Read one part of the set."""
    lines = (FOLDER / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Labelled(**json.loads(line)) for line in lines]


def score(items: list[Labelled], gazetteer: Gazetteer) -> Score:
    """Judge the items and compare."""
    kept = {item.id: judge(item.title, item.body, gazetteer).level in {Level.CORE, Level.RELATED} for item in items}
    right = sum(item.relevant and kept[item.id] for item in items)
    precision = right / sum(kept.values())
    recall = right / sum(item.relevant for item in items)
    wrong = tuple(f"{item.id} {item.title}" for item in items if item.relevant is not kept[item.id])
    return Score(precision, recall, 2 * precision * recall / (precision + recall), wrong)
