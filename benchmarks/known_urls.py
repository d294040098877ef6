"""What a crawl costs when the archive knows many URLs already: `python -m benchmarks.known_urls`.

The same unchanged replica is crawled with 1,000 and with 100,000 links known of the source. The promise is that time
and memory stay within 20 %. The peer is the program itself with the small archive, in the same run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.database import Database
from archive.links import NewLink, add_links
from archive.schema import links
from archive.settings import ArchiveSettings
from tests.product import Product
from tests.replica import Replica

SOURCE = "zjol"
BATCH = 1000


def fill(product: Product, count: int) -> None:
    """Let the archive know `count` articles of the source as fetched."""
    database = Database.open(ArchiveSettings(directory=product.folder / "archive"))
    for start in range(0, count, BATCH):
        urls = [
            f"https://zjnews.zjol.com.cn/zjnews/202001/t20200101_{number}.shtml"
            for number in range(start, start + BATCH)
        ]
        with database.write() as connection:
            add_links(connection, SOURCE, "zjxw", [NewLink(url, url) for url in urls])
            connection.execute(links.update().where(links.c.status == "pending").values(status="fetched"))
    database.close()


def crawl(product: Product) -> tuple[float, float]:
    """Crawl once; return seconds and the peak of resident memory in MB of the process (Linux)."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "deltanews", "crawl", SOURCE, "--json"],
        cwd=product.folder, env=product.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"the crawl ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Print seconds and memory for both archives, and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    measured: dict[int, list[tuple[float, float]]] = {arguments.few: [], arguments.many: []}
    with tempfile.TemporaryDirectory() as folder, Replica() as replica:
        products = {count: Product(Path(folder) / str(count), replica) for count in measured}
        for count, product in products.items():
            fill(product, count)
            crawl(product)  # the lists are unchanged from here on
        for _ in range(arguments.rounds):
            for count, product in products.items():
                measured[count].append(crawl(product))
    seconds = {count: statistics.median(second for second, _ in runs) for count, runs in measured.items()}
    memory = {count: statistics.median(megabytes for _, megabytes in runs) for count, runs in measured.items()}
    for count in measured:
        print(f"{count:>8} known URLs: {seconds[count]:.2f} s, {memory[count]:.0f} MB")
    few, many = arguments.few, arguments.many
    print(
        f"ratio: {seconds[many] / seconds[few]:.2f} in time, {memory[many] / memory[few]:.2f} in memory (1.00 ± 0.20)"
    )


if __name__ == "__main__":
    main()
