"""The comparison of a crawl's articles with the oracle."""

from typing import Any

import pytest

from tests.replica import Publication, Replica
from tests.replica.comparison import differences


def exported(article: Publication) -> dict[str, Any]:
    return {
        "canonical_url": article.canonical_url,
        "title": article.title,
        "body": "\n".join([*([article.byline] if article.byline else []), *article.paragraphs]),
        "published_at": article.published_at.replace(second=0).isoformat(),
        "credit": article.credit,
        "reporters": article.reporters,
        "editors": article.editors,
        "level": article.level,
    }


def test_what_the_oracle_says_differs_in_nothing() -> None:
    oracle = Replica().articles()
    assert list(differences(map(exported, oracle), oracle)) == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", "别的标题"),
        ("body", "一段。"),
        ("published_at", None),
        ("published_at", "2026-11-01T08:00:00+08:00"),
        ("credit", None),
        ("reporters", ["某人"]),
        ("editors", ["某人"]),
    ],
)
def test_a_wrong_field_is_named(field: str, wrong: object) -> None:
    article = Replica().articles("anhuinews")[0]
    (found,) = differences([exported(article) | {field: wrong}], [article])
    assert (found.canonical_url, found.field) == (article.canonical_url, field)


def test_what_is_missing_or_beyond_the_oracle_is_named() -> None:
    one, other, *_ = Replica().articles("jstv")
    found = {difference.field: difference.canonical_url for difference in differences([exported(one)], [other])}
    assert found == {"extra": one.canonical_url, "missing": other.canonical_url}
    (twice,) = differences([exported(one), exported(one)], [one])
    assert twice.field == "extra"
