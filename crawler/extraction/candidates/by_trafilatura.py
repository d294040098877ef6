"""The body that trafilatura finds, on the tree that is already parsed.

Only its body: its metadata search is where most of its time goes, and what we read better ourselves. Of a Chinese page
it gets a copy without the parts that stand apart (navigation, footer, comments, what is not shown): measured on 62
pages of 130 kB, that takes a third of the time, and those parts are what it brings along. Other pages it gets whole,
and asks its own fallbacks too: nobody else looks for their bodies as well.
"""

import copy
import re
from collections.abc import Sequence

import trafilatura
from lxml.html import HtmlElement

from crawler.extraction.candidates import Candidate
from crawler.extraction.document import Document
from crawler.extraction.lines import Line
from crawler.extraction.markup import bundled_markup
from text.width import tidy

_RULE = re.compile(r"[|\s:-]+")
"""What trafilatura draws between the rows of a table."""


def by_trafilatura(document: Document, lines: Sequence[Line], *, whole: bool) -> Candidate | None:
    """Return trafilatura's body, of the `whole` page or of what does not stand apart; None where it finds none."""
    tree = document.tree if whole else _without_parts_apart(document.tree, lines)
    found = trafilatura.bare_extraction(
        tree, url=document.url or None, fast=not whole, with_metadata=False, include_comments=False
    )
    text = getattr(found, "text", None) or ""
    printed = (tidy(line.strip("| ")) for line in text.splitlines())
    paragraphs = tuple(line for line in printed if line and not _RULE.fullmatch(line))
    origin = "whole page" if whole else "without parts apart"
    return Candidate("trafilatura", paragraphs, origin) if paragraphs else None


def _without_parts_apart(tree: HtmlElement, lines: Sequence[Line]) -> HtmlElement:
    markup, dropped = bundled_markup(), _of_links_alone(lines)
    blocks = (*markup.blocks, "head", "iframe", "select", "button", "noscript", "svg", "textarea", "template", "xmp")
    originals = list(tree.iter(*blocks))
    tree = copy.deepcopy(tree)
    gone: set[HtmlElement] = set()
    for original, element in zip(originals, list(tree.iter(*blocks)), strict=True):
        if original.getparent() in gone:
            gone.add(original)
            continue
        beside = element.tag not in markup.blocks or original in dropped or markup.stands_apart(element)
        if beside and element.tag != "body" and element.getparent() is not None:
            element.drop_tree()
            gone.add(original)
    return tree


def _of_links_alone(lines: Sequence[Line]) -> set[HtmlElement]:
    """Return the elements that hold links and nothing else to read: trafilatura would weigh and drop each of them."""
    links: set[HtmlElement] = set()
    texts: set[HtmlElement] = set()
    for line in lines:
        seen = links if line.is_link else texts
        element: HtmlElement | None = line.element
        while element is not None and element not in seen:
            seen.add(element)
            element = element.getparent()
    return links - texts
