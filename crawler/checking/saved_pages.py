"""Pages saved as a fixture: each body as it came, and an index of what was requested and how it was answered."""

import json
from pathlib import Path

from archive.warc import RawPage
from crawler.crawl.single_page import Fetch
from crawler.sources.model import ListRequest

INDEX = "pages.jsonl"


def saving(fetch: Fetch, folder: Path) -> Fetch:
    """Return a fetch that also writes every page into the folder, numbered in the order of the requests."""
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / INDEX
    index.write_text("", encoding="utf-8")
    numbers = iter(range(1, 1_000_000))

    async def fetch_and_save(what: str | ListRequest) -> RawPage:
        page = await fetch(what)
        name = f"{next(numbers):03d}.body"
        (folder / name).write_bytes(page.body)
        entry = {
            "file": name,
            "asked": what if isinstance(what, str) else what.key,
            "url": page.url,
            "status": page.status,
            "content_type": page.content_type,
            "fetched_at": page.fetched_at.isoformat(),
        }
        with index.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
        return page

    return fetch_and_save
