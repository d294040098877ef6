"""Links: every article address ever found, and what became of it. None is forgotten before it is fetched or gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from archive.article import DiscoveredBy
from archive.forgotten import forgotten_among
from archive.schema import links, now, row_dict
from archive.where_in import fetch_where_in

RETRY_AFTER = (
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
"""Waits between tries of a link that fails; after the last one it is given up, and its error stays."""

GONE_AFTER_TRIES = 5
"""A page that is not there (404, 410) is looked for through a day: some systems list an article hours before they
publish it, and a site that moves misses all of its articles for a while."""

RELISTED_AFTER = timedelta(days=1)
"""A link that was given up and that a list names again so much later gets one more try."""

MOST_TRIES = 12
"""Tries of a link in all, however long a list goes on naming it."""

REFUSED_AFTER_TRIES = 5
"""A link that leads off the source's hosts is looked at for a day: many a firewall sends a visitor away for an hour."""


class LinkStatus(StrEnum):
    """What became of a link."""

    PENDING = "pending"
    FETCHED = "fetched"
    FAILED = "failed"
    """It is tried again later."""
    GONE = "gone"
    """It is not tried again."""
    REFUSED = "refused"
    """It may not be fetched: it was forgotten, or leads off the source's hosts at every try."""


@dataclass(frozen=True)
class NewLink:
    """A link as a list gave it, with the one address that all its spellings share."""

    url: str
    canonical_url: str
    fetch_url: str | None = None
    title: str = ""
    listed_at: datetime | None = None
    discovered_by: DiscoveredBy = DiscoveredBy.LIST


@dataclass(frozen=True)
class Link:
    """A link to be fetched."""

    id: int
    source: str
    section: str
    url: str
    canonical_url: str
    fetch_url: str | None
    title: str
    listed_at: datetime | None
    tries: int
    discovered_by: DiscoveredBy = DiscoveredBy.LIST

    @property
    def is_guessed(self) -> bool:
        """Whether the list that named it was not as its source says."""
        return self.discovered_by == DiscoveredBy.GUESS


def add_links(connection: Connection, source: str, section: str, found: Sequence[NewLink]) -> int:
    """Store the links that are not known yet, as pending; return how many those were. Forgotten ones are none."""
    by_address = {link.canonical_url: link for link in found}
    address = links.c.canonical_url
    known = {row.canonical_url for row in fetch_where_in(connection, select(address), address, by_address)}
    known |= forgotten_among(connection, by_address.keys() - known)
    new = [link for address, link in by_address.items() if address not in known]
    if new:
        found_at = now()
        # The lists name the newest first; work in that order, so that the newest has the lowest id.
        connection.execute(
            links.insert(),
            [
                {**vars(link), "source": source, "section": section, "found_at": found_at, "status": LinkStatus.PENDING}
                for link in new
            ],
        )
    return len(new)


def retry_relisted(connection: Connection, found: Sequence[NewLink]) -> None:
    """Have links tried once more that were given up as gone, since a list names them still; `MOST_TRIES` bounds it."""
    address, time = links.c.canonical_url, now()
    query = select(links.c.id, address).where(
        links.c.status == LinkStatus.GONE, links.c.tries < MOST_TRIES, links.c.error_at <= time - RELISTED_AFTER
    )
    for row in fetch_where_in(connection, query, address, {link.canonical_url for link in found}):
        _set(connection, row.id, status=LinkStatus.FAILED, next_try_at=time)


def due_links(
    connection: Connection,
    source: str,
    *,
    limit: int,
    section: str | None = None,
    since: datetime | None = None,
    after: tuple[int, ...] = (),
) -> list[Link]:
    """Return links to be fetched now: the pending, then the failed whose next try is due, newest listed first.

    `since` leaves out links that their list dates earlier (they stay pending); `after` names ids already in work.
    """
    query = (
        _links()
        .where(links.c.source == source, due())
        .order_by(links.c.status.desc(), links.c.listed_at.desc().nulls_last(), links.c.id)
        .limit(limit + len(after))
    )
    if section is not None:
        query = query.where(links.c.section == section)
    if since is not None:
        query = query.where(or_(links.c.listed_at.is_(None), links.c.listed_at >= since))
    rows = [Link(**row_dict(row)) for row in connection.execute(query)]
    return [link for link in rows if link.id not in set(after)][:limit]


def find_link(connection: Connection, canonical_url: str) -> Link | None:
    """Return the link of that canonical address, whatever its state."""
    row = connection.execute(_links().where(links.c.canonical_url == canonical_url)).one_or_none()
    return Link(**row_dict(row)) if row else None


def newest_links(connection: Connection, source: str, *, limit: int) -> list[Link]:
    """Return the links that were found last by what their source says, whatever became of them."""
    query = _links().where(links.c.source == source, links.c.discovered_by == DiscoveredBy.LIST)
    return [Link(**row_dict(row)) for row in connection.execute(query.order_by(links.c.id.desc()).limit(limit))]


