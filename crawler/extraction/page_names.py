"""What a page calls itself, in `title` and in its metadata, and that without the names of its site and column."""

import re
from operator import add

from crawler.extraction.document import Document
from text.glosses import remove_glosses
from text.ngrams import ngrams
from text.width import squash, tidy

_SEPARATOR = re.compile(r"\s*(?:_+|[|｜丨]|\s[-–—]+\s|[-–—=]{2,}|(?<=[^\w\s])-|-(?=[^-]*$)|::|»|«|<|>)\s*")
_CERTAIN = re.compile(r"_|--|==")
"""Separators that no headline has within itself."""
_SITE = re.compile(
    r"网$|网站|新闻|频道|在线|日报|晚报|早报|时报|周刊|电视|卫视|广播|资讯|门户|客户端|公众号|平台|首页|官网|官方|中心|论坛|社区|空间|贴吧|博客|栏目"
    r"|财经|科技|体育|娱乐|军事|社会|文化|要闻|\.(?:com|cn|net|org)|[A-Za-z]{2,}$|[社台报局厅委院会部]$"
)
_ONLY_SITE = re.compile(r"(?:网|网站|频道|电视台|日报|晚报|政府|公司|首页|中心|论坛|社区|贴吧|BBS)$")
_DASHES = re.compile(r"\s*(?:[–—_|｜=]+|(?<!\d)-+|-+(?!\d))\s*")
_FEWEST_COLUMNS, _LONGEST_COLUMN = 3, 10
"""Parts of a name from which some of them are columns between its site and the headline, and the longest of them."""
_KEYWORDS, _LONGEST_KEYWORD = 6, 8
"""Words without any sentence from which a name is a list for search engines, and characters of the longest of them."""
_BETWEEN_KEYWORDS = re.compile(r"[\s,，|]+")
_PAGE_OF_A_KIND = re.compile(
    r"(?:(?:帖子|贴子|主题|文章|新闻|信息|内容)(?:浏览|阅读|详情|详细|内容|正文|显示|查看|页面)"
    r"|(?:浏览|阅读|查看|显示)(?:帖子|贴子|主题|文章|新闻|信息|内容)|详细(?:内容|信息|页面?)|(?:内容|详情|正文|终极|最终)页面?)"
)
"""What a program calls every page of one kind, whatever stands on it."""
_COLUMN = re.compile(r"(?:新闻|要闻|动态|频道|资讯|快讯|播报|公告|通知|专栏|栏目|之窗|聚焦|专题|浏览)$")
_LONGEST_COLUMN_NAME = 6
_EDITION = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|第?\s*[A-Z]?\d{1,3}\s*版|第\s*\d{1,5}\s*期"
)
"""The day, the page and the number of a newspaper's edition."""
_WAY = re.compile(r"\s*(?:[-=]+>|→)\s*")
"""What a forum sets between the names of its boards and a title behind them."""
_WAY_OR_SITE = re.compile(r"\s*[»›>]\s*")
_HINTS_AT_WAY = re.compile(r"[>→»›]|[题子]\s*[:：]")
_LABEL = re.compile(r"\W*(?:(?:帖子|贴子|本帖|话题|文章|新闻)?(?:主题|标题)|帖子|题目)\s*[:：]\s*")
_SHORTEST = 4
_LONGEST_SITE = 24
_LONGEST_ONLY_SITE = 16
_READ = 300
"""Characters of a name that are read."""
_WHOLE = 6
"""Characters from which a line is told from a column that happens to be called as a part of a name is."""
_ALIKE = 2.5
"""How many times longer one of two alike titles may be."""
_SHARED_PAIRS = 0.5 / 0.9 / 2
"""Share of the pairs of both that a line and a name have in common where they fit by half."""
_TO_WIDE = 0xFEE0
"""From a character of ASCII to the same in full width."""
_OF_A_PROGRAM = re.compile(
    r"(?:new\s*page|untitled(?:[\s-]*(?:document|page))?|无标题(?:文档|页|网页)?|未命名(?:文档|网页)?|新建网页|网页标题|home\s*page|index|标题|title)\s*[\d-]*",
    re.IGNORECASE,
)
"""What the program that wrote a page calls it where nobody did."""
_KEYS = ("og:title", "twitter:title", "articletitle", "title", "headline")


class PageName:
    """One name of a page, made ready for comparing with many lines."""

    def __init__(self, origin: str, text: str) -> None:
        self.origin = origin
        self.text = text
        self.squashed = squash(text)
        self.title = without_site(text)
        self._title = squash(self.title)
        self._beginning = self._title.rstrip(".…")
        self._pairs = ngrams(self._title, 2)
        self.characters = frozenset(self.squashed) | {
            chr(ord(each) + _TO_WIDE) for each in self.squashed if "!" <= each <= "~"
        }

    def may_fit(self, line: str) -> bool:
        """Tell in a fifth of the time whether a line may `fit` by half: it shares enough characters with the name.

        A character stands in two pairs of a text, and hardly ever in more different ones.
        """
        pairs = _SHARED_PAIRS * (len(line) + len(self._pairs))
        return 2 * len(self.characters.intersection(line)) >= min(len(line), pairs)

    def fit(self, line: str) -> float:
        """Return how well a squashed line fits the name, 0 to 1."""
        if line == self.squashed or (line == self._title and len(line) >= _WHOLE):
            return 1.0
        if self.squashed.startswith(line):
            return 0.95 if len(line) >= _WHOLE else 0.6
        if line in self.squashed:
            share = len(line) / len(self.squashed)
            return 0.4 if share < 0.5 and self.squashed.endswith(line) else 0.5 + 0.4 * share
        if len(self._title) >= _WHOLE and self._beginning in line:
            return 0.4 + 0.5 * len(self._title) / len(line)
        if not 1 / _ALIKE < len(line) / max(len(self._title), 1) < _ALIKE:
            return 0.0
        pairs = {*map(add, line, line[1:])}
        return 0.9 * 2 * len(pairs & self._pairs) / (len(pairs) + len(self._pairs))


