"""An article over several pages: which of them this is, so that nobody takes a part for the whole."""

import re

from crawler.extraction.document import Document

_TRS_PAGER = re.compile(r"createPageHTML\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*[\"']t\d{8}_\d+")
"""TRS, the publishing system of 央广网 and others: how many pages, which one from 0 on, and the article's own name; a
list's pager names the list (`index`)."""


def told_part(document: Document) -> str:
    """Return which page of the article it is, in words; nothing where the article has one page."""
    pager = _TRS_PAGER.search(document.script_text)
    pages, place = (int(pager[1]), int(pager[2]) + 1) if pager else (1, 1)
    return f"page {place} of {pages} of the article; the other pages are not read" if pages > 1 else ""
