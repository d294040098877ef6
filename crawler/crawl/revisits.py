"""The visits of a crawl to articles that are known: asked whether they changed, read again where they did."""

import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import Connection
from twisted.python.failure import Failure

from archive.articles import find_article, mark_back, mark_withdrawn
from archive.pages import Page, add_page
from archive.revisits import (
    RevisitOutcome,
    Visit,
    VisitedArticle,
    count_other_requests,
    count_visits,
    is_doubt_of_others,
    last_answer_at,
    pages_of_article,
    record_visits,
    visited_articles,
)
from archive.warc import PageLostError, RawPage, RecordLocation, read_page
from core.clock import CLOCK
from core.log import get_logger
from crawler.crawl.crawl import Crawl
from crawler.crawl.item import ArticleItem
from crawler.crawl.page_storing import raw_page
from crawler.crawl.persistence import FORGOTTEN, page_task, store_article
from crawler.crawl.revisit_rules import (
    LOOK_BACK,
    SHARE_SPAN,
    Sighting,
    allowance,
    choose,
    doubt_of,
    is_fault,
    newly_withdrawn,
    outcome_of,
)
from crawler.crawl.soft_blocks import block_of_part
from crawler.downloader.context import RequestContext
from crawler.downloader.failures import BackedOffError
from crawler.extraction.model import Extraction
from crawler.pages.extraction_pool import ExtractionFailedError, PoolBrokenError
from crawler.pages.reextraction import reread_page

log = get_logger(__name__)

HOUR = timedelta(hours=1)


@dataclass
class _Revisit:
    """An article that is being visited, until each of its pages has answered."""

    article: VisitedArticle
    pages: list[Page]
    visits: dict[str, Visit] = field(default_factory=dict)
    """By the page's canonical address."""
    fresh: list[tuple[Page, RawPage]] = field(default_factory=list)
    """Pages that are not as they were stored, on the disk; their rows come when all pages have answered."""


@dataclass(frozen=True)
class _StoredPage:
    """What is known of a page from its record."""

    url: str | None = None
    """Where it came from, after redirects."""
    sha256: str | None = None
    conditions: dict[str, str] = field(default_factory=dict)
    """Headers that ask whether it changed."""


