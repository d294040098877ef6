"""Lists on watch: those that do not hold what their source says, and whether articles are guessed meanwhile.

A round is a crawl that read the list. In the first one nothing is done but to say so, for a site may be out of order
for an hour; from the second one on, links that look like the list's old ones are taken. What their pages turn out to
be decides whether that goes on.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, literal, not_, or_, select, update

from archive.schema import now, row_dict, watched_lists
from core.time import format_time

ROUNDS = 2
"""Rounds in a row without what the source says, from which a guess is taken."""
LOOKED_AT = 5
"""Guessed pages, the newest, that decide whether a guess goes on."""
TOO_MANY = 3
"""Of those, pages that are no articles and end the guess."""


@dataclass(frozen=True)
class WatchedList:
    """One list on watch."""

    source: str
    section: str
    list: str
    """Its first address, as the source file has it; a search's with the word."""
    rounds: int
    """How many in a row found nothing that the source says."""
    since: datetime
    reason: str
    """What is wrong with it, and what is done meanwhile."""
    guessing: bool
    """Whether links were taken by a guess."""
    ended: bool
    """Whether too many guessed pages were no articles; the list is guessed no more until it is right again."""

    @property
    def standing(self) -> str:
        """How it stands, for a person."""
        if self.guessing:
            return f"runs on a guess since {format_time(self.since)}: {self.reason}"
        return self.reason if self.ended else f"{self.reason} (round {self.rounds})"


def watched(connection: Connection, source: str | None = None) -> list[WatchedList]:
    """Return the lists on watch, of one source or of all."""
    query = select(*(watched_lists.c[name] for name in WatchedList.__dataclass_fields__))
    if source is not None:
        query = query.where(watched_lists.c.source == source)
    order = (watched_lists.c.source, watched_lists.c.section, watched_lists.c.list)
    return [WatchedList(**row_dict(row)) for row in connection.execute(query.order_by(*order))]


def watch(
    connection: Connection, source: str, section: str, of: str, reason: str, *, next_round: bool, at_once: bool
) -> WatchedList:
    """Record that a list does not hold what its source says, and return how it stands now.

    `next_round`: it is the first that this crawl says of the list; `at_once`: a guess needs no second round.
    """
    names = {"source": source, "section": section, "list": of}
    same = _is(source, section, of)
    if connection.scalar(select(watched_lists.c.rounds).where(*same)) is None:
        values = {"rounds": 0, "since": now(), "guessing": False, "ended": False, "verdicts": [], "reason": reason}
        connection.execute(insert(watched_lists).values(**names, **values))
    rounds, ended = watched_lists.c.rounds + int(next_round), watched_lists.c.ended
    connection.execute(update(watched_lists).where(*same).values(rounds=rounds))
    guessing = and_(not_(ended), or_(literal(at_once), watched_lists.c.rounds >= ROUNDS))
    connection.execute(update(watched_lists).where(*same).values(guessing=guessing))
    connection.execute(update(watched_lists).where(*same, not_(ended)).values(reason=reason[:500]))
    return next(row for row in watched(connection, source) if (row.section, row.list) == (section, of))


def unwatch(connection: Connection, source: str, section: str, of: str) -> None:
    """Record that a list holds what its source says."""
    connection.execute(delete(watched_lists).where(*_is(source, section, of)))


def record_guessed_page(connection: Connection, source: str, section: str, *, is_article: bool) -> str | None:
    """Record what a guessed page of a section turned out to be; return why the guess ends, where it does."""
    of_section = (watched_lists.c.source == source, watched_lists.c.section == section, watched_lists.c.guessing)
    verdicts = connection.scalar(select(watched_lists.c.verdicts).where(*of_section).limit(1))
    if verdicts is None:
        return None
    verdicts = [*verdicts, is_article][-LOOKED_AT:]
    wrong = verdicts.count(False)
    changes: dict[str, object] = {"verdicts": verdicts}
    reason = None
    if wrong >= TOO_MANY:
        reason = f"the guess was ended: of its last {len(verdicts)} pages {wrong} were no articles"
        changes |= {"guessing": False, "ended": True, "reason": reason}
    connection.execute(update(watched_lists).where(*of_section).values(changes))
    return reason


def _is(source: str, section: str, of: str) -> tuple[ColumnElement[bool], ...]:
    return (watched_lists.c.source == source, watched_lists.c.section == section, watched_lists.c.list == of)
