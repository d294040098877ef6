"""Section: one list of a source as data - where it starts, how links are found in it, where it goes on."""

import re
from datetime import date as calendar_date
from typing import Annotated, Literal

import jmespath
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawler.extraction.model import Pattern, Selector


def _is_path(value: str) -> str:
    try:
        jmespath.compile(value)
    except JMESPathError as error:
        raise ValueError(f"not a JMESPath expression: {str(error).splitlines()[0]}") from error
    return value


JmesPath = Annotated[str, AfterValidator(_is_path)]
"""A JMESPath expression (https://jmespath.org)."""

DATE = re.compile(r"\{date:((?:%[Ymd]|[^{}%])+)\}")
"""Stands in an address for a day in Shanghai, as `{date:%Y-%m-%d}`; %Y, %m and %d are all that it may hold."""


HeaderName = Annotated[str, Field(pattern=r"^(?:Referer|Accept)$")]
"""The headers that a section may set: neither says who asks, or has a secret."""
HeaderValue = Annotated[str, Field(pattern=r"^[\x21-\x7e]+(?: [\x21-\x7e]+)*$")]


class ListRequest(BaseModel):
    """One request for a list page."""

    model_config = ConfigDict(frozen=True)

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: str = ""
    content_type: str = ""
    headers: dict[HeaderName, HeaderValue] = {}
    """What the section sends beside what every request has."""
    page: int = 1
    """Which page of its list it is, from 1; discovery holds `max_pages` by it. No part of the key."""
    day: calendar_date | None = None
    """The day whose list it is, where a list has an address for each day; its pages are counted from today's."""
    is_part: bool = False
    """Whether it is one of the pages that make up a list together, as those of a newspaper; it may hold no article."""
    otherwise: str = ""
    """Where the page before says that it is, for when it is not where the section's numbers say."""
    by_cursor: bool = False
    """Whether a value of another answer named it; nothing will ever name it again."""

    @property
    def key(self) -> str:
        """One string for one request: what the archive knows a list page by."""
        return self.url if self.method == "GET" else f"{self.method} {self.url} {self.body}"


class Section(BaseModel):
    """What every kind of section has.

    Addresses may hold `{word}`, `{page}`, `{offset}`; `pages` also `{url}`. Where they hold `{date:%Y-%m-%d}`, the list
    has an address for each day: the day before is its next page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9_-]+$")
    title: str
    kind: Literal["html", "feed", "sitemap", "json"]
    urls: tuple[str, ...] = Field(min_length=1)
    article: Pattern | None = None
    """Links that are articles; without it the source's own pattern."""
    words: tuple[str, ...] = ()
    """Query words of a site search: each address is asked once for each, percent-encoded UTF-8 in place of `{word}`.
    The first is the broadest: it always has hits, so that an answer without any is a problem."""
    form: dict[str, str] = {}
    """Fields of a form sent by POST; values may hold the same placeholders as addresses."""
    json_body: str = ""
    """JSON text sent by POST."""
    pages: str | None = None
    """Address of the second page and on, by GET; not needed where the addresses hold `{page}` or `{offset}`."""
    first_page: int = Field(default=1, ge=0)
    """The number that `{page}` has on the first page: 1, or 0 where the second page is `index_1.html`."""
    page_size: int = Field(default=20, ge=1)
    """Items on a page: `{offset}` rises by it."""
    max_pages: int = Field(default=3, ge=1, le=1000)
    """Most pages read of each list (of a list by date: days, today's first; of a sitemap index: sitemaps)."""
    headers: dict[HeaderName, HeaderValue] = {}
    """For a site that answers its lists only so: `Referer`, the source's own home page, and `Accept`; nothing else."""
    all_delta: bool = False
    """Whether the list is all about the delta: each of its articles is at least related, and it is read even where
    the rest of its source is off."""
    enabled: bool = True
    """Whether it is read by a crawl that does not name it; the loader decides where only part of a source is on."""

    @model_validator(mode="after")
    def _is_complete(self) -> "Section":
        asked = self.asked
        if ("{word}" in asked) != bool(self.words):
            raise ValueError("a search needs both: `words`, and {word} in its address, form or JSON")
        if self.form and self.json_body:
            raise ValueError("`form` or `json_body`, not both")
        if any("{date" in DATE.sub("", url) for url in self.urls):
            raise ValueError("a date is written as {date:%Y-%m-%d}, of %Y, %m and %d alone")
        if self.is_dated and (self.pages or "{page}" in asked or "{offset}" in asked):
            raise ValueError("a list by date has one page a day: no `pages`, {page} or {offset}")
        if self.is_dated and not all(DATE.search(url) for url in self.urls):
            raise ValueError("either all `urls` of a section hold {date:…}, or none")
        return self

    @property
    def asked(self) -> str:
        """Everything of the section that may hold placeholders."""
        return " ".join([*self.urls, self.pages or "", self.json_body, *self.form.values()])

    @property
    def is_dated(self) -> bool:
        """Whether the list has an address for each day."""
        return DATE.search(self.urls[0]) is not None


class HtmlSection(Section):
    """A page of links."""

    kind: Literal["html"]
    region: tuple[Selector, ...] = ()
    """Elements that hold the links, one for the list or one an item, tried in turn; without it the whole page."""
    date: Selector | None = None
    """The element inside a region's element that holds the list's date; without it a date beside the link is read."""
    next: Selector | None = None
    """The link to the next page, where pages are not numbered."""
    parts: Pattern | None = None
    """Links of a list that are lists themselves, as the pages of a newspaper's day: each is read, and no article."""


class FeedSection(Section):
    """RSS or Atom."""

    kind: Literal["feed"]


class SitemapSection(Section):
    """A sitemap, a news sitemap or an index of them, gzip or not."""

    kind: Literal["sitemap"]


class JsonSection(Section):
    """A JSON API, or JSONP: a call around the JSON is stripped."""

    kind: Literal["json"]
    items: JmesPath | None = None
    """To the list of items; the other paths start at one item."""
    item_url: JmesPath | None = None
    """To the article's address; `join('', ['https://…/', to_string(id)])` builds one from an id."""
    item_title: JmesPath | None = None
    item_date: JmesPath | None = None
    """To a date: text, or seconds or milliseconds since 1970."""
    html: JmesPath | None = None
    """To one or more strings of HTML that hold the links, in place of `items`."""
    cursor: JmesPath | None = None
    """To the value of an answer that names the next page; without such a value the list has ended."""
    cursor_field: str | None = None
    """The field that takes this value in the next request: of its JSON or form, else of the address's query."""

    @model_validator(mode="after")
    def _has_a_way_to_links(self) -> "JsonSection":
        if bool(self.items and self.item_url) == bool(self.html):
            raise ValueError("JSON needs either `items` and `item_url`, or `html`")
        if bool(self.cursor) != bool(self.cursor_field):
            raise ValueError("`cursor` and `cursor_field` need each other")
        if self.cursor and (self.is_dated or self.pages or "{page}" in self.asked or "{offset}" in self.asked):
            raise ValueError("a list with a `cursor` has no date, `pages`, {page} or {offset}")
        return self


AnySection = Annotated[HtmlSection | FeedSection | SitemapSection | JsonSection, Field(discriminator="kind")]
"""A section of whichever kind its `kind` says."""
