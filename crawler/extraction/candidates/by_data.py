"""Bodies that stand in a page's data: JSON-LD, the state of a page that a script builds, a source's own script hint."""

import re
import sys
from collections.abc import Iterator

from lxml import etree, html

from core.sanitize import clean
from crawler.extraction.candidates import Candidate
from crawler.extraction.document import Document
from crawler.extraction.lines import read_lines, reads_as_prose
from text.width import tidy

_STRING = re.compile(
    r"""(?P<key>[\w$]{1,40})["']?\s{0,3}[:=]\s{0,3}(?P<text>"(?:[^"\\\n]|\\.){80,200000}"|'(?:[^'\\\n]|\\.){80,200000}')"""
)
_MARKUP = re.compile(r"<(?:p|div|br|span|section)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}


def by_json_ld(document: Document) -> Candidate | None:
    """Return the longest `articleBody` of the page's JSON-LD."""
    bodies = [body for item in document.data if isinstance(body := item.get("articleBody"), str)]
    paragraphs = paragraphs_of(max(bodies, key=len)) if bodies else ()
    return Candidate("json-ld", paragraphs, "articleBody") if paragraphs else None


def by_state(document: Document) -> Candidate | None:
    """Return the string of a script that holds the most prose: `__NEXT_DATA__`, `contentHtml = "…"` and the like."""
    best: tuple[int, str, tuple[str, ...]] = (0, "", ())
    for script in document.scripts:
        for key, text in _strings(script):
            paragraphs = paragraphs_of(text)
            prose = sum(len(paragraph) for paragraph in paragraphs if reads_as_prose(paragraph))
            best = max(best, (prose, key, paragraphs))
    prose, key, paragraphs = best
    return Candidate("state", paragraphs, f"script:{key}") if prose else None


def by_description(document: Document) -> Candidate | None:
    """Return the summary in the page's head: the only text of many a video page."""
    for name in ("og:description", "description"):
        if paragraphs := paragraphs_of(document.meta(name)):
            return Candidate("description", paragraphs, f"meta:{name}")
    return None


def by_script_hint(document: Document, pattern: str) -> Candidate | None:
    """Return the body that a source's `body_script` pattern names by its one group."""
    for script in document.scripts:
        if match := re.search(pattern, script):
            paragraphs = paragraphs_of(_unescaped(f'"{match[1]}"'))
            if paragraphs:
                return Candidate("hint", paragraphs, "body_script")
    return None


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a string that is HTML, escaped HTML or plain text."""
    if "&lt;" in text and not _MARKUP.search(text):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    if not _MARKUP.search(text):
        return tuple(line for line in map(tidy, text.splitlines()) if line)
    try:
        tree = html.document_fromstring(f"<div>{text}</div>")
    except (etree.ParserError, ValueError):
        return ()
    return tuple(line.text for line in read_lines(tree) if not line.is_link)


def _strings(script: str) -> Iterator[tuple[str, str]]:
    """Return the long strings of a script that hold a Chinese full stop, each with the key it stands under."""
    for match in _STRING.finditer(script):
        text = _unescaped(match["text"])
        if "。" in text:
            yield match["key"], text


def _unescaped(literal: str) -> str:
    """Return the text of a JavaScript string literal, or of one of JSON; a broken escape stands for itself."""
    return clean(_ESCAPE.sub(_character, literal[1:-1]))


def _character(escape: re.Match[str]) -> str:
    """Return what one escape stands for; half of a surrogate pair, too, which its other half may follow."""
    *codes, other = escape.groups()
    if code := next(filter(None, codes), None):
        return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else ""
    return escape[0] if other in {"u", "x"} else _CONTROLS.get(other, other)
