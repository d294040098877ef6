"""Replica: the played sites behind one proxy, as tests and `make demo` use them."""

import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.sources.model import Source
from tests.replica.authority import Authority
from tests.replica.corpus import read_desks, read_publications
from tests.replica.exchange import Answer, Request
from tests.replica.faults import Fault, Faults
from tests.replica.log import RequestLog
from tests.replica.newsroom import Newsroom
from tests.replica.paging import Paging
from tests.replica.publication import UNLISTED, Level, Publication
from tests.replica.redesign import Redesign, RedesignedSite
from tests.replica.server import ProxyServer
from tests.replica.sites import SITES
from tests.replica.sites.site import serving

SOURCES = Path(__file__).parent / "sources"
"""Source files of two sites that do not exist: a folder for the setting `source_folders`."""

MINUTE = timedelta(minutes=1)

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /cgi-bin/\n"
"""What every played host answers for robots.txt; none of the real texts is known."""


class ReplicaError(Exception):
    """The replica itself broke: a defect of the tests, not of what they test."""


@dataclass(frozen=True)
class _Serving:
    """What there is only between start and stop."""

    server: ProxyServer
    thread: threading.Thread
    folder: tempfile.TemporaryDirectory[str]


class Replica:
    """Serves from `start()` (or `with`) to `stop()`; each instance has sites, faults and log of its own."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self.faults = Faults(faults)
        self.log = RequestLog()
        self._newsroom = Newsroom()
        self._sites = [site(self._newsroom) for site in SITES]
        self._by_host = serving(self._sites)
        self._by_source = {source: site for site in self._sites for source in site.sources}
        self._desks = read_desks()
        self._added = 0
        self._redesigned: dict[str, RedesignedSite] = {}
        for publication in read_publications():
            self._newsroom.put(self._by_source[publication.source].dress(publication))
        self._serving: _Serving | None = None

    @property
    def proxy_url(self) -> str:
        """`http://127.0.0.1:PORT`, for plain requests and for CONNECT, while it serves."""
        return self._started.server.url

    @property
    def ca_file(self) -> Path:
        """The certificate authority to trust, in PEM, while it serves."""
        return Path(self._started.folder.name) / "ca.pem"

    @property
    def hosts(self) -> frozenset[str]:
        """Every host it plays."""
        return frozenset(self._by_host)

    def start(self) -> None:
        """Begin to serve."""
        authority = Authority()
        server = ProxyServer(self._answer, authority, self.faults, self.log)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="replica", daemon=True)
        self._serving = _Serving(server, thread, tempfile.TemporaryDirectory(prefix="replica-"))
        self.ca_file.write_bytes(authority.pem)
        thread.start()

    def stop(self) -> None:
        """End every connection and stop; raises ReplicaError where the replica itself had failed."""
        serving = self._started
        self._serving = None
        serving.server.stop()
        serving.thread.join()
        serving.folder.cleanup()
        if serving.server.errors:
            raise ReplicaError(serving.server.errors[0])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def articles(self, source: str | None = None, section: str | None = None) -> list[Publication]:
        """Return the oracle: all that the lists reach now, each once."""
        return [
            publication
            for publication in self._newsroom.all()
            if publication.section != UNLISTED
            and source in {None, publication.source}
            and section in {None, publication.section}
        ]

    def unlisted(self) -> list[Publication]:
        """Return the pages that stand on no list: for former layouts and for single addresses."""
        return [publication for publication in self._newsroom.all() if publication.section == UNLISTED]

    def publish(
        self,
        source: str,
        section: str,
        title: str,
        paragraphs: Iterable[str],
        published_at: datetime | None = None,
        *,
        level: Level = "core",
        copy_of: Publication | None = None,
        credit: str | None = None,
        paging: Paging | None = None,
    ) -> Publication:
        """Put a new article on a site: its list shows it with the next request. A copy joins the story of `copy_of`.

        Without a time it is the newest of its section, at the head of the list, where a daily crawl looks.
        """
        self._added += 1
        if published_at is None:
            published_at = max(article.published_at for article in self.articles(source, section)) + MINUTE
        desk = self._desks[source]
        publication = Publication(
            source=source,
            section=section,
            story=copy_of.story if copy_of else f"added-{self._added}",
            original=copy_of is None,
            serial=90_000 + self._added,
            title=title,
            paragraphs=tuple(paragraphs),
            published_at=published_at,
            level=copy_of.level if copy_of else level,
            credit=credit or (copy_of.credit if copy_of else desk.credit),
            reporters=() if copy_of else desk.reporters[:1],
            editors=desk.editors[:1],
            paging=paging,
        )
        dressed = self._by_source[source].dress(publication)
        self._newsroom.put(dressed)
        return dressed

    def revise(
        self,
        publication: Publication,
        *,
        paragraphs: Iterable[str] | None = None,
        title: str | None = None,
        revised_at: datetime | None = None,
    ) -> Publication:
        """Change a published text as it is printed; the page's Last-Modified follows (an hour later by default)."""
        changed = replace(
            publication,
            title=title or publication.title,
            paragraphs=publication.paragraphs if paragraphs is None else tuple(paragraphs),
            revised_at=revised_at or publication.changed_at + timedelta(hours=1),
        )
        self._newsroom.put(changed)
        return changed

    def move(self, publication: Publication, section: str) -> None:
        """Take an article from its list to another one of its source; its page stays where it is."""
        self._newsroom.put(replace(publication, section=section))

    def redesign(self, kind: Redesign, *sources: Source) -> None:
        """Change the sites of sources, from the next request."""
        for source in sources:
            site = RedesignedSite(kind, source, self._newsroom, self._by_source[source.name].hosts)
            self._redesigned |= dict.fromkeys(site.hosts | site.new_hosts, site)

    def remove(self, publication: Publication) -> None:
        """Take an article off its lists; its page answers 410."""
        self._newsroom.remove(publication.canonical_url)

    @property
    def _started(self) -> _Serving:
        if self._serving is None:
            raise ReplicaError("the replica does not serve: start it first")
        return self._serving

    def _answer(self, request: Request) -> Answer:
        site = self._by_host.get(request.host)
        if site is None and request.host not in self._redesigned:
            return Answer.plain(502, f"the replica does not play {request.host}")
        if request.path == "/robots.txt":
            return Answer.plain(200, ROBOTS)
        redesign = self._redesigned.get(request.host)
        return redesign.answer(request, self._play) if redesign else self._play(request)

    def _play(self, request: Request) -> Answer:
        answer = self._by_host[request.host].answer(request)
        return answer or replace(Answer.html("<h1>404 您访问的页面不存在</h1>"), status=404)
