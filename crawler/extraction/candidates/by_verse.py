"""Lines of verse: a body of short lines without a full stop, where a page has no prose at all."""

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.candidates import Candidate
from crawler.extraction.elements import described
from crawler.extraction.lines import Line
from text.width import squash

_FEWEST = 8
"""Lines from which they may be a poem."""
_LONGEST, _MEAN = 40, 4
"""Characters of the longest line, and of the lines in the mean at least: shorter ones are buttons."""
_HIGH = 4
"""Elements around a line, itself the first, that may hold the whole poem: its stanzas may be parts."""
_WHOLE = 0.8
"""Share of the most lines that an element holds from which a smaller one within it is the whole poem."""
_ITEMS = frozenset({"li", "td", "th", "dt", "dd"})
_LISTS = frozenset({"ul", "ol", "dl", "table", "tbody", "tr", "nav", "form", "body", "html"})
"""Elements whose short lines are a list, or everything."""


def by_verse(lines: Sequence[Line], title: str, boilerplate: Boilerplate) -> Candidate | None:
    """Return the short lines of the element below the headline that holds most of them; None where that is no poem."""
    wanted = squash(title)
    headline = next((place for place, line in enumerate(lines) if wanted and line.squashed == wanted), None)
    if headline is None:
        return None
    held: dict[HtmlElement, list[Line]] = {}
    for line in (line for line in lines[headline + 1 :] if line.element.tag not in _ITEMS):
        for element in islice((line.element, *line.element.iterancestors()), _HIGH):
            held.setdefault(element, []).append(line)
    poems = [
        (element, [line for line in verses if not (line.apart or boilerplate.is_any(line.text))])
        for element, verses in held.items()
        if element.tag not in _LISTS and not any(line.is_link for line in verses)
    ]
    poems = [(element, verses) for element, verses in poems if _is_poem(verses)]
    most = max((len(verses) for _, verses in poems), default=0)
    whole = [poem for poem in poems if len(poem[1]) >= _WHOLE * most]  # a wrapper adds a byline, a note
    if not whole:
        return None
    element, verses = min(whole, key=lambda poem: len(poem[1]))
    return Candidate("verse", tuple(line.text for line in verses), described(element))


def _is_poem(verses: Sequence[Line]) -> bool:
    size = sum(len(line.text) for line in verses)
    return len(verses) >= _FEWEST and size >= _MEAN * len(verses) and all(len(line.text) <= _LONGEST for line in verses)
