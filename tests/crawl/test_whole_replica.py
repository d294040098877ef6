"""The whole replica, crawled: every article within its lists' reach, once, and no other; its text and credit.

Among them the sources that are off whatever the settings say. A second crawl asks for lists and for nothing else.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.product import Product
from tests.replica import Publication, Replica

OFF = ("sz2500", "xinhua_csj")
"""Sources that no setting switches on; cztv's pages need a browser."""

BYLINE = 40
"""Characters that a line of names may add to a text; whether it belongs to the body is a matter of taste."""


Crawled = tuple[Replica, dict[str, Any], list[dict[str, Any]]]
"""The replica, each source's figures, and the articles."""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, Replica]]:
    with Replica() as replica:
        yield Product(tmp_path_factory.mktemp("product"), replica, crawler={"party_media": True, "workers": 2}), replica


@pytest.fixture(scope="module")
def crawled(product: tuple[Product, Replica]) -> Crawled:
    installed, replica = product
    figures = installed.crawl() | installed.crawl(*OFF)
    return replica, figures, installed.articles()


def _pairs(
    crawled: Crawled,
) -> list[tuple[Publication, dict[str, Any]]]:
    replica, figures, articles = crawled
    by_address = {article["canonical_url"]: article for article in articles}
    return [(wanted, by_address[wanted.canonical_url]) for wanted in replica.articles() if wanted.source in figures]


def test_every_article_is_found_once_and_no_other(
    crawled: Crawled,
) -> None:
    replica, figures, articles = crawled
    wanted = sorted(article.canonical_url for article in replica.articles() if article.source in figures)
    assert sorted(article["canonical_url"] for article in articles) == wanted
    assert {source: of["failure"] for source, of in figures.items() if of["failure"]} == {}
    for source, of_source in figures.items():
        assert of_source["articles"] == of_source["pages"] == len(replica.articles(source)), source


def test_titles_are_those_of_the_pages(crawled: Crawled) -> None:
    assert [got["title"] for _, got in _pairs(crawled)] == [wanted.title for wanted, _ in _pairs(crawled)]


def test_texts_are_whole_and_nothing_else(crawled: Crawled) -> None:
    for wanted, got in _pairs(crawled):
        missing = [paragraph for paragraph in wanted.paragraphs if paragraph not in got["body"]]
        assert not missing, (wanted.url, missing)
        assert len(got["body"]) <= len(wanted.body) + BYLINE, (wanted.url, got["body"])


def test_times_are_right_or_missing_but_never_wrong(
    crawled: Crawled,
) -> None:
    for wanted, got in _pairs(crawled):
        if got["published_precision"] == "none":
            assert got["published_at"] is None
        else:
            published = datetime.fromisoformat(got["published_at"])
            off = abs((published - wanted.published_at).total_seconds())
            day = published.date() == wanted.published_at.date()
            assert off < 60 if got["published_precision"] == "minute" else day, (wanted.url, got["published_at"])


def test_credits_are_right_or_missing_but_never_wrong(
    crawled: Crawled,
) -> None:
    wrong = [
        (wanted.url, wanted.credit, got["credit"])
        for wanted, got in _pairs(crawled)
        if got["credit"] not in {wanted.credit, None}
    ]
    assert wrong == []


def test_relevance_agrees_with_those_who_wrote_the_articles(
    crawled: Crawled,
) -> None:
    pairs = _pairs(crawled)
    found = {wanted.url for wanted, got in pairs if got["level"] in {"core", "related"}}
    relevant = {wanted.url for wanted, _ in pairs if wanted.relevant}
    precision, recall = len(found & relevant) / len(found), len(found & relevant) / len(relevant)
    assert precision >= 0.97
    assert 2 * precision * recall / (precision + recall) >= 0.95


def test_a_second_crawl_asks_for_each_list_once_and_for_no_article(
    crawled: Crawled, product: tuple[Product, Replica]
) -> None:
    installed, replica = product
    known = len(replica.log)
    figures = installed.crawl() | installed.crawl(*OFF)
    assert {source: of["failure"] for source, of in figures.items() if of["failure"]} == {}
    assert {of["pages"] for of in figures.values()} == {0}
    asked = [record.url for record in replica.log[known:] if not record.is_robots and record.method == "GET"]
    assert not {article.url for article in crawled[0].articles()} & {*asked}
    assert len(asked) == len({*asked})