def refuse_guessed(connection: Connection, source: str, section: str, reason: str) -> None:
    """Take back the guessed links of a section that were not fetched yet."""
    guessed = (
        links.c.source == source, links.c.section == section, links.c.discovered_by == DiscoveredBy.GUESS,
        links.c.status.in_((LinkStatus.PENDING, LinkStatus.FAILED)),
    )  # fmt: skip
    connection.execute(
        update(links).where(*guessed).values(status=LinkStatus.REFUSED, error=reason[:500], error_at=now())
    )


def mark_fetched(connection: Connection, link_id: int, *, leads_to: str | None = None) -> None:
    """Record that the link's page is stored, under the canonical address that it led to where that is another one."""
    done = {"error": None, "error_at": None, "next_try_at": None, "leads_to": leads_to}
    _set(connection, link_id, status=LinkStatus.FETCHED, **done)


def mark_failed(
    connection: Connection, link_id: int, error: str, *, missing: bool = False, refused: bool = False
) -> bool:
    """Record a failed try; the link is tried again later, or given up: True.

    `missing`: it is not there; `refused`: it may not be followed to where it leads, and is given up as such.
    """
    tried = connection.scalar(select(links.c.tries).where(links.c.id == link_id))
    if tried is None:  # it was forgotten meanwhile
        return True
    tries = tried + 1
    failed_at = now()
    most = GONE_AFTER_TRIES if missing else REFUSED_AFTER_TRIES if refused else len(RETRY_AFTER) + 1
    given_up: bool = tries >= most
    last = LinkStatus.REFUSED if refused else LinkStatus.GONE
    _set(
        connection,
        link_id,
        status=last if given_up else LinkStatus.FAILED,
        tries=tries,
        error=error[:500],
        error_at=failed_at,
        next_try_at=None if given_up else failed_at + RETRY_AFTER[tries - 1],
    )
    return given_up


def mark_blocked(connection: Connection, canonical_url: str, error: str) -> bool:
    """Record as failed the try by which a page was fetched that is not its article's; True where it was the last one.

    The links of that address and those that lead to it are tried again; one that is not fetched stays what it is.
    """
    of_the_address = or_(links.c.canonical_url == canonical_url, links.c.leads_to == canonical_url)
    query = select(links.c.id).where(of_the_address, links.c.status == LinkStatus.FETCHED)
    given_up = [mark_failed(connection, link_id, error) for link_id in connection.scalars(query).all()]
    return bool(given_up) and all(given_up)


def mark_read(connection: Connection, canonical_url: str) -> None:
    """Record that the stored page of an address holds its article after all: its links need no further try."""
    of_the_address = or_(links.c.canonical_url == canonical_url, links.c.leads_to == canonical_url)
    blocked = links.c.status.in_((LinkStatus.FAILED, LinkStatus.GONE))
    done = {"error": None, "error_at": None, "next_try_at": None}
    connection.execute(update(links).where(of_the_address, blocked).values(status=LinkStatus.FETCHED, **done))


def is_given_up(connection: Connection, canonical_url: str) -> bool:
    """Tell whether the link of an address is not tried any more."""
    status = connection.scalar(select(links.c.status).where(links.c.canonical_url == canonical_url))
    return status in {LinkStatus.GONE, LinkStatus.REFUSED}


def mark_refused(connection: Connection, link_id: int, reason: str) -> None:
    """Record that the link may not be fetched; it is not tried again."""
    _set(connection, link_id, status=LinkStatus.REFUSED, error=reason[:500], error_at=now(), next_try_at=None)


def count_links(connection: Connection) -> dict[str, dict[str, int]]:
    """Return how many links each source has in each state: {source: {status: count}}."""
    counts: dict[str, dict[str, int]] = {}
    query = select(links.c.source, links.c.status, func.count()).group_by(links.c.source, links.c.status)
    for source, status, count in connection.execute(query):
        counts.setdefault(source, {})[status] = count
    return counts


def count_due_links(connection: Connection, source: str) -> int:
    """Return how many links of a source are to be fetched now."""
    return int(connection.scalar(select(func.count()).where(links.c.source == source, due())) or 0)


def failing_links(connection: Connection, *, limit: int) -> list[dict[str, Any]]:
    """Return the links that failed last, those given up included, the newest failure first."""
    columns = (links.c.source, links.c.url, links.c.status, links.c.tries, links.c.error, links.c.next_try_at)
    query = select(*columns).where(links.c.error.is_not(None)).order_by(links.c.error_at.desc()).limit(limit)
    return [row_dict(row) for row in connection.execute(query)]


def due() -> ColumnElement[bool]:
    """Return the condition that a link is to be fetched now."""
    time = now()
    # In this form SQLite seeks in the index; an OR of the two states scans every link of the source.
    # A failure that lies in the future was recorded before the clock was set back: its next try would be that late.
    return and_(
        links.c.status.in_((LinkStatus.PENDING, LinkStatus.FAILED)),
        or_(links.c.next_try_at.is_(None), links.c.next_try_at <= time, links.c.error_at > time),
    )


def link_columns() -> list[Any]:
    """Return the columns that a Link is made of."""
    return [links.c[name] for name in Link.__dataclass_fields__]


def _links() -> Select[Any]:
    return select(*link_columns())


def _set(connection: Connection, link_id: int, **values: Any) -> None:
    connection.execute(update(links).where(links.c.id == link_id).values(**values))
