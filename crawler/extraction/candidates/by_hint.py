"""The body at a source's own CSS selectors."""

from collections.abc import Sequence

from crawler.extraction.candidates import Candidate
from crawler.extraction.document import Document
from crawler.extraction.text_blocks import assigned_lines


def by_hint(document: Document, selectors: Sequence[str]) -> Candidate | None:
    """Return the lines below the first selector that holds any text that is no link; None where none does."""
    for selector in selectors:
        paragraphs = tuple(
            line.text
            for element in document.tree.cssselect(selector)
            for line in assigned_lines(element)
            if not line.is_link
        )
        if paragraphs:
            return Candidate("hint", paragraphs, f"css:{selector}")
    return None
