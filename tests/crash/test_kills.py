"""SIGKILL at random points of crawling and indexing: what is left in the end is what an undisturbed run gives.

One small archive is hit many times in a row. Between kills new articles appear on the sites, so that every kill finds
work in the middle of which to strike.
"""

import random
import subprocess
import time
import uuid
from pathlib import Path

import pytest

from indexer.settings import IndexerSettings
from tests.crash.kept import articles_of, stories_of
from tests.product import Product
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews", "zjol")
KILLS = {"crawl": 26, "index": 14, "index to Elasticsearch": 10}
MISSES = 3
"""Processes that may end before they are struck, for each that is."""


class Killer:
    """Starts a command and kills it at a random point of the time that it takes, learnt from those that got away."""

    def __init__(self, product: Product, dice: random.Random, *words: str) -> None:
        self._product, self._dice, self._words = product, dice, words
        self._longest = 3.0
        self.kills = 0
        self.misses = 0

    def strike(self) -> None:
        """Run the command once; kill it if it is still at work when its time has come."""
        began = time.monotonic()
        process = self._product.start(*self._words)
        try:
            process.communicate(timeout=self._dice.uniform(0.2, 0.95) * self._longest)
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
        replica.publish(source, section, known.title + "（转载）", known.paragraphs, known.published_at, copy_of=known)
    else:
        text = [f"长三角一体化示范区第{number}号方案发布，沪苏浙三地{number * 37}项事项跨省通办。" * 4]
        replica.publish(source, section, f"长三角一体化示范区发布第{number}号方案", text, known.published_at)


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_by_sigkill(tmp_path: Path, elasticsearch_url: str) -> None:
    seed = uuid.uuid4().int
    print(f"seed {seed}")  # pytest shows it where the test fails
    dice = random.Random(seed)
    alias = f"kills-{uuid.uuid4().hex}"
    cluster = {"elasticsearch_hosts": [elasticsearch_url], "elasticsearch_alias": alias}
    with Replica() as replica:
        killed = Product(tmp_path / "killed", replica)
        crawls, indexings = Killer(killed, dice, "crawl", *SOURCES), Killer(killed, dice, "index")
        number = 0
        while crawls.kills < KILLS["crawl"] or indexings.kills < KILLS["index"]:
            number += 1
            _publish(replica, dice, number)
            if crawls.kills < KILLS["crawl"]:
                crawls.strike()
            else:
                killed.crawl(*SOURCES)
            if indexings.kills < KILLS["index"]:
                indexings.strike()
            assert crawls.misses + indexings.misses < MISSES * (KILLS["crawl"] + KILLS["index"])
        killed.crawl(*SOURCES)
        killed.run("index")
        killed.configure(indexer={"index": "elasticsearch", **cluster})
        writing = Killer(killed, dice, "index")
        while writing.kills < KILLS["index to Elasticsearch"]:
            writing.strike()
            assert writing.misses < MISSES * KILLS["index to Elasticsearch"]
        killed.run("index")

        undisturbed = Product(tmp_path / "undisturbed", replica)
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
