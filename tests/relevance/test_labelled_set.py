"""The rules find what the labels say, on the part they were made with and on the part that was held out."""

import pytest

from crawler.relevance import Gazetteer
from tests.relevance.labelled import PARTS, labelled, score


@pytest.mark.parametrize("part", PARTS)
def test_articles_about_the_delta_are_found_and_others_are_not(part: str, gazetteer: Gazetteer) -> None:
    found = score(labelled(part), gazetteer)
    assert found.precision >= 0.97, found.wrong
    assert found.f1 >= 0.95, found.wrong


def test_the_set_is_large_and_half_of_it_is_hard_to_refuse() -> None:
    items = [item for part in PARTS for item in labelled(part)]
    assert len(items) >= 300
    assert sum(not item.relevant for item in items) >= len(items) / 2
    assert all(item.reason and item.body for item in items)


def test_no_article_is_in_both_parts() -> None:
    titles = [item.title for part in PARTS for item in labelled(part)]
    assert len(set(titles)) == len(titles)
