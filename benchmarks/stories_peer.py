"""The peer of `benchmarks.stories`: datasketch's MinHashLSH in memory, `python -m benchmarks.stories_peer WAY COUNT`.

With a file in place of the count: a script that reads it, and prints each article's id and cluster as a line of JSON.

As its documentation shows it: 128 permutations, shingles of five characters of the same plain text, a query and an
insertion an article, at the threshold 0.3, which excerpts of 40% need. Prints one JSON object.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from datasketch import MinHash, MinHashLSH

THRESHOLD = 0.3


def main(way: str, count: int) -> None:
    """Query and insert so many articles."""
    from benchmarks.republications import stream  # noqa: PLC0415  # the script of a file needs nothing of ours
    from indexer.stories.normalization import plain, readable  # noqa: PLC0415

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    busy = 0.0
    copies = found = 0
    seen: dict[str, str] = {}
    for piece in stream(count):
        begun = time.process_time()
        sketch = MinHash(num_perm=128)
        text = plain(readable(piece.body))
        pieces = {text[start : start + 5].encode() for start in range(len(text) - 4)}
        _update(sketch, pieces, way)
        answers = index.query(sketch)
        index.insert(piece.id, sketch, check_duplication=False)
        busy += time.process_time() - begun
        if piece.story in seen:
            copies += 1
            found += seen[piece.story] in answers
        seen.setdefault(piece.story, piece.id)
    result = {
        "version": version("datasketch"),
        "articles": count,
        "per_second": count / busy,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "recall": found / max(copies, 1),
    }
    sys.stdout.write(json.dumps(result) + "\n")


def cluster_file(way: str, path: str) -> None:
    """Read articles, query and insert each, and print which are connected."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            text = _PUNCTUATION.sub("", article["body"])
            sketch = MinHash(num_perm=128)
            _update(sketch, {text[start : start + 5].encode() for start in range(len(text) - 4)}, way)
            name = parents[article["id"]] = article["id"]
            for other in index.query(sketch):
                parents[root(name)] = root(other)
            index.insert(name, sketch, check_duplication=False)
    for name in parents:
        sys.stdout.write(json.dumps({"id": name, "story": root(name)}) + "\n")


_PUNCTUATION = re.compile(r"[\W_]+")


def _update(sketch: MinHash, pieces: Iterable[bytes], way: str) -> None:
    if way == "update_batch":
        sketch.update_batch(list(pieces))
        return
    for piece in pieces:
        sketch.update(piece)


if __name__ == "__main__":
    if sys.argv[2].isdecimal():
        main(sys.argv[1], int(sys.argv[2]))
    else:
        cluster_file(sys.argv[1], sys.argv[2])
