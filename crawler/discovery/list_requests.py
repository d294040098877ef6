"""The requests of a section: its first pages, and after each page the next, never beyond `max_pages`."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from core.clock import CLOCK
from core.time import in_shanghai
from crawler.sources.model import JsonSection, ListRequest, Section
from crawler.sources.section import DATE


def start_requests(section: Section, today: date | None = None) -> tuple[ListRequest, ...]:
    """Return the first page of each list of the section: of each address, and for a search of each query word.

    A list by date starts at `today`, the present day in Shanghai where none is given.
    """
    day = (today or in_shanghai(CLOCK.now()).date()) if section.is_dated else None
    return tuple(_request(section, url, word, page=1, day=day) for url, word in _lists(section))


def surest_request(section: Section) -> ListRequest:
    """Return the request that tells whether a section works: its first, of a list by date the one for yesterday."""
    first = start_requests(section)[0]
    return day_before(section, first) or first


def day_before(section: Section, request: ListRequest) -> ListRequest | None:
    """Return the request of the day before, where a list has an address for each day; None after `max_pages` days."""
    if request.day is None or request.page >= section.max_pages:
        return None
    for url, word in _lists(section):
        if _request(section, url, word, page=request.page, day=request.day).key == request.key:
            return _request(section, url, word, page=request.page + 1, day=request.day - timedelta(days=1))
    return None


def numbered_page_after(section: Section, request: ListRequest) -> ListRequest | None:
    """Return the request of the page after `request`, where the section numbers its pages; None where it ends."""
    if not is_numbered(section) or request.page >= section.max_pages:
        return None
    for url, word in _lists(section):
        if _request(section, url, word, page=request.page).key == request.key:
            return _request(section, url, word, page=request.page + 1)
    return None


def page_at_cursor(section: JsonSection, request: ListRequest, cursor: object) -> ListRequest | None:
    """Return the request of the page that a value of the answer to `request` names; None where it names none."""
    named = isinstance(cursor, str | int | float) and not isinstance(cursor, bool) and cursor != ""
    if not named or request.page >= section.max_pages:
        return None
    field = section.cursor_field or ""
    changes: dict[str, object] = {"page": request.page + 1, "by_cursor": True}
    if section.json_body:
        changes["body"] = json.dumps({**json.loads(request.body), field: cursor}, ensure_ascii=False)
    elif section.form:
        changes["body"] = urlencode({**dict(parse_qsl(request.body)), field: str(cursor)})
    else:
        parts = urlsplit(request.url)
        query = urlencode({**dict(parse_qsl(parts.query)), field: str(cursor)})
        changes["url"] = urlunsplit(parts._replace(query=query))
    return request.model_copy(update=changes)


def list_name(section: Section, request: ListRequest) -> str:
    """Return what the list of a request is called, from one day to the next: its first address, with a search's word.

    A numbered page further down is a list of its own.
    """
    is_lasting = request.day is None and not request.is_part and section.kind != "sitemap"
    return request.key if is_lasting else section.urls[0]


def may_be_empty(section: Section, request: ListRequest) -> bool:
    """Tell whether a page without links is nothing to worry about.

    Of a search's words the first is the broadest and always has hits; others may not.
    """
    if request.is_part or may_be_missing(request):
        return True
    return bool(section.words) and all(
        request.key != _request(section, url, section.words[0], page=1).key for url in section.urls
    )


def may_be_missing(request: ListRequest) -> bool:
    """Tell whether a list may do without a page: numbered ones end somewhere, and not every day has one.

    Of a list by date, yesterday's page must be there: today's may come, and an older day may never have had one.
    """
    return request.page > 1 if request.day is None else request.page != 2


def part_of(section: Section, request: ListRequest, url: str) -> ListRequest:
    """Return the request of a list's part: it is read as often and as far back as the list itself."""
    return ListRequest(url=url, page=request.page, day=request.day, headers=section.headers, is_part=True)


def is_within_reach(section: Section, request: ListRequest) -> bool:
    """Tell whether a daily crawl reads a page that was named; what a backfill left deeper down waits for the next."""
    return section.kind == "sitemap" or request.page <= section.max_pages


def is_numbered(section: Section) -> bool:
    """Tell whether addresses of further pages follow from the section alone."""
    templates = " ".join([*section.urls, section.json_body, *section.form.values()])
    return section.pages is not None or "{page}" in templates or "{offset}" in templates


def _lists(section: Section) -> Iterator[tuple[str, str]]:
    for url in section.urls:
        for word in section.words or ("",):
            yield url, word


def _request(section: Section, url: str, word: str, *, page: int, day: date | None = None) -> ListRequest:
    numbers = {
        "{page}": str(section.first_page + page - 1),
        "{offset}": str((page - 1) * section.page_size),
    }

    def filled(template: str, word: str) -> str:
        for placeholder, value in {**numbers, "{word}": word}.items():
            template = template.replace(placeholder, value)
        return template

    if page > 1 and section.pages is not None:
        further = filled(section.pages.replace("{url}", url), quote(word))
        return ListRequest(url=further, page=page, headers=section.headers)
    address = filled(url if day is None else DATE.sub(lambda form: day.strftime(form[1]), url), quote(word))
    if section.form:
        fields = {name: filled(value, word) for name, value in section.form.items()}
        return ListRequest(
            url=address,
            method="POST",
            body=urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            headers=section.headers,
            page=page,
            day=day,
        )
    if section.json_body:
        body = filled(section.json_body, word)
        return ListRequest(
            url=address,
            method="POST",
            body=body,
            content_type="application/json",
            headers=section.headers,
            page=page,
            day=day,
        )
    return ListRequest(url=address, headers=section.headers, page=page, day=day)
