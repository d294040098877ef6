"""The page with its headline and body found: which lines stand above, between and below them.

Fields are read by place: a date between the headline and the first sentence is the article's, the same date in a
sidebar is not.
"""

from collections.abc import Sequence
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
_BELOW = 12
"""Lines below the body that may belong to it."""


@dataclass(frozen=True)
class Reading:
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
        if self.headline is None or self.headline >= self.first:
            return _short(self.lines[max(self.first - _BYLINE, 0) : self.first])
        below = self.lines[self.headline + 1 : self.first][-_BYLINE:]
        return _short([*below, *reversed(self.lines[max(self.headline - _ABOVE, 0) : self.headline])])

    @property
    def tail(self) -> list[Line]:
        """Lines right below the body; long ones left out."""
        return _short(self.lines[self.last + 1 : self.last + 1 + _BELOW])

    @property
    def opening(self) -> list[Line]:
        """The first lines of the body, where a byline may stand; long ones left out."""
        return _short(self.lines[self.first : self.first + _EDGE])

    @property
    def ending(self) -> list[Line]:
        """The last lines of the body; long ones left out."""
        return _short(self.lines[max(self.last + 1 - _EDGE, self.first) : self.last + 1])

    def after(self, line: Line) -> Line | None:
        """Return the line that follows another on the page."""
        following = self.lines.index(line) + 1
        return self.lines[following] if following < len(self.lines) else None


def _short(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if len(line.text) <= _LONGEST]


def body_span(lines: Sequence[Line], body: Paragraphs) -> tuple[int, int]:
    """Return the index of the first and the last line that the body was taken from; (n, n-1) where there is none."""
    text = "\n".join(squash(paragraph) for paragraph in body)
    found = [
        index
        for index, line in enumerate(lines)
        if not line.is_link and len(line.squashed) >= _TOLD_APART and line.squashed in text
    ]
    prose = [index for index in found if lines[index].is_prose] or found
    if not prose:
        return len(lines), len(lines) - 1
    return prose[0], prose[-1]
