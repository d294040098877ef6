"""The correction of a section whose list has changed: the keys with which it is read again, and the file with them."""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import ValidationError

from archive.warc import RawPage
from crawler.discovery import read_list
from crawler.discovery.address_pattern import address_pattern
from crawler.discovery.model import ListPage
from crawler.sources.lines import line_of
from crawler.sources.model import ListRequest, Section, Source
from crawler.sources.toml_text import Value, toml_table

Keys = Mapping[str, Value | None]
"""New values of keys; None takes a key away."""


@dataclass(frozen=True)
class Correction:
    """What to change for one section."""

    section: int
    keys: Keys
    hosts: tuple[str, ...] = field(default=())
    """Hosts that the source gets beside its own."""


def correction_of(
    source: Source, section: Section, request: ListRequest, answer: RawPage, page: ListPage
) -> Correction | None:
    """Return what makes a guessed page a page that holds what its source says, or None where nothing does.

    The same page is read once more with it: it must give every article that the guess gave, without a problem.
    """
    hosts = tuple(sorted({urlsplit(url).hostname or "" for url in (answer.url, *(link.url for link in page.links))}))
    new_hosts = tuple(host for host in hosts if not source.allows(host))
    pattern = address_pattern([link.url for link in page.links])
    moved: dict[str, Value | None] = {}
    if not source.owns(answer.url) and request.page == 1 and list(section.urls) == [request.url]:
        moved["urls"] = [answer.url]
    choices: list[dict[str, Value | None]] = [
        dict(page.corrected), {"article": pattern}, {"region": None, "date": None},
        {"article": pattern, "region": None, "date": None}, {**page.corrected, "article": pattern},
    ]  # fmt: skip
    wanted = {source.canonical_url(link.url) for link in page.links}
    index = source.sections.index(section)
    for choice in choices if page.guess else []:
        keys = {key: value for key, value in choice.items() if value is not None or getattr(section, key, None)}
        if not keys:
            continue
        correction = Correction(index, {**moved, **keys}, new_hosts)
        corrected = _corrected(source, correction)
        if corrected is None:
            continue
        found = read_list(corrected, corrected.sections[index], request, answer)
        if found.guess is None and wanted <= {source.canonical_url(link.url) for link in found.links}:
            return correction
    return None


def _corrected(source: Source, correction: Correction) -> Source | None:
    data = source.model_dump(mode="json", exclude_defaults=True)
    data["hosts"] = [*source.hosts, *correction.hosts]
    changed = data["sections"][correction.section] | correction.keys
    data["sections"][correction.section] = {key: value for key, value in changed.items() if value is not None}
    try:
        return Source.model_validate(data)
    except ValidationError:
        return None


def corrected_text(text: str, source: Source, corrections: Sequence[Correction]) -> str:
    """Return the text of a source file with corrections in it; everything else stays as it was written."""
    for correction in corrections:
        for key, value in correction.keys.items():
            text = _with_key(text, ("sections", correction.section), key, value)
    hosts = list(dict.fromkeys([*source.hosts, *(host for correction in corrections for host in correction.hosts)]))
    return text if hosts == list(source.hosts) else _with_key(text, (), "hosts", list(hosts))


def difference(before: str, after: str, *, before_name: str, after_name: str) -> str:
    """Return what was changed, as `diff -u` shows it."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), before_name, after_name, n=2
    )
    return "".join(lines)


def _with_key(text: str, table: tuple[str | int, ...], key: str, value: Value | None) -> str:
    """Set, add or take away one key of a table."""
    lines = text.splitlines(keepends=True)
    number = line_of(text, *table, key) - 1
    new = [] if value is None else [toml_table("", {key: value})]
    if not re.match(rf"\s*{re.escape(key)}\s*=", lines[number]):  # the table's own line: the key was not there
        return "".join([*lines[: number + 1], *new, *lines[number + 1 :]])
    end = number + 1
    while end < len(lines) and not _is_whole("".join(lines[number:end])):
        end += 1
    return "".join([*lines[:number], *new, *lines[end:]])


def _is_whole(lines: str) -> bool:
    try:
        tomllib.loads(lines)
    except tomllib.TOMLDecodeError:
        return False
    return True
