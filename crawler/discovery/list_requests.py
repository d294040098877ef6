"""The requests of a section: its first pages, and after each page the next, never beyond `max_pages`."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from crawler.sources.model import ListRequest, Section, Source


def start_requests(source: Source, section: Section) -> tuple[ListRequest, ...]:
    """Return the first page of each list of the section: of each address, and for a search of each query word."""
    del source  # all that a request needs stands in the section; the spider need not know that
    return tuple(_request(section, url, word, page=1) for url, word in _lists(section))


def numbered_page_after(section: Section, request: ListRequest) -> ListRequest | None:
    """Return the request of the page after `request`, where the section numbers its pages; None where it ends."""
    if not is_numbered(section) or request.page >= section.max_pages:
        return None
    for url, word in _lists(section):
        if _request(section, url, word, page=request.page).key == request.key:
            return _request(section, url, word, page=request.page + 1)
    return None


def may_be_empty(section: Section, request: ListRequest) -> bool:
    """Tell whether a page without links is nothing to worry about.

    A further page ends its list. Of a search's words the first is the broadest and always has hits; others may not.
    """
    if request.page > 1:
        return True
    return bool(section.words) and all(
        request.key != _request(section, url, section.words[0], page=1).key for url in section.urls
    )


def is_numbered(section: Section) -> bool:
    """Tell whether addresses of further pages follow from the section alone."""
    templates = " ".join([*section.urls, section.json_body, *section.form.values()])
    return section.pages is not None or "{page}" in templates or "{offset}" in templates


def _lists(section: Section) -> Iterator[tuple[str, str]]:
    for url in section.urls:
        for word in section.words or ("",):
            yield url, word


def _request(section: Section, url: str, word: str, *, page: int) -> ListRequest:
    numbers = {
        "{page}": str(section.first_page + page - 1),
        "{offset}": str((page - 1) * section.page_size),
    }

    def filled(template: str, word: str) -> str:
        for placeholder, value in {**numbers, "{word}": word}.items():
            template = template.replace(placeholder, value)
        return template

    if page > 1 and section.pages is not None:
        return ListRequest(url=filled(section.pages.replace("{url}", url), quote(word)), page=page)
    address = filled(url, quote(word))
    if section.form:
        fields = {name: filled(value, word) for name, value in section.form.items()}
        return ListRequest(
            url=address,
            method="POST",
            body=urlencode(fields),
            content_type="application/x-www-form-urlencoded",
            page=page,
        )
    if section.json_body:
        body = filled(section.json_body, word)
        return ListRequest(url=address, method="POST", body=body, content_type="application/json", page=page)
    return ListRequest(url=address, page=page)
