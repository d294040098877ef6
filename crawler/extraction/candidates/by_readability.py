"""The body that readability finds; asked only on doubt, since it costs as much as everything else together."""

import copy

from lxml import etree, html
from readability import Document as Readability
from readability.readability import Unparseable

from crawler.extraction.candidates import Candidate
from crawler.extraction.document import Document
from crawler.extraction.text_blocks import assigned_lines


def by_readability(document: Document) -> Candidate | None:
    """Return the lines of readability's summary that are no links; None where it finds nothing."""
    try:
        summary = Readability(copy.deepcopy(document.tree)).summary(html_partial=True)
        tree = html.document_fromstring(summary)
    except (Unparseable, etree.ParserError, ValueError):
        return None
    paragraphs = tuple(line.text for line in assigned_lines(tree) if not line.is_link)
    return Candidate("readability", paragraphs, "summary") if paragraphs else None
