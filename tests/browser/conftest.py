"""Tests with a real browser. They need the extra `js`, which `make test` does not install: see tests/skips.py."""

import shutil
from collections.abc import Iterator
from typing import Any  # what playwright gives: the extra js is not where types are checked

import pytest

from crawler.sources.rendering import can_render
from tests.web.conftest import serving
from tests.web.newsroom import fill
from web.settings import WebSettings


@pytest.fixture(autouse=True, scope="session")
def _extra() -> None:
    if not can_render():
        pytest.skip("the extra js is not installed; .ci/run has an environment with it")


@pytest.fixture(scope="session")
def site(_extra: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the reader's page over `newsroom`, for as many requests as tests make."""
    with serving(fill(tmp_path_factory.mktemp("newsroom")), WebSettings(requests_per_minute=10**6)) as url:
        yield url


@pytest.fixture(scope="module")
def chromium(_extra: None) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the extra

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Any]:
    """A page whose console must stay silent and that asks nobody but the site."""
    context = chromium.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(site) else None)
    yield page
    context.close()
    assert said == []
