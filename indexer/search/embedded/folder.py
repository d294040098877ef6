"""The folder of the embedded index: which format it has, and which of its folders is active."""

import json
import os
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import system_reason
from indexer.search.index import IndexFormatError, IndexUnavailableError

FORMAT = 4
"""Rises whenever schema, tokens or the way of storing change, or a tantivy that reads older files no more."""
_PREFIX = "stories-"
_REMEDY = "run `deltanews rebuild index`: it rebuilds the index from the archive, nothing is lost"


@dataclass(frozen=True)
class Marker:
    """What `format.json` says."""

    format: int = FORMAT
    stories: str = f"{_PREFIX}1"
    """Folder of the active index; a rebuild writes another one and names it here."""
    identity: str = ""
    """Which index this is: one that is rebuilt gets another. Empty where an older version wrote the marker."""

    @classmethod
    def new(cls, stories: str = f"{_PREFIX}1") -> "Marker":
        """Return the marker of an index that is activated now."""
        return cls(stories=stories, identity=uuid.uuid4().hex)


def read_marker(directory: Path) -> Marker | None:
    """Return the marker, None where there is no index yet. Raises IndexUnavailableError, IndexFormatError."""
    path = directory / "format.json"
    try:
        marker = Marker(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise IndexUnavailableError(f"{path} cannot be read: {system_reason(error)}") from error
    except (ValueError, TypeError) as error:
        raise IndexFormatError(f"{path} is damaged ({error}); {_REMEDY}") from error
    if marker.format != FORMAT:
        raise IndexFormatError(f"{path}: format {marker.format}, this version reads {FORMAT}; {_REMEDY}")
    return marker


def write_marker(directory: Path, marker: Marker) -> None:
    """Write the marker durably, at once for every process."""
    new = directory / "format.json.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(asdict(marker), file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(directory / "format.json")


def successor_name(directory: Path) -> str:
    """Return the folder that a rebuild fills: the same one until it is active, so that a new try continues it."""
    try:
        marker = read_marker(directory)
    except IndexFormatError:
        marker = None
    number = _number(marker.stories) if marker else max(map(_number, all_stories(directory)), default=0)
    return f"{_PREFIX}{number + 1}"


def predecessor_names(directory: Path) -> list[str]:
    """Return the folders that were active before the present one."""
    marker = read_marker(directory)
    if marker is None:
        return []
    return [name for name in all_stories(directory) if _number(name) < _number(marker.stories)]


def all_stories(directory: Path) -> list[str]:
    """Return the folders of stories, active or not."""
    return sorted(path.name for path in directory.glob(f"{_PREFIX}*") if path.name.removeprefix(_PREFIX).isdigit())


def _number(name: str) -> int:
    return int(name.removeprefix(_PREFIX))


def marker_lost(directory: Path, stories: str) -> IndexFormatError:
    """Return the error for a folder of stories that no marker names."""
    return IndexFormatError(
        f"{directory / 'format.json'} is missing, though {stories} beside it holds stories; {_REMEDY}"
    )


def unreadable(directory: Path, reason: object) -> IndexFormatError:
    """Return the error for an index that the library cannot open."""
    return IndexFormatError(f"{directory} cannot be read ({reason}); {_REMEDY}")


def linked(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder of this process's own with links to an index's files.

    tantivy writes a lock file before it reads; where this user may only read, it does so there. That lock keeps no
    writer from removing a segment meanwhile: the opening then fails, and whoever opens links anew.
    """
    links = TemporaryDirectory(prefix="deltanews-index-")
    for file in folder.iterdir():
        if file.suffix != ".lock":
            (Path(links.name) / file.name).symlink_to(file.absolute())
    return links
