"""The headline: the visible line that the page's own `title` speaks of, else that title without its site's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.extraction.beside import Beside
from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.headline_place import Subject, first_sentence, placed_headline, whole_headline
from crawler.extraction.lines import Line
from crawler.extraction.page_names import (
    PageName,
    is_column,
    is_labelled,
    is_site,
    page_names,
    without_site,
    without_way,
)
from text.glosses import remove_glosses
from text.width import squash, tidy, without_icons

_HEADING = {"h1": 0.3, "h2": 0.2, "h3": 0.2, "h4": 0.1, "h5": 0.1, "h6": 0.1}
_TITLE_NAME = re.compile(r"title|headline|biaoti|\btit\b|\bbt\b", re.IGNORECASE)
_MARK = re.compile(
    r"^[\s·•●■◆▪▲★☆※►▶◇□○]+(?=\S)|^[【\[（(](?:转帖|转贴|转载|转|原创|分享|讨论|求助|推荐|精华|置顶)[】\]）)]\s*(?=\S)"
)
"""What a list or a forum sets before a title."""
_COUNTER = re.compile(r"(?<=\S)\s*[（(\[]\s*\d{1,3}\s*/\s*\d{1,3}\s*[）)\]]$")
"""Which picture of a series is shown."""
_TAG = re.compile(r"\s*(?:原创|转载|独家|视频|图集|组图|精选|置顶)\s*$")
"""What a site sets behind the headline in an element of its own."""
_OWNER = re.compile(r"\s+[-–—|]+\s+(?P<name>[^-–—|]{2,12})$")
_HOME = re.compile(r"的(?:家|小屋|空间|博客|日志|主页|地盘|小站)$|博客$|空间$|小屋$|家园$|之家$")
_SIGN = 60
"""Characters up to which a line may show whose page it is."""
_SHORTEST, _LONGEST = 4, 120
_SURE = 0.9
"""How well a line must fit to be taken for the headline before the body is known."""
_RANKS = 0.3
_MATCHES = 0.5
"""How well a line must fit the page's own title to be taken for the headline."""
_HEADLINE = 0.1
"""Looks from which a line that no title speaks of may be a headline all the same."""
_TELLING = 0.3
"""Share of a heading's pairs of characters that stand in the text from which it is about that."""
_BRIEF, _WHOLE = 8, 10
"""Characters below which what a page is called may be its site's name (智慧银水), and those of a headline beside it."""
_RIGHT_ABOVE = 6
"""Lines above the first sentence within which a heading that the page is named after is its headline."""
_LABELLED = 0.3
"""What a label speaks for a line: 帖子主题：…."""
_NEAR = 15
"""Lines above the body within which a heading that no title speaks of may be the headline."""


@dataclass(frozen=True)
class Headline:
    """A line that may be the headline."""

    index: int
    text: str
    """Of all its lines, where a heading is broken."""
    fit: float
    """How well it fits what the page is called, 0 to 1."""
    looks: float
    """How much it looks like a headline by its element."""
    origin: str


def headlines(document: Document, lines: Sequence[Line], boilerplate: Boilerplate) -> list[Headline]:
    """Return the lines of a page that may be its headline, top to bottom."""
    names = page_names(document)
    found = []
    for index, text in _joined(lines, names):
        line = lines[index]
        if line.is_link and not any(name.may_fit(text) for name in names):  # most lines of a page
            continue
        called = without_way(text)
        squashed = line.squashed if called == line.text else squash(called)
        if not _SHORTEST <= len(squashed) <= _LONGEST:
            continue
        fit = max([name.fit(squashed) for name in names], default=0.0)
        if fit < _MATCHES and line.is_link:  # no element makes a link look like a headline
            continue
        looks = _looks(line) + _LABELLED * (called != line.text and is_labelled(line.text))
        if (fit >= _MATCHES or looks >= _HEADLINE) and not boilerplate.is_head(text):
            found.append(Headline(index, text, fit, looks, f"css:{described(line.element)}"))
    return found


