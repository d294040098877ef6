"""Why a request was not made, or failed: the errors of the downloader, and one message for each of everybody else's."""

from datetime import datetime
from enum import StrEnum

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from core.errors import DeltaNewsError
from core.settings import masked
from core.time import format_time

MESSAGES: dict[type[BaseException | None], str] = {
    CannotResolveHostError: "its name could not be resolved",
    DownloadConnectionRefusedError: "the connection was refused",
    DownloadTimeoutError: "no answer in time",
    ResponseDataLossError: "the answer was cut off",
    DownloadCancelledError: "it is larger than [crawler] max_page_bytes allows",
}
"""For the commonest; their own messages repeat the address."""


MISSING_STATUSES = frozenset({404, 410})
"""By which a site says that a page is not there."""


class RefusedError(DeltaNewsError, IgnoreRequest):
    """A request that a crawl of this source may not make; the message says why."""


class ForbiddenError(DeltaNewsError, IgnoreRequest):
    """robots.txt forbids this address."""


class TooLargeError(DeltaNewsError, IgnoreRequest):
    """An answer is larger than the settings allow, packed or not; asking again would not change it."""


class PackedWronglyError(DeltaNewsError):
    """An answer's header names a compression that its body does not have."""


class BackedOffError(DeltaNewsError, IgnoreRequest):
    """The crawl backs off from the site for now; what was to be fetched stays pending."""


class RobotsUnreachableError(BackedOffError):
    """robots.txt could not be read (5xx, time-out, connection): nothing of that host may be fetched for now."""


class NoBrowserError(BackedOffError):
    """The browser cannot be started; nothing can be fetched for this source, and all of it stays pending."""


class RateLimitedError(BackedOffError):
    """The domain is rate-limited for longer than a crawl waits; `until` (aware, UTC) says for how long."""

    def __init__(self, domain: str, until: datetime, reason: str) -> None:
        super().__init__(f"{domain} is rate-limited until {format_time(until)} ({reason})")
        self.domain = domain
        self.until = until


def error_message(error: BaseException | None, proxy: str | None = None) -> str:
    """Return one line for an error; of what is not among the commonest, its name and message.

    Behind a proxy nothing else is connected to, and no other name resolved: such failures are the proxy's.
    """
    if proxy and isinstance(error, CannotResolveHostError | DownloadConnectionRefusedError):
        return f"the proxy {masked(proxy)} does not answer: {MESSAGES[type(error)]}"
    if isinstance(error, DeltaNewsError):
        return str(error)
    return MESSAGES.get(type(error)) or f"{type(error).__name__}: {error}".rstrip(": ")


class Blame(StrEnum):
    """Whom a request's failure speaks against."""

    SITE = "the site"
    """Of other sites nothing is known."""
    NAME_SERVERS = "the name servers"
    """They gave no answer, of this name; most often they are not reached at all."""
    PROXY = "the proxy"
    """It does not answer: no other site could be reached either."""


def blame(error: BaseException, proxy: str | None = None, *, names_are_answered: bool = True) -> Blame:
    """Return whom a request's failure speaks against; behind a proxy nobody else is connected to or resolves names."""
    if proxy and isinstance(error, CannotResolveHostError | DownloadConnectionRefusedError):
        return Blame.PROXY
    return Blame.SITE if names_are_answered else Blame.NAME_SERVERS
