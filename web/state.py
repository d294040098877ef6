"""Search state: what a reader asked for, as it stands in the address of the page, so that every page can be sent on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from core.time import parse_end, parse_time
from indexer.search.counts import CountBy
from indexer.search.index import SearchRequest, Sort
from indexer.search.query.parser import parse_query

PAGE = 20
"""Hits of one page."""
FILTERS = (CountBy.PROVINCE, CountBy.CITY, CountBy.TOPIC, CountBy.OUTLET, CountBy.LEVEL)
"""What a list of hits is narrowed by; the day is narrowed by `since` and `until`."""
_MOST_VALUES = 20
"""Values of one filter that an address may hold."""


class Unit(StrEnum):
    """What a hit stands for."""

    EVENT = "event"
    STORY = "story"


@dataclass(frozen=True)
class SearchState:
    """A search as its address says it."""

    text: str = ""
    unit: Unit = Unit.EVENT
    sort: Sort = Sort.NEWEST
    chosen: Mapping[CountBy, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    """As people type times: 7d, 2026-11, 2026-11-24."""
    until: str = ""
    """Its last day, month or year belongs to it."""
    page: int = 1

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "SearchState":
        """Read the parameters of an address; what is unknown or makes no sense counts as not given."""
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            if value.strip():
                values.setdefault(name, []).append(value.strip())
        first = {name: found[0] for name, found in values.items()}
        page = first.get("page", "1")
        return cls(
            text=first.get("q", ""),
            unit=Unit(first["by"]) if first.get("by") in set(Unit) else Unit.EVENT,
            sort=Sort(first["sort"]) if first.get("sort") in set(Sort) else Sort.NEWEST,
            chosen={
                by: tuple(dict.fromkeys(values[by.value]))[:_MOST_VALUES] for by in FILTERS if values.get(by.value)
            },
            since=first.get("since", ""),
            until=first.get("until", ""),
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        )

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters that say this, none of them a default."""
        named = [("q", self.text)]
        if self.unit is not Unit.EVENT:
            named.append(("by", self.unit.value))
        if self.sort is not Sort.NEWEST:
            named.append(("sort", self.sort.value))
        named += [(by.value, value) for by in FILTERS for value in self.chosen.get(by, ())]
        named += [("since", self.since), ("until", self.until)]
        if self.page > 1:
            named.append(("page", str(self.page)))
        return [(name, value) for name, value in named if value]

    def url(self, path: str = "/search") -> str:
        """Return the address of this search; of a feed or an export of it under another path."""
        query = urlencode(self.parameters())
        return f"{path}?{query}" if query else path

    def toggled(self, by: CountBy, value: str) -> "SearchState":
        """Return the search with this value of a filter chosen, or chosen no more; on its first page."""
        values = self.chosen.get(by, ())
        now = tuple(one for one in values if one != value) if value in values else (*values, value)
        return replace(self, chosen={**self.chosen, by: now} if now else self._without(by), page=1)

    def without(self, by: CountBy) -> "SearchState":
        """Return the search with nothing of this filter chosen."""
        return replace(self, chosen=self._without(by), page=1)

    def within(self, since: str, until: str) -> "SearchState":
        """Return the search within other times; empty for no bound."""
        return replace(self, since=since, until=until, page=1)

    @property
    def is_narrowed(self) -> bool:
        """Whether filters or times are chosen."""
        return bool(any(self.chosen.values()) or self.since or self.until)

    def request(self, now: datetime | None = None) -> SearchRequest:
        """Return what the index is asked. Raises QueryError; ValueError where a time is none."""
        chosen = self.chosen
        return SearchRequest(
            query=parse_query(self.text, now),
            sources=chosen.get(CountBy.OUTLET, ()),
            provinces=chosen.get(CountBy.PROVINCE, ()),
            topics=chosen.get(CountBy.TOPIC, ()),
            cities=chosen.get(CountBy.CITY, ()),
            levels=chosen.get(CountBy.LEVEL, ()),
            since=parse_time(self.since, now) if self.since else None,
            until=parse_end(self.until, now) if self.until else None,
            sort=self.sort,
            limit=PAGE,
            offset=PAGE * (self.page - 1),
        )

    def _without(self, by: CountBy) -> dict[CountBy, tuple[str, ...]]:
        return {each: values for each, values in self.chosen.items() if each is not by}
