"""Reading one page: extraction, then relevance. Its import takes a third of a second: only who reads pages needs it."""

from functools import cache
from pathlib import Path

from archive.article import Relevance
from crawler.extraction.extract import extract
from crawler.fetch.page_task import PageRead, PageTask
from crawler.relevance.gazetteer import Gazetteer, load_gazetteer
from crawler.relevance.rules import judge


def read_page_task(task: PageTask, gazetteers: tuple[Path, ...] = ()) -> PageRead:
    """Extract a page and judge it, in this process."""
    extraction = extract(task.body, task.url, task.hints, content_type=task.content_type, fetched_at=task.fetched_at)
    if not extraction.is_article:
        return PageRead(extraction, Relevance())
    return PageRead(extraction, judge(extraction.title, extraction.body, known_gazetteer(gazetteers)))


@cache
def known_gazetteer(files: tuple[Path, ...]) -> Gazetteer:
    """Load the gazetteer once a process."""
    return load_gazetteer(files)
