"""The page with its headline and body found: which lines stand above, between and below them.

Fields are read by place: a date between the headline and the first sentence is the article's, the same date in a
sidebar is not.
"""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from crawler.extraction.lines import Line
from crawler.extraction.repairs import Paragraphs
from text.width import squash

_ABOVE = 6
"""Lines above the headline that may belong to it (a date above the title)."""
_BYLINE = 30
"""Lines between the headline and the body that are looked at."""
_TOLD_APART = 6
"""Characters from which a line is told apart from another that happens to stand in the body as well."""
_EDGE = 3
"""Lines at each end of the body that may hold a byline."""
_LONGEST = 400
"""Characters beyond which a line holds no field."""
_OTHERS = re.compile(
    r"相关|延伸|热[门点文播读图]|推荐|排行|最新|猜你|往期|精彩|更多|评论|留言|跟帖|(?:related|popular|most|comments)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^.{0,24}(?:回复|回帖|跟帖|评论)(?:日期|时间|于)[:\d]|^IP(?:地址)?[:已]|^[-_=]{20,}$")
"""A reader's floor, or the line above a writer's motto."""
_LONGEST_HEADING = 12
"""A short line with such a word heads what is about other articles."""
_BELOW = 12
"""Lines below the body that may belong to it."""


@dataclass(frozen=True)
class PageLayout:
    """The lines of a page and where its article stands in them; indexes into `lines`."""

    lines: Sequence[Line]
    headline: int | None
    """The headline's line, where it is one."""
    first: int
    """First line of the body."""
    last: int
    """Last line of the body; below `first` where no line of the page is the body's (it came from a script)."""

    @property
    def byline(self) -> list[Line]:
        """Lines between headline and body (both excluded), those right above the headline last; long ones left out."""
        return [*self.below, *reversed(self.aloft)]

    @property
    def below(self) -> list[Line]:
        """Lines between headline and body in the page's order; without a headline those above the body."""
        start = self.headline + 1 if self._has_headline and self.headline is not None else 0
        between = _short(self.lines[start if self._has_headline else max(self.first - _BYLINE, 0) : self.first])
        if len(between) <= _BYLINE:
            return between
        return [*between[: _BYLINE // 2], *between[-_BYLINE // 2 :]]

    @property
    def aloft(self) -> list[Line]:
        """Lines right above the headline, in the page's order."""
        return _short(self.lines[self.above : self.headline]) if self._has_headline else []

    @property
    def above(self) -> int:
        """Index of the first line that may belong to the headline or its byline."""
        if self._has_headline and self.headline is not None:
            return max(self.headline - _ABOVE, 0)
        return max(self.first - _BYLINE, 0)

    @property
    def _has_headline(self) -> bool:
        return self.headline is not None and self.headline < self.first

    @property
    def tail(self) -> list[Line]:
        """Lines right below the body; long ones left out."""
        return _short(self.lines[self.last + 1 : self.last + 1 + _BELOW])

    @property
    def close(self) -> list[Line]:
        """Lines right below the body, up to the heading of what is about other articles; long ones left out."""
        tail = self.tail
        return tail[: next((place for place, line in enumerate(tail) if heads_others(line)), len(tail))]

    @property
    def opening(self) -> list[Line]:
        """The first lines of the body, where a byline may stand; long ones left out."""
        return _short(self.lines[self.first : min(self.first + _EDGE, self.last + 1)])

    @property
    def ending(self) -> list[Line]:
        """The last lines of the body; long ones left out."""
        return _short(self.lines[max(self.last + 1 - _EDGE, self.first) : self.last + 1])

    def after(self, line: Line) -> Line | None:
        """Return the line that follows another on the page."""
        following = self.lines.index(line) + 1
        return self.lines[following] if following < len(self.lines) else None


def heads_others(line: Line) -> bool:
    """Tell whether a line below the body heads what is about other articles: 相关阅读, 热门评论."""
    if _REPLY.search(line.squashed) is not None:
        return True
    return not line.is_link and len(line.text) <= _LONGEST_HEADING and _OTHERS.search(line.text) is not None


def _short(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if len(line.text) <= _LONGEST]


def body_span(lines: Sequence[Line], body: Paragraphs) -> tuple[int, int]:
    """Return the index of the first and the last line that the body was taken from; (n, n-1) where there is none.

    A line whose words stand on the page more than once (in a summary, in a box of the same news) counts where it is
    next to the lines that stand there once.
    """
    text = "\n".join(squash(paragraph) for paragraph in body)
    found = [
        index
        for index, line in enumerate(lines)
        if not line.is_link and len(line.squashed) >= _TOLD_APART and line.squashed in text
    ]
    prose = [index for index in found if lines[index].is_prose] or found
    if not prose:
        return len(lines), len(lines) - 1
    counts = Counter(lines[index].squashed for index in prose)
    once = [index for index in prose if counts[lines[index].squashed] == 1]
    if not once:
        return prose[0], prose[-1]
    inner = {lines[index].squashed for index in prose if once[0] <= index <= once[-1]}
    return (
        _outermost(lines, once[0], [index for index in reversed(prose) if index < once[0]], inner),
        _outermost(lines, once[-1], [index for index in prose if index > once[-1]], inner),
    )


def _outermost(lines: Sequence[Line], sure: int, outward: Sequence[int], inner: AbstractSet[str]) -> int:
    """Return how far the body reaches from a sure line outward, before its words come again."""
    reached, seen = sure, set(inner)
    for index in outward:
        if lines[index].squashed in seen:
            break
        seen.add(lines[index].squashed)
        reached = index
    return reached
