"""The identity of an article: one canonical URL for all spellings of its address.

`canonical_url` is pure and idempotent. It normalizes what never tells two articles apart (scheme, case of the host,
default port, credentials, fragment unless it is a program's route, a session in the path, dot segments,
percent-encoding, order of the query, tracking parameters, AMP) and then what a source's own `UrlRules` say. Its base is
w3lib's `canonicalize_url`, which Scrapy's duplicate filter uses.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, BaseModel, ConfigDict
from w3lib.url import canonicalize_url

TRACKING = re.compile(
    r"^(?:utm_\w+|mtm_\w+|pk_\w+|spm|scm|share_\w+|from|isappinstalled|wxfrom|nsukey|fbclid|gclid|dclid|msclkid|yclid"
    r"|igshid|mc_[ce]id|amp)$",
    re.IGNORECASE,
)
"""Names of parameters that say who shared a link, never which article it is.

Short and explicit on purpose: courlan's wider list also strikes `cid`, `uid`, `eid` and `keyword`, by which real sites
tell articles apart (hfbtv.com: `detail?…&cid=10`), and two articles under one URL is the worse mistake.
"""

SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
"""A visitor's session, which Java servers write into the path of one who has no cookie yet."""

DEFAULT_PORTS = {("http", 80), ("https", 443)}

AMP_PATH = re.compile(r"(?<=[^/])/amp(?=/?$)|\.amp(?=\.s?html?$)", re.IGNORECASE)
"""The AMP copy of a page: `/story/amp`, `/story/amp/`, `/story.amp.html`."""


def _compiles(rewrites: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    for pattern, replacement in rewrites:
        try:
            re.sub(pattern, replacement, "")
        except re.error as error:
            raise ValueError(f"{pattern!r} -> {replacement!r} is no rewrite: {error}") from error
    return rewrites


class UrlRules(BaseModel):
    """What a source says about the spellings of its own addresses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: tuple[str, ...] | None = None
    """Names of the parameters that tell articles apart; all others are dropped. None: all but trackers remain."""
    hosts: Mapping[str, str] = {}
    """Another name of a host -> the name that counts, as `m.example.cn` -> `www.example.cn`."""
    rewrite: Annotated[tuple[tuple[str, str], ...], AfterValidator(_compiles)] = ()
    """(regular expression, replacement) on the whole URL after all other rules; it must not match its own result."""


def canonical_url(url: str, rules: UrlRules, *, with_route: bool = False) -> str:
    """Return the one address that stands for all spellings of `url`; `url` itself where it is no web address.

    `with_route`: a fragment that begins as the route of a program on the page does, `#/` or `#!`, stays.

    The scheme becomes https, since no site serves two articles under one path by scheme; with a port of its own
    it stays what it is, for there the scheme decides whether the address answers at all.
    """
    url = without_session(url.strip())
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=True))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    if port is None or (parts.scheme, port) in DEFAULT_PORTS:
        scheme, port = "https", None
    else:
        scheme = parts.scheme
    route = _route(parts.fragment, rules) if with_route else ""
    host = rules.hosts.get(host, host)
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    canonical = urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query, rules), route))
    for pattern, replacement in rules.rewrite:
        canonical = re.sub(pattern, replacement, canonical)
    return canonical


def without_session(url: str) -> str:
    """Return an address without a visitor's session in its path."""
    return SESSION.sub("", url)


def _path(path: str) -> str:
    slash = "/" if path.endswith("/") else ""
    path = "/" + posixpath.normpath(path).strip("/")  # empty and dot segments; w3lib leaves `//`
    path = path + slash if path != "/" else path
    while (shorter := AMP_PATH.sub("", path)) != path:
        path = shorter
    return path


def _route(fragment: str, rules: UrlRules) -> str:
    if not fragment.startswith(("/", "!")):
        return ""
    path, _, query = fragment.partition("?")
    remaining = _query(query, rules)
    return f"{path}?{remaining}" if remaining else path


def _query(query: str, rules: UrlRules) -> str:
    """Drop parameters; what stays is left as w3lib encoded it, for a value may be GBK and not decode as UTF-8."""
    remaining = []
    for pair in filter(None, query.split("&")):
        name = pair.partition("=")[0]
        if name in rules.query if rules.query is not None else not TRACKING.match(name):
            remaining.append(pair)
    return "&".join(remaining)
