"""The headline where no name of the page speaks of it: the line above the text that tells what the text tells.

`title` may name the site, a column or the program that wrote the page (New Page 1). A headline has words in common with
its text; the name of a site, a motto and the heading of a box of links have none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.dates import written_in
from crawler.extraction.lines import Line
from crawler.extraction.names import is_outlet
from crawler.extraction.page_names import is_column
from crawler.extraction.picture_captions import is_caption
from crawler.extraction.signed import share_of_people
from text.ngrams import ngrams
from text.width import squash

_ABOVE = 10
"""Lines above the first sentence of the text among which its headline is looked for."""
_REACH = 24
"""Lines at the top of what was taken for the text that may be a table or a byline above its headline."""
_SENTENCE = 40
"""Characters from which a line with a full stop is surely a sentence of the text."""
_ENDS = re.compile(r"[。！？]|\.(?=\s|$)")
_TEXT = 40
"""Lines of the text that tell what it is about."""
_SHORTEST, _LONGEST = 5, 50
_TELLS = 0.3
"""What must speak for a line: the share of its pairs of characters that stand in the text, and how it is set."""
_SHARES = 0.1
"""That share at least, however a line is set."""
_SET, _HEADS = 0.15, 0.15
"""What large or bold letters speak for a line, and a byline right below it."""
_BELOW = 2
"""Lines below a headline of which one is a byline."""
_FEWEST_PAIRS = 3
"""Pairs of characters below which a name (市场) is too short to tell by its words alone."""
_SILENT = 0.15
"""Share of a name's pairs up to which it says nothing of the text."""
_LONGEST_OFFICE = 12
_PEOPLE = 0.4
_BOLD = frozenset({"b", "strong", "big", "center", "h1", "h2", "h3"})
_LARGE = re.compile(r"^(?:\+[1-9]|[4-7])$")
_LARGE_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:1[6-9]|[2-9]\d)|text-align\s*:\s*center"
)
_NO_WORD = re.compile(r"[\W_]+")
_LATIN = re.compile(r"[a-z]{4,}")
_SECOND = re.compile(r"^[—\-]{1,2}(?![—\-])")
_LABEL = re.compile(r"^(?!.{0,4}(?:标题|主题|题目|题名)).{1,8}:$|^【(?!标题|主题|题目|题名).{1,6}】$")
"""A label in a cell of its own, whose value follows: 信息来源：."""
_BROKEN = 3
"""Lines of a headline that is broken into several."""
_BYLINE = 40
"""Characters of the longest line that is a byline for a day without its year."""
_NORMAL, _POINT = 16.0, 4 / 3
"""Pixels of letters that nothing sets, and of a point."""
_FONT_SIZES = {"4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0, "+1": 18.0, "+2": 24.0, "+3": 32.0, "+4": 48.0}
_STYLED_SIZE = re.compile(r"font-size\s*:\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)\s*(?P<unit>px|pt)")
_LARGEST = 0.25
"""What speaks for the one line that is set in the largest letters: what stands over and under a headline is smaller."""
_HIGH = 2
"""Elements around a line's own that may set it."""
_NO_HEADLINE = re.compile(r"^[—\-]|[。；;]$|[:：]|^[（(\[【].*[）)\]】]$|供稿|^第?\d+期")


class Subject:
    """What a text is about: the words of its sentences."""

    def __init__(self, lines: Sequence[Line], first: int) -> None:
        self._text = "\n".join(line.squashed.lower() for line in lines[first : first + _TEXT] if _is_sentence(line))

    def is_silent(self, name: str) -> bool:
        """Tell whether a name says nothing of the text: it shares no more with it than the place of a site."""
        words = [word for word in name.split() if not (is_outlet(word) and len(word) <= _LONGEST_OFFICE)]
        if not words:  # whose site it is may well be named in the text
            return True
        pairs = _words(" ".join(words))
        return sum(pair in self._text for pair in pairs) <= max(1.0, _SILENT * len(pairs))

    def share(self, name: str) -> float:
        """Return which share of a name's words stand in the text, 0 to 1."""
        pairs = _words(name)
        return sum(pair in self._text for pair in pairs) / max(len(pairs), _FEWEST_PAIRS)


def _words(name: str) -> frozenset[str]:
    """Return the pairs of characters of a Chinese name, the long words of one in Latin letters."""
    if name.isascii():
        return frozenset(_LATIN.findall(name.lower()))
    words = [word for word in _NO_WORD.split(squash(name)) if len(word) > 1]
    return frozenset[str]().union(*(ngrams(word, 2) for word in words))


def first_sentence(lines: Sequence[Line], first: int) -> int:
    """Return the index of the first line of a text, from `first` on, that is surely a sentence of it."""
    places = range(first, min(first + _REACH, len(lines)))
    return next((place for place in places if _is_sentence(lines[place])), first)


def placed_headline(lines: Sequence[Line], sentence: int, subject: Subject, boilerplate: Boilerplate) -> int | None:
    """Return the index of the line above the first sentence of a text that is most about it; None where none is."""
    window = range(max(sentence - _ABOVE, 0), sentence)
    places = [
        place
        for place in window
        if _may_be_headline(lines[place], boilerplate) and not (place and _LABEL.search(lines[place - 1].squashed))
    ]
    shares = {place: share for place in places if (share := subject.share(lines[place].text)) >= _SHARES}
    marks = {
        place: share + _SET * _is_emphasised(lines[place]) + _HEADS * _heads(lines[place + 1 : sentence], boilerplate)
        for place, share in shares.items()
    }
    sizes = {place: _size(lines[place]) for place in shares}
    largest = max(sizes.values(), default=_NORMAL)
    large = [place for place, size in sizes.items() if size == largest > _NORMAL]
    if len(large) == 1:
        marks[large[0]] += _LARGEST
    best = max(marks, key=lambda place: marks[place], default=None)
    return best if best is not None and marks[best] >= _TELLS else None


def whole_headline(lines: Sequence[Line], place: int, boilerplate: Boilerplate) -> tuple[str, int]:
    """Return the headline of which a line is a part, and the index of its first line: all that one element is set for.

    What an element sets in large or bold letters or in the middle, and nothing else beside it, is one headline.
    """
    element = lines[place].element
    first = last = place
    while first and lines[first - 1].element is element:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].element is element:
        last += 1
    parts = lines[first : last + 1]
    broken = 1 < len(parts) <= _BROKEN and all(_may_be_headline(part, boilerplate) for part in parts)
    text = " ".join(part.text for part in parts)
    if not broken or len(text) > _LONGEST or not _sets(element, sum(len(part.squashed) for part in parts)):
        return lines[place].text, place
    return text, first


