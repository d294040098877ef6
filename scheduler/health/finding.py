"""Finding: what a rule found wrong with a source, and all that somebody needs to look closer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from scheduler.health.catalogue import RULES


class Level(StrEnum):
    """How a source stands."""

    OK = "ok"
    UNKNOWN = "unknown"
    """Nothing can be said: it was never crawled, or the network is down."""
    WATCH = "watch"
    BROKEN = "broken"

    @property
    def rank(self) -> int:
        """The higher, the worse."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Finding:
    """What one rule found; `source` is empty where it concerns all."""

    rule: str
    source: str
    level: Level
    since: datetime
    summary: str
    """One sentence: what is wrong."""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    """What was counted (Any: as JSON has it), times as ISO 8601."""
    page_url: str | None = None
    warc: str | None = None
    """File and offset of the stored page."""

    @property
    def cause(self) -> str:
        """What it is most likely."""
        return RULES[self.rule].cause

    @property
    def command(self) -> str:
        """What to type to look closer."""
        return RULES[self.rule].command.format(source=self.source, url=self.page_url or "URL").strip()
