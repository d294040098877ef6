"""The doctor's checks: each looks at one thing that DeltaNews needs, and knows how to fix it."""

import shutil
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from archive.database import ArchiveError, Database, is_created, is_writable
from archive.runs import last_runs
from archive.schema import now
from archive.settings import ArchiveSettings
from core.errors import SettingsError, system_reason
from core.settings import settings_file
from core.time import SHANGHAI, format_time
from crawler.relevance.gazetteer import load_gazetteer
from crawler.settings import CrawlerSettings
from crawler.sources.configured import configured_source_files
from crawler.sources.loader import SourceError, active_sources
from crawler.sources.rendering import HOW_TO_RENDER
from deltanews.all_settings import SETTINGS
from indexer.outbox.comparison import compare_with_archive
from indexer.search.access import AccessCheck
from indexer.search.opening import check_access
from indexer.settings import IndexerSettings

FULL_DISK_BYTES = 64 * 1024**2
"""Free space below which the doctor says that the disk is full: a crawl of one source may take more."""

LOW_DISK_BYTES = 2 * 1024**3
"""Free space below which the doctor warns: some weeks of pages of all sources."""

ANSWER_SECONDS = 5
"""How long a proxy may take to accept a connection."""


class State(StrEnum):
    """What a check found."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True)
class Check:
    """One finding of the doctor."""

    name: str
    state: State
    finding: str
    fix: str = ""


def examine() -> Iterator[Check]:
    """Yield every finding; where the settings are wrong, nothing else can be looked at."""
    settings = check_settings()
    yield settings
    if settings.state is not State.BROKEN:
        yield from (check() for check in CHECKS)
        yield from check_index()


def check_settings() -> Check:
    """Look at every package's settings."""
    try:
        for package in SETTINGS:
            package.load()
        file = settings_file()
    except SettingsError as error:
        return Check("settings", State.BROKEN, str(error), "correct it there; docs/settings.md has every key")
    return Check("settings", State.OK, f"read from {file}" if file else "no settings file; variables and defaults")


def check_contact() -> Check:
    """Look whether a site's operator can reach the user."""
    contact = CrawlerSettings.load().contact
    if contact:
        return Check("contact", State.OK, contact)
    finding = "sites are not told whom to ask about your crawls"
    return Check("contact", State.WARNING, finding, "set [crawler] contact to a mail or web address of yours")


def check_folder() -> Check:
    """Look whether the archive's folder can be written to and has space."""
    directory = ArchiveSettings.load().directory
    present = next(folder for folder in (directory, *directory.parents) if folder.exists())
    free = shutil.disk_usage(present).free
    finding = f"{directory}, {free / 1024**3:.1f} GiB free"
    if free < FULL_DISK_BYTES:
        fix = "the disk is full: free some space, or move the archive to a larger one"
        return Check("folder", State.BROKEN, finding, fix)
    try:
        tempfile.TemporaryFile(dir=present).close()
    except OSError as error:
        if is_created(ArchiveSettings.load()):
            finding = f"{directory} cannot be written to by this user: {error.strerror}"
            return Check("folder", State.WARNING, finding, "nothing to fix where it only searches, lists and exports")
        fix = "give this user the right to write there, or set [archive] directory"
        return Check("folder", State.BROKEN, f"{present} cannot be written to: {error.strerror}", fix)
    if free < LOW_DISK_BYTES:
        return Check("folder", State.WARNING, finding, "free some space, or move the archive to a larger disk")
    return Check("folder", State.OK, finding)


def check_database() -> Check:
    """Look whether the archive's database opens with the present schema."""
    settings = ArchiveSettings.load()
    if not is_created(settings):
        return Check("database", State.OK, "not created yet; the first crawl creates it")
    try:
        Database.open_to_read(settings).close()
    except ArchiveError as error:
        return Check("database", State.BROKEN, str(error), "see the reason; a newer archive needs a newer DeltaNews")
    return Check("database", State.OK, "opens, and has the present schema")


def check_clock() -> Check:
    """Look whether the clock can be right: no crawl of the archive may lie in the future."""
    time = now()
    settings = ArchiveSettings.load()
    newest = time
    if is_created(settings):
        try:
            database = Database.open_to_read(settings)
        except ArchiveError:
            return Check("clock", State.WARNING, "cannot be compared, since the archive does not open")
        with database.read() as connection:
            newest = max((run.started_at for run in last_runs(connection).values()), default=time)
        database.close()
    if newest > time + timedelta(minutes=5):
        finding = f"it is {format_time(time)}, but the last crawl began at {format_time(newest)}"
        return Check("clock", State.BROKEN, finding, "set this machine's clock")
    return Check("clock", State.OK, f"{format_time(time)} in {SHANGHAI.key}")


