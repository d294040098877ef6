"""`deltanews runs`: the crawls of the sources, how each ended, and what was logged meanwhile."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.runs import Run, last_runs, newest_runs
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_line, print_rows
from core.errors import UsageError
from core.log import log_file
from core.numbers import LARGEST
from core.time import format_time, in_shanghai, iso_second

FIGURES = ("pages", "articles", "revised", "pages_failed", "lists_failed", "left")
"""Of a run's counts, those that a person is shown."""


def runs(
    source: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Name of the source; all.")] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="At most so many, the newest.")] = 20,
    log: Annotated[bool, typer.Option("--log", help="Show each run's log lines, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a run, with its log lines.")] = False,
) -> None:
    """List the crawls, newest first: when, of which source, by whom, how each ended, how long it took.

    Each crawl of the service and of the command line logs into a file of its own, in `logs/` of the archive's folder;
    the newest 5,000 are kept. Nothing is created or changed. Exit status: 0; 2 where others were crawled and SOURCE was
    not.

    Examples:
      deltanews runs
      deltanews runs jstv --log --limit 1
    """
    settings = ArchiveSettings.load()
    database = Database.open_to_read(settings)
    try:
        with database.read() as connection:
            found = newest_runs(connection, source, limit=limit)
            crawled = sorted(last_runs(connection)) if source is not None and not found else []
    finally:
        database.close()
    if crawled:
        raise UsageError(f"no crawl of a source {source!r} is stored; those that were crawled: {', '.join(crawled)}")
    if as_json:
        print_json_lines(_object(run) | {"log": list(_lines(settings.logs, run))} for run in found)
    elif log:
        for run in found:
            print_line("\t".join(_row(run)))
            for line in _lines(settings.logs, run):
                print_line(f"  {_shown(line)}")
    else:
        heading = ("began", "source", "by", "status", "seconds", "figures", "why", "run")
        print_rows(heading, (_row(run) for run in found))


def _seconds(run: Run) -> float | None:
    return (run.finished_at - run.started_at).total_seconds() if run.finished_at else None


def _row(run: Run) -> tuple[str, ...]:
    seconds = _seconds(run)
    figures = ", ".join(f"{name} {run.counts[name]}" for name in FIGURES if run.counts.get(name))
    return (
        format_time(run.started_at),
        run.source,
        run.origin,
        run.status,
        "" if seconds is None else f"{seconds:.0f}",
        figures,
        run.error or "",
        run.job or "",
    )


def _object(run: Run) -> dict[str, Any]:
    return {
        "run": run.job,
        "source": run.source,
        "started_at": iso_second(run.started_at),
        "finished_at": run.finished_at and iso_second(run.finished_at),
        "origin": run.origin,
        "status": run.status,
        "counts": run.counts,
        "error": run.error,
    }


def _lines(folder: Path, run: Run) -> Iterator[dict[str, Any]]:
    """Yield what was logged, in Shanghai's time; a last line that a killed process left torn is left out."""
    if run.job is None or not (path := log_file(folder, run.job)).is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                told = json.loads(line)
                at = in_shanghai(datetime.fromisoformat(told["timestamp"]))
            except (ValueError, KeyError, TypeError):
                continue
            yield {**told, "timestamp": at.isoformat()}


def _shown(line: dict[str, Any]) -> str:
    known = {"timestamp", "event", "level", "logger", "job", "run"}
    values = " ".join(f"{key}={value}" for key, value in line.items() if key not in known)
    return f"{line.get('timestamp', '')[:19]} {line.get('event', '')} {values}".rstrip()
