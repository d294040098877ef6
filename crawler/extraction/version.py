"""Version of the extraction: it changes with its own files and with the libraries that it stands on, by itself."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("trafilatura", "htmldate", "lxml")
"""What else decides how a page is read."""


@cache
def extraction_version() -> str:
    """Return what names this extraction: the same files and libraries give the same, on every machine."""
    folder = Path(__file__).parent
    digest = hashlib.sha256(repr([version(name) for name in LIBRARIES]).encode())
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
