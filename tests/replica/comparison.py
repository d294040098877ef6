"""Compare what a crawl found with the oracle, field by field: for tests, and for people who want to see the misses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.replica.corpus import BEIJING
from tests.replica.publication import Publication


@dataclass(frozen=True)
class Difference:
    """One field of one article that is not as the oracle says; `missing` and `extra` stand for whole articles."""

    canonical_url: str
    field: str
    expected: object
    found: object


def differences(rows: Iterable[Mapping[str, Any]], oracle: Sequence[Publication]) -> Iterator[Difference]:
    """Yield all differences between exported articles (`deltanews archive export`) and the oracle.

    A byline that is a line of its own may be kept or not; seconds do not count, nor the hour where a page prints only
    the day; the level counts as relevant or not.
    """
    expected = {article.canonical_url: article for article in oracle}
    seen: set[str] = set()
    for row in rows:
        url = row["canonical_url"]
        if url in seen or url not in expected:
            yield Difference(url, "extra", None, row["title"])
            continue
        seen.add(url)
        yield from _differing_fields(row, expected[url])
    for url in expected.keys() - seen:
        yield Difference(url, "missing", expected[url].title, None)


def _differing_fields(row: Mapping[str, Any], article: Publication) -> Iterator[Difference]:
    lines = [line for line in row["body"].split("\n") if line != article.byline]
    day_only = article.precision == "day"
    pairs: dict[str, tuple[object, object]] = {
        "title": (article.title, row["title"]),
        "body": ([line for line in article.paragraphs if line != article.byline], lines),
        "published_at": (_moment(article.published_at, day_only), _moment(_parsed(row["published_at"]), day_only)),
        "credit": (article.credit, row["credit"]),
        "reporters": (list(article.reporters), list(row["reporters"] or ())),
        "editors": (list(article.editors), list(row["editors"] or ())),
        "relevant": (article.relevant, row["level"] in {"core", "related"}),
    }
    for field, (wanted, found) in pairs.items():
        if wanted != found:
            yield Difference(article.canonical_url, field, wanted, found)


def _parsed(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _moment(moment: datetime | None, day_only: bool) -> str | None:
    if moment is None:
        return None
    return f"{moment.astimezone(BEIJING):%Y-%m-%d}" if day_only else f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"
