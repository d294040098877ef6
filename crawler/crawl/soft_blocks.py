"""Soft blocks: answers of status 200 that are not the article's page - an error, a challenge, a log-in, nothing at all.

They say nothing of the article, which may be there at the next try; a page of another kind (a list, a gallery, a video)
is what the address is.
"""

from urllib.parse import urlsplit

from archive.pages import Page
from crawler.extraction.model import Extraction, Verdict
from crawler.pages.task import PageRead
from crawler.sources.model import Source
from text.ngrams import ngrams, share_within

NO_ARTICLE = frozenset({Verdict.ERROR, Verdict.LOGIN, Verdict.SCRIPT, Verdict.EMPTY})
"""Verdicts on pages that are none of an article."""

HOMES = frozenset({"", "/", "/index.html", "/index.htm", "/index.shtml"})

SAME_TITLE = 0.5
"""Share of a headline's pairs of characters that stand in the other one, from which both are of one article."""


def leads_away(source: Source, url: str, asked: str) -> bool:
    """Tell whether the request for an article led to what is none: to the home page, or off the source's pattern.

    Where the text is JSON at an address of its own, no pattern says what that one looks like.
    """
    fetch_url = source.fetch_url(asked)
    if url == (fetch_url or asked):
        return False
    return _is_home(url, asked) or (fetch_url is None and source.takes(asked) and not source.takes(url))


def block_of_article(source: Source, page: Page, read: PageRead) -> str | None:
    """Return why what came for an article's address is not its page; None where it is, of whatever kind.

    What a redirect off the article's pattern led to has to show the headline that the list gave.
    """
    extraction = read.extraction
    if not leads_away(source, read.came_from, page.url):
        # A video without text is a page of its own kind, though nothing can be searched in it.
        is_none = extraction.verdict in NO_ARTICLE and extraction.video is None
        return _said(extraction) if is_none else None
    led = f"it leads to {read.came_from}"
    if not extraction.is_article:
        return f"{led}; {_said(extraction)}"
    if _is_home(read.came_from, page.url):
        return f"{led}, the home page"
    is_named = not page.listed_title or shares_title(page.listed_title, extraction.title)
    return None if is_named else f"{led}, with another headline: {extraction.title}"


def block_of_part(extraction: Extraction, listed_title: str) -> str | None:
    """Return why what came for an article's further page is none; under its headline there may be pictures alone."""
    if extraction.verdict is Verdict.EMPTY and shares_title(listed_title, extraction.title):
        return None
    return _said(extraction) if extraction.verdict in NO_ARTICLE else None


def shares_title(one: str, other: str) -> bool:
    """Tell whether two headlines may be of one article: the shorter one stands in the other for the most part."""
    pairs, others = sorted((ngrams(one, 2), ngrams(other, 2)), key=len)
    return share_within(pairs, others) >= SAME_TITLE


def _is_home(url: str, asked: str) -> bool:
    return urlsplit(url).path in HOMES and urlsplit(asked).path not in HOMES


def _said(extraction: Extraction) -> str:
    return f"{extraction.verdict}: {extraction.reason}"
