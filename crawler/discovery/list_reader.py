"""One list page, read: which kind it is, what it links to, and what was wrong with it."""

from datetime import datetime, time

from archive.warc import RawPage
from core.time import SHANGHAI
from crawler.discovery.html_list import read_html_list
from crawler.discovery.json_list import read_json_list
from crawler.discovery.list_requests import may_be_empty
from crawler.discovery.model import NOTHING, Known, ListPage
from crawler.discovery.sitemap import read_sitemap
from crawler.extraction.decoding import decode
from crawler.sources.model import FeedSection, HtmlSection, JsonSection, ListRequest, Section, SitemapSection, Source

GUESSED = "degraded:"
"""Begins the problems of a page that gave links all the same."""


def read_list(
    source: Source, section: Section, request: ListRequest, answer: RawPage, *, known: Known = NOTHING
) -> ListPage:
    """Return the article links of a list page, in the list's order (a sitemap: newest first), and its further pages.

    `answer` is what came for the request, after redirects. Pure, and never raises whatever it holds: what is wrong
    stands in `problems`. Links are on the source's own hosts and match the article pattern, unless the page is a
    `guess`, by what is `known` of its list; a problem that begins with GUESSED says how they were found. A page
    without a link is a problem, unless it may be empty: a further page is the end of its list, and a narrow query word
    may have no hits.
    """
    match section:
        case HtmlSection():
            decoded = decode(answer.body, content_type=answer.content_type)
            page = read_html_list(
                source,
                section,
                request,
                answer.url,
                decoded.text,
                known=known,
                read_at=answer.fetched_at,
                encoding=decoded.encoding,
            )
        case JsonSection():
            page = read_json_list(source, section, request, answer.url, _text(answer), known=known)
        case FeedSection():
            from crawler.discovery.feed import read_feed  # noqa: PLC0415 - feedparser takes long, and feeds are rare

            page = read_feed(source, section, answer.url, answer.body, answer.content_type, known=known)
        case SitemapSection():
            page = read_sitemap(source, section, request, answer.url, answer.body, known=known)
        case _:
            raise TypeError(f"{type(section).__name__} is no kind of section")
    if request.day is not None:
        page = _dated(page, datetime.combine(request.day, time(), SHANGHAI))
    if may_be_empty(section, request) and not (request.is_part and page.links):
        # Past its end a list shows whatever the site has; that its region is gone there says nothing of its layout.
        return page.model_copy(
            update={"problems": tuple(problem for problem in page.problems if not problem.startswith(GUESSED))}
        )
    if page.links or page.problems or page.more:
        return page
    pattern = section.article or source.article
    return page.model_copy(update={"problems": (f"no link of the page is an article by `article` = {pattern!r}",)})


def is_page_for_people(section: Section, body: bytes) -> bool:
    """Tell whether HTML came in place of what only machines read: of a feed, a sitemap, JSON."""
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return section.kind != "html" and start.startswith((b"<!doctype html", b"<html"))


def _dated(page: ListPage, day: datetime) -> ListPage:
    """Give the links of a day's list that day, where the list itself dates them no better."""
    links = tuple(link.model_copy(update={"listed_at": link.listed_at or day}) for link in page.links)
    return page.model_copy(update={"links": links})


def _text(answer: RawPage) -> str:
    return decode(answer.body, content_type=answer.content_type).text
