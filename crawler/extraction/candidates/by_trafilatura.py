"""The body that trafilatura finds, on the tree that is already parsed.

Only its body: its metadata search is where most of its time goes, and what we read better ourselves.
"""

import re

import trafilatura

from crawler.extraction.candidates import Candidate
from crawler.extraction.document import Document
from text.width import tidy

_RULE = re.compile(r"[|\s:-]+")
"""What trafilatura draws between the rows of a table."""


def by_trafilatura(document: Document) -> Candidate | None:
    """Return trafilatura's body; None where it finds none. The tree stays as it is: trafilatura works on a copy."""
    found = trafilatura.bare_extraction(
        document.tree, url=document.url or None, fast=True, with_metadata=False, include_comments=False
    )
    text = getattr(found, "text", None) or ""
    lines = (tidy(line.strip("| ")) for line in text.splitlines())
    paragraphs = tuple(line for line in lines if line and not _RULE.fullmatch(line))
    return Candidate("trafilatura", paragraphs, "fast") if paragraphs else None
