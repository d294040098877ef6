"""The page as a person reads it: its lines from top to bottom, each with the element that holds it.

A line ends where a block begins or ends and at `br`. Titles, dates and credits are found by the order of lines: they
stand between the headline and the body, or right below it.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from crawler.extraction.markup import bundled_markup
from text.glosses import remove_glosses
from text.width import squash, tidy

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_POINTS = re.compile(r"[，。！？；、：,!?;…”」]|\.(?=\s|$)")
_ENDS = re.compile(r"[。！？!?…；;]|\.(?=\s|$)")
_SENTENCE = 40
"""A line of so many characters reads as prose even without a mark."""
_LINKED_SENTENCE = 24
"""Characters beside its links from which a line with a full stop is a sentence all the same."""
_MOST_OF_THE_PROSE = 0.5


@dataclass(slots=True, eq=False)
class Part:
    """An element that may stand beside the article."""

    certain: bool
    prose: int = 0
    """Characters of prose in it."""


@dataclass(eq=False)
class Line:
    """One line of the page, with what the steps ask of every line."""

    text: str
    """Without blanks at its ends, inner blanks made one."""
    element: HtmlElement
    """The innermost block that holds it."""
    linked: int
    """How many of its characters are links."""
    pieces: tuple[str, ...]
    """Its text as its inline elements divide it, blanks as they are."""
    apart: bool = False
    """Whether it stands in a part that calls itself navigation, comment, footer, … or is not shown."""
    container: HtmlElement | None = None
    """The innermost element that holds other lines as well."""
    text_block: HtmlElement | None = None
    """The element whose prose it belongs to, where it stands among sentences or in a list or table of theirs."""
    listed: bool = False
    """Whether it is a link in a list or a table that the text itself gives."""
    own: int = field(init=False)
    """How many of its characters are not links."""
    is_linked: bool = field(init=False)
    """Whether most of it is links; sentences that are full of links, as in an encyclopaedia, are none."""
    is_prose: bool = field(init=False)
    """Whether it reads as a sentence of an article."""

    def __post_init__(self) -> None:
        """Find what every step asks of every line."""
        self.own = max(len(self.text) - self.linked, 0)
        self.is_linked = self.linked > self.own and (self.own < _LINKED_SENTENCE or _ENDS.search(self.text) is None)
        self.is_prose = not self.is_linked and reads_as_prose(self.text, self.own)

    @cached_property
    def squashed(self) -> str:
        """The text for comparing: no blanks, full and half width made one."""
        return squash(self.text)

    @cached_property
    def spaced(self) -> str:
        """The text with a blank between its pieces: what a style sheet sets apart has often none of its own."""
        return tidy(" ".join(self.pieces))

    def without_glosses(self) -> "Line":
        """Return the line without pinyin glosses, for a page that has the habit."""
        text = remove_glosses(self.text, habit=True)
        if text == self.text:
            return self
        return replace(self, text=text, pieces=tuple(remove_glosses(piece, habit=True) for piece in self.pieces))

    @property
    def is_link(self) -> bool:
        """Whether it is a link to something else; a link that the text itself lists is text."""
        return self.is_linked and not self.listed

    @property
    def is_heading(self) -> bool:
        """Whether the line is a heading element's."""
        return self.element.tag in _HEADINGS


def reads_as_prose(text: str, own: int | None = None) -> bool:
    """Tell whether a text reads as a sentence; `own` is how many of its characters are not links."""
    own = len(text) if own is None else own
    return (
        own >= _SENTENCE
        or (own >= 12 and _POINTS.search(text) is not None)
        or (own >= 6 and _ENDS.search(text) is not None)
    )


def read_lines(root: HtmlElement) -> list[Line]:
    """Return the lines of a tree, top to bottom, empty ones left out."""
    read = _LineReader(root).lines()
    everything = 0
    for line, parts in read:
        if line.is_prose:
            everything += line.own
            for part in parts:
                part.prose += line.own
    for line, parts in read:
        line.apart = any(part.certain or part.prose < _MOST_OF_THE_PROSE * everything for part in parts)
    return [line for line, _ in read]


Parts = tuple[Part, ...]


class _LineReader:
    """Reads the lines of one tree; without recursion, since a page decides how deep its tree is."""

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._markup = bundled_markup()
        self._texts: list[str] = []
        self._linked = 0
        self._blocks: list[tuple[HtmlElement, Parts]] = [(root, ())]
        self._lines: list[tuple[Line, Parts]] = []

    def lines(self) -> list[tuple[Line, Parts]]:
        root, unread, starts_line = self._root, self._markup.unread, self._markup.blocks
        links = 0
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:  # the most walked loop of an extraction
            tag = element.tag
            if event == "start":
                if tag in unread:
                    walker.skip_subtree()
                    continue
                if tag in starts_line:
                    self._begin_block(element)
                elif tag == "a":
                    links += 1
                elif tag == "br":
                    self._end_line()
                text = element.text
            else:
                if tag in starts_line:
                    self._end_block(element)
                elif tag == "a":
                    links -= 1
                text = None if element is root else element.tail
            if text:
                self._texts.append(text)
                if links:
                    self._linked += sum(map(len, text.split()))
        self._end_line()
        return self._lines

    def _begin_block(self, element: HtmlElement) -> None:
        self._end_line()
        self._blocks.append((element, self._blocks[-1][1] + self._parts(element)))

    def _end_block(self, element: HtmlElement) -> None:
        if self._blocks[-1][0] is element:
            self._end_line()
            self._blocks.pop()

    def _end_line(self) -> None:
        """Make a line of the texts that were read, in the innermost block."""
        if not self._texts:
            return
        if text := tidy("".join(self._texts)):
            element, parts = self._blocks[-1]
            self._lines.append((Line(text, element, self._linked, tuple(self._texts)), parts))
        self._texts.clear()
        self._linked = 0

    def _parts(self, element: HtmlElement) -> Parts:
        """Return the part that the element opens, if it does: certain, or one that its prose may pardon."""
        certain = self._markup.stands_apart(element)
        return () if certain is None else (Part(certain=certain),)
