"""An article printed over several pages, in the ways of three publishing systems, with what goes wrong there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.replica.publication import Publication


class Pager(StrEnum):
    """How an article's pages name each other."""

    NUMBERS = "numbers"
    """1 2 3 下一页, as links."""
    NEXT = "next"
    """下一页 alone: each page names the one after it; on the last one it leads to the first."""
    SCRIPT = "script"
    """TRS: createPageHTML(3, 0, "t20261101_1234", "shtml")."""


@dataclass(frozen=True)
class Paging:
    """How an article is divided."""

    sizes: tuple[int, ...]
    """How many paragraphs each page has; the last one takes what is left."""
    pager: Pager | None = None
    """None: the site's own."""
    host: str | None = None
    """Another host that the further pages are said to be on."""
    repeats: frozenset[int] = frozenset()
    """Pages that show the first one's text."""
    whole: bool = False
    """Whether a link leads to the whole text on one page."""

    @property
    def count(self) -> int:
        """Of how many pages the article is."""
        return len(self.sizes)


def printed_page(publication: "Publication", number: int) -> "Publication | None":
    """Return what page `number` (from 1) prints, all of it where it is on one page; None where there is no such page.

    The editors stand on the last page alone, as most systems have it.
    """
    paging = publication.paging
    if paging is None:
        return publication if number == 1 else None
    if not 1 <= number <= paging.count:
        return None
    shown = 1 if number in paging.repeats else number
    start = sum(paging.sizes[: shown - 1])
    end = None if shown == paging.count else start + paging.sizes[shown - 1]
    editors = publication.editors if number == paging.count else ()
    return replace(publication, paragraphs=publication.paragraphs[start:end], editors=editors)


def pager_html(
    publication: "Publication", number: int, usual: Pager, address: Callable[[int], str], *, whole: str | None = None
) -> str:
    """Return the pager of page `number`; `address` gives each page's own. An article of one page has none."""
    paging = publication.paging
    if paging is None:
        return ""

    def link(page: int, words: str) -> str:
        href = address(page)
        if paging.host:
            href = urlsplit(href)._replace(netloc=paging.host).geturl()
        return f'<a href="{escape(href)}">{words}</a>'

    others = '<p>下一篇：<a href="/news/other.html">运河边的另一条消息</a></p>'
    pager = paging.pager or usual
    if pager is Pager.SCRIPT:
        name, _, ending = publication.canonical_url.rpartition("/")[2].partition(".")
        return f'<script>createPageHTML({paging.count}, {number - 1}, "{name}", "{ending}");</script>{others}'
    following = link(number % paging.count + 1, "下一页")
    if pager is Pager.NEXT:
        return f'<div class="fanye">{following}</div>{others}'
    numbers = " ".join(
        f"<b>{page}</b>" if page == number else link(page, str(page)) for page in range(1, paging.count + 1)
    )
    all_of_it = f' <a href="{escape(whole)}">全文阅读</a>' if whole and paging.whole else ""
    after = f" {following}" if number < paging.count else ""
    return f'<div class="pages">{numbers}{after}{all_of_it}</div>{others}'