def page_names(document: Document) -> list[PageName]:
    """Return what a page's `title`, metadata and JSON-LD call it, without glosses; of equal names the first."""
    named = [("title", document.head_title)]
    named += [(f"meta:{key}", document.meta(key)) for key in _KEYS]
    named += [("json-ld:headline", str(item.get("headline") or "")) for item in document.data]
    videos = (item for item in document.data if "Video" in str(item.get("@type")))
    named += [("json-ld:name", str(item.get("name") or "")) for item in videos]
    names = [
        PageName(origin, without_way(tidy(remove_glosses(name[:_READ])))) for origin, name in named if _is_name(name)
    ]
    return list({name.squashed: name for name in reversed(names)}.values())[::-1]


def _is_name(text: str) -> bool:
    """Tell whether somebody called a page so, not the program that wrote it, and no search engine is meant."""
    text = text.strip()
    return bool(text) and _OF_A_PROGRAM.fullmatch(text) is None and not _is_for_search_engines(text)


def _is_for_search_engines(text: str) -> bool:
    """Tell whether a name is a list of keywords, with the site's name before it: 某某网 药品 招商 代理 价格 …."""
    words = _BETWEEN_KEYWORDS.split(text)
    if len(words) < _KEYWORDS:
        return False
    words += _DASHES.split(words.pop(0))
    return all(len(word) <= _LONGEST_KEYWORD and not word.isascii() for word in words if word)


def without_site(title: str) -> str:
    """Return a page's title without the names of site and column after it: 标题_荔枝网新闻 is 标题."""
    whole = title = _without_columns(tidy(title))
    first, last = _SEPARATOR.search(title), title[max((cut.end() for cut in _SEPARATOR.finditer(title)), default=0) :]
    if first and _CERTAIN.search(first[0]) and is_site(title[: first.start()]) and not _SITE.search(last):
        return _behind_site(title)
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return _behind_site(whole) if title != whole and is_site(title) else title
        rest, name = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
        is_name = len(name) <= _LONGEST_SITE and len(name) < len(rest) + 4
        if len(squash(rest)) < _SHORTEST or (
            name and not (is_name and (_CERTAIN.search(cuts[-1][0]) or _SITE.search(name)))
        ):
            behind = title == whole and is_site(title[: cuts[0].start()]) and not _SITE.search(name)
            return _behind_site(whole) if behind else title
        title = rest


def _without_columns(title: str) -> str:
    """Return a title without the columns that stand between the site's name and it, and without the day's edition.

    某某新闻中心-社会-国内-财经-标题, 某某晚报-2004年06月11日-第8版-标题, and what a program calls each of its pages.
    """
    parts = [part for part in _DASHES.split(title) if part]
    told = [part for part in parts if not (_EDITION.fullmatch(part) or _PAGE_OF_A_KIND.fullmatch(part))]
    if not told or len(parts) < _FEWEST_COLUMNS or not _SITE.search(parts[0]):
        return title
    if len(told) < len(parts) and len(told[1:]) == 1:
        return told[1]
    columns = all(len(part) <= _LONGEST_COLUMN for part in told[:-1]) and len(told) > _FEWEST_COLUMNS
    return told[-1] if columns and len(told[-1]) > _LONGEST_COLUMN and not _SITE.search(told[-1]) else title


def without_way(title: str) -> str:
    """Return a title without what a forum sets before it: the way to it over its boards, and its label (主题：)."""
    if _HINTS_AT_WAY.search(title) is None:
        return title
    ways = list(_WAY.finditer(title))
    if not ways and (first := _WAY_OR_SITE.search(title)) and is_site(title[: first.start()]):
        ways = list(_WAY_OR_SITE.finditer(title))
    if ways and len(squash(title[ways[-1].end() :])) >= _SHORTEST:
        title = title[ways[-1].end() :]
    label = _LABEL.match(title)
    return title[label.end() :] if label and len(squash(title[label.end() :])) >= _SHORTEST else title


def _behind_site(title: str) -> str:
    """Return a title without the name of its site, where that stands first: 江畔论坛--标题."""
    cuts = list(_SEPARATOR.finditer(title))
    rest = title[cuts[-1].end() :] if cuts else ""  # between them stand columns, or the boards of a forum
    return without_site(rest) if len(squash(rest)) >= _SHORTEST else title


def is_site(name: str) -> bool:
    """Tell whether a title says no more than whose page it is."""
    return len(name) < _LONGEST_ONLY_SITE and _ONLY_SITE.search(name) is not None


def is_column(name: str) -> bool:
    """Tell whether a name is that of a column: 本地新闻, 工作动态."""
    return len(name) <= _LONGEST_COLUMN_NAME and _COLUMN.search(name) is not None


def is_labelled(text: str) -> bool:
    """Tell whether a line says of itself that it is the headline: 帖子主题：…."""
    return _LABEL.match(text) is not None
