"""The peer of `benchmarks.stories`: datasketch's MinHashLSH in memory, `python -m benchmarks.stories_peer WAY COUNT`.

As its documentation shows it: 128 permutations, shingles of five characters of the same plain text, a query and an
insertion an article, at the threshold 0.3, which excerpts of 40% need. Prints one JSON object.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable
from importlib.metadata import version

from datasketch import MinHash, MinHashLSH

from benchmarks.republications import stream
from indexer.stories.normalization import plain, readable

THRESHOLD = 0.3


def main(way: str, count: int) -> None:
    """Query and insert so many articles."""
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


def _update(sketch: MinHash, pieces: Iterable[bytes], way: str) -> None:
    if way == "update_batch":
        sketch.update_batch(list(pieces))
        return
    for piece in pieces:
        sketch.update(piece)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
