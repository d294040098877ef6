"""Scrapy's own command keeps working: every source is a spider of its own, with our settings and our archive."""

import subprocess
import sys
from pathlib import Path

from crawler.sources.loader import load_sources
from tests.cli.conftest import REPOSITORY
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Replica


def scrapy(product: Product, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `scrapy` where its settings file stands, as in a clone."""
    command = [sys.executable, "-m", "scrapy", *words]
    done = subprocess.run(
        command, check=False, cwd=REPOSITORY, env=product.environment, capture_output=True, text=True, timeout=DEADLINE
    )
    assert done.returncode == 0, done.stderr
    return done


def test_every_source_is_a_spider(tmp_path: Path) -> None:
    assert scrapy(Product(tmp_path / "product"), "list").stdout.split() == sorted(load_sources())


def test_a_spider_crawls_into_the_archive_and_our_own_command_finds_nothing_left(
    tmp_path: Path, replica: Replica
) -> None:
    product = Product(tmp_path / "product", replica)
    scrapy(product, "crawl", "cnr_anhui")
    kept = product.articles()
    assert {article["source"] for article in kept} == {"cnr_anhui"}
    assert len(kept) == len(replica.articles("cnr_anhui"))
    figures = product.crawl("cnr_anhui")["cnr_anhui"]
    assert (figures["pages"], figures["articles"]) == (0, 0)
