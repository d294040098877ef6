"""Event view: one event as a person asks for it: its headline, its stories with their copies, who was first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from archive.article import Relevance
from archive.event_tables import event_links, event_stories, events
from archive.schema import articles
from archive.story_tables import stories, story_articles
from archive.where_in import fetch_where_in
from indexer.events.evidence import reasons
from indexer.events.headline import EventHeadline, headline
from indexer.events.persistent.monthly_tables import MonthlyTables
from indexer.events.report import Report, report_of

PLACES = 5
"""Places that are named of an event."""


@dataclass(frozen=True)
class ReportView:
    """A story of the event: its original, its copies, and why it is in the event."""

    report: Report
    original: Any
    """The original's row of the archive's articles."""
    copies: tuple[Any, ...]
    because: tuple[str, ...]


@dataclass(frozen=True)
class EventView:
    """An event with its stories in rank order."""

    asked_for: str
    """The id that was asked for: another than the event's, where that one was merged into this."""
    row: Any
    """Its row of the table `events`."""
    headline: EventHeadline | None
    """None: a tombstone that was merged into nothing."""
    reports: tuple[ReportView, ...]

    @property
    def all_articles(self) -> list[Any]:
        """The articles of all stories, as published; first is who was first."""
        found = [article for report in self.reports for article in (report.original, *report.copies)]
        return sorted(found, key=lambda article: (article.timestamp, article.canonical_url))

    @property
    def places(self) -> tuple[str, ...]:
        """The places that most of the reports name, those of most first."""
        named = Counter(place for report in self.reports for place in sorted(report.report.places))
        enough = [place for place, count in named.most_common() if 2 * count > len(self.reports)]
        return tuple(enough[:PLACES])

    @property
    def provinces(self) -> tuple[str, ...]:
        """The provinces of the outlets that carried it."""
        return tuple(dict.fromkeys(article.province for article in self.all_articles))

    @property
    def sources(self) -> tuple[str, ...]:
        """The outlets that carried it, the first one first."""
        return tuple(dict.fromkeys(article.source for article in self.all_articles))

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of its reports, those of most first."""
        found = Counter(
            topic for report in self.reports for topic in Relevance.model_validate(report.original.relevance).topics
        )
        return tuple(topic for topic, _ in found.most_common())


def find_event(connection: Connection, identifier: str) -> EventView | None:
    """Return the event of that id (its beginning is enough, if no other has it) or with an article of that URL.

    Of an event that was merged into another, the other is returned.
    """
    row = _row(connection, identifier)
    while row is not None and row.merged_into:
        row = connection.execute(select(events).where(events.c.event_id == row.merged_into)).one_or_none()
    if row is None:
        return None
    return (
        EventView(identifier, row, None, ())
        if row.deleted
        else event_views(connection, [row], identifier, explained=True)[0]
    )


def event_views(
    connection: Connection, rows: Sequence[Any], asked_for: str | None = None, *, explained: bool = False
) -> list[EventView]:
    """Return the views of these living rows of `events`, in their order; only if `explained` with why each is there."""
    places = fetch_where_in(
        connection,
        select(event_stories, stories.c.original_id).join(
            stories, stories.c.representative_id == event_stories.c.number
        ),
        event_stories.c.first_story,
        [row.first_story for row in rows],
    )
    homes: defaultdict[int, list[Any]] = defaultdict(list)
    for place in places:
        homes[place.first_story].append(place)
    members = _members(connection, [place.number for place in places])
    links = _links(connection, [place.number for place in places]) if explained else {}
    tables = MonthlyTables()
    views = []
    for row in rows:
        mine = sorted(homes[row.first_story], key=lambda place: (place.timestamp, place.story_id))
        reports: dict[int, Report] = {}
        originals: dict[int, Any] = {}
        for place in mine:
            original = next(one for one in members[place.number] if one.id == place.original_id)
            originals[place.number] = original
            table = tables.of(connection, place.timestamp)
            reports[place.number] = report_of(place.story_id, place.timestamp, original.title, original.body, table)
        views.append(
            EventView(
                asked_for or row.event_id,
                row,
                headline(list(reports.values())),
                tuple(
                    ReportView(
                        report,
                        originals[number],
                        tuple(one for one in members[number] if one.id != originals[number].id),
                        _because(number, reports, links.get(number, {})),
                    )
                    for number, report in reports.items()
                ),
            )
        )
    return views


def _because(number: int, reports: dict[int, Report], links: dict[int, int]) -> tuple[str, ...]:
    """Say why a story is in its event: what it has in common with the story of it that it is most linked to."""
    others = {other: score for other, score in links.items() if other in reports}
    if not others:
        return ()
    nearest = max(others, key=lambda other: (others[other], -other))
    title = reports[nearest].title
    return (f"nearest to “{title}”", *reasons(reports[number], reports[nearest]))


def _members(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Any]]:
    query = select(articles, story_articles.c.representative_id, story_articles.c.timestamp).join(
        story_articles, story_articles.c.article_id == articles.c.id
    )
    members: dict[int, list[Any]] = {}
    rows = fetch_where_in(connection, query, story_articles.c.representative_id, numbers)
    for row in sorted(rows, key=lambda row: (row.timestamp, row.canonical_url)):
        members.setdefault(row.representative_id, []).append(row)
    return members


def _links(connection: Connection, numbers: Sequence[int]) -> dict[int, dict[int, int]]:
    links: dict[int, dict[int, int]] = {}
    for row in fetch_where_in(connection, select(event_links), event_links.c.number, numbers):
        links.setdefault(row.number, {})[row.other] = row.score
    return links


def _row(connection: Connection, identifier: str) -> Any | None:
    if "://" in identifier:
        query = (
            select(events)
            .join(event_stories, event_stories.c.first_story == events.c.first_story)
            .join(story_articles, story_articles.c.representative_id == event_stories.c.number)
            .join(articles, articles.c.id == story_articles.c.article_id)
            .where(events.c.deleted.is_(False))
            .where((articles.c.url == identifier) | (articles.c.canonical_url == identifier))
        )
    else:
        query = select(events).where(events.c.event_id.startswith(identifier, autoescape=True))
    rows = connection.execute(query.limit(2)).all()
    exact = [row for row in rows if row.event_id == identifier]
    return exact[0] if exact else rows[0] if len(rows) == 1 else None
