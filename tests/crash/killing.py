"""Commands killed by SIGKILL at random points, over and over, while new articles appear on the sites.

What is left in the end must be what an undisturbed run gives. A few kills are a test (`test_kills.py`), many are a
drill (`tests/drills/test_kills.py`).
"""

import random
import subprocess
import time
import uuid
from collections import Counter
from pathlib import Path

from indexer.settings import IndexerSettings
from tests.crash.stored import articles_of, stories_of
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews", "zjol")
MISSES = 5
"""Processes that may end before they are struck, for each that is."""


class Killer:
    """Starts a command and kills it at a random point of the time that it takes, learnt from those that got away."""

    def __init__(self, product: Product, dice: random.Random, wanted: int, *words: str) -> None:
        self._product, self._dice, self._words = product, dice, words
        self._longest: float | None = None
        self._wanted = wanted
        self.kills = 0
        self.misses = 0

    @property
    def done(self) -> bool:
        """Whether it has killed as often as it was asked to."""
        assert self.misses <= MISSES * (self._wanted + 1), f"{self._words} always ended before it could be killed"
        return self.kills >= self._wanted

    def strike(self) -> None:
        """Run the command once; kill it if it is still at work when its time has come. The first run is measured."""
        began = time.monotonic()
        process = self._product.start(*self._words)
        try:
            wait = DEADLINE if self._longest is None else self._dice.uniform(0.2, 0.95) * self._longest
            process.communicate(timeout=wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.kills += 1
        else:
            self.misses += 1
            self._longest = time.monotonic() - began


def _publish(replica: Replica, dice: random.Random, number: int) -> None:
    """Let a new article appear, or a copy of one at a sister station."""
    source = dice.choice(SOURCES)
    known = dice.choice([article for article in replica.articles() if article.relevant and article.paragraphs])
    section = replica.articles(source)[0].section
    if dice.random() < 0.5:
        replica.publish(source, section, known.title + "（转载）", known.paragraphs, copy_of=known)
    else:
        text = [f"长三角一体化示范区第{number}号方案发布，沪苏浙三地{number * 37}项事项跨省通办。" * 4]
        replica.publish(source, section, f"长三角一体化示范区发布第{number}号方案", text)


def kill_and_compare(
    folder: Path,
    elasticsearch_url: str,
    dice: random.Random,
    tally: Counter[str],
    *,
    crawls: int,
    indexings: int,
    writings: int,
) -> None:
    """Kill so many crawls, indexings and indexings to Elasticsearch, then compare with an undisturbed run.

    One small archive is hit many times in a row; between kills new articles appear, so that every kill finds work in
    the middle of which to strike.
    """
    alias = f"kills-{uuid.uuid4().hex}"
    cluster = {"elasticsearch_hosts": [elasticsearch_url], "elasticsearch_alias": alias}
    with Replica() as replica:
        killed = Product(folder / "killed", replica)
        crawling = Killer(killed, dice, crawls, "crawl", *SOURCES)
        indexing = Killer(killed, dice, indexings, "index")
        number = 0
        while not (crawling.done and indexing.done):
            number += 1
            _publish(replica, dice, number)
            if crawling.done:
                killed.crawl(*SOURCES)
            else:
                crawling.strike()
            if not indexing.done:
                indexing.strike()
        killed.crawl(*SOURCES)
        killed.run("index")
        killed.configure(indexer={"index": "elasticsearch", **cluster})
        writing = Killer(killed, dice, writings, "index")
        while not writing.done:
            writing.strike()
        killed.run("index")
        tally.update({"crawls killed": crawling.kills, "indexings killed": indexing.kills})
        tally.update({"indexings to Elasticsearch killed": writing.kills, "articles published meanwhile": number})

        undisturbed = Product(folder / "undisturbed", replica)
        undisturbed.crawl(*SOURCES)
        undisturbed.run("index")

    assert articles_of(killed) == articles_of(undisturbed)
    expected = stories_of(IndexerSettings(directory=undisturbed.folder / "archive" / "index"))
    assert len(expected) > 20
    assert stories_of(IndexerSettings(directory=killed.folder / "archive" / "index")) == expected
    in_cluster = IndexerSettings(
        index="elasticsearch", elasticsearch_hosts=(elasticsearch_url,), elasticsearch_alias=alias
    )
    assert stories_of(in_cluster) == expected
    reread = killed.rows("reextract", "--dry-run")
    assert [row for row in reread if row["problem"]] == [], "every raw page can be read again"
