"""Marking: a text cut at spans, so that a template can mark them without any markup in the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.search.query.highlight import Span


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """Return the text in pieces, those of the spans marked; spans are in order and do not overlap."""
    found: list[Piece] = []
    at = 0
    for start, end in spans:
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], marked=True))
        at = end
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Piece]]:
    """Return the paragraphs of a text that are not blank, each in pieces; a span may reach over several."""
    spans = list(spans)
    found: list[list[Piece]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
            found.append(pieces(line, inside))
        start = end + 1
    return found
