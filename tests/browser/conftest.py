"""Tests with a real browser. They need the extra `js`, which `make test` does not install: see tests/skips.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.sources.rendering import can_render
from tests.product import Product
from tests.replica import Replica


@pytest.fixture(autouse=True)
def _extra() -> None:
    if not can_render():
        pytest.skip("the extra js is not installed; .ci/run has an environment with it")


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def product(tmp_path: Path, replica: Replica) -> Product:
    return Product(tmp_path / "product", replica)
