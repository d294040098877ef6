"""The whole replica, crawled once: every article within its lists' reach, once, and no other; its text and credit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.product import Product
from tests.replica import Publication, Replica

BYLINE = 40
"""Characters that a line of names may add to a text; whether it belongs to the body is a matter of taste."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Replica, dict[str, Any], list[dict[str, Any]]]]:
    with Replica() as replica:
        product = Product(tmp_path_factory.mktemp("product"), replica, crawler={"party_media": True, "workers": 2})
        yield replica, product.crawl(), product.articles()


def _pairs(
    crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]],
) -> list[tuple[Publication, dict[str, Any]]]:
    replica, figures, articles = crawled
    by_address = {article["canonical_url"]: article for article in articles}
    return [(wanted, by_address[wanted.canonical_url]) for wanted in replica.articles() if wanted.source in figures]


def test_every_article_is_found_once_and_no_other(
    crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]],
) -> None:
    replica, figures, articles = crawled
    wanted = sorted(article.canonical_url for article in replica.articles() if article.source in figures)
    assert sorted(article["canonical_url"] for article in articles) == wanted
    for source, of_source in figures.items():
        assert of_source["failure"] is None, source
        assert of_source["articles"] == of_source["pages"] == len(replica.articles(source)), source


def test_titles_are_those_of_the_pages(crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]]) -> None:
    assert [got["title"] for _, got in _pairs(crawled)] == [wanted.title for wanted, _ in _pairs(crawled)]


def test_texts_are_whole_and_nothing_else(crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]]) -> None:
    for wanted, got in _pairs(crawled):
        missing = [paragraph for paragraph in wanted.paragraphs if paragraph not in got["body"]]
        assert not missing, (wanted.url, missing)
        assert len(got["body"]) <= len(wanted.body) + BYLINE, (wanted.url, got["body"])


def test_times_are_right_or_missing_but_never_wrong(
    crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]],
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
    crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]],
) -> None:
    wrong = [
        (wanted.url, wanted.credit, got["credit"])
        for wanted, got in _pairs(crawled)
        if got["credit"] not in {wanted.credit, None}
    ]
    assert wrong == []


def test_relevance_agrees_with_those_who_wrote_the_articles(
    crawled: tuple[Replica, dict[str, Any], list[dict[str, Any]]],
) -> None:
    pairs = _pairs(crawled)
    found = {wanted.url for wanted, got in pairs if got["level"] in {"core", "related"}}
    relevant = {wanted.url for wanted, _ in pairs if wanted.relevant}
    precision, recall = len(found & relevant) / len(found), len(found & relevant) / len(relevant)
    assert precision >= 0.97
    assert 2 * precision * recall / (precision + recall) >= 0.95
