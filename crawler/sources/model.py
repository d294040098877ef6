"""Source: one broadcaster as data, with the evidence for it; and its Sections, each one list of articles."""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from crawler.extraction.model import Hints


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


Pattern = Annotated[str, AfterValidator(_pattern)]
"""A regular expression, searched in the whole URL."""


class Kind(StrEnum):
    """Who runs the source; party media are off until one setting switches them on."""

    BROADCASTER = "broadcaster"
    PARTY_MEDIA = "party_media"


class ListRequest(BaseModel):
    """One request for a list page."""

    model_config = ConfigDict(frozen=True)

    url: str
    method: Literal["GET", "POST"] = "GET"
    body: str = ""
    content_type: str = ""
    page: int = 1
    """Which page of its list it is, from 1; discovery holds `max_pages` by it. No part of the key."""

    @property
    def key(self) -> str:
        """One string for one request: what the archive knows a list page by."""
        return self.url if self.method == "GET" else f"{self.method} {self.url} {self.body}"


class Section(BaseModel):
    """One list of a source: where it starts, how its links are found, where it goes on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9_-]+$")
    title: str
    kind: Literal["html", "feed", "sitemap", "json"]
    urls: tuple[str, ...] = Field(min_length=1)
    article: Pattern | None = None
    """Links that are articles; without it the source's own pattern."""


class Source(BaseModel):
    """One broadcaster (or paper): a spider of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    province: Literal["上海", "江苏", "浙江", "安徽", "全国"]
    kind: Kind = Kind.BROADCASTER
    homepage: str
    hosts: tuple[str, ...] = Field(min_length=1)
    """Hosts that it may be crawled on; one that starts with a dot stands for all its subdomains."""
    private: bool = False
    """Whether its hosts may have loopback or private addresses; only a user's own file should say so."""
    article: Pattern
    enabled: bool = True
    disabled_because: str = ""
    grade: Literal["A", "B", "C"]
    evidence: str
    verified_on: date
    sections: tuple[Section, ...] = Field(min_length=1)
    hints: Hints = Hints()

    def allows(self, host: str) -> bool:
        """Tell whether a host is the source's own."""
        host = host.lower()
        return any(host.endswith(own) if own.startswith(".") else host == own for own in self.hosts)

    def section(self, name: str) -> Section | None:
        """Return the section of that name."""
        return next((section for section in self.sections if section.name == name), None)
