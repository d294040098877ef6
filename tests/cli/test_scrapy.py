"""Scrapy's own command keeps working: every source is a spider of its own, with our settings and our archive."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sources.loader import load_sources
from tests.cli.conftest import REPOSITORY
from tests.deadline import DEADLINE
from tests.product import Product
from tests.replica import Replica


def scrapy(
    product: Product, *words: str, folder: Path = REPOSITORY, expect: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run `scrapy`, by default where its settings file stands, as in a clone."""
    command = [sys.executable, "-m", "scrapy", *words]
    done = subprocess.run(
        command, check=False, cwd=folder, env=product.environment, capture_output=True, text=True, timeout=DEADLINE
    )
    assert done.returncode == expect, done.stderr
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("jstv", "-a", "foo=bar"),
            "there is no argument 'foo'; known: section (a section of the source); since (7d, ",
        ),
        (("jstv", "-a", "since=1m"), "since=1m: 1m could be minutes or months"),
        (("jstv", "-a", "limit=-3"), "limit=-3: it takes a number of articles, from 1"),
        (("jtsv",), "there is no source 'jtsv'; known: ahrb, "),
    ],
)
def test_a_mistake_is_one_line_that_says_what_is_known(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = scrapy(Product(tmp_path / "product"), "crawl", *arguments, expect=2)
    (line,) = [line for line in done.stderr.splitlines() if "scrapy crawl:" in line]
    assert line.startswith(f"scrapy crawl: {said}")
    assert "Traceback" not in done.stderr


def test_elsewhere_a_variable_says_where_the_project_is_as_the_readme_has_it(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    variable, value = re.findall(r"`(SCRAPY_SETTINGS_MODULE)=(\S+) scrapy list`", readme)[0]
    product = Product(tmp_path / "product")
    product.variables[variable] = value
    assert scrapy(product, "list", folder=tmp_path).stdout.split() == sorted(load_sources())
