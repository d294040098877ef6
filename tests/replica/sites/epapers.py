"""The printed papers of three provinces: a day has a front page that names its pages, and each page its articles.

A paper is of the day on which it is read, and the replica's other texts are of certain days: what the corpus places in
a paper stands in the one of the day before the replica was made. `publish` puts a text into the paper of its own day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from html import escape
from typing import ClassVar

from core.clock import CLOCK
from tests.replica.exchange import Answer, Request
from tests.replica.newsroom import Newsroom
from tests.replica.publication import Publication
from tests.replica.sites.markup import body_html, fill, meta
from tests.replica.sites.site import Site

ADDED = 90_000
"""Serial numbers from here on are those of `publish`."""


@dataclass(frozen=True)
class Paper:
    """How one paper writes its addresses; the folder of a day by strftime."""

    name: str
    host: str
    folder: str
    front: str
    page: str
    contents: str
    article: str

    def front_page(self, day: date) -> str:
        """Return the path of a day's front page."""
        return f"{day.strftime(self.folder)}/{self.front}"


PAPERS = {
    "zjrb": Paper(
        name="浙江日报",
        host="zjrb.zjol.com.cn",
        folder="/html/%Y-%m/%d",
        front="zjrbindex.htm",
        page="node_{}.htm",
        contents="/html/%Y-%m/%d",
        article="content_{}.htm",
    ),
    "xhrb": Paper(
        name="新华日报",
        host="xh.xhby.net",
        folder="/pc/layout/%Y%m/%d",
        front="node_1.html",
        page="node_{}.html",
        contents="/pc/con/%Y%m/%d",
        article="content_{}.html",
    ),
    "ahrb": Paper(
        name="安徽日报",
        host="szb.ahnews.com.cn",
        folder="/ahrb/layout/%Y%m/%d",
        front="node_01.html",
        page="node_{:02}.html",
        contents="/ahrb/content/%Y%m/%d",
        article="content_{}.html",
    ),
}
NODES = (3, 4, 7)
"""Numbers of a day's further pages: they are not those of the printed pages. The last one holds an advertisement."""


class Epapers(Site):
    """zjrb.zjol.com.cn, xh.xhby.net and szb.ahnews.com.cn."""

    sources: ClassVar[frozenset[str]] = frozenset(PAPERS)
    hosts: ClassVar[frozenset[str]] = frozenset(paper.host for paper in PAPERS.values())

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__(newsroom)
        self._yesterday = CLOCK.now() - timedelta(days=1)

    def dress(self, publication: Publication) -> Publication:
        """A page prints the day alone, and no outlet."""
        paper, at = PAPERS[publication.source], publication.published_at
        if publication.serial < ADDED:
            at = self._yesterday.astimezone(at.tzinfo).replace(hour=6, minute=0, second=0, microsecond=0)
        number = paper.article.format(3_900_000 + publication.serial)
        url = f"https://{paper.host}{at.strftime(paper.contents)}/{number}"
        return replace(
            publication,
            published_at=at,
            precision="day",
            url=f"{url}?div=-1" if publication.source == "zjrb" else url,
            canonical_url=url,
            credit=None,
            editors=(),
        )

    def answer(self, request: Request) -> Answer | None:
        """Serve the pages of a day and articles; a day without an article has no paper."""
        source = next(name for name, paper in PAPERS.items() if paper.host == request.host)
        paper = PAPERS[source]
        found = self.page_at(f"https://{paper.host}{request.path}")
        if found is not None:
            return self._article(paper, found) if isinstance(found, Publication) else found
        folder, _, name = request.path.rpartition("/")
        try:
            day = datetime.strptime(folder, paper.folder).date()  # noqa: DTZ007 - a day, not a time
        except ValueError:
            return None
        articles = [item for item in self.listed(source) if item.published_at.date() == day]
        return self._page(source, name, day, articles) if articles else None

    def _page(self, source: str, name: str, day: date, articles: Sequence[Publication]) -> Answer | None:
        """Serve one page: the front has articles too, except in zjrb, whose index names pages alone."""
        paper = PAPERS[source]
        homes = (
            [paper.front, *map(paper.page.format, NODES[:-1])]
            if source != "zjrb"
            else [*map(paper.page.format, NODES[:-1])]
        )
        if name not in {paper.front, *map(paper.page.format, NODES)}:
            return None
        here = [item for index, item in enumerate(articles) if homes[index % len(homes)] == name]
        up = "../" * paper.contents.count("/") if paper.contents != paper.folder else ""
        rows = "".join(
            f'<li><h3><a href="{escape(_link(paper, item, up))}">{escape(item.title)}</a></h3></li>' for item in here
        )
        nodes = "".join(
            f'<a href="{page}">第{index:02}版：{"要闻" if index < len(NODES) else "广告"}</a>'
            for index, page in enumerate([paper.front, *map(paper.page.format, NODES)], start=0)
        )
        before = paper.front_page(day - timedelta(days=1))
        body = (
            f'<div class="bmml">{nodes}</div><a href="{before}">上一期</a>'
            f'<map><area shape="poly" href="content_0.htm"></map>'
            f'<div id="ScroLeft"><div class="newslist"><ul>{rows}</ul></div></div>'
        )
        return Answer.html(fill("jspress_list.html", name=paper.name, items=body))

    def _article(self, paper: Paper, publication: Publication) -> Answer:
        front = re.sub(r"^/", "", paper.front_page(publication.published_at.date()))
        page = fill(
            "epaper_article.html",
            body=body_html(publication, indent="　　"),
            paper=paper.name,
            front=f"https://{paper.host}/{front}",
            **meta(publication),
        )
        return Answer.html(page, modified=publication.changed_at)


def _link(paper: Paper, item: Publication, up: str) -> str:
    """Write the address relative to its page, as the papers do."""
    path = item.url.partition(paper.host)[2]
    return up + path.lstrip("/") if up else path.rsplit("/", 1)[1]
