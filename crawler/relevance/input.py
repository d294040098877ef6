"""Articles that a user hands in to be judged: words, a file, an address, or lines of JSON."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.sanitize import clean, load_json
from crawler.crawl.single_page import fetch_page
from crawler.extraction.extract import extract

HEADLINE = 60
"""Characters up to which a single line is taken for a title."""

_LONGEST_FILE_NAME = 255
_PAGES = {".html", ".htm", ".shtml"}
_FILE_NAME = re.compile(r"[^\s。，！？]+\.(?:txt|html?|shtml|md|jsonl?)", re.IGNORECASE)
"""What nobody means as a text: a file that is not there must not be judged by its name."""


@dataclass(frozen=True, slots=True)
class ArticleInput:
    """An article as the user handed it in."""

    title: str
    body: str


def read_input(source: str) -> ArticleInput:
    """Return the article that `source` is: an address, a saved page, a text file, or the text itself.

    Of a text the first line is the title; a single long line is a body. FetchError where an address gives nothing,
    UsageError where a file is no text or there is nothing to judge.
    """
    if source.startswith(("http://", "https://")):
        page = fetch_page(source)
        return _from_page(page.body, page.url, page.content_type)
    if len(os.fsencode(source)) <= _LONGEST_FILE_NAME and Path(source).is_file():
        path = Path(source)
        if path.suffix in _PAGES:
            return _from_page(path.read_bytes(), "", None)
        try:
            source = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: not a text in UTF-8: {error}") from error
    elif _FILE_NAME.fullmatch(source):
        raise UsageError(f"{source}: there is no such file")
    source = clean(source)
    if not source.strip():
        raise UsageError("there is nothing to judge; give a text, a file or an address")
    first, _, rest = source.strip().partition("\n")
    if not rest and len(first) > HEADLINE:
        return ArticleInput("", first)
    return ArticleInput(first, rest.strip())


def _from_page(page: bytes, url: str, content_type: str | None) -> ArticleInput:
    extraction = extract(page, url, content_type=content_type)
    return ArticleInput(extraction.title, extraction.body)


def read_json_lines(lines: Iterable[bytes], name: str, refuse: Callable[[UsageError], None]) -> Iterator[ArticleInput]:
    """Yield the article of each line of JSON; a missing title or body is empty, and blank lines are passed over.

    A line that is no object in UTF-8, or whose title or body is no text, is refused with file and line; the others are
    yielded.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = _from_line(line)
        except UsageError as error:
            refuse(UsageError(f"{name}, line {number}: {error}"))
        else:
            yield article


def _from_line(line: bytes) -> ArticleInput:
    try:
        item = load_json(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"not a text in UTF-8: {error}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not JSON: {error}") from error
    if not isinstance(item, dict):
        raise UsageError("not an object with title and body")
    values = [item.get(key) or "" for key in ("title", "body")]
    for key, value in zip(("title", "body"), values, strict=True):
        if not isinstance(value, str):
            raise UsageError(f"{key}: not a text (it is {value!r})")
    return ArticleInput(*values)
