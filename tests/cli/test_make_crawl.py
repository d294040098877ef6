"""`make crawl`, the README's second command: whatever fails, it goes on to a search and says at the end what failed."""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY
from tests.crawl.small_site import SmallSite, article, product_of
from tests.deadline import DEADLINE, PATIENCE
from tests.product import Product
from tests.replica import Kind, Replica

STEPS = ["crawl", "index", "status", "search 长三角 --limit 5"]


def make_crawl(product: Product, prepare: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run it with the environment that is there, in the product's folder."""
    command = [
        "make", "--no-print-directory", "--file", str(REPOSITORY / "Makefile"), "--old-file", ".venv/.run",
        f"BIN={Path(sys.executable).parent}", "crawl",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=product.folder, env=product.environment, capture_output=True, text=True, timeout=DEADLINE,
        check=False, preexec_fn=prepare,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


def steps(done: subprocess.CompletedProcess[str]) -> dict[str, list[str]]:
    """Return the lines of each step."""
    parts = [part.splitlines() for part in done.stdout.split("\n$ deltanews ")[1:]]
    return {lines[0]: [line for line in lines[1:] if line] for lines in parts}


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line that is not make's own."""
    return [line for line in done.stderr.splitlines() if line and not line.startswith("make")][-1]


def test_one_dead_site_of_twelve_leaves_a_user_with_results(product: Product, replica: Replica) -> None:
    product.configure(crawler={"timeout": 4.0 * PATIENCE, "retries": 0})
    replica.faults.switch_on(Kind.HANG, r"ahtv\.cn")
    replica.faults.switch_on(Kind.HANG, r"ahtv\.cn/robots")
    done = make_crawl(product)
    shown = steps(done)
    assert list(shown) == STEPS
    assert shown["crawl"][-1].endswith("\t1 of 17 sources failed")
    (dead,) = [line for line in shown["crawl"] if line.startswith("ahtv\t")]
    assert "no answer in time" in dead
    assert len(shown[STEPS[-1]]) == 5
    assert any("ahtv" in line and "no answer in time" in line for line in shown["status"])
    assert last_line(done).startswith("Not everything went well: deltanews crawl (1)")
    assert done.returncode != 0


def test_with_no_site_reachable_it_says_so_once_and_goes_on(tmp_path: Path) -> None:
    product = Product(tmp_path / "product", crawler={"proxy": "http://127.0.0.1:9", "delay": 0, "backoff": 3600})
    done = make_crawl(product)
    shown = steps(done)
    assert list(shown) == STEPS
    assert [line.split("\t")[-1] for line in shown["crawl"]] == ["not reached"] * 17 + ["17 of 17 sources failed"]
    assert "\nnothing could be reached through the proxy http://127.0.0.1:9 ([crawler] proxy): " in done.stderr
    assert last_line(done).startswith("Not everything went well: deltanews crawl (1)")
    assert done.returncode != 0


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Product]:
    """A product whose site has forty articles."""
    with SmallSite() as site:
        product = product_of(tmp_path, site)
        numbers = range(1, 41)
        site.put("/list", "".join(f'<a href="/a/{n}.html">长三角一体化示范区第{n}号</a>' for n in numbers))
        for n in numbers:
            site.put(f"/a/{n}.html", article(f"长三角一体化示范区第{n}号"))
        product.run("index")
        yield product


def test_a_full_disk_ends_the_crawl_in_one_line_and_every_step_with_a_reason(filled: Product) -> None:
    """No file may grow beyond a size, which stops the archive as a full disk does, for root as well."""
    bytes_left = 128 * 1024

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, bytes_left))

    done = make_crawl(filled, fill)
    shown = steps(done)
    assert list(shown) == STEPS
    (row,) = [line for line in shown["crawl"] if line.startswith("local\t")]
    assert "nothing can be stored: " in row
    assert len([line for line in done.stderr.splitlines() if "nothing can be stored" in line]) == 1
    assert last_line(done).startswith("Not everything went well: deltanews crawl (1)")
    assert len(done.stderr.splitlines()) < 20
    figures = filled.crawl()["local"]
    assert figures["failure"] is None
    assert len(filled.articles()) == 40
