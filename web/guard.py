"""Guard: what every request must pass, and what every response carries, before and after any page is asked.

The Host header must be loopback's or a configured name, so that no foreign site can be made to look like ours (DNS
rebinding). A change must come from a page of ours (Origin). Nothing but our own files may run or be loaded.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.clock import CLOCK
from web.refusals import refused

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_BODY_BYTES = 64_000
MOST_URL_BYTES = 40_000
_MINUTE = 60
_MOST_ADDRESSES = 10_000


class RateLimit:
    """Requests of each address in the present minute; the addresses that came longest ago are forgotten first."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._lock = Lock()

    def seconds_to_wait(self, address: str) -> int:
        """Count one request; return 0, or after how many seconds the address may ask again."""
        now = int(CLOCK.now().timestamp())
        minute, wait = now // _MINUTE, _MINUTE - now % _MINUTE
        with self._lock:
            of, count = self._counts.pop(address, (minute, 0))
            count = count + 1 if of == minute else 1
            self._counts[address] = (minute, count)
            if len(self._counts) > _MOST_ADDRESSES:
                self._counts.popitem(last=False)
        return wait if count > self.per_minute else 0


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, *, names: Iterable[str] = (), requests_per_minute: int = 600) -> None:
        self.app = app
        self._names = LOOPBACK_NAMES | {name.lower() for name in names}
        self._rate = RateLimit(requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on; either way with the headers that keep a browser from doing more than it should."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded_send)
            return
        await self.app(scope, _limited(receive), guarded_send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name_of(hosts[0]) not in self._names:
            return refused(scope, "没有这个主机名；[web] names 列出允许的名字。", 421)
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > MOST_URL_BYTES:
            return refused(scope, "网址太长。", 414)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES:
            return refused(scope, "请求太大。", 413)
        if scope["method"] not in READS and not _is_ours(headers, hosts[0]):
            return refused(scope, "只接受本站页面发出的改动。", 403)
        wait = self._rate.seconds_to_wait((scope.get("client") or ("",))[0])
        if wait:
            return refused(scope, "请求太多，请稍候再试。", 429, {"Retry-After": str(wait)})
        return None


def _name_of(host: str) -> str:
    """Return the name of a Host header, without its port; empty where it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_ours(headers: Headers, host: str) -> bool:
    """Tell whether a page of ours sends a change: a browser says where from; a program that is none sends no cookie."""
    origin = headers.get("origin")
    if origin is None:
        return "cookie" not in headers and headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    return urlsplit(origin).scheme in {"http", "https"} and urlsplit(origin).netloc == host


def _limited(receive: Receive) -> Receive:
    """Return a receiver that gives up where a body without a length goes on for too long."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            raise HTTPException(413, "请求太大。")
        return message

    return receive_limited