def _sets(element: HtmlElement, size: int) -> bool:
    """Tell whether an element holds so many characters, and all of them large, bold or in the middle."""
    if len(squash(element.text_content())) > size:
        return False
    for each in (element, *islice(element.iterancestors(), _HIGH), *element.iterdescendants()):
        if len(squash(each.text_content())) == size and _is_set(each):
            return True
    return False


def _is_emphasised(line: Line) -> bool:
    """Tell whether a line is set in large or bold letters, or in the middle."""
    return any(map(_is_set, _that_set(line)))


def _that_set(line: Line) -> Iterator[HtmlElement]:
    """Give the elements that may set a line: those around it that hold nothing else, and those within it."""
    around = (line.element, *islice(line.element.iterancestors(), _HIGH))
    yield from (element for element in around if _holds_line(element, line))
    yield from line.element.iterdescendants()


def _is_set(element: HtmlElement) -> bool:
    """Tell whether an element sets its text in large or bold letters, or in the middle."""
    if element.tag in _BOLD or (element.tag == "font" and _LARGE.search(element.get("size") or "")):
        return True
    centred = (element.get("align") or "").lower() in {"center", "middle"}
    return centred or _LARGE_STYLE.search((element.get("style") or "").lower()) is not None


def _size(line: Line) -> float:
    """Return in about how many pixels a line is set."""
    size = _NORMAL
    for element in _that_set(line):
        named = _FONT_SIZES.get(element.get("size") or "") if element.tag == "font" else None
        styled = _STYLED_SIZE.search((element.get("style") or "").lower())
        if styled:
            named = float(styled["number"]) * (1 if styled["unit"] == "px" else _POINT)
        size = max(size, named or _NORMAL)
    return size


def _holds_line(element: HtmlElement, line: Line) -> bool:
    return len(element) <= 1 and len(element.text_content()) <= 2 * len(line.text)


def _heads(below: Sequence[Line], boilerplate: Boilerplate) -> bool:
    """Tell whether a byline begins right below, or the second headline behind its dash (——记…)."""
    return any(_SECOND.search(line.text) for line in below[:1]) or any(
        boilerplate.is_head(line.text)
        or any(written.has_day and (written.year or short) for written in written_in(line.text))
        for line in below[:_BELOW]
        for short in [len(line.text) <= _BYLINE and not line.is_prose]
    )


def _is_sentence(line: Line) -> bool:
    return line.own >= _SENTENCE and not (line.is_link or line.apart) and _ENDS.search(line.text) is not None


def _may_be_headline(line: Line, boilerplate: Boilerplate) -> bool:
    return (
        not (line.is_link or line.apart or is_caption(line) or is_column(line.squashed))
        and _SHORTEST <= len(line.squashed) <= _LONGEST
        and _NO_HEADLINE.search(line.text) is None
        and not boilerplate.is_any(line.text)
        and not any(written.clock or (written.has_day and written.year) for written in written_in(line.text))
        and share_of_people(line.text) < _PEOPLE
    )
