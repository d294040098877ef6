"""Whatever a site answers, each link has a state, each page a verdict or a next try, and the sums are right.

The site answers by chance, otherwise at each crawl; what is chance here is chance by a seed that a failure shows.
"""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.crawl.small_site import SmallSite, article, product_of
from tests.drills.workers import adds_up, status_adds_up
from tests.product import Product

LINKS = 30
CRAWLS = 3
SCRIPT = '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"长三角\\ud83d"}</script>'
SENTENCE = "长三角一体化示范区第{}项新规今天发布，沪苏浙三地统一标准，推动要素自由流动，惠及区内企业和居民。"


def _answer(site: SmallSite, path: str, dice: random.Random) -> None:
    """Put one of the answers that sites give at a path."""
    number = dice.randrange(10**6)
    whole = article(f"长三角第{number}项新规发布", body=f"<p>{SENTENCE.format(number)}</p>" * 3)
    kinds = (
        lambda: site.put(path, whole),
        lambda: site.put(
            path, article(f"本市第{number}号通知", body=f"<p>{number}号路今天起封闭施工，请绕行。</p>" * 9)
        ),
        lambda: site.put(path, whole.replace("<head>", f"<head>{SCRIPT}")),
        lambda: site.put(path, "<html><body>请输入验证码</body></html>"),
        lambda: site.put(path, b""),
        lambda: site.put(path, bytes(dice.randrange(256) for _ in range(2000))),
        lambda: site.put(path, b"\x1f\x8b\x08broken", Content_Encoding="gzip"),
        lambda: site.put(path, whole, Content_Type="image/png"),
        lambda: site.put(path, "not there", status=404),
        lambda: site.put(path, "gone", status=410),
        lambda: site.put(path, "no", status=403),
        lambda: site.put(path, "wait", status=500),
        lambda: site.put(path, "", status=302, Location="http://192.0.2.1/elsewhere"),
        lambda: site.put(path, "", status=302, Location="/a/1.html"),
        lambda: site.put(path, "", status=302, Location="\\\\["),
        lambda: site.put(path, "", status=204),
    )
    dice.choice(kinds)()


def test_after_any_crawl_every_link_and_page_is_accounted_for(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")  # pytest shows it where the test fails
    dice = random.Random(seed)
    with SmallSite() as site:
        site.put("/robots.txt", "User-agent: *\nDisallow: /a/7.html\n")
        site.put("/a/1.html", article("长三角一体化示范区发布新规"))
        product = product_of(tmp_path, site)
        product.configure(crawler={"retries": 0, "backoff": 0.01})
        product.run("index")  # creates the archive
        refused = f"{site.url}/a/2.html"
        with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
            archive.execute(
                f"CREATE TRIGGER refuse BEFORE INSERT ON articles WHEN NEW.url = '{refused}' "
                "BEGIN SELECT RAISE(ABORT, 'this one cannot be saved'); END"
            )
        site.put("/a/2.html", article("长三角一体化示范区发布新规"))
        for crawl in range(1, CRAWLS + 1):
            listed = range(1, crawl * LINKS + 1)
            for number in listed[2:]:
                _answer(site, f"/a/{number}.html", dice)
            site.put("/list", "".join(f'<li><a href="/a/{each}.html">长三角一体化{each}</a></li>' for each in listed))
            figures = product.crawl(expect=(0, 1))["local"]
            adds_up(figures)
            _accounted_for(product, {f"{site.url}/a/{number}.html" for number in listed})
        (waiting,) = [row for row in product.rows("status") if row.get("what") == "page waiting"]
        assert (waiting["where"], waiting["next"] is not None) == (refused, True)
        with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
            archive.execute("DROP TRIGGER refuse")
        assert [(row["url"], row["state"]) for row in product.rows("pages", "retry")] == [(refused, "article")]
        assert status_adds_up(product)["pages: waiting"] == 0


def _accounted_for(product: Product, listed: set[str]) -> None:
    """Every link that was listed has its state with a reason, every page its verdict or next try, every article one."""
    with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
        links = archive.execute("SELECT url, status, error, next_try_at FROM links").fetchall()
        pages = archive.execute("SELECT id, verdict, reason, extracted_at, next_try_at FROM pages").fetchall()
        read = {page for (page,) in archive.execute("SELECT page_id FROM revisions")}
    assert listed <= {url for url, *_ in links}
    for url, status, error, next_try_at in links:
        assert status in {"fetched", "failed", "gone", "refused", "pending"}, url
        assert bool(error) == (status in {"failed", "gone", "refused"}), (url, status, error)
        assert bool(next_try_at) == (status == "failed"), (url, status, error)
    for page, verdict, reason, extracted_at, next_try_at in pages:
        assert bool(extracted_at) == bool(verdict), page
        assert extracted_at or (reason and next_try_at), f"page {page} waits without a reason or a next try"
        assert verdict == "article" or reason, f"page {page} is {verdict} without a reason"
    articles = {page for page, verdict, *_ in pages if verdict == "article"}
    assert read <= articles
    totals = status_adds_up(product)
    assert totals["pages"] == len(pages)
    assert totals["links"] == len(links)
    assert Counter(status for _, status, *_ in links) == {
        name.removeprefix("links: "): count for name, count in totals.items() if name.startswith("links: ") and count
    }
