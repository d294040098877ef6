"""A product and a replica of the sites for it, fresh for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.replica import Replica


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def product(tmp_path: Path, replica: Replica) -> Product:
    return Product(tmp_path / "product", replica)
