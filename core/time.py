"""Spans and dates as people type them: `7d`, `2026-11-01`."""

import re
from datetime import UTC, datetime, timedelta

from core.clock import CLOCK
from core.time import SHANGHAI

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def parse_since(text: str) -> datetime:
    """Return a moment from `7d`, `24h`, `30m`, `2w` (before now) or a date, `2026-11-01` (its start in Shanghai).

    Raises ValueError with the forms that are understood.
    """
    if match := re.fullmatch(r"(\d{1,5})([mhdw])", text.strip()):
        return CLOCK.now() - int(match[1]) * UNITS[match[2]]
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is neither a span (7d, 24h, 30m, 2w) nor a date (2026-11-01)") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)
