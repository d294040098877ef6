"""The headline: the visible line that the page's own `title` speaks of, else that title without its site's name."""

import re
from collections.abc import Sequence

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.lines import Line
from text.shingles import shingles
from text.width import squash, tidy

_HEADING = {"h1": 0.3, "h2": 0.2, "h3": 0.2, "h4": 0.1, "h5": 0.1, "h6": 0.1}
_TITLE_NAME = re.compile(r"title|headline|biaoti|\btit\b|\bbt\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:_+|[|｜丨]|\s[-–—]+\s|[-–—]{2,}|(?<=[^\w\s])-|-(?=[^-]*$)|::|»|«|<|>)\s*")
_SITE = re.compile(
    r"网$|网站|新闻|频道|在线|日报|晚报|早报|时报|周刊|电视|卫视|广播|资讯|门户|客户端|公众号|平台|首页|官网|官方|中心|论坛|博客|栏目"
    r"|财经|科技|体育|娱乐|军事|社会|文化|要闻|\.(?:com|cn|net|org)|[A-Za-z]{2,}$|[社台报局厅委院会部]$"
)
_SHORTEST, _LONGEST = 4, 120
_CALLED = 300
"""Characters of a page's title that are read."""
_MATCHES = 0.5
"""How well a line must fit the page's own title to be taken for the headline."""
_HEADLINE = 0.1
"""Looks from which a line that no title speaks of may be a headline all the same."""
_NEAR = 15
"""Lines above the body within which a heading that no title speaks of may be the headline."""


def find_title(
    document: Document, lines: Sequence[Line], first: int, boilerplate: Boilerplate, *, hints: Sequence[str] = ()
) -> tuple[Found[str], int | None]:
    """Return the headline and its line's index (None where it is no line); `first` is the body's first line."""
    found, headline = _find_title(document, lines, first, boilerplate)
    for selector in hints:
        for element in document.tree.cssselect(selector):
            if text := tidy(element.text_content()):
                at = next((index for index, line in enumerate(lines) if line.element is element), headline)
                return Found(text, f"css:{selector}"), at
    return found, headline


def _find_title(
    document: Document, lines: Sequence[Line], first: int, boilerplate: Boilerplate
) -> tuple[Found[str], int | None]:
    names = [squash(name) for name in _names(document)]
    readings: list[tuple[Found[str], int]] = []
    for index, text in _headlines(lines, first, names):
        line = lines[index]
        if len(text) > 2 * _LONGEST:
            continue
        squashed = line.squashed if text == line.text else squash(text)
        if not _SHORTEST <= len(squashed) <= _LONGEST:
            continue
        fit, looks = max((_fit(squashed, name) for name in names), default=0.0), _looks(line)
        if (fit < _MATCHES and looks < _HEADLINE) or boilerplate.is_head(text):
            continue
        rank = fit + looks - min(first - index, 40) * 0.005
        readings.append((Found(text, f"css:{described(line.element)}", rank if fit >= _MATCHES else rank - 1), index))
    fitting = [reading for reading in readings if reading[0].rank >= _MATCHES - 0.2]
    if fitting:
        return max(fitting, key=lambda reading: reading[0].rank)
    named = best_of(
        [
            Found(cleaned, origin, len(squash(cleaned)))
            for origin, name in _origins(document)
            if (cleaned := without_site(name)) and not _is_site(cleaned)
        ],
        otherwise="no title element, no heading",
    )
    near = [
        (reading, index)
        for reading, index in readings
        if first - index <= _NEAR and _looks(lines[index]) >= _HEADLINE and not _is_site(reading.value or "")
    ]
    if near and not named.value:
        return max(near, key=lambda pair: (_looks(lines[pair[1]]), pair[1]))
    if not named.value:
        return Found(without_site(document.head_title) or None, "title"), None
    return named, None


def without_site(title: str) -> str:
    """Return a page's title without the names of site and column after it: 标题_荔枝网新闻 is 标题."""
    title = tidy(title)
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        cut = cuts[-1]
        rest, name = title[: cut.start()].strip(), title[cut.end() :].strip()
        certain = "_" in cut[0]
        if len(squash(rest)) < _SHORTEST or not (
            not name or (len(name) <= 24 and len(name) < len(rest) + 4 and (certain or _SITE.search(name)))
        ):
            return title
        title = rest


def _is_site(name: str) -> bool:
    """Tell whether a title says no more than whose page it is."""
    return len(name) < 16 and re.search(r"(?:网|网站|频道|电视台|日报|晚报|政府|公司|首页|中心)$", name) is not None


def _names(document: Document) -> list[str]:
    return [name for _, name in _origins(document)]


def _origins(document: Document) -> list[tuple[str, str]]:
    """Return what the page's data call it, each with where it stands."""
    named = [("title", document.head_title)]
    named += [
        (f"meta:{key}", document.meta(key))
        for key in ("og:title", "twitter:title", "articletitle", "title", "headline")
    ]
    named += [("json-ld:headline", str(item.get("headline") or "")) for item in document.data]
    return [(origin, tidy(name[:_CALLED])) for origin, name in named if name.strip()]


def _headlines(lines: Sequence[Line], first: int, names: Sequence[str]) -> list[tuple[int, str]]:
    """Return the lines down to the body that may be a headline; one that is broken into lines is joined."""
    found: list[tuple[int, str]] = []
    for index, line in enumerate(lines[: first + 1]):
        if found:
            start, before = found[-1]
            joined = f"{before} {line.text}"
            same_heading = line.is_heading and lines[start].element is line.element
            may_go_on = _SHORTEST <= len(line.text) <= _LONGEST and any(line.squashed in name for name in names)
            if same_heading or (may_go_on and any(squash(joined) in name for name in names)):
                found[-1] = (start, joined)
                continue
        found.append((index, line.text))
    return found


def _looks(line: Line) -> float:
    """Return how much a line looks like a headline."""
    tag = str(line.element.tag)
    names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}"
    looks = max(_HEADING.get(tag, 0.0), 0.15 if _TITLE_NAME.search(names) else 0.0)
    return looks - 0.4 * line.is_link - 0.3 * line.apart


def _fit(line: str, name: str) -> float:
    """Return how well a line fits what the page is called, both squashed, 0 to 1."""
    if line == name:
        return 1.0
    if name.startswith(line):
        return 0.95 if len(line) >= 6 else 0.6
    if line in name:
        return 0.4 if name.endswith(line) and len(line) < 0.5 * len(name) else 0.5 + 0.4 * len(line) / len(name)
    called = squash(without_site(name))
    if len(called) >= 6 and called.rstrip(".…") in line:
        return 0.4 + 0.5 * len(called) / len(line)
    if not set(line) & set(called):
        return 0.0
    one, other = shingles(line, 2), shingles(called, 2)
    return 0.9 * 2 * len(one & other) / (len(one) + len(other))