def likely_headline(found: Sequence[Headline]) -> int | None:
    """Return the index of the line that is the headline for all that is known before the body is; None on any doubt."""
    sure = [headline for headline in found if headline.fit >= _SURE]
    best = max(sure, key=lambda headline: headline.fit + headline.looks, default=None)
    return best.index if best else None


def find_title(
    document: Document,
    lines: Sequence[Line],
    found: Sequence[Headline],
    first: int,
    boilerplate: Boilerplate,
    *,
    hints: Sequence[str] = (),
) -> tuple[Found[str], int | None]:
    """Return the title and its line's index (None where it is no line); `first` is the body's first line."""
    sentence = first_sentence(lines, first)
    above = [headline for headline in found if headline.index <= first or _is_within(headline, sentence)]
    title, at = _title(document, lines, above, first)
    subject = Subject(lines, sentence)
    shown = any(headline.index == at and _is_shown(headline, sentence) for headline in above)
    if title.value is None or (subject.is_silent(title.value) and not shown):
        title, at = _told(lines, above, sentence, subject, boilerplate) or (title, at)
    elif at is None:
        told = _told(lines, above, sentence, subject, boilerplate)
        title, at = told if told and _is_shown_instead(told, title.value, above, subject) else (title, at)
    if title.value is None and (name := without_site(document.head_title)):
        title = Found(name, "title")
    for selector in hints:
        for element in document.tree.cssselect(selector):
            if text := tidy(element.text_content()):
                at = next((index for index, line in enumerate(lines) if line.element is element), at)
                return Found(text, f"css:{selector}"), at
    return _without_tag(_plain(title), document), at


def title_beside(beside: Beside) -> Found[str] | None:
    """Return the title that stands beside the body in the page's data, without the names of site and column."""
    title = without_site(remove_glosses(beside.title[: 2 * _LONGEST]))
    return Found(title, "beside the body") if len(squash(title)) >= _SHORTEST and not is_site(title) else None


def _plain(title: Found[str]) -> Found[str]:
    """Return a title without icons and without what a forum sets before it: its label, the way to it."""
    if title.value is None:
        return title
    value = _COUNTER.sub("", _MARK.sub("", tidy(without_icons(title.value))))
    return replace(title, value=without_way(value))


def _without_tag(title: Found[str], document: Document) -> Found[str]:
    """Return a title without the tag that stands glued behind it, where a name of the page has none (标题原创)."""
    value = title.value or ""
    if _TAG.search(value) is None:
        return title
    called = [name.title for name in page_names(document) if name.title and value.startswith(name.title)]
    named = next((name for name in called if _TAG.fullmatch(value[len(name) :])), None)
    return title if named is None else replace(title, value=named)


def _is_within(headline: Headline, sentence: int) -> bool:
    """Tell whether a line within what was taken for the body is the headline: above it a table, a line over it."""
    fits = headline.fit >= _SURE or (headline.fit >= _MATCHES and headline.looks >= _HEADLINE)
    return headline.index < sentence and fits


def _is_shown(headline: Headline, sentence: int) -> bool:
    """Tell whether a heading right above the text is what the page is named after: that may well be poetry."""
    named = headline.fit >= _MATCHES and headline.looks >= _HEADLINE
    named = named and not (is_site(headline.text) or is_column(headline.text))
    return named and sentence - headline.index <= _RIGHT_ABOVE


def _is_shown_instead(told: tuple[Found[str], int], called: str, above: Sequence[Headline], subject: Subject) -> bool:
    """Tell whether a line is the headline where no line says what the page is called: a column, another article.

    Where a page is called by other words than its heading, readers see the heading.
    """
    share = subject.share(told[0].value or "")
    if share < _TELLING:
        return False
    headed = any(headline.index == told[1] for headline in above)
    return len(squash(called)) < _BRIEF or (headed and share >= subject.share(called))


