"""Stories against the clock and the truth: `nice python -m benchmarks.stories` (100,000 articles; `--full`: a million).

Four parts. *Whole*: a file of articles of each hand (see `hands`), clustered by `deltanews dedupe FILE`, start and
reading included, beside a script that reads the same file and uses datasketch. *Quality*: generated republications and
look-alikes, pair by pair. *Speed*: articles put into an archive as a crawl would, clustered as `deltanews index` does,
everything stored; cost and memory as the archive grows. *Peer*: datasketch's in-memory MinHashLSH on the same articles
with the same plain text, in a process of its own; it stores, verifies and groups nothing. `--peer-python` names a
Python that has it: it is no dependency of the product.
"""

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations, islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from archive.article import Level
from archive.database import Database
from archive.schema import articles
from archive.settings import ArchiveSettings
from archive.story_tables import stories, story_articles
from benchmarks.hands import HANDS
from benchmarks.look_alikes import LOOK_ALIKES
from benchmarks.reports import Piece, report
from benchmarks.republications import START, TRANSFORMATIONS, republish, stream
from benchmarks.whole_set import score, whole_set, write_lines
from indexer.stories.candidates import SHARED
from indexer.stories.persistent.batches import cluster_changes, register_index
from indexer.stories.similarity import NormalizedText, compare

PORTION = 10_000
"""Articles that are put in and clustered at a time; each portion's speed is printed."""

EXCERPTS = (("cut 45%",), ("cut 55%",), ("cut 55%", "added"), ("cut 55%", "edited"), ("dropped", "glossed"))
"""Transformations that leave 40% and more of the original, alone and with others."""


def main() -> None:
    """Run the parts that the arguments ask for and print their figures."""
    arguments = _arguments()
    count = 1_000_000 if arguments.full else arguments.articles
    if not arguments.only or arguments.only == "whole":
        whole(arguments.set_size, arguments.seed, arguments.peer_python)
    if not arguments.only or arguments.only == "quality":
        quality(arguments.pairs)
    if not arguments.only or arguments.only == "speed":
        ours = speed(count, arguments.per_day)
        if arguments.peer_python:
            peers(arguments.peer_python, min(count, arguments.peer_articles), ours)
        else:
            print("no peer: name a Python that has datasketch with --peer-python")


def whole(count: int, seed: int, peer_python: str | None) -> None:
    """Cluster a file of each hand's articles with the command and with the peer; print score and articles a second."""
    for hand in HANDS:
        pieces = whole_set(hand, count, seed)
        with tempfile.TemporaryDirectory(prefix="deltanews-stories-") as folder:
            file = Path(folder) / "articles.jsonl"
            write_lines(pieces, file)
            ours = [sys.executable, "-m", "deltanews", "dedupe", str(file), "--json"]
            peer = [peer_python or "", "-m", "benchmarks.stories_peer", "update_batch", str(file)]
            for name, command in (("ours", ours), *((("datasketch, update_batch", peer),) if peer_python else ())):
                begun, begun_busy = time.perf_counter(), _busy_children()
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                took, busy = time.perf_counter() - begun, _busy_children() - begun_busy
                print(f"{hand}, {name}: {count / took:.0f}/s by the clock, {count / busy:.0f}/s of processor time")
                rows = map(json.loads, done.stdout.splitlines())
                print("\n".join(score(pieces, {row["id"]: row["story"] for row in rows})))


def _busy_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def quality(pairs: int) -> None:
    """Print how many republications are recognised, and how many look-alikes are mistaken, of generated pairs."""
    rng = random.Random(11)
    near, near_found, kinds = 0, 0, defaultdict[str, list[bool]](list)
    for nth in range(pairs):
        original = report(rng, f"a{nth}", START + timedelta(hours=nth))
        one = NormalizedText(original.title, original.body)
        for how in (*((kind,) for kind in TRANSFORMATIONS), *EXCERPTS):
            copy = republish(rng, original, "copy", original.published_at, kinds=how)
            other = NormalizedText(copy.title, copy.body)
            comparison = compare(one, other)
            found = comparison.same and len(set(one.keys) & set(other.keys)) >= SHARED
            if comparison.jaccard >= 0.8:
                near += 1
                near_found += found
            kinds["excerpts of 40% and more" if how in EXCERPTS else f"  {how[0]}"].append(found)
    mistaken: Counter[str] = Counter()
    looked_at: Counter[str] = Counter()
    for nth in range(pairs):
        for kind, make in LOOK_ALIKES.items():
            texts = [NormalizedText(*text) for text in make(rng, START + timedelta(days=nth % 300))]
            for one, other in combinations(texts, 2):
                looked_at[kind] += 1
                mistaken[kind] += compare(one, other).same
    print(f"recall, Jaccard >= 0.8           {near_found / near:.4f} of {near}")
    for kind, results in kinds.items():
        print(f"recall, {kind:24} {sum(results) / len(results):.4f} of {len(results)}")
    print(f"look-alikes kept apart           {1 - mistaken.total() / looked_at.total():.4f} of {looked_at.total()}")
    for kind, number in looked_at.items():
        print(f"  {kind:30} {1 - mistaken[kind] / number:.4f} of {number}")


