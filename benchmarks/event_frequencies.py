"""Count the table of rarities that ships: `python -m benchmarks.event_frequencies`.

It is counted from this project's own invented texts alone: those of relevance, of its benchmark and of the replica's
newsrooms. The table holds counts of hashes, no text. On the event sets it does as well as one of 5,056 documents that
were mostly a newspaper's of 1998 (F1 0.957 and 0.956 to 0.962 and 0.960; 0.902 to 0.903 on a set of other hands).
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from indexer.events.rarity import SHIPPED
from indexer.events.tokens import Runs, runs_of, tokens_of
from indexer.stories.templates import place_names

ROOT = Path(__file__).parent.parent
LEAST = 2
"""Documents that a run must stand in; what is rarer is as rare as one that stands in none."""

PLACE_SHARE = 0.05
"""Share of the documents that a run within a place's name counts for at least: places are evidence of their own."""

SCALE = 5_000
"""Documents that the counts are scaled to: the weights of `evidence` were fitted on rarities of that scale."""


def main() -> None:
    """Write the table."""
    found = [_runs(document) for document in dict.fromkeys(_texts_of_ours())]
    runs, counts = np.unique(np.concatenate(found), return_counts=True)
    kept = counts >= LEAST
    in_places = np.unique(np.concatenate([_runs(name) for name in sorted(place_names())]))
    known = np.union1d(runs[kept], in_places)
    scaled = np.zeros(len(known), dtype=np.uint16)
    scaled[np.searchsorted(known, runs[kept])] = np.rint(counts[kept] * (SCALE / len(found)))
    of_places = np.searchsorted(known, in_places)
    scaled[of_places] = np.maximum(scaled[of_places], round(PLACE_SHARE * SCALE))
    np.savez_compressed(SHIPPED, documents=SCALE, runs=known, counts=scaled)
    print(f"{len(found)} documents, {kept.sum()} of {len(runs)} runs kept, {len(in_places)} of places")


def _runs(text: str) -> Runs:
    """Return the distinct pairs and triples of a text, rising."""
    found = runs_of(tokens_of(text))
    distinct = np.unique(np.concatenate([found.pairs, found.triples]))
    runs: Runs = distinct[distinct != 0]
    return runs


def _texts_of_ours() -> Iterator[str]:
    for folder in ("tests/data/relevance", "benchmarks/relevance_texts"):
        for file in sorted((ROOT / folder).glob("*.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                row = json.loads(line)
                yield f"{row.get('title', '')}\n{row.get('body', row.get('text', ''))}"
    for file in sorted((ROOT / "tests/replica/corpus/stories").glob("*.toml")):
        yield from _texts(tomllib.loads(file.read_text("utf-8")))


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a TOML value: those of one table, and those of one list, are a document."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if texts := [part for part in parts if isinstance(part, str)]:
        yield "\n".join(texts)
    for part in parts:
        yield from _texts(part)


if __name__ == "__main__":
    main()
