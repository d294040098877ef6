"""Reads one page: extraction, then relevance. Its import takes a third of a second: only workers need it."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from archive.article import Relevance
from archive.warc import RawPage, StoredPart, read_page
from crawler.extraction.extract import extract
from crawler.extraction.joining import FurtherPage, join
from crawler.extraction.model import Extraction
from crawler.pages.detail import DETAIL_HINTS, detail_page
from crawler.pages.task import PageRead, PageTask
from crawler.relevance.gazetteer import Gazetteer, load_gazetteer
from crawler.relevance.listed import on_delta_list
from crawler.relevance.rules import judge
from crawler.sources.model import Source


def read_stored_page(task: PageTask, gazetteers: tuple[Path, ...] = ()) -> PageRead:
    """Read a page that the archive stores, joined with its further pages. PageLostError where one is not there."""
    raw = read_page(task.pages, task.location)
    first = _extracted(task.source, task.url, raw, task.listed_at)
    joined = join(first, [_further_page(task, part) for part in task.parts]) if first.is_article else None
    read = _classified(joined.extraction, gazetteers, joined.unasked) if joined else _classified(first, gazetteers)
    read = replace(read, came_from=raw.url)
    if task.on_delta_list and read.extraction.is_article:
        return replace(read, relevance=on_delta_list(read.relevance))
    return read


def read_source_page(source: Source, url: str, raw: RawPage, gazetteers: tuple[Path, ...] = ()) -> PageRead:
    """Extract a source's page, with the hints that held when it was fetched, and classify it.

    `url` is the article's address as readers open it; `raw` may be its text as JSON, served elsewhere.
    """
    return _classified(_extracted(source, url, raw), gazetteers)


@cache
def known_gazetteer(files: tuple[Path, ...]) -> Gazetteer:
    """Load the gazetteer once a process."""
    return load_gazetteer(files)


def _extracted(source: Source, url: str, raw: RawPage, listed_at: datetime | None = None) -> Extraction:
    if source.detail is not None and source.fetch_url(url) is not None:
        body, hints, content_type = detail_page(source.detail, raw.body), DETAIL_HINTS, "text/html"
    else:
        body, hints, content_type = raw.body, source.hints_for(url, raw.fetched_at.date()), raw.content_type or ""
    return extract(body, url, hints, content_type=content_type or None, fetched_at=raw.fetched_at, listed_at=listed_at)


def _further_page(task: PageTask, part: StoredPart) -> FurtherPage:
    if part.location is None:
        return FurtherPage(part.url, None, part.problem)
    raw = read_page(task.pages, part.location)
    return FurtherPage(part.url, _extracted(task.source, part.url, raw), part.problem)


def _classified(extraction: Extraction, gazetteers: tuple[Path, ...], unasked: tuple[str, ...] = ()) -> PageRead:
    if not extraction.is_article:
        return PageRead(extraction, Relevance())
    return PageRead(extraction, judge(extraction.title, extraction.body, known_gazetteer(gazetteers)), unasked)
