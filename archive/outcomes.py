"""Outcomes: what became of every address that a list gave, read from the rows that each stage leaves behind."""

from collections import Counter, defaultdict
from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, and_, cast, func, or_, select

from archive.links import LinkStatus
from archive.pages import PageState
from archive.schema import articles, links, lists, pages, parts
from archive.story_tables import clustering, dead_letters, outbox, searchable_articles, stories, story_articles


class Outcome(StrEnum):
    """How far an address came; each address has one."""

    PENDING = "pending"
    """Found, and not fetched yet."""
    FAILED = "failed"
    """It could not be fetched, and is tried again."""
    GONE = "gone"
    """It could not be fetched, and is not tried again."""
    REFUSED = "refused"
    """It may not be fetched."""
    UNREAD = "unread"
    """Its page is stored and waits to be read."""
    UNREADABLE = "unreadable"
    """Its page could not be read, each of several times, or its record is damaged."""
    REJECTED = "rejected"
    """Its page is no article."""
    ELSEWHERE = "elsewhere"
    """It was fetched and led to another address, which a version of long ago did not note."""
    PART = "part"
    """It is a further page of an article."""
    OFF_TOPIC = "off topic"
    """It is an article of a level that makes no story."""
    HELD = "held back"
    """It is an article that source health keeps from the stories for now."""
    UNGROUPED = "ungrouped"
    """It is an article that waits to be grouped into a story."""
    QUEUED = "queued"
    """Its story waits to be written to the search index."""
    DEAD_LETTER = "dead letter"
    """The search index refuses its story."""
    SEARCHABLE = "searchable"
    """The search index has acknowledged its story."""


_ADDRESS = func.coalesce(links.c.leads_to, links.c.canonical_url)
_ARTICLE_ADDRESS = func.coalesce(parts.c.article_url, _ADDRESS)


def outcome_row(connection: Connection, canonical_url: str, *, index: str) -> Row[Any] | None:
    """Return all that is known of an address that was found or led to; None where no list ever gave it."""
    where = or_(links.c.canonical_url == canonical_url, links.c.leads_to == canonical_url)
    return connection.execute(_rows(index).where(where).order_by(links.c.id)).first()


def outcome_of(row: Row[Any], *, levels: Collection[str]) -> Outcome:
    """Return the outcome of an address; `levels` are those whose articles make stories."""
    if row.article_url is not None:
        return Outcome.PART
    if row.article_id is not None:
        return _of_article(row, levels)
    if row.page_id is None or row.verdict == PageState.DAMAGED:
        return Outcome.ELSEWHERE if row.status == LinkStatus.FETCHED else Outcome(row.status)
    if row.extracted_at is None:
        return Outcome.UNREAD
    if row.status in {LinkStatus.FAILED, LinkStatus.GONE}:  # what came was not its article's page
        return Outcome(row.status)
    return Outcome.UNREADABLE if row.verdict == PageState.FAILED else Outcome.REJECTED


def count_outcomes(connection: Connection, *, index: str, levels: Collection[str]) -> dict[str, Counter[Outcome]]:
    """Return how many addresses of each source came to each outcome; together they are all that lists gave."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for row in connection.execution_options(yield_per=1000).execute(_rows(index)):
        counts[row.source][outcome_of(row, levels=levels)] += 1
    return dict(counts)


def count_refused_links(connection: Connection) -> dict[str, Counter[str]]:
    """Return how many links each source's lists hold, as last read, that were not taken, by the reason."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(select(lists.c.source, lists.c.refused).where(lists.c.refused.is_not(None))):
        counts[row.source].update(row.refused)
    return dict(counts)


def _of_article(row: Row[Any], levels: Collection[str]) -> Outcome:
    if row.level not in levels:
        return Outcome.OFF_TOPIC
    if row.held_by is not None:
        return Outcome.HELD
    if row.story_id is None or row.changed_seq > row.cursor:
        return Outcome.UNGROUPED
    if row.queued_revision is not None:
        return Outcome.QUEUED
    return Outcome.SEARCHABLE if row.refused_revision is None else Outcome.DEAD_LETTER


def _rows(index: str) -> Select[Any]:
    """Return the query for one row an address: its link, newest page, article, story and place in the outbox."""
    other = pages.alias("other")
    newest = select(func.max(other.c.id)).where(other.c.canonical_url == _ADDRESS).correlate(links).scalar_subquery()
    cursor = select(clustering.c.value).where(clustering.c.name == "cursor").scalar_subquery()
    in_outbox = and_(outbox.c.story_id == stories.c.story_id, outbox.c.index_name == index)
    as_letter = and_(dead_letters.c.story_id == stories.c.story_id, dead_letters.c.index_name == index)
    return (
        select(
            links.c.source, links.c.section, links.c.url, links.c.canonical_url, links.c.leads_to, links.c.title,
            links.c.listed_at, links.c.found_at, links.c.status, links.c.tries, links.c.next_try_at, links.c.error,
            pages.c.id.label("page_id"), pages.c.fetched_at, pages.c.extracted_at, pages.c.verdict, pages.c.reason,
            pages.c.tries.label("readings"), pages.c.next_try_at.label("next_reading_at"), parts.c.article_url,
            articles.c.id.label("article_id"), articles.c.title.label("headline"), articles.c.level,
            articles.c.changed_seq, articles.c.revision.label("text_revision"), articles.c.changed_at,
            articles.c.withdrawn_at, articles.c.held_by,
            func.coalesce(cast(cursor, Integer), 0).label("cursor"),
            stories.c.story_id, stories.c.revision.label("story_revision"), stories.c.original_id,
            outbox.c.revision.label("queued_revision"), outbox.c.queued_at,
            searchable_articles.c.searchable_at,
            dead_letters.c.revision.label("refused_revision"), dead_letters.c.reason.label("refused_because"),
        )
        .select_from(links)
        .outerjoin(pages, pages.c.id == newest)
        .outerjoin(parts, parts.c.canonical_url == _ADDRESS)
        .outerjoin(articles, articles.c.canonical_url == _ARTICLE_ADDRESS)
        .outerjoin(story_articles, story_articles.c.article_id == articles.c.id)
        .outerjoin(
            stories,
            and_(stories.c.representative_id == story_articles.c.representative_id, stories.c.deleted.is_(False)),
        )
        .outerjoin(searchable_articles, searchable_articles.c.article_id == articles.c.id)
        .outerjoin(outbox, in_outbox)
        .outerjoin(dead_letters, as_letter)
    )  # fmt: skip
