"""How far a walk down a list goes: which of the further pages that a list page names are worth a request."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from archive.links import NewLink
from archive.lists import ListTarget, add_pending_lists, backfilled_keys
from core.time import SHANGHAI
from crawler.crawl.options import CrawlOptions
from crawler.discovery.list_requests import day_before, is_within_reach
from crawler.discovery.model import ListPage
from crawler.sources.model import ListRequest, Section


class ListWalk:
    """The walk of one crawl down the lists of a source."""

    def __init__(self, source: str, options: CrawlOptions) -> None:
        self._source = source
        self._options = options
        self._unfinished: set[tuple[str, str]] = set()
        """Pages from which a walk goes on until this crawl has seen all that it finds, though it knows it already: what
        was never read, and what an earlier crawl had left. The list may have moved on by whole pages since."""
        self._seen: defaultdict[str, set[str]] = defaultdict(set)

    def leave_unfinished(self, pages: Iterable[tuple[str, str]]) -> None:
        """Have the walk go on from pages (section, key) that were never read, or that an earlier crawl had left."""
        self._unfinished.update(pages)

    def is_in_reach(self, section: Section, request: ListRequest) -> bool:
        """Tell whether this crawl goes as deep as a page that an earlier one has named."""
        since = self._options.since
        if since is None:
            return is_within_reach(section, request)
        return request.day is None or request.day >= since.astimezone(SHANGHAI).date()

    def learns(self, section: Section, request: ListRequest, found: Sequence[NewLink], new: int) -> bool:
        """Tell whether a page belongs to what a walk is for: it has a link that is new, or that an earlier one left.

        A page that only repeats what this crawl has seen of the list does not: some lists never end. The list of a day
        does not move.
        """
        addresses = {link.canonical_url for link in found}
        is_repeated = addresses <= self._seen[section.name]
        self._seen[section.name] |= addresses
        is_unfinished = request.day is None and (section.name, request.key) in self._unfinished
        return bool(new) or (is_unfinished and not is_repeated)

    def goes_on(self, page: ListPage, *, learnt: bool, is_known: bool) -> bool:
        """Tell whether the pages that a list names are worth a request: it taught something, or is a mere index.

        Of a day's index that is the same as before (`is_known`) the parts were named then.

        A backfill goes on through what is known, until a page holds nothing but articles older than it asks for.
        """
        since = self._options.since
        dates = [link.listed_at for link in page.links if link.listed_at is not None]
        if since and dates:
            return max(dates) >= since
        return learnt or not (page.links or is_known)

    def name_day_before(
        self, connection: Connection, section: Section, request: ListRequest, *, learnt: bool = True
    ) -> None:
        """Note that the list of the day before is to be fetched: a backfill is one row, however far it goes."""
        if before := day_before(section, request):
            self.name(connection, section, request, (before,), learnt=learnt)

    def name(
        self,
        connection: Connection,
        section: Section,
        request: ListRequest,
        further: Sequence[ListRequest],
        *,
        learnt: bool,
    ) -> None:
        """Note pages after one as still to be visited; after one that taught nothing, less those that are known.

        Those are the pages that a backfill as deep as this one has read, and what has come since lies before them.
        """
        since = self._options.since
        more = {following.key: self.target(section, following, depth=request.page) for following in further}
        if since is not None and not learnt:
            for key in backfilled_keys(connection, self._source, section.name, [*more], since):
                del more[key]
        if (section.name, request.key) in self._unfinished:
            self._unfinished |= {(section.name, key) for key in more}
        add_pending_lists(connection, more.values())

    def target(self, section: Section, request: ListRequest, *, depth: int | None = None) -> ListTarget:
        """Return where the archive has a list page; a page that another names is as deep as that one's number."""
        depth = request.page - 1 if depth is None else depth
        return ListTarget(self._source, section.name, request.key, request.model_dump(mode="json"), depth)
