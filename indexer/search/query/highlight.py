"""Where a query's words stand in a text, so that both indexes highlight alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.search.query.model import And, Or, Phrase, Query
from indexer.search.tokens import runs

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
    units = _units(text)
    found = sorted(
        span
        for phrase in _wanted(query)
        if phrase.field == field or (phrase.field is None and field in {"title", "body"})
        for span in _places(_units(phrase.text), units)
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


def _units(text: str) -> list[_Unit]:
    return [
        _Unit(unit, number, span)
        for number, run in enumerate(runs(text))
        for unit, span in zip(run.units, run.spans, strict=True)
    ]


def _places(phrase: list[_Unit], text: list[_Unit]) -> Iterator[Span]:
    for at in range(len(text) - len(phrase) + 1) if phrase else ():
        if text[at].text == phrase[0].text and _stands_at(phrase, text[at : at + len(phrase)]):
            yield text[at].span[0], text[at + len(phrase) - 1].span[1]


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
