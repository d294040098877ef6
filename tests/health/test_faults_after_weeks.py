"""What one real crawl of sites that broke brings after four weeks in which all was well: rules that need a past."""

from datetime import datetime, timedelta
from hashlib import sha256

from archive.article import Article, Level, Precision, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.health_tables import list_visits
from archive.held_articles import count_held
from archive.links import LinkStatus
from archive.observations import VisitOutcome
from archive.schema import links
from core.time import in_shanghai
from scheduler.health.round import run_round
from tests.crawl.small_site import Answer
from tests.health.conftest import ONE, OTHER, Watched

HOUR = timedelta(hours=1)
EVERY = 3 * HOUR
WEEKS = 28 * 24 * HOUR
NEW = 26
SAME = (
    "今天天气晴好，气温回升，公园里游人如织，湖边的柳树已经发芽，孩子们在草地上放风筝，老人们在亭子里下棋聊天，一派春日景象。"
    * 3
)


def remember(database: Database, watched: Watched, source: str, *, until: datetime) -> list[str]:
    """Fill the archive with four weeks of a source that was well; return its articles' addresses, newest first."""
    addresses: list[str] = []
    at = until - WEEKS
    with database.write() as connection:
        while at <= until:
            number = 10_000 + len(addresses)
            url = f"{watched.sites[source].url}/a/{number}.html"
            body = "".join(f"长三角一体化第{sha256(f'{number} {part}'.encode()).hexdigest()}号。" for part in range(12))
            fields = {"url": url, "canonical_url": url, "source": source, "section": "news", "province": "安徽"}
            times = {"published_at": at - 20 * timedelta(minutes=1), "published_precision": Precision.MINUTE}
            relevance = Relevance(level=Level.CORE, score=50)
            said = {"title": f"第{number}条", "body": body, "credit": "本地台", "relevance": relevance}
            save_article(connection, Article.model_validate(fields | times | said | {"fetched_at": at}), page_id=None)
            link = {"source": source, "section": "news", "url": url, "canonical_url": url, "title": "", "found_at": at}
            connection.execute(links.insert().values(link | {"status": LinkStatus.FETCHED}))
            visit = {"source": source, "section": "news", "key": url, "outcome": VisitOutcome.READ, "status": 200}
            connection.execute(
                list_visits.insert().values(visit | {"key": "list", "visited_at": at, "items": 6, "head": url})
            )
            addresses.insert(0, url)
            at += EVERY
    return addresses


def listed(addresses: list[str]) -> Answer:
    items = "".join(f'<li><a href="{url}">长三角一体化新闻{url[-12:]}</a></li>' for url in addresses)
    return Answer(f"<html><body><ul>{items}</ul></body></html>".encode())


def test_what_one_crawl_brings_from_sites_that_broke(watched: Watched) -> None:
    """One site has many pages of one short text off topic, no credit, eight hours off, and some refused; one stands."""
    now = watched.time.now
    site = watched.sites[ONE]
    database = Database.open(watched.product.archive)
    try:
        remember(database, watched, ONE, until=now - HOUR)
        old = remember(database, watched, OTHER, until=now - 50 * HOUR)
    finally:
        database.close()
    watched.sites[OTHER].pages["/list"] = listed(old[:6])
    new = [f"{site.url}/a/{number}.html" for number in range(NEW)]
    refused = [f"{site.url}/a/{number}.html" for number in range(NEW, NEW + 3)]
    site.pages["/list"] = listed([*new, *refused])
    for url in refused:
        site.put(url.removeprefix(site.url), "", status=403)
    for number, url in enumerate(new):
        at = in_shanghai(now - 8 * HOUR - timedelta(minutes=number))
        page = f"<h1>春日里的第{number}个好天气</h1><div class='info'>{at:%Y-%m-%d %H:%M}</div><div>{SAME}</div>"
        site.put(url.removeprefix(site.url), f"<html><head><title>好天气</title></head><body>{page}</body></html>")
    assert {each.source for each in watched.judge().findings} == {OTHER, ""}, "so far it only has not been crawled"
    watched.product.crawl(expect=(0, 1))
    found = {(each.source, each.rule): str(each.level) for each in watched.judge().findings}
    assert found == {
        (ONE, "H8"): "broken",
        (ONE, "H9"): "broken",
        (ONE, "H10"): "broken",
        (ONE, "H11"): "broken",
        (ONE, "H12"): "broken",
        (ONE, "H13"): "watch",
        (ONE, "H17"): "watch",
        (OTHER, "H3"): "broken",
        (OTHER, "H4"): "broken",
        ("", "H18"): "broken",
    }
    run_round(watched.product.archive)
    database = Database.open(watched.product.archive)
    with database.read() as connection:
        assert count_held(connection) == {(ONE, "H12"): NEW}, "the flood waits"
    database.close()
