"""What can go wrong with a site, switched on and off while the replica serves."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The ways to fail."""

    SERVER_ERROR = "server_error"
    """Answer `status` (500) instead of the page."""
    TOO_MANY_REQUESTS = "too_many_requests"
    """Answer 429 with Retry-After `retry_after`."""
    GONE = "gone"
    """Answer `status` (404; set 410 for good)."""
    ERROR_PAGE = "error_page"
    """Answer 200 with a page that only a reader knows to be an error: `text` in a heading."""
    HANG = "hang"
    """Read the request and send nothing until the client gives up or the replica stops."""
    DRIP = "drip"
    """Send the page byte by byte, `pause` seconds apart."""
    TRUNCATED = "truncated"
    """Promise the whole body, send half, close."""
    HUGE = "huge"
    """Send `size` bytes of valid HTML."""
    GZIP_BOMB = "gzip_bomb"
    """Send a small gzip body that unpacks to `size` bytes."""
    REDIRECT = "redirect"
    """Answer 302 to `location`: a private address, another host, a home page."""
    REDIRECT_LOOP = "redirect_loop"
    """Answer 302 to the same page under an ever-changing query."""
    WRONG_CHARSET = "wrong_charset"
    """Send the page in GBK and declare UTF-8, in the header and in the page."""
    NEW_MARKUP = "new_markup"
    """Rename every class, id and JSON key: the layout after a redesign."""
    UNCHANGED = "unchanged"
    """Answer 304 to whoever asks on a condition, whether or not the page has changed: a validator that lies."""
    ENDLESS = "endless"
    """Let lists go on for ever: each page past the last repeats it and names a next one."""
    ROBOTS = "robots"
    """Answer robots.txt with `text`; by default it forbids everything."""


@dataclass(frozen=True)
class Fault:
    """One fault on all URLs that match, for a number of requests or until switched off.

    robots.txt is hit only by kind ROBOTS and by patterns that say `robots`.
    """

    kind: Kind
    url: str = ""
    """Regular expression, searched in the whole URL; the empty one matches all."""
    times: int | None = None
    """How many requests it hits; None: until it is switched off."""
    status: int | None = None
    retry_after: str = "1"
    """Seconds, or an HTTP date."""
    location: str = "http://127.0.0.1:9/"
    size: int = 64 * 1024 * 1024
    pause: float = 0.1
    text: str = ""
    """robots.txt, or what an error page says; each has words of its own by default."""

    def hits(self, url: str) -> bool:
        """Tell whether a URL is one of its own."""
        is_robots = url.partition("?")[0].endswith("/robots.txt")
        if self.kind is Kind.ROBOTS:
            return is_robots and re.search(self.url, url) is not None
        if is_robots and "robots" not in self.url:
            return False
        return re.search(self.url, url) is not None


class Faults:
    """The faults that are on; the first that matches a request is the one that hits it."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._left: dict[Fault, int | None] = {fault: fault.times for fault in faults}
        self._lock = threading.Lock()
        self.hit = 0
        """How many requests were hit so far."""

    def switch_on(self, kind: Kind, url: str = "", **details: str | float | None) -> Fault:
        """Switch a fault on, from the next request; the details are the fields of `Fault`."""
        fault = Fault(kind, url, **details)  # type: ignore[arg-type]  # each detail has the type of its field
        with self._lock:
            self._left[fault] = fault.times
        return fault

    def switch_off(self, fault: Fault) -> None:
        """Switch a fault off; one that is spent or off already is no error."""
        with self._lock:
            self._left.pop(fault, None)

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            self._left.clear()

    def take(self, url: str) -> Fault | None:
        """Return the fault that hits this request, and count it."""
        with self._lock:
            for fault, left in self._left.items():
                if fault.hits(url):
                    self.hit += 1
                    if left is not None:
                        self._left[fault] = left - 1
                        if left <= 1:
                            del self._left[fault]
                    return fault
        return None
