"""Report: what events need to know of a story's text, computed once."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.time import in_shanghai
from indexer.events.dates import days_in
from indexer.events.places import places_in
from indexer.events.rarity import RarityTable, shipped_table
from indexer.events.tokens import DistinctRuns, TokenRuns, distinct, runs_of, tokens_of
from indexer.stories.normalization import readable
from indexer.stories.numerals import FIGURE, value

LEAD = 120
"""Characters of the body that, with the title, say what a report is about."""

LONGEST = 4000
"""Characters that are read: what a longer text tells after them is seldom the news of it."""

_BYLINE = re.compile(
    r"[(（【][^()（）【】\n]{0,16}(?:记者|通讯员)[^()（）【】\n]{0,30}[)）】]"
    r"|^[^\n。，,]{0,12}(?:记者|通讯员|编辑|摄影)[^\n。，,]{2,24}$"
    r"|^[^\n。，,]{2,14}?[0-9]{1,2}月[0-9]{1,2}日(?:电|讯|消息)",
    re.MULTILINE,
)
"""Who wrote it and where it was filed, in brackets, in a line of its own or before the lead (央广网南京11月18日消息):
two reports of one reporter, or of one bureau's day, are not of one happening."""

_FIGURE = re.compile(rf"{FIGURE}([\u4e00-\u9fff%]{{1,2}})")
_OF_TIME_OR_ORDER = frozenset("年月日时点分第号届次")

_IN_SERIES = re.compile(r"第([0-9〇零一二三四五六七八九十百]+)([届次轮期批号季])")


@dataclass(frozen=True)
class Report:
    """One story as evidence: its rank among others and what its text holds."""

    key: str
    """The story's id."""
    timestamp: int
    """When its earliest article was published, in seconds since 1970."""
    title: str
    body: str
    table: RarityTable

    @property
    def rank(self) -> tuple[int, str]:
        """Its place in the order in which stories found events."""
        return self.timestamp, self.key

    @cached_property
    def runs(self) -> TokenRuns:
        """The runs of title and body."""
        return runs_of(tokens_of(f"{self.title}\n{self.body[:LONGEST]}"))

    @cached_property
    def pair_rarity(self) -> NDArray[np.float32]:
        """How rare each pair of `runs` is; 0 where there is no pair."""
        return self._rarity(self.pairs)

    @cached_property
    def pair_weight(self) -> NDArray[np.float32]:
        """What each pair weighs among others: the square of its rarity."""
        weight: NDArray[np.float32] = self.pair_rarity**2
        return weight

    @cached_property
    def triple_rarity(self) -> NDArray[np.float32]:
        """How rare each triple of `runs` is; 0 where there is no triple."""
        return self._rarity(self.triples)

    def _rarity(self, found: DistinctRuns) -> NDArray[np.float32]:
        """Return how rare each run is by its place; sorted runs are looked up in a fraction of the time."""
        return np.append(self.table.rarity(found.runs), np.float32(0))[found.order]

    @cached_property
    def pairs(self) -> DistinctRuns:
        """The distinct pairs of `runs`."""
        return distinct(self.runs.pairs)

    @cached_property
    def triples(self) -> DistinctRuns:
        """The distinct triples of `runs`."""
        return distinct(self.runs.triples)

    @cached_property
    def first_places(self) -> NDArray[np.bool_]:
        """Where a pair stands for the first time."""
        first: NDArray[np.bool_] = np.zeros(len(self.runs.pairs), dtype=np.bool_)
        first[np.unique(self.runs.pairs, return_index=True)[1]] = True
        first[self.runs.pairs == 0] = False
        return first

    @cached_property
    def title_end(self) -> int:
        """Where, in `runs`, the title ends."""
        return len(tokens_of(self.title))

    @cached_property
    def readable(self) -> str:
        """Title and body in one width, script and case."""
        return readable(f"{self.title}\n{self.body[:LONGEST]}")

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that it speaks of, up to its publication."""
        return days_in(self.readable, in_shanghai(datetime.fromtimestamp(self.timestamp, UTC)).date())

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that it names."""
        return places_in(self.readable)

    @cached_property
    def main_places(self) -> frozenset[str]:
        """The places that its title and lead name."""
        return places_in(readable(f"{self.title}\n{self.body[:LEAD]}"))

    @cached_property
    def in_series(self) -> dict[str, frozenset[str]]:
        """The numbers of what recurs, by its unit: 第26次 is `次` → 26."""
        found: dict[str, set[str]] = {}
        for number, unit in _IN_SERIES.findall(self.readable):
            found.setdefault(unit, set()).add(value(number))
        return {unit: frozenset(numbers) for unit, numbers in found.items()}

    @cached_property
    def figures(self) -> dict[str, frozenset[str]]:
        """What it counts and measures, by what stands behind the figure: 312家公共图书馆 is `家公` → 312."""
        found: dict[str, set[str]] = {}
        for figure, behind in _FIGURE.findall(self.readable):
            if behind[0] not in _OF_TIME_OR_ORDER:
                found.setdefault(behind, set()).add(value(figure))
        return {behind: frozenset(values) for behind, values in found.items()}


def report_of(key: str, timestamp: int, title: str, body: str, table: RarityTable | None = None) -> Report:
    """Return the report of a story; without a table rarity is that of the shipped one."""
    return Report(key, timestamp, title, _BYLINE.sub("", body), table or shipped_table())
