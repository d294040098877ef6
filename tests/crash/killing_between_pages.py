"""Crawls of articles over several pages killed by SIGKILL at random points between and after the pages' requests.

No half article is ever shown, and what is left in the end is what an undisturbed crawl gives. A few kills are a test
(`test_kills_between_pages.py`), many are a drill (`tests/drills/test_kills_between_pages.py`).
"""

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.crash.stored import articles_of
from tests.deadline import wait_until
from tests.product import Product
from tests.replica import SOURCES, Pager, Paging, Replica

SECTIONS = {"cnr_anhui": "home", "zhuanfa": "home"}
"""Sources whose one list names everything, with its section."""
BEGIN = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTER_AN_ANSWER = 1.5
"""Seconds after an answer within which a crawl is killed: it stores, reads and joins meanwhile."""


def _publish(replica: Replica, dice: random.Random, number: int) -> None:
    """Let an article of a few pages appear."""
    source = dice.choice([*SECTIONS])
    text = tuple(
        f"长三角一体化示范区第{number}号方案第{part}条说，沪苏浙三地{number * 37 + part}项事项跨省通办，居民少跑路。"
        for part in range(1, 9)
    )
    pager = dice.choice([Pager.NUMBERS, Pager.NEXT])
    sizes = dice.choice([(2, 6), (3, 3, 2), (2, 2, 2, 2)])
    at = BEGIN + timedelta(hours=number)
    replica.publish(source, SECTIONS[source], f"示范区发布第{number}号方案", text, at, paging=Paging(sizes, pager))


def _kill(product: Product, replica: Replica, dice: random.Random) -> bool:
    """Crawl, and kill it after a random answer; tell whether it was still at work."""
    answers = len(replica.log) + dice.randint(3, 9)
    process = product.start("crawl", *SECTIONS)
    wait_until(lambda: len(replica.log) >= answers or process.poll() is not None, "the crawl asks for pages")
    time.sleep(dice.uniform(0, AFTER_AN_ANSWER))
    was_at_work = process.poll() is None
    process.kill()
    process.communicate()
    return was_at_work


def kill_and_compare(folder: Path, dice: random.Random, tally: Counter[str], *, kills: int) -> None:
    """Kill so many crawls between the pages of articles, then compare with an undisturbed crawl."""
    own = {"source_folders": [str(SOURCES)], "retries": 0}
    with Replica() as replica:
        for source in SECTIONS:
            for article in replica.articles(source)[3:]:
                replica.remove(article)
        killed = Product(folder / "killed", replica, crawler=own)
        done = number = 0
        while done < kills:
            number += 1
            _publish(replica, dice, number)
            done += _kill(killed, replica, dice)
            whole = {article.canonical_url: article.body for article in replica.articles() if article.paging}
            halves = [
                url for url, article in articles_of(killed).items() if url in whole and article["body"] != whole[url]
            ]
            assert halves == [], "no half article is shown"
        killed.crawl(*SECTIONS)
        undisturbed = Product(folder / "undisturbed", replica, crawler=own)
        undisturbed.crawl(*SECTIONS)
        pages = {article.canonical_url for article in replica.articles() if article.paging}
        tally.update({"crawls killed": done, "articles over several pages": len(pages)})

    assert articles_of(killed) == articles_of(undisturbed)
    assert pages <= set(articles_of(killed))
    assert [row for row in killed.rows("reextract", "--dry-run") if row["problem"] or row["changes"]] == []
