"""What holds for every test: none is skipped in silence. A replica of the sites and a product for it, fresh each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.product import Product
from tests.replica import Replica

pytest_plugins = ["tests.skips"]


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        yield replica


@pytest.fixture
def product(tmp_path: Path, replica: Replica) -> Product:
    return Product(tmp_path / "product", replica)
