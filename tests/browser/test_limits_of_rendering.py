"""Pages that would keep a browser for ever: given up in time, and the next page is rendered."""

import asyncio

import pytest
from scrapy.http import HtmlResponse, Response

from tests.deadline import PATIENCE

browser = pytest.importorskip(
    "crawler.downloader.browser", reason="the extra js is not installed", exc_type=ImportError
)

URL = "https://www.example.cn/"
SECONDS = 12 * PATIENCE
"""Of one page: enough for a busy machine to render one that does nothing."""
PAGE = "<html><body><p></p><script>{}; document.querySelector('p').append('写好了')</script></body></html>"


def _page(script: str) -> HtmlResponse:
    return HtmlResponse(URL, headers={"Content-Type": "text/html; charset=utf-8"}, body=PAGE.format(script).encode())


def test_a_script_without_end_is_given_up_and_the_next_page_is_rendered() -> None:
    async def both() -> str:
        renderer = browser.Renderer(_nothing, seconds=SECONDS)
        try:
            with pytest.raises(browser.RenderError, match=f"more than {SECONDS:g} s"):
                await renderer.render(_page("for (;;) {}"))
            return str(await renderer.render(_page("")))
        finally:
            await renderer.close()

    assert "写好了" in asyncio.run(both())


def test_a_page_that_never_comes_to_rest_is_taken_as_it_is_and_its_requests_are_counted() -> None:
    asked = 0

    async def count(_asked: object) -> Response:
        nonlocal asked
        asked += 1
        return Response(URL, body=b"{}")

    async def rendered() -> str:
        renderer = browser.Renderer(count, seconds=SECONDS)
        try:
            page = _page("setInterval(() => fetch('/more?' + Math.random()), 20)")
            return str(await renderer.render(page))
        finally:
            await renderer.close()

    assert "写好了" in asyncio.run(rendered())
    assert 0 < asked < browser.MAX_REQUESTS


async def _nothing(_asked: object) -> None:
    return None
