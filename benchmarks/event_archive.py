"""A new story's cost in a small archive and in a large one: `nice python -m benchmarks.event_archive 10000 1000000`.

The tables of events are filled directly (300 stories a day, two hundred rare pairs each, two links, an event of its
own); then the articles of `event_sets/` of the last four weeks, which the smallest archive spans, too, are saved,
folded and grouped, and grouping is timed. Each archive is filled in one process and measured in another, so that the
memory is that of grouping.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from archive.article import Article, Level, Precision, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.event_tables import event_links, event_stories, events
from archive.settings import ArchiveSettings
from indexer.events.persistent.batches import group_changes
from indexer.stories.persistent.batches import cluster_changes
from indexer.stories.persistent.driver_rows import insertion, write_rows

SETS = Path(__file__).parent / "event_sets"
PER_DAY = 300
FIRST_NUMBER = 10_000_000
"""Numbers of the filled stories, above those of the articles."""


def main() -> None:
    """Measure each size that the arguments name."""
    if sys.argv[1:2] == ["--fill"]:
        fill(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for size in map(int, sys.argv[1:] or ("10000", "1000000")):
            with tempfile.TemporaryDirectory(prefix="deltanews-events-") as folder:
                for step in ("--fill", "--measure"):
                    command = [sys.executable, "-m", "benchmarks.event_archive", step, folder, str(size)]
                    subprocess.run(command, check=True)


def fill(folder: Path, size: int) -> None:
    """Fill an archive's tables of events."""
    database = Database.open(ArchiveSettings(directory=folder))
    for rows in _filled(size, max(_moment(article) for article in _articles())):
        with database.write() as connection:
            for table, found in zip((event_stories, events, event_links), rows, strict=True):
                write_rows(connection, insertion(table), found)
    database.close()


def measure(folder: Path, size: int) -> None:
    """Add the articles of the sets to a filled archive and print what grouping took."""
    database = Database.open(ArchiveSettings(directory=folder))
    with database.write() as connection:
        for article in _articles():
            save_article(connection, article, page_id=None)
    cluster_changes(database, levels=(Level.CORE,), window=timedelta(days=30))
    begun, begun_busy = time.perf_counter(), time.process_time()
    summary = group_changes(database)
    took, busy = time.perf_counter() - begun, time.process_time() - begun_busy
    database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:,} stories in the archive: {summary.stories} new ones in {took:.2f} s, {busy:.2f} s of processor time "
        f"({summary.stories / busy:.0f}/s), {memory} MB",
        flush=True,
    )


def _articles() -> list[Article]:
    found = [
        _article(json.loads(line)) for file in sorted(SETS.glob("*.jsonl")) for line in file.open(encoding="utf-8")
    ]
    last = max(map(_moment, found))
    return [article for article in found if last - _moment(article) < timedelta(days=28)]


def _moment(article: Article) -> datetime:
    assert article.published_at is not None
    return article.published_at


Rows = list[tuple[object, ...]]


def _filled(size: int, last: datetime) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield the rows of `event_stories`, `events` and `event_links`, their columns in the tables' order."""
    rng, dice = np.random.default_rng(1), random.Random(1)
    newest, built_at = int(last.timestamp()), last.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
    for start in range(0, size, 5000):
        stories: Rows = []
        found: Rows = []
        links: Rows = []
        pairs = np.sort(rng.integers(1, 2**32, (5000, 200), dtype=np.uint32), axis=1).astype("<u4")
        for number in range(start, min(start + 5000, size)):
            own, name, timestamp = FIRST_NUMBER + number, f"{number:016x}", newest - number * 86400 // PER_DAY
            stories.append((own, name, timestamp, "", pairs[number - start].tobytes(), own))
            found.append((name, own, 1, timestamp, timestamp, False, None, built_at))
            if number:
                other = own - dice.randint(1, min(number, 500))
                links += [(own, other, -1500), (other, own, -1500)]
        yield stories, found, links


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
