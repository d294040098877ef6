"""Headline: the title that says best what the reports of an event have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.events.evidence import title_share
from indexer.events.report import Report


@dataclass(frozen=True)
class EventHeadline:
    """The chosen title and why."""

    report: Report
    reason: str


def headline(reports: Sequence[Report]) -> EventHeadline:
    """Return the headline of an event's reports, given in rank order.

    The title wins of which most stands in the other reports, rare words counting most; of equals the earliest.
    """
    if len(reports) == 1:
        return EventHeadline(reports[0], "the only report")

    def known_to_others(report: Report) -> float:
        others = [title_share(report, other) for other in reports if other is not report]
        return round(sum(others) / len(others), 3)

    best = max(reports, key=known_to_others)  # max keeps the first of equals
    others = "other report" if len(reports) == 2 else f"{len(reports) - 1} other reports"
    return EventHeadline(
        best, f"{known_to_others(best):.0%} of it stands in the {others}, more than of any other title"
    )
