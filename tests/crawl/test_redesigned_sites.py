"""Sites after a redesign: six ways, and in each the articles that came since are found without a hand, no other.

All change at once, each its sources, and two crawls follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update

from archive.database import Database
from archive.links import LinkStatus
from archive.schema import links, lists, row_dict
from crawler.downloader.domains import registered_domain, registered_domains
from crawler.sources.loader import load_sources
from tests.product import Product
from tests.replica import Publication, Redesign, Replica
from tests.replica.redesign import address_after

SITES = {
    Redesign.ADDRESSES: {"cnr_anhui": "home", "chinanews": "scroll", "hangzhou": "chengshi"},
    Redesign.MARKUP: {"anhuinews": "szxw", "zjol": "zjxw"},
    Redesign.KEYS: {"cctv": "china", "thepaper": "shishi", "yicai": "latest"},
    Redesign.PAGING: {"jstv": "jiangsu", "ahtv": "pk"},
    Redesign.HTTPS: {"people_js": "yaowen", "ahwang": "anhui"},
    Redesign.HOST: {"kankanews": "k24", "xhby": "xjiangsu"},
}
"""Which sources change in which way, and the section of each in which something new appears."""
TEXT = "沪苏浙皖四地{}日联合发布长三角一体化第{}号工作要点，明确生态环境共保联治、交通互联互通和公共服务便利共享。"
PAGING = 8
"""New articles where the pages are what changed: more than the first page holds."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Crawled:
    """What came of it."""

    replica: Replica
    new: dict[str, list[Publication]]
    """What was published after the change, by its source."""
    found: list[Row]
    """The links that came after the change."""
    asked: int
    """How many requests came before."""
    status: list[Row]
    sources: list[Row]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    sources = load_sources(party_media=True)
    names = [name for of_kind in SITES.values() for name in of_kind]
    with Replica() as replica:
        product = Product(tmp_path_factory.mktemp("product"), replica, crawler={"party_media": True})
        product.crawl(*names, "--limit", "1")
        before = {link["canonical_url"] for link in _links(product)}
        _forget_the_rest(product)
        new = {
            name: [
                _publish(replica, name, section, number) for number in range(PAGING if kind is Redesign.PAGING else 2)
            ]
            for kind, of_kind in SITES.items()
            for name, section in of_kind.items()
        }
        for kind, of_kind in SITES.items():
            replica.redesign(kind, *(sources[name] for name in of_kind))
        asked = len(replica.log)
        for _ in range(2):
            product.crawl(*names, expect=(0, 1))
        found = [link for link in _links(product) if link["canonical_url"] not in before]
        yield Crawled(replica, new, found, asked, product.rows("status"), product.rows("sources", "list"))


def _publish(replica: Replica, source: str, section: str, number: int) -> Publication:
    title = f"长三角一体化第{100 + number}号工作要点发布 {source}版"
    return replica.publish(source, section, title, [TEXT.format(n + 1, number) for n in range(4)])


def _forget_the_rest(product: Product) -> None:
    """Let the archive have all that the lists have named, so that what follows is quick."""
    database = Database.open(product.archive)
    with database.write() as connection:
        connection.execute(update(links).values(status=LinkStatus.FETCHED))
        connection.execute(update(lists).values(pending=False))
    database.close()


def _links(product: Product) -> list[Row]:
    database = Database.open(product.archive)
    try:
        with database.read() as connection:
            return [row_dict(row) for row in connection.execute(select(links))]
    finally:
        database.close()


@pytest.mark.parametrize("kind", Redesign)
def test_what_is_new_is_found_after_a_redesign(kind: Redesign, crawled: Crawled) -> None:
    sources = load_sources(party_media=True)
    found = {link["canonical_url"] for link in crawled.found}
    wanted = {
        sources[name].canonical_url(address_after(kind, article))
        for name in SITES[kind]
        for article in crawled.new[name]
    }
    assert len(found & wanted) >= 0.95 * len(wanted), wanted - found


@pytest.mark.parametrize("kind", Redesign)
def test_nothing_else_is_taken_for_an_article(kind: Redesign, crawled: Crawled) -> None:
    sources = load_sources(party_media=True)
    for name in SITES[kind]:
        articles = {
            sources[name].canonical_url(address)
            for article in crawled.replica.articles(name)
            for address in (article.url, address_after(kind, article))
        }
        found = {link["canonical_url"] for link in crawled.found if link["source"] == name}
        assert found <= articles


def test_no_other_site_is_asked(crawled: Crawled) -> None:
    sources = load_sources(party_media=True)
    own = {
        domain for of_kind in SITES.values() for name in of_kind for domain in registered_domains(sources[name].hosts)
    }
    assert {registered_domain(record.host) for record in crawled.replica.log[crawled.asked :]} <= own
