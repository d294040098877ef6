"""Which articles are looked at again, and what it means that one is not there; pure.

An article is due once in each span that begins 1 h, 6 h, 24 h and 7 d after it was first stored; a span that no crawl
came into is left out. One that was not there is due again after six hours, as is one in whose place another page came,
and one that is withdrawn a day and a week after that.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.article import Article, Level
from archive.revisits import RevisitOutcome, VisitedArticle
from crawler.crawl.soft_blocks import shares_title
from crawler.downloader.failures import MISSING_STATUSES
from crawler.extraction.model import Extraction
from text.ngrams import ngrams, share_within

AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
"""Ages at which an article is looked at again."""
AFTER_WITHDRAWAL = AFTER[2:]

CONFIRM_AFTER = timedelta(hours=6)
"""An article counts as withdrawn that was not there twice, so far apart at least."""

CONFIRM_WITHIN = timedelta(days=7)
"""How long a second look is tried to be had."""

DOUBTED_FOR = timedelta(days=1)
"""How long an article in whose place another page came is looked at sooner than it would be."""

SAME_TEXT = 0.1
"""Share of the shorter text that stands in the other one, from which both are of one article."""

LOOK_BACK = 2 * AFTER[-1] + CONFIRM_WITHIN
"""An article that was neither first seen nor visited within it is not due."""

MOST_MISSING = 5
"""Articles of a source that are not there in one crawl; more are a fault of the source."""

MOST_AN_HOUR = 60
"""Visits to a source's known articles."""

SHARE = 10
"""At most one request in so many of a source is a visit to a known article, over `SHARE_SPAN`."""
SHARE_SPAN = timedelta(days=7)

_RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True)
class Sighting:
    """An article whose first page was not there."""

    article: VisitedArticle
    at: datetime


def due_since(article: VisitedArticle, now: datetime) -> datetime | None:
    """Return since when an article is to be visited; None where it is not."""
    visited_at, missing_since = article.visited_at, article.missing_since
    if article.withdrawn_at is None and missing_since is not None and visited_at is not None:
        second_look = visited_at + CONFIRM_AFTER
        return second_look if second_look <= now <= missing_since + CONFIRM_WITHIN else None
    if article.doubtful_since is not None and visited_at is not None and now <= article.doubtful_since + DOUBTED_FOR:
        second_look = visited_at + CONFIRM_AFTER
        return second_look if second_look <= now else None
    start = article.withdrawn_at or article.first_seen_at
    ages = AFTER_WITHDRAWAL if article.withdrawn_at else AFTER
    begun = [start + age for age in ages if start + age <= now]
    if not begun or now > start + 2 * ages[-1] or (visited_at is not None and visited_at >= begun[-1]):
        return None
    return begun[-1]


def allowance(*, others: int, visits: int, in_hour: int) -> int:
    """Return how many visits a source may have now.

    `others`: its requests for lists and new articles within SHARE_SPAN; `visits`: to known ones in that time;
    `in_hour`: in the last hour.
    """
    return max(0, min(MOST_AN_HOUR - in_hour, others // (SHARE - 1) - visits))


def choose(articles: Iterable[VisitedArticle], now: datetime, most: int) -> list[VisitedArticle]:
    """Return the articles to visit with `most` requests: the strongest level first, then what is due longest."""
    due = [(_RANK[article.level], since, article) for article in articles if (since := due_since(article, now))]
    chosen = []
    for _, _, article in sorted(due, key=lambda one: (one[0], one[1], one[2].id)):
        if article.page_count <= most:
            chosen.append(article)
            most -= article.page_count
    return chosen


def outcome_of(status: int, *, is_same: bool, is_elsewhere: bool) -> RevisitOutcome:
    """Return what an answer says of a page that is known."""
    if status in MISSING_STATUSES:
        return RevisitOutcome.MISSING
    if status == 304:
        return RevisitOutcome.UNCHANGED
    if status != 200 or is_elsewhere:
        return RevisitOutcome.UNKNOWN
    return RevisitOutcome.UNCHANGED if is_same else RevisitOutcome.READ


def doubt_of(stored: Article, read: Extraction) -> str | None:
    """Return why a page may not be that of an article that is known, in words that are the same for the same page.

    A firewall's or a maintenance notice comes with status 200 too. None where the page has the article's headline or
    some of its text.
    """
    texts = sorted((ngrams(stored.body), ngrams(read.body)), key=len)
    if shares_title(stored.title, read.title) or share_within(*texts) >= SAME_TEXT:
        return None
    mark = hashlib.sha256(read.body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    told = f"{read.title[:60]}, {len(read.body)} characters, {mark}"
    return f"another page came, with neither headline nor text of the article: {told}"


def is_fault(missing: Sequence[Sighting]) -> bool:
    """Tell whether so many articles were not there in one crawl that something is wrong with the source."""
    return sum(sighting.article.withdrawn_at is None for sighting in missing) > MOST_MISSING


def newly_withdrawn(missing: Sequence[Sighting], *, answered_at: datetime | None) -> list[Sighting]:
    """Return which of the articles that were not there in one crawl are withdrawn by it.

    `answered_at`: when an article of the source that was visited again last answered. Since an article counts as
    missing from the first time after its own last answer, a later answer is another's.
    """
    if is_fault(missing) or answered_at is None:
        return []
    return [
        sighting
        for sighting in missing
        if sighting.article.withdrawn_at is None
        and (since := sighting.article.missing_since) is not None
        and sighting.at - since >= CONFIRM_AFTER
        and answered_at >= since
    ]
