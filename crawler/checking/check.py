"""The check of a source against its site: robots.txt, lists, links, three articles, their fields, their relevance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from protego import Protego

from archive.warc import RawPage
from core.time import format_time
from crawler.checking.correction import Correction, correction_of
from crawler.checking.step_result import Outcome, StepResult
from crawler.crawl.single_page import Fetch, FetchError, SiteError
from crawler.discovery import read_list
from crawler.discovery.list_requests import surest_request
from crawler.discovery.model import NOTHING, FoundLink, Known, ListPage
from crawler.downloader.robots import ROBOTS_AGENT
from crawler.extraction.model import Extraction, Verdict
from crawler.pages.page_reader import read_source_page
from crawler.pages.task import PageRead
from crawler.sources.lines import line_of
from crawler.sources.model import ListRequest, Section, Source

ARTICLES = 3
"""Articles looked at in one check."""
SHORT = 80
"""Characters below which the text of an article that is no video is suspect."""
REFUSING = frozenset({401, 403, 429})
"""Answers of a site that does not want the request; with 5xx, what no line of a source file fixes."""
NEAR = timedelta(days=2)
"""Most that a page's time may differ from its list's."""


@dataclass
class SourceCheck:
    """One check; `run()` fills `results`."""

    source: Source
    path: Path
    """Its file, which messages point into."""
    fetch: Fetch
    gazetteers: tuple[Path, ...] = ()
    known: Known = NOTHING
    """What the source's lists have held, for those that have changed."""
    corrections: list[Correction] = field(default_factory=list)
    """What would make the lists that have changed what the file says; `run()` fills it."""
    results: list[StepResult] = field(default_factory=list)

    async def run(self) -> list[StepResult]:
        """Go through all steps; a step that fails leaves out only what depends on it."""
        await self._robots()
        found = [await self._list(section) for section in self.source.sections]
        for link in _sample(found):
            await self._article(link)
        return self.results

    async def _robots(self) -> None:
        requests = [surest_request(section).url for section in self.source.sections]
        rules: dict[str, Protego] = {}
        for url in requests:
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            if origin in rules:
                continue
            rules[origin] = Protego.parse("")
            expected = "an answer, and lists allowed"
            try:
                page = await self.fetch(f"{origin}/robots.txt")
            except FetchError as error:
                self._unfetched("robots", origin, expected, error, "sections", 0, "urls")
                continue
            if page.status < 300:
                rules[origin] = Protego.parse(page.body.decode("utf-8", "replace"))
            closed = [
                (index, listed)
                for index, listed in enumerate(requests)
                if listed.startswith(origin) and not rules[origin].can_fetch(listed, ROBOTS_AGENT)
            ]
            if closed:
                index, listed = closed[0]
                self._add("robots", origin, Outcome.FAILED, expected, f"it forbids {listed}", "sections", index, "urls")
            else:
                self._add("robots", origin, Outcome.OK, expected, f"HTTP {page.status}")

    async def _list(self, section: Section, request: ListRequest | None = None) -> ListPage:
        index = self.source.sections.index(section)
        request = request or surest_request(section)
        expected = f"HTTP 200 from {request.key}"
        try:
            page = await self.fetch(request)
        except FetchError as error:
            self._unfetched("list", section.name, expected, error, "sections", index, "urls")
            return ListPage()
        if page.status == 403 and "Referer" not in section.headers:
            page = await self._with_referer(section, request, page)
        if page.status != 200:
            self._refused("list", section.name, expected, page, "sections", index, "urls")
            return ListPage()
        moved = "" if page.url == request.url else f" from {page.url}"
        self._add("list", section.name, Outcome.OK, expected, f"HTTP 200{moved}, {len(page.body):,} bytes")
        found = read_list(self.source, section, request, page, known=self.known)
        if found.guess and (correction := correction_of(self.source, section, request, page, found)):
            self.corrections.append(correction)
        self._links(section, index, found)
        child = next((more for more in found.more if section.kind == "sitemap" or more.is_part), None)
        is_index = child is not None and not found.links and request.page == child.page - (not child.is_part)
        return await self._list(section, child) if child and is_index else found

    async def _with_referer(self, section: Section, request: ListRequest, refused: RawPage) -> RawPage:
        """Ask once more with the home page as the Referer, and say whether that helps."""
        referer = {"Referer": self.source.homepage}
        try:
            page = await self.fetch(request.model_copy(update={"headers": {**request.headers, **referer}}))
        except FetchError:
            return refused
        if page.status != 200:
            return refused
        index = self.source.sections.index(section)
        saw = f'HTTP 403 without a Referer, 200 with it: headers = {{ Referer = "{self.source.homepage}" }}'
        expected = f"HTTP 200 from {request.key}"
        self._add("referer", section.name, Outcome.FAILED, expected, saw, "sections", index, "headers")
        return page

    def _links(self, section: Section, index: int, found: ListPage) -> None:
        expected = f"links that match {section.article or self.source.article}"
        newest = max((link.listed_at for link in found.links if link.listed_at), default=None)
        saw = "1 link" if len(found.links) == 1 else f"{len(found.links)} links"
        if found.links:
            saw += f", newest {format_time(newest)}" if newest else ", none dated"
            saw += f", first {found.links[0].title or found.links[0].url}"
        elif found.more:
            saw = "an index of 1 list" if len(found.more) == 1 else f"an index of {len(found.more)} lists"
        key: tuple[str | int, ...] = ("sections", index, "article") if section.article else ("article",)
        for name in ("region", "items", "html"):
            if any(f"`{name}`" in problem for problem in found.problems):
                key = ("sections", index, name)
        if found.problems:
            outcome = Outcome.DEGRADED if found.links else Outcome.FAILED
            self._add("links", section.name, outcome, expected, "; ".join([saw, *found.problems]), *key)
        else:
            self._add("links", section.name, Outcome.OK, expected, saw)

    async def _article(self, link: FoundLink) -> None:
        address = link.fetch_url or link.url
        key = ("detail", "url") if link.fetch_url else ("article",)
        try:
            page = await self.fetch(address)
        except FetchError as error:
            self._unfetched("page", link.url, "HTTP 200", error, *key)
            return
        if page.status != 200:
            self._refused("page", link.url, "HTTP 200", page, *key)
            return
        read = read_source_page(self.source, link.url, page, self.gazetteers)
        extraction = read.extraction
        expected = "a page that is an article"
        saw = f"{extraction.verdict}{': ' + extraction.reason if extraction.reason else ''}"
        if not extraction.is_article:
            self._add("page", link.url, Outcome.FAILED, expected, saw, *key)
            return
        self._add("page", link.url, Outcome.OK, expected, saw)
        self._title(link, extraction)
        self._text(link, extraction)
        self._time(link, extraction)
        credit = extraction.credit or "none"
        self._add("credit", link.url, Outcome.OK if extraction.credit else Outcome.NOTE, "来源, if it has one", credit)
        self._relevance(link, read)

    def _title(self, link: FoundLink, extraction: Extraction) -> None:
        expected = link.title or "a title"
        if not extraction.title:
            self._add("title", link.url, Outcome.FAILED, expected, "none", *self._hint("title"))
        elif link.title and not _alike(link.title, extraction.title):
            self._add("title", link.url, Outcome.DEGRADED, expected, extraction.title, *self._hint("title"))
        else:
            self._add("title", link.url, Outcome.OK, expected, extraction.title)

    def _text(self, link: FoundLink, extraction: Extraction) -> None:
        characters = len(extraction.body)
        start = " ".join(extraction.body[:30].split())
        saw = f"{characters:,} characters in {len(extraction.paragraphs)} paragraphs: {start}…"
        enough = characters >= SHORT or extraction.verdict is Verdict.VIDEO
        outcome = Outcome.OK if enough else Outcome.DEGRADED
        self._add("text", link.url, outcome, f"{SHORT} characters or more", saw, *self._hint("body"))

    def _time(self, link: FoundLink, extraction: Extraction) -> None:
        expected = f"about {format_time(link.listed_at)}" if link.listed_at else "a time"
        published = extraction.published_at
        if published is None:
            saw = f"none: {extraction.published_from}"
            self._add("time", link.url, Outcome.FAILED, expected, saw, *self._hint("published_at"))
            return
        where = extraction.published_from if self.source.detail is None else ".".join(self._hint("published_at"))
        saw = f"{format_time(published)} from {where}"
        far = link.listed_at is not None and abs(published - link.listed_at) > NEAR
        outcome = Outcome.DEGRADED if far else Outcome.OK
        self._add("time", link.url, outcome, expected, saw, *self._hint("published_at"))

    def _relevance(self, link: FoundLink, read: PageRead) -> None:
        relevance = read.relevance
        terms = "、".join(dict.fromkeys(term.text for term in relevance.terms[:6]))
        saw = f"{relevance.level} {relevance.score:g} {terms}".rstrip()
        self._add("relevance", link.url, Outcome.NOTE, "none to core", saw)

    def _unfetched(self, step: str, subject: str, expected: str, error: FetchError, *key: str | int) -> None:
        """Note a page that could not be fetched; a line to change only where another address would fare better."""
        self._add(step, subject, Outcome.FAILED, expected, str(error), *(() if isinstance(error, SiteError) else key))

    def _refused(self, step: str, subject: str, expected: str, page: RawPage, *key: str | int) -> None:
        """Note an answer that is not 200; a line to change only where the site does not refuse or fail as a whole."""
        by_site = page.status in REFUSING or page.status >= 500
        saw = f"HTTP {page.status} at {page.url}"
        self._add(step, subject, Outcome.FAILED, expected, saw, *(() if by_site else key))

    def _hint(self, name: str) -> tuple[str, ...]:
        return ("detail", name) if self.source.detail else ("hints", name)

    def _add(self, step: str, subject: str, outcome: Outcome, expected: str, saw: str, *key: str | int) -> None:
        """Add a result; of one that needs a fix, `key` is where."""
        fix = ""
        if outcome.needs_fix and key:
            line = line_of(self.path.read_text(encoding="utf-8"), *key)
            fix = f"{self.path}:{line} {'.'.join(str(part) for part in key)}"
        self.results.append(
            StepResult(
                source=self.source.name,
                step=step,
                subject=subject,
                outcome=outcome,
                expected=expected,
                saw=saw,
                fix=fix,
            )
        )


def _sample(pages: Sequence[ListPage]) -> list[FoundLink]:
    """Return links of as many sections as there are, first links first."""
    links: dict[str, FoundLink] = {}
    for depth in range(ARTICLES):
        for page in pages:
            if depth < len(page.links):
                links.setdefault(page.links[depth].url, page.links[depth])
    return list(links.values())[:ARTICLES]


def _alike(listed: str, printed: str) -> bool:
    """Tell whether a list's headline and a page's title are the same story's: half of the characters agree."""
    one, other = set(listed) - set(" …."), set(printed)
    return not one or len(one & other) >= len(one) / 2
