"""A query as it was understood, written in the query language itself: what `--explain` prints."""

from datetime import datetime, timedelta

from core.time import Period, in_shanghai
from indexer.search.query.model import And, Everything, Not, Or, Phrase, Query

_MOMENT = timedelta(microseconds=1)


def plain_query(query: Query) -> str:
    """Return the query with every operator, bracket and quotation mark written out; it parses to the same query."""
    match query:
        case And((part,)) | Or((part,)):
            written = plain_query(part)
        case Everything():
            written = "*"
        case Phrase(text, field):
            written = f'{field}:"{text}"' if field else f'"{text}"'
        case Period():
            written = _period(query)
        case And(parts):
            written = " AND ".join(_nested(part) for part in parts)
        case Or(parts):
            written = " OR ".join(_nested(part) for part in parts)
        case Not(part):
            written = f"NOT {_nested(part)}"
    return written


def _nested(query: Query) -> str:
    match query:
        case And((part,)) | Or((part,)):
            return _nested(part)
        case And() | Or() | Period(since=datetime(), until=datetime()):
            return f"({plain_query(query)})"
        case _:
            return plain_query(query)


def _period(period: Period) -> str:
    last = period.until and period.until - _MOMENT  # what is named after `until` belongs to it
    ends = {"since": period.since, "until": last}
    return " AND ".join(f'{name}:"{in_shanghai(at):%Y-%m-%dT%H:%M}"' for name, at in ends.items() if at is not None)
