"""One request to a played site and its answer, free of sockets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """A request as the origin host would see it."""

    method: str
    url: str
    """Absolute, with the scheme the client used."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    body: bytes = b""
    endless: bool = False
    """Whether a fault makes the lists go on for ever."""

    @property
    def host(self) -> str:
        """The host name, without a port."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def path(self) -> str:
        """The path, without the query."""
        return urlsplit(self.url).path or "/"

    @property
    def place(self) -> str:
        """Host and path: what a site routes by."""
        return self.host + self.path

    @property
    def query(self) -> dict[str, str]:
        """The query's fields; the first value of each."""
        return _fields(urlsplit(self.url).query)

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form in the body."""
        return _fields(self.body.decode("utf-8", "replace"))


@dataclass(frozen=True)
class Answer:
    """A whole response; the server adds Content-Length and compression."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    encoding: str = "utf-8"
    """What the body is written in, declared or not."""
    headers: Mapping[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    """Sent as Last-Modified; answers that carry it are conditional."""

    @classmethod
    def html(cls, text: str, *, modified: datetime | None = None) -> Self:
        """Answer with a page in UTF-8."""
        return cls(body=text.encode(), modified=modified)

    @classmethod
    def gb2312(cls, text: str, *, modified: datetime | None = None) -> Self:
        """Answer with a page of older times: the page alone names its encoding; what that lacks is a reference."""
        body = text.encode("gb2312", "xmlcharrefreplace")
        return cls(body=body, content_type="text/html", encoding="gb2312", modified=modified)

    @classmethod
    def json(cls, text: str, *, kind: str = "application/json", modified: datetime | None = None) -> Self:
        """Answer with JSON, or with the script that wraps it (JSONP)."""
        return cls(body=text.encode(), content_type=f"{kind}; charset=utf-8", modified=modified)

    @classmethod
    def plain(cls, status: int, text: str = "") -> Self:
        """Answer with a status and a line of text."""
        return cls(status=status, body=text.encode(), content_type="text/plain; charset=utf-8")

    @classmethod
    def redirect(cls, location: str) -> Self:
        """Send the client elsewhere."""
        return cls(status=302, headers={"Location": location})

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'

    @property
    def text(self) -> str:
        """The body, decoded."""
        return self.body.decode(self.encoding)

    def with_headers(self, **headers: str) -> Self:
        """Return the answer with more headers; an underscore in a name stands for a hyphen."""
        return replace(self, headers={**self.headers, **{name.replace("_", "-"): v for name, v in headers.items()}})


def _fields(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
