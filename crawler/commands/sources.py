"""`deltanews sources list` and `show`: which sources there are, and what is known of each."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from archive.watched_lists import WatchedList, watched
from core.clock import CLOCK
from core.console import print_facts, print_json_lines, print_rows
from core.errors import DeltaNewsError
from core.time import in_shanghai
from crawler.discovery import start_requests
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_source, configured_source_files
from crawler.sources.loader import SourceFiles
from crawler.sources.model import Source

NO_SOURCES = (
    "there is no source: [crawler] bundled_sources is false, and source_folders holds no file; "
    "`deltanews sources add` writes one"
)
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]


def list_sources(*, as_json: AsJson = False) -> None:
    """List every source: whether it is on and why, how well it is proven, and by how new evidence.

    Grades are those of its lists and of its article pages: A, seen in a real page or by several independent crawlers;
    B, solid in part; C, weak. A source whose file is wrong is listed as BROKEN, with what is wrong; the others are
    crawled meanwhile. `watch`: a list of it does not hold what its file says, and what is taken of it may be a guess
    (`deltanews status`, `deltanews sources check NAME --fix`). Exit status: 0; 2 where a file is wrong.

    Examples:
      deltanews sources list
      deltanews sources list --json
    """
    files = configured_source_files()
    sources, watches = files.sources, _watched()
    if as_json:
        print_json_lines(
            _facts(source) | {"on_watch": [f"{row.section}: {row.standing}" for row in watches.get(source.name, ())]}
            for source in sources.values()
        )
        print_json_lines({"source": name, "broken": str(error)} for name, error in files.broken.items())
        _exit_if_broken(files)
        return
    rows: list[tuple[str, ...]] = [
        (
            source.name,
            source.title,
            source.province,
            source.kind.replace("_", " "),
            f"{source.grade}/{source.page_grade}",
            newest_evidence(source),
            ("watch" if source.name in watches else "on") if source.enabled else "off",
            _why(source, watches.get(source.name, ())),
        )
        for source in sources.values()
    ]
    rows += [(name, *[""] * 5, "BROKEN", str(error)) for name, error in files.broken.items()]
    print_rows(("source", "title", "province", "kind", "grade", "evidence", "on", "why"), rows, none=NO_SOURCES)
    _exit_if_broken(files)


def _watched() -> dict[str, list[WatchedList]]:
    """Return the lists on watch by source; none where the archive cannot be read, as `deltanews status` says."""
    try:
        database = Database.open_to_read(ArchiveSettings.load())
    except DeltaNewsError:
        return {}
    try:
        with database.read() as connection:
            found = watched(connection)
    finally:
        database.close()
    return {name: list(rows) for name, rows in groupby(found, key=lambda row: row.source)}


def _why(source: Source, watches: Sequence[WatchedList]) -> str:
    reason = source.enabled_because or source.disabled_because
    return "; ".join([reason, *(f"section {row.section}: {row.standing}" for row in watches)])


def newest_evidence(source: Source) -> str:
    """Return when the newest evidence is of; of an old one, that it is."""
    old = source.has_old_evidence(in_shanghai(CLOCK.now()).date())
    return f"{source.newest_evidence}, older than a year" if old else source.newest_evidence


def _exit_if_broken(files: SourceFiles) -> None:
    if files.broken:
        raise typer.Exit(2)


def show(
    name: Annotated[str, typer.Argument(metavar="SOURCE", autocompletion=complete_source, help="Name of the source.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show all that is known of a source: its file, its lists, its evidence, what is assumed.

    Nobody has seen the sites live while writing the bundled files: what is assumed is where to look first.

    Examples:
      deltanews sources show jstv
      deltanews sources show jstv --json
    """
    source, path = configured_source(name)
    if as_json:
        print_json_lines([_facts(source) | {"record": source.model_dump(mode="json")}])
        return
    rows = [
        ("source", f"{source.name}  {source.title}"),
        ("file", str(path)),
        ("province", f"{source.province}, {source.kind.replace('_', ' ')}"),
        ("crawled", _when(source)),
        ("because", source.enabled_because or source.disabled_because),
        ("hosts", " ".join(source.hosts)),
        ("articles", source.article or "by the shape of their addresses"),
        *(("example", example) for example in source.examples),
        ("grade", f"lists {source.grade}, pages {source.page_grade}; newest evidence {newest_evidence(source)}"),
        ("evidence", source.evidence),
        ("compared", f"with its evidence on {source.verified_on}"),
        *(("assumed", assumption) for assumption in source.assumptions),
    ]
    for section in source.sections:
        first, *others = start_requests(section)
        more = f" and {len(others)} more" if others else ""
        marks = ("" if section.enabled else ", off") + (", all about the delta" if section.all_delta else "")
        rows.append((f"section {section.name}", f"{section.title}, {section.kind}{marks}: {first.key}{more}"))
    print_facts(rows)


def _facts(source: Source) -> dict[str, Any]:
    return {
        "source": source.name,
        "title": source.title,
        "province": source.province,
        "kind": source.kind.value,
        "grade": source.grade,
        "page_grade": source.page_grade,
        "newest_evidence": source.newest_evidence,
        "verified_on": source.verified_on.isoformat(),
        "enabled": source.enabled,
        "disabled_because": source.disabled_because,
        "enabled_because": source.enabled_because,
        "old_evidence": source.has_old_evidence(in_shanghai(CLOCK.now()).date()),
        "assumptions": list(source.assumptions),
        "homepage": source.homepage,
        "sections": [section.name for section in source.sections],
        "sections_on": [section.name for section in source.sections_on] if source.enabled else [],
    }


def _when(source: Source) -> str:
    """Say when a source is crawled, and with how many requests at most."""
    if not source.enabled:
        return "off"
    times = f", and at {', '.join(source.crawl_at)}" if source.crawl_at else ""
    budget = f"; at most {source.requests_per_hour} requests an hour" if source.requests_per_hour else ""
    return f"every {source.interval} minutes{times}{budget}"
