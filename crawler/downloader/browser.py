"""A browser that runs a page's scripts and never touches the network; it needs the extra `js`.

Every request that a page makes is handed out to be fetched like any other of a crawl. So all that holds for a crawl
holds for the browser: the source's own hosts alone, no private address, redirects checked, robots.txt, the pace, one
request at a time, limits of size and time, the proxy and the certificate authorities. A browser left to itself would
respect none of it: it resolves names and follows redirects on its own, where no interception sees them.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Playwright, Route, WebSocketRoute, async_playwright
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as Asked
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy.http import Response

from core.errors import DeltaNewsError
from core.log import get_logger
from crawler.downloader.failures import NoBrowserError
from crawler.sources.rendering import HOW_TO_RENDER

RENDER_SECONDS = 120.0
"""How long one page may take with all that it asks for; at three seconds a request this is some forty requests.
A page that goes on asking is taken as it is after half of it."""
MAX_REQUESTS = 60
"""Requests of one page; what it asks for beyond is refused."""
MAX_CACHED_SCRIPTS = 200
"""Scripts cached for the crawl's other pages, which ask for the same ones."""

OFFLINE_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--js-flags=--max-old-space-size=512",
)
"""What holds a browser off the network should a request escape interception: no name resolves, no proxy answers."""

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
"""Names of a system's own browser, for where Playwright has not brought one."""

FetchResource = Callable[[Asked], Awaitable[Response | None]]
"""Fetches what a page asks for; None: it goes without."""

log = get_logger(__name__)


class RenderError(DeltaNewsError):
    """A page could not be rendered within its limits."""


class Renderer:
    """One browser, started by the first page, with a context of its own for every page."""

    def __init__(self, fetch: FetchResource, *, seconds: float = RENDER_SECONDS) -> None:
        self._fetch = fetch
        self._seconds = seconds
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._scripts: dict[str, Response] = {}

    async def render(self, response: Response) -> str:
        """Return the HTML of a page once its scripts have run. RenderError, NoBrowserError."""
        browser = await self._started()
        context = await browser.new_context(service_workers="block", accept_downloads=False)
        try:
            async with asyncio.timeout(self._seconds):
                return await self._run(context, response)
        except (TimeoutError, PlaywrightError) as error:
            reason = str(error).strip().partition("\n")[0] or f"it took more than {self._seconds:g} s"
            raise RenderError(f"{response.url} could not be rendered: {reason}") from error
        finally:
            await context.close()

    async def close(self) -> None:
        """End the browser."""
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()
        self._browser = self._playwright = None

    async def _run(self, context: BrowserContext, response: Response) -> str:
        left = MAX_REQUESTS

        async def answer(route: Route) -> None:
            nonlocal left
            left -= 1
            if route.request.is_navigation_request():
                if route.request.url == response.url:
                    await _fulfil(route, response)
                else:  # a page that leads away stays where it is
                    await route.abort("aborted")
            elif left < 0:
                await route.abort()
            else:
                await self._answer(route)

        async def refuse(socket: WebSocketRoute) -> None:
            await socket.close()

        await context.route("**/*", answer)
        await context.route_web_socket("**/*", refuse)
        page = await context.new_page()
        await page.goto(response.url, wait_until="commit", timeout=0)
        try:
            await page.wait_for_load_state("networkidle", timeout=self._seconds * 500)
        except PlaywrightTimeoutError:
            log.info("it does not come to rest and is taken as it is", url=response.url)
        html: str = await page.content()
        return html

    async def _answer(self, route: Route) -> None:
        """Answer one request of a page: from memory, with what is fetched for it, or not at all."""
        asked = route.request
        if asked.resource_type == "stylesheet":  # no text hangs on it, but applications wait for it
            await route.fulfill(status=200, content_type="text/css", body="")
            return
        if asked.resource_type in {"image", "media", "font"} or asked.method not in {"GET", "POST"}:
            await route.abort()
            return
        response = self._scripts.get(asked.url) or await self._fetch(asked)
        if response is None:
            await route.abort()
            return
        if asked.resource_type == "script" and len(self._scripts) < MAX_CACHED_SCRIPTS:
            self._scripts[asked.url] = response
        await _fulfil(route, response)

    async def _started(self) -> Browser:
        if self._browser is None or not self._browser.is_connected():
            self._playwright = self._playwright or await async_playwright().start()
            try:
                self._browser = await self._playwright.chromium.launch(
                    executable_path=_installed(self._playwright.chromium.executable_path),
                    args=list(OFFLINE_ARGUMENTS),
                    chromium_sandbox=os.geteuid() != 0,  # it has none for root
                )
            except PlaywrightError as error:
                reason = str(error).strip().partition("\n")[0]
                raise NoBrowserError(f"the browser cannot be started ({reason}): {HOW_TO_RENDER}") from error
        return self._browser


def _installed(own: str) -> str | None:
    """Return Playwright's own browser where it has brought one, else the system's."""
    return own if Path(own).exists() else next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)


async def _fulfil(route: Route, response: Response) -> None:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
        if name.lower() not in {b"content-encoding", b"content-length", b"transfer-encoding", b"set-cookie"}
    }
    await route.fulfill(status=response.status, headers=headers, body=response.body)
