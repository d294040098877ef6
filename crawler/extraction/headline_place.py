"""The headline where no name of the page speaks of it: the line above the text that tells what the text tells.

`title` may name the site, a column or the program that wrote the page (New Page 1). A headline has words in common with
its text; the name of a site, a motto and the heading of a box of links have none.
"""

import re
from collections.abc import Sequence

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.dates import written_in
from crawler.extraction.lines import Line
from crawler.extraction.signed import share_of_people
from text.ngrams import ngrams

_ABOVE = 10
"""Lines above the first sentence of the text among which its headline is looked for."""
_REACH = 24
"""Lines at the top of what was taken for the text that may be a table or a byline above its headline."""
_SENTENCE = 40
"""Characters from which a line is surely a sentence of the text."""
_TEXT = 40
"""Lines of the text that tell what it is about."""
_SHORTEST, _LONGEST = 5, 50
_TELLS = 0.25
"""Share of a headline's pairs of characters that stand in its text, where nothing else speaks for the line."""
_PEOPLE = 0.4
_NO_HEADLINE = re.compile(r"[。；;]$|[:：]|^[（(\[【].*[）)\]】]$|供稿|^第?\d+期")


class Subject:
    """What a text is about: the words of its sentences."""

    def __init__(self, lines: Sequence[Line], first: int) -> None:
        self._text = "\n".join(line.squashed for line in lines[first : first + _TEXT] if _is_sentence(line))

    def share(self, name: str) -> float:
        """Return which share of a name's pairs of characters stand in the text, 0 to 1."""
        pairs = ngrams(name, 2)
        return sum(pair in self._text for pair in pairs) / len(pairs) if pairs else 0.0


def first_sentence(lines: Sequence[Line], first: int) -> int:
    """Return the index of the first line of a text, from `first` on, that is surely a sentence of it."""
    places = range(first, min(first + _REACH, len(lines)))
    return next((place for place in places if _is_sentence(lines[place])), first)


def placed_headline(lines: Sequence[Line], sentence: int, subject: Subject, boilerplate: Boilerplate) -> int | None:
    """Return the index of the line above the first sentence of a text that is most about it; None where none is."""
    shares = {
        place: subject.share(lines[place].text)
        for place in range(max(sentence - _ABOVE, 0), sentence)
        if _may_be_headline(lines[place], boilerplate)
    }
    best = max(shares, key=lambda place: shares[place], default=None)
    return best if best is not None and shares[best] >= _TELLS else None


def _is_sentence(line: Line) -> bool:
    return line.is_prose and line.own >= _SENTENCE and not line.apart


def _may_be_headline(line: Line, boilerplate: Boilerplate) -> bool:
    return (
        not (line.is_link or line.apart)
        and _SHORTEST <= len(line.squashed) <= _LONGEST
        and _NO_HEADLINE.search(line.text) is None
        and not boilerplate.is_any(line.text)
        and not any(written.clock or (written.has_day and written.year) for written in written_in(line.text))
        and share_of_people(line.text) < _PEOPLE
    )
