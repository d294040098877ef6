"""Feeds: the newest hits of a search as Atom (RFC 4287) and as JSON Feed 1.1, with conditional requests."""

import hashlib
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from indexer.search.document import StoryDocument
from indexer.search.index import Sort
from indexer.search.query.lexer import QueryError
from web.pages import link
from web.query_errors import TIMES, in_chinese
from web.reading import Reading
from web.results import leading_stories
from web.state import SearchState, Unit
from web.wording import iso, shown

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LONGEST_TEXT = 20_000
"""Characters of a text that an entry carries."""
_NOT_XML = re.compile("[\ufffe\uffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed."""


@dataclass(frozen=True)
class Feed:
    """A search as feeds tell it."""

    title: str
    url: str
    """Its own address."""
    page: str
    """Of the same search for a browser."""
    base: str
    stories: Sequence[StoryDocument]

    @property
    def updated(self) -> datetime:
        """When the newest change of its stories was made."""
        return max(map(changed_at, self.stories), default=_NEVER)


def atom_feed(request: Request) -> Response:
    """Answer with the search as Atom."""
    feed = _feed(request)
    return _conditional(request, atom(feed), "application/atom+xml; charset=utf-8", feed.updated)


def json_feed(request: Request) -> Response:
    """Answer with the search as JSON Feed."""
    feed = _feed(request)
    body = json.dumps(as_json(feed), ensure_ascii=False).encode()
    return _conditional(request, body, "application/feed+json; charset=utf-8", feed.updated)


def changed_at(story: StoryDocument) -> datetime:
    """Return when this revision of a story was made: revisions are milliseconds since 1970, if no other was as late."""
    return datetime.fromtimestamp(story.revision // 1000, UTC)


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-Hans"})
    _add(root, "id", _urn("feed", feed.page.removeprefix(feed.base)))
    _add(root, "title", feed.title)
    _add(root, "updated", iso(feed.updated))
    ElementTree.SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    ElementTree.SubElement(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(root, "generator", "DeltaNews")
    for story in feed.stories:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", _urn("story", story.story_id))
        _add(entry, "title", story.title)
        _add(entry, "updated", iso(changed_at(story)))
        _add(entry, "published", iso(story.timeline_at))
        author = ElementTree.SubElement(entry, "author")
        _add(author, "name", story.source_title or story.source)
        ElementTree.SubElement(
            entry, "link", rel="alternate", type="text/html", href=f"{feed.base}/story/{story.story_id}"
        )
        if link(story.url) != "#":
            ElementTree.SubElement(entry, "link", rel="via", type="text/html", href=link(story.url))
        for topic in story.topics:
            ElementTree.SubElement(entry, "category", term=_clean(topic))
        _add(entry, "content", story.body[:_LONGEST_TEXT])
    written: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}'.encode()


def as_json(feed: Feed) -> dict[str, Any]:
    """Return a feed as JSON Feed 1.1 has it."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "zh-Hans",
        "items": [_item(feed, story) for story in feed.stories],
    }


def _item(feed: Feed, story: StoryDocument) -> dict[str, Any]:
    external = {"external_url": link(story.url)} if link(story.url) != "#" else {}
    return {
        "id": _urn("story", story.story_id),
        "url": f"{feed.base}/story/{story.story_id}",
        **external,
        "title": _clean(story.title),
        "content_text": _clean(story.body[:_LONGEST_TEXT]),
        "date_published": iso(story.timeline_at),
        "date_modified": iso(changed_at(story)),
        "authors": [{"name": _clean(story.source_title or story.source)}],
        "tags": [_clean(topic) for topic in story.topics],
    }


def _feed(request: Request) -> Feed:
    reading: Reading = request.app.state.reading
    state = replace(SearchState.of(request.query_params.multi_items()), page=1, sort=Sort.NEWEST)
    try:
        asked = replace(state.request(), limit=ENTRIES)
    except QueryError as error:
        raise HTTPException(400, in_chinese(error)) from error
    except ValueError as error:
        raise HTTPException(400, TIMES) from error
    if state.unit is Unit.STORY:
        stories: Sequence[StoryDocument] = reading.index.search(asked).hits
    else:
        stories = leading_stories(reading.index, asked, ENTRIES)[1]
    base = str(request.base_url).rstrip("/")
    title = f"长三角新闻：{shown(state.text)}" if state.text else "长三角新闻"
    return Feed(title, base + state.url(request.url.path), base + state.url(), base, stories)


def _conditional(request: Request, body: bytes, media_type: str, updated: datetime) -> Response:
    """Return the body, or 304 where the reader has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(updated, usegmt=True), "Cache-Control": "no-cache"}
    if _is_known(request, tag, updated):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _is_known(request: Request, tag: str, updated: datetime) -> bool:
    """Tell whether the reader's copy is this one; where it names an entity tag, its date does not count."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, TypeError):
        return False
    return since.tzinfo is not None and updated <= since


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Return a text as XML 1.0 may hold it, and as a page shows it."""
    return _NOT_XML.sub("", shown(text))


def _urn(kind: str, name: str) -> str:
    """Return an id that stays the same whatever address the page is reached by."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"deltanews:{kind}:{name}").urn
