"""Articles that a user hands in to be judged: words, a file, an address, or lines of JSON."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from core.errors import UsageError
from core.sanitize import clean, load_json
from crawler.crawl.single_page import fetch_page
from crawler.extraction.extract import extract

HEADLINE = 60
"""Characters up to which a single line is taken for a title."""

_LONGEST_FILE_NAME = 255
_PAGES = {".html", ".htm", ".shtml"}


@dataclass(frozen=True, slots=True)
class Given:
    """An article as it was handed in."""

    title: str
    body: str


def article_of(given: str) -> Given:
    """Return the article that `given` is: an address, a saved page, a text file, or the text itself.

    Of a text the first line is the title; a single long line is a body. FetchError where an address gives nothing,
    UsageError where a file is no text or there is nothing to judge.
    """
    if given.startswith(("http://", "https://")):
        page = fetch_page(given)
        return _from_page(page.body, page.url, page.content_type)
    if len(os.fsencode(given)) <= _LONGEST_FILE_NAME and Path(given).is_file():
        path = Path(given)
        if path.suffix in _PAGES:
            return _from_page(path.read_bytes(), "", None)
        try:
            given = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: not a text in UTF-8: {error}") from error
    given = clean(given)
    if not given.strip():
        raise UsageError("there is nothing to judge; give a text, a file or an address")
    first, _, rest = given.strip().partition("\n")
    if not rest and len(first) > HEADLINE:
        return Given("", first)
    return Given(first, rest.strip())


def _from_page(page: bytes, url: str, content_type: str | None) -> Given:
    extraction = extract(page, url, content_type=content_type)
    return Given(extraction.title, extraction.body)


def articles_in(lines: TextIO, name: str) -> Iterator[Given]:
    """Yield the article of each line of JSON; a missing title or body is empty, and blank lines are passed over.

    UsageError names file and line where one is no object, or its title or body no text.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = load_json(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{name}, line {number}: not JSON: {error}") from error
        if not isinstance(item, dict):
            raise UsageError(f"{name}, line {number}: not an object with title and body")
        values = [item.get(key) or "" for key in ("title", "body")]
        for key, value in zip(("title", "body"), values, strict=True):
            if not isinstance(value, str):
                raise UsageError(f"{name}, line {number}: {key}: not a text (it is {value!r})")
        yield Given(*values)
