"""Reports of a few invented happenings, in the words of several newsrooms, as articles."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from archive.article import Precision
from indexer.stories.item import Item

FILE = Path(__file__).parent / "reports.jsonl"


def items() -> list[Item]:
    """Return all articles of `reports.jsonl`, in the order of the file."""
    return [item_of(json.loads(line)) for line in FILE.read_text("utf-8").splitlines()]


def item_of(line: dict[str, str]) -> Item:
    """Return a line of the file as an item."""
    moment = datetime.fromisoformat(line["published_at"])
    return Item(
        url=f"https://{line['id']}.example/a",
        title=line["title"],
        body=line["body"],
        published_at=moment,
        precision=Precision.MINUTE,
        first_seen_at=moment,
        source=line["source"],
        source_title=line["source"],
        credit=line["credit"] or None,
    )


def names(urls: Iterable[str]) -> frozenset[str]:
    """Return the ids in the file of these addresses."""
    return frozenset(url[8:].split(".")[0] for url in urls)
