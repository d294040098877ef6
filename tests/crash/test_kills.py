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
from tests.product import Product, Value
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews", "zjol")
KILLS_OF_CRAWLS = 26
KILLS_OF_INDEXING = 14
KILLS_OF_INDEXING_TO_ELASTICSEARCH = 10
START_SECONDS = 0.5
"""What a process needs to come to its work; an earlier kill strikes nothing but imports."""


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


def _kill(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill a process after a while; tell whether it was still at work."""
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    return False


def _strike(product: Product, words: tuple[str, ...], dice: random.Random, longest: float) -> bool:
    return _kill(product.start(*words), dice.uniform(START_SECONDS, longest))


@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_by_sigkill(tmp_path: Path, elasticsearch_url: str) -> None:
    seed = uuid.uuid4().int
    print(f"seed {seed}")
    dice = random.Random(seed)
    alias = f"kills-{uuid.uuid4().hex}"
    cluster: dict[str, Value] = {"elasticsearch_hosts": [elasticsearch_url], "elasticsearch_alias": alias}
    struck = 0
    with Replica() as replica:
        killed = Product(tmp_path / "killed", replica)
        began = time.monotonic()
        for number in range(KILLS_OF_CRAWLS):
            _publish(replica, dice, number)
            struck += _strike(killed, ("crawl", *SOURCES), dice, 2.5)
            if number % 2:
                struck += _strike(killed, ("index",), dice, 1.5)
        killed.crawl(*SOURCES)
        for _ in range(KILLS_OF_INDEXING - KILLS_OF_CRAWLS // 2):
            struck += _strike(killed, ("index",), dice, 1.5)
        killed.run("index")
        killed.configure(indexer={"index": "elasticsearch", **cluster})
        for _ in range(KILLS_OF_INDEXING_TO_ELASTICSEARCH):
            struck += _strike(killed, ("index",), dice, 2.0)
        killed.run("index")
        print(f"{struck} processes killed at work in {time.monotonic() - began:.0f} s")

        undisturbed = Product(tmp_path / "undisturbed", replica)
        undisturbed.crawl(*SOURCES)
        undisturbed.run("index")

    assert struck >= 25
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
