"""Canaries (H14): after each change of the extraction a few stored pages of every source are read again.

What they say now is remembered; the rule compares it with the articles as they are stored, until they are the same:
because `reextract` was run, or because the change was taken back.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import Connection

from archive.article import Article
from archive.articles import find_article
from archive.findings import health_memory
from core.time import in_shanghai
from crawler.extraction.version import extraction_version

VERSION = "canary version"
READ = "canaries"
"""Under these names a round remembers which extraction read the canaries, and what it read."""


def known_version(connection: Connection) -> str | None:
    """Return which extraction read the canaries last."""
    return health_memory(connection, VERSION)


def are_due(connection: Connection) -> bool:
    """Tell whether the extraction has changed since the canaries were read."""
    return known_version(connection) != extraction_version()


def differing(connection: Connection) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the canaries that are read otherwise than they are stored: by source, each address with its fields."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for canary in json.loads(health_memory(connection, READ) or "[]"):
        stored = find_article(connection, canary["canonical_url"], extracted=True)
        if stored is None:
            continue
        now, then = fields_of(stored), canary["fields"]
        fields = tuple(name for name in now if then is None or now[name] != then[name])
        if fields:
            found.setdefault(canary["source"], []).append((stored.url, fields))
    return found


def fields_of(article: Article) -> dict[str, Any]:
    """Return what is compared (Any: as JSON has it); of the body its hash."""
    time = article.published_at
    return {
        "title": article.title,
        "body": hashlib.sha256(article.body.encode()).hexdigest()[:16],
        "published_at": in_shanghai(time).isoformat() if time else None,
        "credit": article.credit,
    }
