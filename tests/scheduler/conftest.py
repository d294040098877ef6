"""A product whose service has two small sources, and a replica of their sites, fresh for every test."""

import re
from pathlib import Path

import pytest

from crawler.sources.loader import BUNDLED
from tests.product import Product
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews")
INTERVAL = 5
"""Minutes; the shortest that a source file may ask for."""


@pytest.fixture
def product(tmp_path: Path, replica: Replica, archive_url: str | None) -> Product:
    folder = tmp_path / "product" / "sources"
    folder.mkdir(parents=True)
    own = {"bundled_sources": False, "source_folders": ["sources"], "workers": 1}
    product = Product(tmp_path / "product", replica, archive_url=archive_url, crawler=own)
    for name in SOURCES:
        add_source(product, name)
    return product


def add_source(product: Product, name: str, interval: int = INTERVAL) -> None:
    """Have the product crawl a bundled source every so many minutes."""
    bundled = re.sub(r"^interval = .*\n", "", (BUNDLED / f"{name}.toml").read_text(), flags=re.MULTILINE)
    path = product.folder / "sources" / f"{name}.toml"
    path.write_text(f"interval = {interval}\nenabled = true\n{bundled}")


@pytest.fixture
def one_source(product: Product) -> str:
    """The name of the only source that is on."""
    (product.folder / "sources" / f"{SOURCES[1]}.toml").unlink()
    return SOURCES[0]
