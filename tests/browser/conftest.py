"""Tests with a real browser. They need the extra `js`, which `make test` does not install: see tests/skips.py."""

import pytest

from crawler.sources.rendering import can_render


@pytest.fixture(autouse=True)
def _extra() -> None:
    if not can_render():
        pytest.skip("the extra js is not installed; .ci/run has an environment with it")
