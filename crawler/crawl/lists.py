"""The list pages of a crawl: asked only whether they changed, read, every link stored before anything else happens."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from scrapy import Request
from scrapy.http import Response
from sqlalchemy import Connection
from twisted.python.failure import Failure

from archive.article import DiscoveredBy
from archive.articles import save_relevance
from archive.claims import claim
from archive.links import NewLink, add_links, retry_relisted
from archive.lists import (
    ListResult,
    Validators,
    distrust_validators,
    forget_list,
    known_body_hash,
    pending_lists,
    read_list_keys,
    record_confirmed,
    record_list,
    record_list_problem,
    record_unchanged,
    record_visited,
    renew_children,
    validators,
)
from archive.observations import VisitOutcome, record_visit
from core.log import get_logger
from core.time import SHANGHAI
from crawler.crawl.crawl import Crawl
from crawler.crawl.guessing import ListWatch
from crawler.crawl.list_walk import ListWalk
from crawler.crawl.options import BACKFILL_PAGES, CATCH_UP_PAGES
from crawler.crawl.page_storing import raw_page
from crawler.discovery import read_list, start_requests
from crawler.discovery.list_reader import is_page_for_people
from crawler.discovery.list_requests import may_be_missing
from crawler.discovery.model import ListPage
from crawler.downloader.context import RequestContext
from crawler.downloader.failures import MISSING_STATUSES, BackedOffError
from crawler.relevance.listed import on_delta_list
from crawler.sources.model import ListRequest, Section

log = get_logger(__name__)

BROKEN_DAYS_IN_A_ROW = 3
"""Days whose list could not be read, one after another, after which a backfill through the days rests."""


class ListCrawl:
    """The list pages of one crawl."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._watch = ListWatch(crawl)
        self._requested: set[tuple[str, str]] = set()
        self._broken_days: Counter[str] = Counter()
        self._walk = ListWalk(crawl.source.name, crawl.options)
        self._read_before: set[str] = set()
        """Names of the sections of which an earlier crawl has read a page."""

    def first(self) -> Iterator[Request]:
        """Give a request for the start of every section that the options ask for."""
        with self._crawl.context.database.read() as connection:
            rows = pending_lists(connection, self._crawl.source.name)
            read = read_list_keys(connection, self._crawl.source.name)
        self._walk.leave_unfinished((row.section, row.key) for row in rows)
        self._read_before = {section for section, _ in read}
        source, named = self._crawl.source, self._crawl.options.section
        # Of a source that is off and named all the same, everything is read.
        for section in (source.sections_on or source.sections) if named is None else source.sections:
            if named in {None, section.name}:
                for request in start_requests(section):
                    if (section.name, request.key) not in read:
                        self._walk.leave_unfinished([(section.name, request.key)])
                    yield self._request(section, request)

    def deeper(self) -> Iterator[Request]:
        """Give requests for the pages that other lists named and nobody read yet, of an earlier crawl too."""
        with self._crawl.context.database.read() as connection:
            rows = pending_lists(connection, self._crawl.source.name)
        for row in rows:
            section = self._crawl.source.section(row.section)
            if section is None or self._crawl.options.section not in {None, row.section}:
                continue
            section = self._reaching(section)
            request = ListRequest.model_validate(row.request)
            if self._walk.is_in_reach(section, request) and (row.section, row.key) not in self._requested:
                yield self._request(section, request)

    def _request(self, section: Section, request: ListRequest, *, to_confirm: bool = False) -> Request:
        """Return the request for a list page; `to_confirm`: whole, since it is said to be unchanged."""
        self._requested.add((section.name, request.key))
        if since := self._crawl.options.since:
            pages = BACKFILL_PAGES
            if request.day is not None:
                pages = request.page + (request.day - since.astimezone(SHANGHAI).date()).days
            section = section.model_copy(update={"max_pages": pages})
        else:
            section = self._reaching(section)
        headers: dict[str, str] = {**request.headers}
        headers |= {"Content-Type": request.content_type} if request.content_type else {}
        # A backfill reads on from known pages too.
        is_conditional = not to_confirm and self._crawl.options.since is None
        if request.method == "GET" and is_conditional:
            with self._crawl.context.database.read() as connection:
                known = validators(connection, self._crawl.source.name, section.name, request.key)
            conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
            headers |= {name: value for name, value in conditions.items() if value}
        return Request(
            request.url,
            method=request.method,
            body=request.body,
            headers=headers,
            callback=self.read,
            errback=self.failed,
            cb_kwargs={"section": section, "request": request, "to_confirm": to_confirm},
            meta=RequestContext(kin=True).meta,
            dont_filter=True,
        )

    def _reaching(self, section: Section) -> Section:
        """Return a section that goes as deep as this crawl may: `max_pages` are for a list that nobody has read yet.

        A walk ends with the first page that teaches nothing, so that deeper pages cost a request after an outage alone.
        """
        if section.name not in self._read_before or section.is_dated or section.kind == "sitemap":
            return section
        return section.model_copy(update={"max_pages": max(section.max_pages, CATCH_UP_PAGES)})

    def read(
        self, response: Response, section: Section, request: ListRequest, *, to_confirm: bool = False
    ) -> Request | None:
        """Store the links of a list page, its validators and the pages that it names, in one transaction.

        Return the request for the whole page where one that is said to be unchanged is to be put to the test.
        """
        with self._crawl.storing():
            return self._read(response, section, request, to_confirm=to_confirm)
        return None

    def _read(self, response: Response, section: Section, request: ListRequest, *, to_confirm: bool) -> Request | None:
        crawl = self._crawl
        crawl.counts.lists += not to_confirm
        crawl.record_response(response.status)
        is_missing = response.status in MISSING_STATUSES and may_be_missing(request)
        if response.status == 304 or is_missing:
            return self._read_nothing(response, section, request, to_confirm=to_confirm)
        if response.status != 200:
            self._broken(section, request, f"HTTP {response.status}", status=response.status)
            return None
        page = read_list(crawl.source, section, request, raw_page(response))
        if page.guess or page.problems:
            page = read_list(crawl.source, section, request, raw_page(response), known=self._watch.known())
        if page.problems and not page.links and not page.more:
            outcome = VisitOutcome.HTML if is_page_for_people(section, response.body) else VisitOutcome.FAILED
            self._broken(section, request, "; ".join(page.problems), status=200, outcome=outcome, unknown=True)
            return None
        with crawl.context.database.write() as connection:
            may_take = self._watch.may_take(connection, section, request, page)
            if may_take or not page.problems:
                self._broken_days[section.name] = 0
                taken = page if may_take else page.model_copy(update={"links": ()})
                self._store(connection, response, section, request, taken, to_confirm=to_confirm)
                return None
        self._broken(section, request, f"{page.problems[0]}; taken if the next round finds the same", status=200)
        return None

    def _read_nothing(
        self, response: Response, section: Section, request: ListRequest, *, to_confirm: bool
    ) -> Request | None:
        """Note a list page that is unchanged, or not there; return the request for the whole of a doubted one."""
        crawl, target = self._crawl, self._walk.target(section, request)
        is_unchanged = response.status == 304
        crawl.counts.lists_unchanged += is_unchanged
        with crawl.context.database.write() as connection:
            record_visit(connection, target, VisitOutcome.UNCHANGED, status=response.status)
            if is_unchanged:
                is_doubted = record_unchanged(connection, target)
            else:
                record_visited(connection, target)
                is_doubted = False
            if section.kind == "sitemap" and is_unchanged:
                renew_children(connection, target, most=section.max_pages)
            self._walk.name_day_before(connection, section, request, learnt=not is_unchanged)
            if not is_unchanged and request.day is None:
                self._watch.note_missing(connection, section, target, request.otherwise)
                if request.otherwise:
                    self._walk.name(connection, section, request, (_where_the_page_says(request),), learnt=True)
        is_doubted = is_doubted and target.depth == 0 and not to_confirm
        return self._request(section, request, to_confirm=True) if is_doubted else None

    def _store(
        self,
        connection: Connection,
        response: Response,
        section: Section,
        request: ListRequest,
        page: ListPage,
        *,
        to_confirm: bool,
    ) -> None:
        """Store the links of a list page, its validators and the pages that it names."""
        crawl, target = self._crawl, self._walk.target(section, request)
        body_hash = hashlib.sha256(response.body).hexdigest()
        found = self._found(section, page)
        new = add_links(connection, crawl.source.name, section.name, found)
        retry_relisted(connection, found)
        if section.all_delta:
            self._claim(connection, section, found)
        is_known = body_hash == known_body_hash(connection, target)
        if to_confirm and is_known:
            record_confirmed(connection, target)
        elif to_confirm:
            crawl.counts.lists_unchanged -= 1
            distrust_validators(connection, target)
        record_visit(
            connection,
            target,
            VisitOutcome.READ,
            status=200,
            addresses=[link.canonical_url for link in found],
            problem="; ".join(page.problems),
            lied=to_confirm and not is_known,
        )
        result = ListResult(
            body_hash=body_hash,
            link_count=len(found),
            refused=page.refused,
            validators=Validators(_header(response, "ETag"), _header(response, "Last-Modified")),
            names_lists=bool(page.more),
            problem="; ".join(page.problems) or None,
            backfilled_to=crawl.options.since,
        )
        record_list(connection, target, result)
        if request.by_cursor:
            forget_list(connection, target)
        learnt = self._walk.learns(section, request, found, new)
        if self._walk.goes_on(page, learnt=learnt, is_known=is_known and request.day is not None):
            self._walk.name(connection, section, request, page.more, learnt=learnt)
        self._walk.name_day_before(connection, section, request, learnt=learnt)
        crawl.counts.links_found += new
        told = {"links": len(found), "new": new, "refused": page.refused}
        log.info("list read", source=crawl.source.name, url=request.url, **told)

    def _found(self, section: Section, page: ListPage) -> list[NewLink]:
        source = self._crawl.source
        by = DiscoveredBy.GUESS if self._watch.is_guessed(section, page) else DiscoveredBy.LIST
        return [
            NewLink(link.url, source.canonical_url(link.url), link.fetch_url, link.title, link.listed_at, by)
            for link in page.links
        ]

    def failed(self, failure: Failure) -> None:
        """Note a list page that could not be fetched."""
        error = failure.value
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        if isinstance(error, BackedOffError):
            self._crawl.stop(str(error))
            return
        reason = self._crawl.reason(error)
        with self._crawl.storing():
            self._broken(request.cb_kwargs["section"], request.cb_kwargs["request"], reason)

    def _claim(self, connection: Connection, section: Section, found: Sequence[NewLink]) -> None:
        """Give what an ordinary section named before to the one that is all about the delta."""
        others = [other.name for other in self._crawl.source.sections if not other.all_delta]
        addresses = [link.canonical_url for link in found]
        for article_id, relevance in claim(connection, self._crawl.source.name, section.name, addresses, others):
            save_relevance(connection, article_id, on_delta_list(relevance))

    def _broken(
        self,
        section: Section,
        request: ListRequest,
        problem: str,
        *,
        status: int | None = None,
        outcome: VisitOutcome = VisitOutcome.FAILED,
        unknown: bool = False,
    ) -> None:
        """Note a list that could not be read; where its site did answer, the days before are looked at all the same.

        `status` is that of the answer, None where there was none; `unknown`: nothing on it looks like an article.
        """
        self._crawl.counts.lists_failed += 1
        log.info("list failed", source=self._crawl.source.name, url=request.url, reason=problem)
        where = "" if problem.startswith(request.url) else f"{request.url}: "
        self._crawl.errors.append(f"{section.name}: {where}{problem}")
        target = self._walk.target(section, request)
        with self._crawl.context.database.write() as connection:
            record_visit(connection, target, outcome, status=status, problem=problem)
            record_list_problem(connection, target, problem)
            if unknown:
                self._watch.note_unknown(connection, section, request, problem)
            self._broken_days[section.name] += 1
            if status is not None and self._broken_days[section.name] < BROKEN_DAYS_IN_A_ROW:
                self._walk.name_day_before(connection, section, request)


def _where_the_page_says(request: ListRequest) -> ListRequest:
    """Return the request for a page that is not where the section's numbers say."""
    return ListRequest(url=request.otherwise, page=request.page, headers=request.headers)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
