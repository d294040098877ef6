"""Stories of the archive as reports, read where they are compared; those compared last stay, since siblings follow."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from archive.schema import articles
from archive.story_tables import stories, story_articles
from archive.where_in import fetch_where_in
from indexer.events.persistent.monthly_tables import MonthlyTables
from indexer.events.report import Report, report_of

CACHED = 1000
"""Reports that stay; of two thousand characters each takes 60 kB."""

_ORIGINAL = story_articles.alias("original")
_STORY = (
    select(
        stories.c.story_id,
        stories.c.representative_id.label("number"),
        story_articles.c.timestamp,
        _ORIGINAL.c.timestamp.label("told_at"),
        articles.c.title,
        articles.c.body,
    )
    .join(story_articles, story_articles.c.article_id == stories.c.representative_id)
    .join(_ORIGINAL, _ORIGINAL.c.article_id == stories.c.original_id)
    .join(articles, articles.c.id == stories.c.original_id)
    .where(stories.c.deleted.is_(False))
)
"""A living story: told by its original, first told by its representative, whose number it has."""


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A living story with its number."""

    number: int
    told_at: int
    """When its original was published, in seconds since 1970."""
    report: Report


def told_at(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    """Return when the originals of these stories, by their numbers, were published, in seconds since 1970."""
    query = (
        select(stories.c.representative_id, _ORIGINAL.c.timestamp)
        .join(_ORIGINAL, _ORIGINAL.c.article_id == stories.c.original_id)
        .where(stories.c.deleted.is_(False))
    )
    rows = fetch_where_in(connection, query, stories.c.representative_id, numbers)
    return {row.representative_id: row.timestamp for row in rows}


class StoryReports:
    """Reports by the number of their story; they outlive a batch."""

    def __init__(self) -> None:
        self._reports: OrderedDict[int, Report] = OrderedDict()
        self._tables = MonthlyTables()

    def by_id(self, connection: Connection, ids: Iterable[str]) -> list[StoredStory]:
        """Return the living stories of these ids, read anew."""
        found = [
            StoredStory(row.number, row.told_at, self._report(connection, row))
            for row in fetch_where_in(connection, _STORY, stories.c.story_id, ids)
        ]
        for story in found:
            self._put(story.number, story.report)
        return found

    def by_number(self, connection: Connection, numbers: Collection[int]) -> dict[int, Report]:
        """Return the reports of these stories."""
        missing = [number for number in numbers if number not in self._reports]
        found = {number: self._reports[number] for number in numbers if number in self._reports}
        for row in fetch_where_in(connection, _STORY, stories.c.representative_id, missing):
            found[row.number] = self._report(connection, row)
            self._put(row.number, found[row.number])
        return found

    def _put(self, number: int, report: Report) -> None:
        self._reports[number] = report
        self._reports.move_to_end(number)
        while len(self._reports) > CACHED:
            self._reports.popitem(last=False)

    def _report(self, connection: Connection, row: Any) -> Report:
        table = self._tables.of(connection, row.timestamp)
        return report_of(row.story_id, row.timestamp, row.title, row.body, table)