def _told(
    lines: Sequence[Line], above: Sequence[Headline], sentence: int, subject: Subject, boilerplate: Boilerplate
) -> tuple[Found[str], int] | None:
    """Return the heading, or else the line, above the text that tells what the text tells."""
    near = [headline for headline in above if sentence - headline.index <= _NEAR and headline.looks >= _HEADLINE]
    best = max(near, key=lambda headline: subject.share(headline.text), default=None)
    if best is not None and subject.share(best.text) >= _TELLING:
        return Found(best.text, best.origin), best.index
    place = placed_headline(lines, sentence, subject, boilerplate)
    if place is None:
        return None
    text, first = whole_headline(lines, place, boilerplate)
    return Found(text, f"css:{described(lines[place].element)}, above the text"), first


def _without_owner(title: str, lines: Sequence[Line]) -> str:
    """Return a title without the name behind its last dash that the page shows elsewhere: its owner's (小雨的家)."""
    match = _OWNER.search(title)
    if match is None or len(squash(title[: match.start()])) < _SHORTEST:
        return title
    owner = squash(match["name"])
    shown = any(
        owner in line.squashed and squash(title) not in line.squashed for line in lines if len(line.text) < _SIGN
    )
    return title[: match.start()] if shown or _HOME.search(owner) else title


def _title(
    document: Document, lines: Sequence[Line], above: Sequence[Headline], first: int
) -> tuple[Found[str], int | None]:
    def rank(headline: Headline) -> float:
        return headline.fit + headline.looks - min(abs(first - headline.index), 40) * 0.005

    near = [
        headline
        for headline in above
        if first - headline.index <= _NEAR and headline.looks >= _HEADLINE and not is_site(headline.text)
    ]
    shortest = _BRIEF if any(len(squash(headline.text)) >= _WHOLE for headline in near) else 0
    fitting = [
        headline
        for headline in above
        if headline.fit >= _MATCHES and rank(headline) >= _RANKS and len(squash(headline.text)) >= shortest
    ]
    if fitting:
        best = max(fitting, key=rank)
        return Found(best.text, best.origin), best.index
    called = [
        Found(title, name.origin, len(squash(title)))
        for name in page_names(document)
        if len(squash(title := _without_owner(name.title, lines))) >= max(shortest, 1) and not is_site(title)
    ]
    if called:
        return best_of(called, ""), None
    if near:
        best = max(near, key=lambda headline: (headline.looks, headline.index))
        return Found(best.text, best.origin), best.index
    return Found(None, "no title element, no heading"), None


def _joined(lines: Sequence[Line], names: Sequence[PageName]) -> list[tuple[int, str]]:
    """Return the lines, each with its index; a headline that is broken into several is one."""
    found: list[tuple[int, str]] = []
    called = "\n".join(name.squashed for name in names)
    characters = frozenset[str]().union(*(name.characters for name in names))
    for index, line in enumerate(lines):
        if found:
            start, before = found[-1]
            same_heading = line.is_heading and lines[start].element is line.element
            part_of_name = (
                _SHORTEST <= len(line.text) <= _LONGEST and line.text[0] in characters and line.squashed in called
            )
            if same_heading or (part_of_name and squash(f"{before} {line.text}") in called):
                found[-1] = (start, f"{before} {line.text}")
                continue
        found.append((index, line.text))
    return found


def _looks(line: Line) -> float:
    """Return how much a line looks like a headline."""
    element = line.element
    named = _is_named_title(element.get("class") or "", element.get("id") or "")
    looks = max(_HEADING.get(str(element.tag), 0.0), 0.15 if named else 0.0)
    return looks - 0.4 * line.is_link - 0.3 * line.apart


@lru_cache(maxsize=4096)
def _is_named_title(classes: str, identity: str) -> bool:
    return _TITLE_NAME.search(f"{classes} {identity}") is not None
