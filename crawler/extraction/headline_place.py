"""The headline where no name of the page speaks of it: the line above the text that tells what the text tells.

`title` may name the site, a column or the program that wrote the page (New Page 1). A headline has words in common with
its text; the name of a site, a motto and the heading of a box of links have none.
"""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.dates import written_in
from crawler.extraction.lines import Line
from crawler.extraction.names import is_outlet
from crawler.extraction.signed import share_of_people
from text.ngrams import ngrams

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
_SILENT = 0.15
"""Share of a name's pairs up to which it says nothing of the text."""
_LONGEST_OFFICE = 12
_PEOPLE = 0.4
_BOLD = frozenset({"b", "strong", "big", "center"})
_LARGE = re.compile(r"^(?:\+[1-9]|[4-7])$")
_LARGE_STYLE = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:1[6-9]|[2-9]\d)|text-align\s*:\s*center"
)
_LATIN = re.compile(r"[a-z]{4,}")
_HIGH = 2
"""Elements around a line's own that may set it."""
_NO_HEADLINE = re.compile(r"^[—\-]|[。；;]$|[:：]|^[（(\[【].*[）)\]】]$|供稿|^第?\d+期")


class Subject:
    """What a text is about: the words of its sentences."""

    def __init__(self, lines: Sequence[Line], first: int) -> None:
        self._text = "\n".join(line.squashed.lower() for line in lines[first : first + _TEXT] if _is_sentence(line))

    def is_silent(self, name: str) -> bool:
        """Tell whether a name says nothing of the text: it shares no more with it than the place of a site."""
        if is_outlet(name) and len(name) <= _LONGEST_OFFICE:  # whose site it is may well be named in the text
            return True
        pairs = _words(name)
        return sum(pair in self._text for pair in pairs) <= max(1.0, _SILENT * len(pairs))

    def share(self, name: str) -> float:
        """Return which share of a name's words stand in the text, 0 to 1."""
        pairs = _words(name)
        return sum(pair in self._text for pair in pairs) / len(pairs) if pairs else 0.0


def _words(name: str) -> frozenset[str]:
    """Return the pairs of characters of a Chinese name, the long words of one in Latin letters."""
    return frozenset(_LATIN.findall(name.lower())) if name.isascii() else ngrams(name, 2)


def first_sentence(lines: Sequence[Line], first: int) -> int:
    """Return the index of the first line of a text, from `first` on, that is surely a sentence of it."""
    places = range(first, min(first + _REACH, len(lines)))
    return next((place for place in places if _is_sentence(lines[place])), first)


def placed_headline(lines: Sequence[Line], sentence: int, subject: Subject, boilerplate: Boilerplate) -> int | None:
    """Return the index of the line above the first sentence of a text that is most about it; None where none is."""
    window = range(max(sentence - _ABOVE, 0), sentence)
    places = [place for place in window if _may_be_headline(lines[place], boilerplate)]
    shares = {place: share for place in places if (share := subject.share(lines[place].text)) >= _SHARES}
    marks = {
        place: share + _SET * _is_emphasised(lines[place]) + _HEADS * _heads(lines[place + 1 : sentence], boilerplate)
        for place, share in shares.items()
    }
    best = max(marks, key=lambda place: marks[place], default=None)
    return best if best is not None and marks[best] >= _TELLS else None


def _is_emphasised(line: Line) -> bool:
    """Tell whether a line is set in large or bold letters, or in the middle."""
    around = [line.element, *islice(line.element.iterancestors(), _HIGH)]
    for element in (*(element for element in around if _holds_line(element, line)), *line.element.iterdescendants()):
        if element.tag in _BOLD or (element.tag == "font" and _LARGE.search(element.get("size") or "")):
            return True
        if element.get("align") == "center" or _LARGE_STYLE.search((element.get("style") or "").lower()):
            return True
    return False


def _holds_line(element: HtmlElement, line: Line) -> bool:
    return len(element) <= 1 and len(element.text_content()) <= 2 * len(line.text)


def _heads(below: Sequence[Line], boilerplate: Boilerplate) -> bool:
    """Tell whether a byline begins right below."""
    return any(
        boilerplate.is_head(line.text) or any(written.has_day and written.year for written in written_in(line.text))
        for line in below[:_BELOW]
    )


def _is_sentence(line: Line) -> bool:
    return line.own >= _SENTENCE and not (line.is_link or line.apart) and _ENDS.search(line.text) is not None


def _may_be_headline(line: Line, boilerplate: Boilerplate) -> bool:
    return (
        not (line.is_link or line.apart)
        and _SHORTEST <= len(line.squashed) <= _LONGEST
        and _NO_HEADLINE.search(line.text) is None
        and not boilerplate.is_any(line.text)
        and not any(written.clock or (written.has_day and written.year) for written in written_in(line.text))
        and share_of_people(line.text) < _PEOPLE
    )
