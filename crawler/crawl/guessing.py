"""Lists that do not hold what their source says: when links that look like their old ones are taken, and when no more.

A list is on watch from the first round on; what matches the article pattern is taken at once, what only looks like
articles from the second round in a row on (`archive.watched_lists`). What was read of the last guessed pages decides
whether that goes on.
"""

from collections import defaultdict

from sqlalchemy import Connection

from archive.database import Database
from archive.links import Link, newest_links, refuse_guessed
from archive.lists import ListTarget, known_body_hash
from archive.watched_lists import record_guessed_page, unwatch, watch
from crawler.crawl.crawl import Crawl
from crawler.discovery.list_requests import list_name, may_be_empty
from crawler.discovery.model import Guess, Known, ListPage
from crawler.sources.model import ListRequest, Section

KNOWN = 500
"""Links of a source, the newest, by which its lists are told from what else stands on a page."""
PARTS = 2
"""Parts of a list that must be wrong: one alone may be a page of advertisements."""


class ListWatch:
    """What one crawl sees of its lists."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._right: set[tuple[str, str]] = set()
        self._wrong: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._guessed: set[str] = set()

    def known(self) -> Known:
        """Return what the source's lists have held."""
        return known_of(self._crawl.context.database, self._crawl.source.name)

    def is_guessed(self, section: Section, page: ListPage) -> bool:
        """Tell whether what is taken of a page counts as guessed."""
        return page.guess is not None and section.name in self._guessed

    def may_take(self, connection: Connection, section: Section, request: ListRequest, page: ListPage) -> bool:
        """Record how a list page stands, and tell whether its links may be taken."""
        source, name = self._crawl.source.name, list_name(section, request)
        key = (section.name, name)
        if page.guess is None:
            if page.links:
                self._right.add(key)
                unwatch(connection, source, section.name, name)
            return True
        if may_be_empty(section, request) and not request.is_part:  # past its end a list shows whatever the site has
            return page.guess is Guess.PATTERN or section.name in self._guessed
        if key in self._right:  # another part of it is as it should be
            return page.guess is Guess.PATTERN
        self._wrong[key].add(request.key)
        if request.is_part and len(self._wrong[key]) < PARTS:
            return False
        count = PARTS if request.is_part else 1
        return self._watch(connection, section, name, page, next_round=len(self._wrong[key]) == count)

    def note_unknown(self, connection: Connection, section: Section, request: ListRequest, problem: str) -> None:
        """Record that a list holds nothing that looks like its articles: a person has to look."""
        name = list_name(section, request)
        next_round = not self._wrong[section.name, name]
        self._wrong[section.name, name].add(request.key)
        reason = f"{problem}; nothing on it looks like the articles that it had"
        watch(connection, self._crawl.source.name, section.name, name, reason, next_round=next_round, at_once=False)

    def note_missing(self, connection: Connection, section: Section, target: ListTarget, otherwise: str) -> None:
        """Record that a further page is not where the section says, unless the list may just have ended."""
        if otherwise:
            reason = f"it is not there; the page before links to {otherwise} as the next one, which was read instead"
        elif known_body_hash(connection, target) is not None:
            reason = "it is not there any more: where the list goes on is not known"
        else:
            return
        watch(connection, target.source, section.name, target.key, reason, next_round=True, at_once=bool(otherwise))

    def _watch(self, connection: Connection, section: Section, name: str, page: ListPage, *, next_round: bool) -> bool:
        at_once = page.guess is Guess.PATTERN
        source, reason = self._crawl.source.name, page.problems[0]
        row = watch(connection, source, section.name, name, reason, next_round=next_round, at_once=at_once)
        if row.guessing:
            self._guessed.add(section.name)
        return row.guessing


def known_of(database: Database, source: str) -> Known:
    """Return what the lists of a source have held; one article may stand on several."""
    with database.read() as connection:
        links = newest_links(connection, source, limit=KNOWN)
    titles = ("".join(link.title.split()) for link in links)
    return Known(frozenset(link.canonical_url for link in links), frozenset(filter(None, titles)))


def record_guessed(crawl: Crawl, link: Link, *, is_article: bool) -> None:
    """Record what the page of a guessed link turned out to be; where too many are no articles, the guess ends."""
    with crawl.context.database.write() as connection:
        reason = record_guessed_page(connection, link.source, link.section, is_article=is_article)
        if reason is not None:
            refuse_guessed(connection, link.source, link.section, reason)
    if reason is not None:
        crawl.errors.append(f"{link.section}: {reason}")
