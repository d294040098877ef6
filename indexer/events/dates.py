"""Dates: which days a report speaks of, as far as they lie near its publication."""

import re
from datetime import date, timedelta

BACK = 6
"""Days before publication that count: what lies further back is history, not the happening."""

_DAY = re.compile(r"今[天日晨早晚]|昨[天日晚夜晨]|前[天日]|(?:(?<!\d)(\d{1,2})月)?(?<!\d)(\d{1,2})日")
_RELATIVE = {"今": 0, "昨": 1, "前": 2}


def days_in(readable_text: str, published: date) -> frozenset[date]:
    """Return the days, up to its own, that a readable text names: 今天, 昨晚, 12日, 10月12日."""
    found = set()
    for match in _DAY.finditer(readable_text):
        if match[2] is None:
            found.add(published - timedelta(days=_RELATIVE[match[0][0]]))
            continue
        for back in range(BACK + 1):
            day = published - timedelta(days=back)
            if day.day == int(match[2]) and match[1] in {None, str(day.month), f"{day.month:02}"}:
                found.add(day)
    return frozenset(found)
