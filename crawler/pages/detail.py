"""Articles whose text is served as JSON: made into a plain page, so that extraction has one way in."""

import re
from html import escape, unescape
from typing import Any

import jmespath

from core.sanitize import load_json
from core.time import SHANGHAI
from crawler.discovery.dates import parse_date
from crawler.extraction.decoding import decode
from crawler.extraction.model import Hints
from crawler.sources.model import Detail

DETAIL_HINTS = Hints(title=("h1",), published_at=("#time",), credit=("#credit",), body=("#body",))
"""Where the page made here holds its fields."""

MOST_ESCAPED = 3
"""How often HTML may have been escaped."""
_ESCAPED = re.compile(r"&(?:amp;)*lt;/?[a-z][a-z0-9]*", re.IGNORECASE)
"""A tag, escaped."""


def detail_page(detail: Detail, body: bytes) -> bytes:
    """Return a detail's JSON as a page in UTF-8; an empty page where it is no JSON or lacks the text."""
    try:
        data = load_json(decode(body).text)
    except (ValueError, RecursionError):
        return b""
    text = _markup(jmespath.search(detail.body, data))
    if not text:
        return b""
    if "<" not in text:
        text = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    fields = [
        f"<h1>{escape(_text(detail.title, data))}</h1>",
        f"<p id=time>{escape(_text(detail.published_at, data))}</p>",
        f"<p id=credit>{escape(_text(detail.credit, data))}</p>",
        f"<div id=body>{text}</div>",
    ]
    return ("<!doctype html><meta charset=utf-8><body><article>" + "".join(fields) + "</article>").encode()


def _markup(value: Any) -> str:
    """Return the HTML or plain text of a body: a string, escaped or not, or a list of paragraphs."""
    if isinstance(value, list):
        paragraphs = [_markup(part) for part in value if isinstance(part, str)]
        return "".join(part if "<" in part else f"<p>{escape(part)}</p>" for part in paragraphs if part)
    if not isinstance(value, str):
        return ""
    for _ in range(MOST_ESCAPED):
        if "<" in value or not _ESCAPED.search(value):
            break
        value = unescape(value)
    return str(value).strip()


def _text(path: str | None, data: Any) -> str:
    value = jmespath.search(path, data) if path else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        moment = parse_date(value)
        return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if moment else ""
    return value.strip() if isinstance(value, str) else ""
