"""What holds for every test: none is skipped in silence, and none hangs for ever.

A replica of the sites and a product for it, fresh each.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.deadline import TEST_LIMIT
from tests.product import Product
from tests.replica import Replica

pytest_plugins = ["tests.databases", "tests.skips"]

settings.register_profile("default", deadline=None)  # no test asserts a time, not of one example either
settings.load_profile("default")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.timeout is None:  # before pytest-timeout reads it; --timeout wins
        config.option.timeout = TEST_LIMIT


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def product(tmp_path: Path, replica: Replica, archive_url: str | None) -> Product:
    return Product(tmp_path / "product", replica, archive_url=archive_url)
