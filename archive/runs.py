"""Runs: every crawl of a source with its figures. A run whose process died is known as interrupted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select, update

from archive.schema import now, row_dict, runs


class RunStatus(StrEnum):
    """How a crawl ended, if it has."""

    RUNNING = "running"
    OK = "ok"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class Origin(StrEnum):
    """Who asked for a crawl."""

    COMMAND = "command"
    SERVICE = "service"


@dataclass
class Counts:
    """What one crawl of one source did.

    Every page is accounted for:
    pages + leftovers = relevant + not_relevant + rejected + parts + waiting + unreadable.
    """

    lists: int = 0
    lists_unchanged: int = 0
    lists_failed: int = 0
    links_found: int = 0
    pages: int = 0
    """Article pages fetched and stored."""
    pages_failed: int = 0
    """Articles that could not be fetched; each has its next try or is gone."""
    leftovers: int = 0
    """Pages of an earlier crawl that were only now extracted, or were extracted once more with a part that came."""
    articles: int = 0
    """New articles."""
    revised: int = 0
    relevant: int = 0
    not_relevant: int = 0
    rejected: int = 0
    """Pages that are no article (list, error page, gallery, …); the archive has each one's verdict and reason."""
    parts: int = 0
    """Further pages of articles that are printed over several, read and joined to the first one."""
    waiting: int = 0
    """Pages that are read again: they could not be read, or further pages of their article are to come."""
    unreadable: int = 0
    """Pages that could not be read and are not tried again: damaged, or failed each of several times."""
    revisits: int = 0
    """Requests for pages of articles that were stored before, to see whether they changed."""
    withdrawn: int = 0
    """Articles that turned out to be taken down."""
    refused: int = 0
    """Links that may not be fetched (robots.txt, off-site redirects)."""
    left: int = 0
    """Links and list pages that are still to be fetched: what a limit or a stop left over."""

    def add(self, other: "Counts") -> None:
        """Add another crawl's figures."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)

    def less(self, other: "Counts") -> "Counts":
        """Return what was done since `other`; what is left stays what it is."""
        figures = {name: value - getattr(other, name) for name, value in asdict(self).items()}
        return Counts(**(figures | {"left": self.left}))


@dataclass(frozen=True)
class Run:
    """One crawl of one source."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    origin: Origin
    counts: dict[str, int]
    error: str | None
    job: str | None = None
    """The job that it was part of, by which its log is found; None for one of before there were such logs."""


def start_run(connection: Connection, source: str, *, origin: Origin, job: str | None = None) -> int:
    """Record that a crawl begins, as part of a job that logs under that name; return the run's id.

    The caller holds the source's lock: a run still recorded as running is one whose process died.
    """
    connection.execute(
        update(runs)
        .where(runs.c.source == source, runs.c.status == RunStatus.RUNNING)
        .values(status=RunStatus.INTERRUPTED, finished_at=now(), error="the process ended in the middle of the run")
    )
    key = connection.execute(
        runs.insert().values(
            source=source, started_at=now(), status=RunStatus.RUNNING, origin=origin, counts={}, job=job
        )
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish_run(
    connection: Connection, run_id: int, counts: Counts, *, error: str | None = None, interrupted: bool = False
) -> None:
    """Record how a crawl ended: `ok`; `failed` with the error; `interrupted` where somebody stopped it."""
    connection.execute(
        update(runs)
        .where(runs.c.id == run_id)
        .values(
            finished_at=now(),
            status=RunStatus.INTERRUPTED if interrupted else RunStatus.FAILED if error else RunStatus.OK,
            counts=asdict(counts),
            error=error[:500] if error else None,
        )
    )


def interrupt_run(connection: Connection, source: str, *, origin: Origin, error: str) -> None:
    """Record that the process of a source's crawl died; nothing where it had not begun, or had recorded its end.

    The caller is the only one of that origin to crawl the source.
    """
    connection.execute(
        update(runs)
        .where(runs.c.source == source, runs.c.origin == origin, runs.c.status == RunStatus.RUNNING)
        .values(status=RunStatus.INTERRUPTED, finished_at=now(), error=error)
    )


def record_failed_start(
    connection: Connection, source: str, *, origin: Origin, error: str, job: str | None = None
) -> None:
    """Record a crawl that could not begin."""
    started_at = now()
    connection.execute(
        runs.insert().values(
            source=source,
            started_at=started_at,
            finished_at=started_at,
            status=RunStatus.FAILED,
            origin=origin,
            counts={},
            error=error[:500],
            job=job,
        )
    )


def newest_runs(connection: Connection, source: str | None, *, limit: int) -> list[Run]:
    """Return the runs of a source, or of all, the newest first."""
    query = select(*(runs.c[name] for name in Run.__dataclass_fields__)).order_by(runs.c.id.desc()).limit(limit)
    if source is not None:
        query = query.where(runs.c.source == source)
    return [_run(row) for row in connection.execute(query)]


def newest_run_id(connection: Connection, source: str) -> int:
    """Return the id of a source's newest run; 0 where there is none."""
    return int(connection.scalar(select(func.max(runs.c.id)).where(runs.c.source == source)) or 0)


def record_overdue(connection: Connection, source: str, *, origin: Origin, after: int, error: str) -> None:
    """Record that a crawl was stopped for taking too long, however it says that it ended.

    `after` is the id of the source's newest run when the crawl was asked for: a clock that is set tells them not apart.
    One that was still waiting for a domain lock has no run of its own yet.
    """
    newest = select(func.max(runs.c.id)).where(runs.c.source == source, runs.c.origin == origin).scalar_subquery()
    late = update(runs).where(runs.c.id == newest, runs.c.id > after)
    if not connection.execute(late.values(status=RunStatus.FAILED, finished_at=now(), error=error)).rowcount:
        record_failed_start(connection, source, origin=origin, error=error)


def last_runs(connection: Connection) -> dict[str, Run]:
    """Return each source's newest run."""
    newest = select(func.max(runs.c.id)).group_by(runs.c.source)
    columns = (runs.c[name] for name in Run.__dataclass_fields__)
    rows = connection.execute(select(*columns).where(runs.c.id.in_(select(newest.subquery()))))
    return {row.source: _run(row) for row in rows}


def _run(row: Any) -> Run:
    values = row_dict(row)
    return Run(**values | {"status": RunStatus(values["status"]), "origin": Origin(values["origin"])})
