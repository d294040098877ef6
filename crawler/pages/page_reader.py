"""Reads one page: extraction, then relevance. Its import takes a third of a second: only workers need it."""

from datetime import datetime
from functools import cache
from pathlib import Path

from archive.article import Relevance
from archive.warc import RawPage, read_page
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction
from crawler.pages.detail import DETAIL_HINTS, detail_page
from crawler.pages.task import PageRead, PageTask
from crawler.relevance.gazetteer import Gazetteer, load_gazetteer
from crawler.relevance.listed import on_delta_list
from crawler.relevance.rules import judge
from crawler.sources.model import Source


def read_stored_page(task: PageTask, gazetteers: tuple[Path, ...] = ()) -> PageRead:
    """Read a page that the archive stores. PageLostError where it is not there."""
    raw = read_page(task.pages, task.location)
    read = read_source_page(task.source, task.url, raw, gazetteers, task.listed_at)
    if task.on_delta_list and read.extraction.is_article:
        return PageRead(read.extraction, on_delta_list(read.relevance))
    return read


def read_source_page(
    source: Source,
    url: str,
    raw: RawPage,
    gazetteers: tuple[Path, ...] = (),
    listed_at: datetime | None = None,
) -> PageRead:
    """Extract a source's page, with the hints that held when it was fetched, and classify it.

    `url` is the article's address as readers open it; `raw` may be its text as JSON, served elsewhere.
    """
    if source.detail is not None and source.fetch_url(url) is not None:
        body, hints, content_type = detail_page(source.detail, raw.body), DETAIL_HINTS, "text/html"
    else:
        body, hints, content_type = raw.body, source.hints_for(url, raw.fetched_at.date()), raw.content_type or ""
    extraction = extract(
        body, url, hints, content_type=content_type or None, fetched_at=raw.fetched_at, listed_at=listed_at
    )
    return _classified(extraction, gazetteers)


@cache
def known_gazetteer(files: tuple[Path, ...]) -> Gazetteer:
    """Load the gazetteer once a process."""
    return load_gazetteer(files)


def _classified(extraction: Extraction, gazetteers: tuple[Path, ...]) -> PageRead:
    if not extraction.is_article:
        return PageRead(extraction, Relevance())
    return PageRead(extraction, judge(extraction.title, extraction.body, known_gazetteer(gazetteers)))
