"""Where a query's words stand in a text, so that both indexes highlight alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.search.query.model import And, Or, Phrase, Query
from indexer.search.tokens import TokenRun, runs

Span = tuple[int, int]
"""First character and the one behind the last."""


_WITHIN_WORD = re.compile(r"[^\W_\u3400-\u9fff]{2}")


@dataclass(frozen=True)
class Snippet:
    """A piece of a text around the first hit; the spans are characters of the piece."""

    text: str
    spans: tuple[Span, ...]


def highlights(query: Query, field: str, text: str) -> list[Span]:
    """Return where the wanted phrases of a query stand in a field's text, in order, overlapping ones joined."""
    cut = list(runs(text))
    found = sorted(
        span
        for phrase in _wanted(query)
        if phrase.field == field or (phrase.field is None and field in {"title", "body"})
        for span in _places(list(runs(phrase.text)), cut)
    )
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def snippet(query: Query, field: str, text: str, length: int = 60) -> Snippet | None:
    """Return up to `length` characters around the first hit, on one line; None where there is no hit.

    It neither begins nor ends within a word or a number of other letters than Han; no mark of a text before begins it.
    """
    spans = highlights(query, field, text)
    if not spans:
        return None
    start = max(0, min(spans[0][0] - length // 3, len(text) - length))
    end = min(len(text), start + length)
    first, behind = spans[0]
    while 0 < start < first and _WITHIN_WORD.fullmatch(text[start - 1 : start + 1]):
        start += 1
    while 0 < start < first and not text[start].isalnum():
        start += 1
    while behind < end < len(text) and _WITHIN_WORD.fullmatch(text[end - 1 : end + 1]):
        end -= 1
    inside = tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)
    return Snippet(text[start:end].replace("\n", " "), inside)


class _Unit(NamedTuple):
    text: str
    run: int
    span: Span


def _units(cut: list[TokenRun]) -> list[_Unit]:
    return [
        _Unit(unit, number, span)
        for number, run in enumerate(cut)
        for unit, span in zip(run.units, run.spans, strict=True)
    ]


def _places(phrase: list[TokenRun], text: list[TokenRun]) -> Iterator[Span]:
    if len(phrase) == 1:
        words = "".join(phrase[0].units)
        for run in text:
            yield from _places_in_run(words, len(phrase[0].units), run)
        return
    wanted, units = _units(phrase), _units(text)
    for at in range(len(units) - len(wanted) + 1) if wanted else ():
        if units[at].text == wanted[0].text and _stands_at(wanted, units[at : at + len(wanted)]):
            yield units[at].span[0], units[at + len(wanted) - 1].span[1]


def _places_in_run(phrase: str, units: int, run: TokenRun) -> Iterator[Span]:
    """Yield where a phrase of one run stands: most phrases are one, and a text has as many units as characters."""
    if isinstance(run.units, tuple):
        if units == 1 and run.units[0] == phrase:
            yield run.start, run.end
        return
    is_as_given = len(run.units) == run.end - run.start
    at = run.units.find(phrase) if units == len(phrase) else -1
    while at >= 0:
        yield (run.start + at, run.start + at + units) if is_as_given else (run.start, run.end)
        at = run.units.find(phrase, at + 1)


def _stands_at(phrase: list[_Unit], text: list[_Unit]) -> bool:
    """Whether the words are the same, and what stands together in the phrase stands together in the text."""
    if any(wanted.text != unit.text for wanted, unit in zip(phrase, text, strict=True)):
        return False
    together = zip(pairwise(phrase), pairwise(text), strict=True)
    return all(a.run != b.run or c.run == d.run for (a, b), (c, d) in together)


def _wanted(query: Query) -> Iterator[Phrase]:
    match query:
        case Phrase():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