def speed(count: int, per_day: int) -> float:
    """Cluster so many articles on an archive, print the cost as it grows; return articles per second of CPU time."""
    folder = Path(tempfile.mkdtemp(prefix="deltanews-stories-"))
    database = Database.open(ArchiveSettings(directory=folder))
    register_index(database, "embedded")
    busy = wall = 0.0
    done = 0
    costs: list[float] = []
    try:
        pieces = stream(count, per_day=per_day)
        while portion := tuple(islice(pieces, PORTION)):
            put_in(database, portion, done)
            begun, begun_busy = time.perf_counter(), time.process_time()
            cluster_changes(database, levels=[Level.CORE], window=timedelta(days=30))
            took, took_busy = time.perf_counter() - begun, time.process_time() - begun_busy
            wall, busy, done = wall + took, busy + took_busy, done + len(portion)
            costs.append(took_busy / len(portion))
            print(
                f"{done:>9} articles: {len(portion) / took:6.0f}/s by the clock, {len(portion) / took_busy:6.0f}/s of "
                f"processor time, {took_busy / len(portion) * 1e3:.3f} ms each, peak {_peak()} MB",
                flush=True,
            )
        _judge(database, count, per_day)
        size = sum(file.stat().st_size for file in folder.glob("archive.sqlite*")) / 1e6
        if len(costs) > 2:
            print(f"cost of the last {PORTION} to that of the first after {PORTION}: {costs[-1] / costs[1]:.2f}")
        print(f"ours: {done / wall:.0f}/s by the clock, {done / busy:.0f}/s of processor time, {size:.0f} MB on disk")
    finally:
        database.close()
        shutil.rmtree(folder)
    return done / busy


def put_in(database: Database, pieces: tuple[Piece, ...], before: int) -> None:
    """Save articles as a crawl would have, but in bulk: this is not what is measured."""
    rows: list[dict[str, object]] = [
        {
            "canonical_url": piece.url, "url": piece.url, "source": piece.source, "section": "news", "province": "江苏",
            "title": piece.title, "body": piece.body, "published_at": piece.published_at,
            "published_precision": "minute", "published_from": "", "credit": piece.credit,
            "reporters": [], "editors": [], "language": "zh",
            "level": "core", "score": 50, "relevance": {}, "fetched_at": piece.published_at,
            "first_seen_at": piece.published_at, "revision": 1, "changed_seq": before + nth,
        }
        for nth, piece in enumerate(pieces, 1)
    ]  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(articles), rows)


def peers(python: str, count: int, ours: float) -> None:
    """Run datasketch on the same articles, in its fast and in its documented way, and print the ratio."""
    for way in ("update_batch", "update"):
        size = count if way == "update_batch" else min(count, 10_000)
        done = subprocess.run(
            [python, "-m", "benchmarks.stories_peer", way, str(size)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"datasketch, {way}: did not run: {done.stderr.strip().splitlines()[-1]}")
            continue
        peer: dict[str, Any] = json.loads(done.stdout)
        print(
            f"datasketch {peer['version']}, {way}, {peer['articles']} articles: {peer['per_second']:.0f}/s of "
            f"processor time, peak {peer['peak']} MB, finds {peer['recall']:.4f} of the republications; ours is "
            f"{ours / peer['per_second']:.2f} times as fast"
        )


def _judge(database: Database, count: int, per_day: int) -> None:
    """Compare the stories with the truth."""
    with database.read() as connection:
        rows = connection.execute(select(story_articles.c.url, story_articles.c.representative_id))
        representatives = {row.url: row.representative_id for row in rows}
        living = connection.scalar(select(func.count()).where(stories.c.deleted.is_(False)))
    copies = missed = 0
    clusters: dict[int, str] = {}
    mixed: set[int] = set()
    truth: dict[str, int] = {}
    for piece in stream(count, per_day=per_day):
        representative = representatives[piece.url]
        if clusters.setdefault(representative, piece.story) != piece.story:
            mixed.add(representative)
        copies += piece.story in truth
        missed += truth.setdefault(piece.story, representative) != representative
    print(
        f"{living} stories, {len(truth)} in truth; {copies} republications, {missed} not in the story of the first "
        f"({1 - missed / max(copies, 1):.4f}); {len(mixed)} stories hold two reports ({len(mixed) / len(clusters):.5f})"
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="a million articles")
    parser.add_argument(
        "--per-day",
        type=int,
        default=300,
        help="articles a day; the window of thirty days holds thirty times as many, and is what cost depends on",
    )
    parser.add_argument("--set-size", type=int, default=20_000, help="articles of each hand's file")
    parser.add_argument("--seed", type=int, default=1, help="of the files")
    parser.add_argument("--pairs", type=int, default=300, help="originals of the quality part")
    parser.add_argument("--only", choices=("whole", "quality", "speed"))
    parser.add_argument("--peer-python", help="a Python that has datasketch")
    parser.add_argument("--peer-articles", type=int, default=100_000, help="most articles that datasketch gets")
    return parser.parse_args()


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a real stream, not a test's
    main()
