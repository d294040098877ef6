"""CrawlOrder: what one crawl of a source is asked to do; by default everything that is due."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True)
class CrawlOrder:
    """What narrows a crawl. Links that it leaves out stay pending: the next crawl fetches them."""

    section: str | None = None
    since: datetime | None = None
    """Aware; links that their list dates earlier are left out."""
    limit: int | None = None
    """Most articles to fetch from one source."""
    urls: tuple[str, ...] = ()
    """Articles to fetch, known or not, in place of lists and due links."""
    origin: str = "command"

    @classmethod
    def parse(
        cls,
        *,
        section: str | None = None,
        since: str | None = None,
        limit: str | int | None = None,
        url: str | None = None,
        origin: str = "command",
    ) -> Self:
        """Read an order from text, as it comes from a command line; ValueError says what is wrong."""
        return cls(
            section=section or None,
            since=parse_since(since) if since else None,
            limit=int(limit) if limit is not None else None,
            urls=tuple(url.split()) if url else (),
            origin=origin,
        )


def parse_since(text: str) -> datetime:
    """Return a moment from `7d`, `24h`, `30m`, `2w` (before now) or a date, `2026-11-01` (its start in Shanghai).

    Raises ValueError with the forms that are understood.
    """
    if match := re.fullmatch(r"(\d{1,5})([mhdw])", text.strip()):
        return datetime.now(UTC) - int(match[1]) * UNITS[match[2]]
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is neither a span (7d, 24h, 30m, 2w) nor a date (2026-11-01)") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Shanghai"))).astimezone(UTC)
