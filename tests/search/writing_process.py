"""Run as a program: write stories into an embedded index, batch by batch, and print each acknowledged one at once."""

import sys
from pathlib import Path

from indexer.search.embedded.index import EmbeddedIndex
from tests.search.corpus import story


def main(directory: str, prefix: str, first: int, batches: int, batch: int) -> None:
    index = EmbeddedIndex(Path(directory))
    for number in range(batches):
        names = [f"{prefix}{first + number * batch + place}" for place in range(batch)]
        report = index.write([story(name, "smg", "2026-11-20T08:00", "长三角", f"正文{name}" * 50) for name in names])
        print(" ".join(report.acknowledged), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
