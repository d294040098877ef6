"""A replica of the sites and a product that looks at it, shared by the tests of a file: starting both takes seconds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.replica import Replica


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Product:
    return Product(tmp_path_factory.mktemp("product"), replica)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for source files of the test's own."""
    return tmp_path / "sources"
