"""`health.atom` beside the archive: what was found and what is over, for a feed reader."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from core.sanitize import clean
from scheduler.health.catalogue import RULES

FILE = "health.atom"
ENTRIES = 100
ATOM = "http://www.w3.org/2005/Atom"


def atom_feed(rows: Sequence[Mapping[str, Any]], now: datetime) -> str:
    """Return the feed (RFC 4287) of findings' rows (Any: as in the table), the newest first."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", "urn:deltanews:health")
    _add(feed, "title", "DeltaNews: source health")
    _add(feed, "updated", max((_changed_at(row) for row in rows), default=now).isoformat(timespec="seconds"))
    _add(_add(feed, "author"), "name", "DeltaNews")
    for row in rows:
        entry = _add(feed, "entry")
        state = "ok again" if row["resolved_at"] else row["level"]
        _add(entry, "id", f"urn:deltanews:health:{row['id']}")
        _add(entry, "title", f"{row['source'] or 'DeltaNews'}: {state} ({row['rule']} {RULES[row['rule']].question})")
        _add(entry, "updated", _changed_at(row).isoformat(timespec="seconds"))
        _add(entry, "published", row["opened_at"].isoformat(timespec="seconds"))
        lines = (row["summary"], f"likely cause: {row['cause']}", f"look closer: {row['command']}")
        _add(entry, "content", "\n".join(lines)).set("type", "text")
        if row["page_url"]:
            _add(entry, "link").set("href", clean(row["page_url"]))
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _changed_at(row: Mapping[str, Any]) -> datetime:
    changed: datetime = row["resolved_at"] or row["opened_at"]
    return changed


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if text is None else clean(text)
    return element
