"""A new story's cost in a small archive and in a large one: `nice python -m benchmarks.event_archive 10000 1000000`.

The tables of events are filled directly (300 stories a day, two hundred rare pairs each, two links); then the articles
of `event_sets/` are saved, folded and grouped, and grouping is timed. Each archive is made in a process of its own, so
that the memory is its own, too.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert

from archive.article import Article, Level, Precision, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.event_tables import event_links, event_stories
from archive.settings import ArchiveSettings
from indexer.events.persistent.batches import group_changes
from indexer.stories.persistent.batches import cluster_changes

SETS = Path(__file__).parent / "event_sets"
PER_DAY = 300
FIRST_NUMBER = 10_000_000
"""Numbers of the filled stories, above those of the articles."""


def main() -> None:
    """Measure each size that the arguments name."""
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
        return
    for size in map(int, sys.argv[1:] or ("10000", "1000000")):
        subprocess.run([sys.executable, "-m", "benchmarks.event_archive", "--one", str(size)], check=True)


def measure(size: int) -> None:
    """Fill an archive, add the articles of the sets and print what grouping took."""
    with tempfile.TemporaryDirectory(prefix="deltanews-events-") as folder:
        database = Database.open(ArchiveSettings(directory=Path(folder)))
        articles = [_article(row) for file in sorted(SETS.glob("*.jsonl")) for row in _rows(file)]
        last = max(article.published_at for article in articles if article.published_at)
        for stories, links in _filled(size, last):
            with database.write() as connection:
                connection.execute(insert(event_stories), stories)
                connection.execute(insert(event_links), links)
        with database.write() as connection:
            for article in articles:
                save_article(connection, article, page_id=None)
        cluster_changes(database, levels=(Level.CORE,), window=timedelta(days=30))
        begun, begun_busy = time.perf_counter(), time.process_time()
        summary = group_changes(database)
        took, busy = time.perf_counter() - begun, time.process_time() - begun_busy
        database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:,} stories in the archive: {summary.stories} new ones in {took:.2f} s, {busy:.2f} s of processor time "
        f"({summary.stories / busy:.0f}/s), {memory} MB"
    )


def _filled(size: int, last: datetime) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    rng, dice = np.random.default_rng(1), random.Random(1)
    newest = int(last.timestamp())
    for start in range(0, size, 5000):
        stories, links = [], []
        for number in range(start, min(start + 5000, size)):
            pairs = np.unique(rng.integers(1, 2**32, 200, dtype=np.uint32)).astype("<u4").tobytes()
            stories.append(
                {
                    "number": FIRST_NUMBER + number,
                    "story_id": f"{number:016x}",
                    "timestamp": newest - number * 86400 // PER_DAY,
                    "digest": "",
                    "pairs": pairs,
                    "first_story": FIRST_NUMBER + number,
                }
            )
            if number:
                other = FIRST_NUMBER + number - dice.randint(1, min(number, 500))
                for one, two in ((FIRST_NUMBER + number, other), (other, FIRST_NUMBER + number)):
                    links.append({"number": one, "other": two, "score": -1500})
        yield stories, links


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _article(row: dict[str, Any]) -> Article:
    url = f"https://{row['id']}.example/a"
    timestamp = datetime.fromisoformat(row["published_at"])
    return Article(
        url=url,
        canonical_url=url,
        source=row["source"],
        section="news",
        province=row["province"],
        title=row["title"],
        body=row["body"],
        published_at=timestamp,
        published_precision=Precision.MINUTE,
        credit=row["credit"] or None,
        fetched_at=timestamp,
        relevance=Relevance(level=Level.CORE, score=50),
    )


if __name__ == "__main__":
    main()
