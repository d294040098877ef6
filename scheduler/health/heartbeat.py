"""The heartbeat: a file beside the archive that says when health was judged last, for whoever watches the watcher."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archive.settings import ArchiveSettings
from core.clock import CLOCK
from scheduler.health.rules.downstream import SILENT

FILE = "health.json"


@dataclass(frozen=True)
class Heartbeat:
    """When the service judged last, and since when it has without a break."""

    at: datetime
    since: datetime

    @property
    def is_silent(self) -> bool:
        """Whether rounds were missed; a clock that was set back counts as none."""
        return CLOCK.now() - self.at > SILENT


def read_heartbeat(archive: ArchiveSettings) -> Heartbeat | None:
    """Return the heartbeat, None where no service judges: none ever did, or it ended in order."""
    try:
        said = json.loads(heartbeat_file(archive).read_text(encoding="utf-8"))
        return Heartbeat(datetime.fromisoformat(said["at"]), datetime.fromisoformat(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def beat(archive: ArchiveSettings) -> Heartbeat:
    """Write that health is being judged now."""
    now, last = CLOCK.now(), read_heartbeat(archive)
    goes_on = last is not None and timedelta(0) <= now - last.at <= SILENT
    heartbeat = Heartbeat(now, last.since if last and goes_on else now)
    write_atomically(
        heartbeat_file(archive), json.dumps({"at": now.isoformat(), "since": heartbeat.since.isoformat()}) + "\n"
    )
    return heartbeat


def end_heartbeat(archive: ArchiveSettings) -> None:
    """Take the heartbeat away: the service ends in order, and nobody is to be alarmed."""
    heartbeat_file(archive).unlink(missing_ok=True)


def heartbeat_file(archive: ArchiveSettings) -> Path:
    """Return the file's path."""
    return archive.directory / FILE


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that whoever reads it sees the old text or the new one, whole."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