class RevisitCrawl:
    """The visits to known articles of one crawl, after its lists and new articles."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._taken: set[int] = set()
        self._missing: list[tuple[Sighting, list[Visit]]] = []

    def due(self) -> Iterator[Request]:
        """Give requests for the articles that are due, as many as the source's share of requests allows."""
        crawl, source = self._crawl, self._crawl.source.name
        if not crawl.context.settings.revisits or crawl.options.is_narrowed:
            return
        now = CLOCK.now()
        with crawl.context.database.read() as connection:
            unrecorded = sum(len(visits) for _, visits in self._missing)
            most = allowance(
                others=count_other_requests(connection, source, SHARE_SPAN),
                visits=count_visits(connection, source, SHARE_SPAN) + unrecorded,
                in_hour=count_visits(connection, source, HOUR) + unrecorded,
            )
            known = visited_articles(connection, source, since=now - LOOK_BACK) if most else []
            chosen = choose((article for article in known if article.id not in self._taken), now, most)
            revisits = [_Revisit(each, pages_of_article(connection, each.canonical_url)) for each in chosen]
        for revisit in revisits:
            self._taken.add(revisit.article.id)
            if revisit.pages and revisit.pages[0].canonical_url == revisit.article.canonical_url:
                for page in revisit.pages:
                    yield self._request(revisit, page)

    def _request(self, revisit: _Revisit, page: Page) -> Request:
        stored = self._stored(page)
        return Request(
            self._crawl.source.fetch_url(page.url) or page.url,
            headers=stored.conditions,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"revisit": revisit, "page": page, "stored": stored},
            meta=RequestContext(kin=page.discovered_by == "guess").meta,
            dont_filter=True,
        )

    def _stored(self, page: Page) -> _StoredPage:
        try:
            raw = read_page(self._crawl.context.archive.pages, page.location)
        except PageLostError:
            return _StoredPage()
        headers = {name.lower(): value for name, value in raw.headers}
        conditions = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        given = {name: value for name, value in conditions.items() if value}
        return _StoredPage(raw.url, hashlib.sha256(raw.body).hexdigest(), given)

    async def read(
        self, response: Response, revisit: _Revisit, page: Page, stored: _StoredPage
    ) -> AsyncIterator[ArticleItem]:
        """Take a page's answer; with that of the last page of its article, store what changed."""
        with self._crawl.storing():
            self._crawl.record_response(response.status)
            is_same = hashlib.sha256(response.body).hexdigest() == stored.sha256
            is_elsewhere = self._is_elsewhere(response, page, stored)
            outcome = outcome_of(response.status, is_same=is_same, is_elsewhere=is_elsewhere)
            if outcome is RevisitOutcome.READ:
                raw = raw_page(response)
                revisit.fresh.append((_fresh(page, raw, self._crawl.context.writer.append(raw)), raw))
            reason = f"it leads to {response.url}" if is_elsewhere else None
            await self._answered(revisit, page, outcome, response.status, reason)
        for item in self._crawl.take_items():
            yield item

    async def failed(self, failure: Failure) -> AsyncIterator[ArticleItem]:
        """Take note of a page that gave no answer, or may not be asked for any more."""
        error = failure.value
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        if isinstance(error, BackedOffError):
            self._crawl.stop(str(error))
            return
        revisit, page = request.cb_kwargs["revisit"], request.cb_kwargs["page"]
        with self._crawl.storing():
            reason = self._crawl.reason(error)
            await self._answered(revisit, page, RevisitOutcome.UNKNOWN, None, reason)
        for item in self._crawl.take_items():
            yield item

    def _is_elsewhere(self, response: Response, page: Page, stored: _StoredPage) -> bool:
        """Tell whether a request led to another page than the one that is known."""
        source = self._crawl.source
        asked = source.fetch_url(page.url) or page.url
        own = (source.canonical_url(response.url), source.part_url(response.url))
        return response.url not in {asked, stored.url} and page.canonical_url not in own

    async def _answered(
        self, revisit: _Revisit, page: Page, outcome: RevisitOutcome, status: int | None, reason: str | None
    ) -> None:
        self._crawl.counts.revisits += 1
        visit = Visit(revisit.article.id, page.canonical_url, CLOCK.now(), outcome, status, reason)
        revisit.visits[page.canonical_url] = visit
        log.info("article visited again", source=page.source, url=page.url, outcome=str(outcome), reason=reason)
        if len(revisit.visits) == len(revisit.pages):
            await self._conclude(revisit)

    async def _conclude(self, revisit: _Revisit) -> None:
        """Store what the visit to an article found, now that all its pages have answered."""
        article, visits = revisit.article, list(revisit.visits.values())
        first = revisit.visits[article.canonical_url]
        if first.outcome is RevisitOutcome.MISSING:
            self._missing.append((Sighting(article, first.visited_at), visits))
            return
        # Pages of different times would be joined to a text that nobody printed.
        is_whole = all(visit.outcome is not RevisitOutcome.UNKNOWN for visit in visits)
        if is_whole and revisit.fresh and (problem := await self._store(revisit)):
            outcome, reason = problem
            visits = [replace(visit, outcome=outcome, reason=reason) if visit is first else visit for visit in visits]
        with self._crawl.context.database.write() as connection:
            record_visits(connection, self._crawl.source.name, visits)
            if article.withdrawn_at is not None and first.outcome is RevisitOutcome.UNCHANGED:
                mark_back(connection, article.id, at=first.visited_at)

    async def _store(self, revisit: _Revisit) -> tuple[RevisitOutcome, str] | None:
        """Store and read the pages that changed; return what the visit was and why, where nothing was stored.

        What is stored is first read by today's extraction: what then differs is the page's doing.
        """
        crawl, first = self._crawl, revisit.pages[0]
        fresh = sorted(revisit.fresh, key=lambda one: one[0].id != first.id)
        try:
            reads = [(page, await self._read_alone(page)) for page, _ in fresh]
            await reread_page(crawl.context, crawl.source, first)
        except PoolBrokenError as error:
            crawl.stop(str(error))
            return RevisitOutcome.UNKNOWN, str(error)
        except ExtractionFailedError as error:
            return RevisitOutcome.UNKNOWN, str(error)
        if problem := self._problem(revisit, reads):
            return problem
        with crawl.context.database.write() as connection:
            pages = [replace(page, id=_add_page(connection, page, raw)) for page, raw in fresh]
        for page in pages:
            crawl.counts.pages += 1
            await store_article(crawl, page)
        return None

    async def _read_alone(self, fresh: Page) -> Extraction:
        """Read a page as it is now, which has no row yet, and without what other pages of its article have."""
        task = page_task(self._crawl.context, self._crawl.source, fresh)
        read = await self._crawl.context.pool.read(replace(task, location=fresh.location, parts=()))
        return read.extraction

    def _problem(
        self, revisit: _Revisit, reads: Sequence[tuple[Page, Extraction]]
    ) -> tuple[RevisitOutcome, str] | None:
        """Return why the pages that came are not taken for the article's; None where they are.

        What is met again at a later visit, and in no other article's place, is what the page is now.
        """
        article, source = revisit.article, self._crawl.source.name
        with self._crawl.context.database.read() as connection:
            stored = find_article(connection, article.canonical_url, extracted=True)
        if stored is None:  # it was forgotten meanwhile
            return RevisitOutcome.UNKNOWN, FORGOTTEN
        doubts = []
        for page, extraction in reads:
            is_first = page.id == revisit.pages[0].id
            if is_first and not extraction.is_article:
                return RevisitOutcome.UNKNOWN, f"{extraction.verdict}: {extraction.reason}"
            if not is_first and (block := block_of_part(extraction, stored.title)):
                return RevisitOutcome.UNKNOWN, f"{page.url}: {block}"
            if extraction.is_article and (doubt := doubt_of(stored, extraction)):
                doubts.append(doubt)
        if not doubts:
            return None
        with self._crawl.context.database.read() as connection:
            is_notice = is_doubt_of_others(connection, source, article.id, doubts[0])
        is_confirmed = doubts[0] == article.doubt and not is_notice
        return None if is_confirmed else (RevisitOutcome.DOUBTFUL, doubts[0])

    def conclude(self) -> None:
        """Record which articles were not there; withdraw those that were not twice, while others of the source were."""
        crawl, source = self._crawl, self._crawl.source.name
        if not self._missing:
            return
        missing = [sighting for sighting, _ in self._missing]
        visits = [visit for _, visits in self._missing for visit in visits]
        self._missing = []
        if is_fault(missing):
            log.warning("articles missing", source=source, count=len(missing), url=missing[0].article.canonical_url)
            visits = [
                replace(visit, outcome=RevisitOutcome.FAULT) if visit.outcome is RevisitOutcome.MISSING else visit
                for visit in visits
            ]
        with crawl.context.database.write() as connection:
            record_visits(connection, source, visits)
            for sighting in newly_withdrawn(missing, answered_at=last_answer_at(connection, source)):
                mark_withdrawn(connection, sighting.article.id, at=sighting.at)
                crawl.counts.withdrawn += 1
                log.info("article withdrawn", source=source, url=sighting.article.canonical_url)


def _add_page(connection: Connection, page: Page, raw: RawPage) -> int:
    names = {"source": page.source, "section": page.section, "url": page.url, "canonical_url": page.canonical_url}
    return add_page(connection, raw, page.location, **names)


def _fresh(page: Page, raw: RawPage, location: RecordLocation) -> Page:
    """Return a known page as it is now; its row comes later."""
    return replace(
        page,
        fetched_at=raw.fetched_at,
        warc_file=location.file,
        warc_offset=location.offset,
        warc_length=location.length,
    )