def check_sources() -> Check:
    """Look whether every source file is valid and some source is on."""
    fix = "correct each file, or take its folder out of source_folders"
    try:
        files = configured_source_files()
    except SourceError as error:
        return Check("sources", State.BROKEN, str(error), fix)
    if files.broken:
        return Check("sources", State.BROKEN, "; ".join(map(str, files.broken.values())), fix)
    sources = files.sources
    on = active_sources(sources)
    if not on:
        fix = "set [crawler] bundled_sources = true, or switch a source of yours on"
        return Check("sources", State.BROKEN, f"none of {len(sources)} is on", fix)
    lacking = [source.name for source in sources.values() if source.disabled_because == HOW_TO_RENDER]
    if lacking:
        return Check("sources", State.WARNING, f"{', '.join(lacking)}: off for want of a browser", HOW_TO_RENDER)
    return Check("sources", State.OK, f"{len(on)} of {len(sources)} are on")


def check_gazetteer() -> Check:
    """Look whether the terms and places that decide relevance can be read."""
    try:
        load_gazetteer(CrawlerSettings.load().gazetteers)
    except SettingsError as error:
        return Check("gazetteer", State.BROKEN, str(error), "correct the file, or take it out of [crawler] gazetteers")
    return Check("gazetteer", State.OK, "read")


def check_index() -> list[Check]:
    """Look whether the configured search index can be used; the indexer knows what that takes."""
    checks = [
        Check(f"index: {found.subject}", _index_state(found), found.found, found.remedy)
        for found in check_access(IndexerSettings.load())
    ]
    return checks if any(check.state is State.BROKEN for check in checks) else [*checks, check_completeness()]


def _index_state(found: AccessCheck) -> State:
    """Return how bad a finding is: an index that may only be searched is enough for who may only read the archive."""
    if found.ok:
        return State.OK
    archive = ArchiveSettings.load()
    reads_only = found.read_only and not (is_created(archive) and is_writable(archive))
    return State.WARNING if reads_only else State.BROKEN


def check_completeness() -> Check:
    """Look whether the search index holds what the archive knows it to have acknowledged."""
    name = "index: against the archive"
    settings = ArchiveSettings.load()
    if not is_created(settings):
        return Check(name, State.OK, "no archive yet")
    try:
        database = Database.open_to_read(settings)
    except ArchiveError:
        return Check(name, State.WARNING, "cannot be compared, since the archive does not open")
    try:
        compared = compare_with_archive(database, IndexerSettings.load())
    finally:
        database.close()
    if compared is None:
        return Check(name, State.OK, "no story was written yet")
    if compared.problem is not None:
        return Check(name, State.BROKEN, compared.problem, "run `deltanews index`: it fills the index or names the way")
    finding = f"{compared.searchable or 0:,} stories searchable, {compared.acknowledged:,} acknowledged"
    return Check(name, State.OK, finding)


def check_proxy() -> Check:
    """Look whether the proxy takes connections, where one is set."""
    proxy = CrawlerSettings.load().proxy
    if proxy is None:
        return Check("proxy", State.OK, "none")
    address = urlsplit(proxy)
    try:
        socket.create_connection((address.hostname or "", address.port or 80), timeout=ANSWER_SECONDS).close()
    except OSError as error:
        finding = f"{address.hostname}:{address.port or 80} does not answer: {system_reason(error)}"
        return Check("proxy", State.BROKEN, finding, "start the proxy, or correct [crawler] proxy")
    return Check("proxy", State.OK, f"{address.hostname}:{address.port or 80} answers")


def check_authorities() -> Check:
    """Look whether the file of certificate authorities can be read, where one is set."""
    file = CrawlerSettings.load().ca_file
    if file is None:
        return Check("authorities", State.OK, "those of the system")
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:
        fix = "correct [crawler] ca_file: a PEM file with certificates"
        return Check("authorities", State.BROKEN, f"{file}: {system_reason(error)}", fix)
    return Check("authorities", State.OK, str(file))


CHECKS: tuple[Callable[[], Check], ...] = (
    check_folder,
    check_database,
    check_sources,
    check_gazetteer,
    check_contact,
    check_proxy,
    check_authorities,
    check_clock,
)
"""Every check that finds one thing, but that of the settings."""
