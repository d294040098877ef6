"""From a site to something to search in: `python -m benchmarks.crawl`.

300 pages of 130 kB, each another report in the furniture of a portal, and their list stand on a server of this machine
without any delay. The reports are the relevant texts of `benchmarks/relevance_texts/`, which several hands wrote:
made-up ones out of one stock of words are all alike, so that each is compared with each as one event. Ours is
`deltanews crawl` and `deltanews index`: pages archived, extracted, judged, grouped into stories and searchable. The
peer is what somebody writes in an afternoon: a Scrapy spider of 15 lines that calls
`trafilatura.bare_extraction(…, with_metadata=True)` and writes JSON lines, with the same delay and concurrency, and
faust-cchardet installed (`--peer-python` names an interpreter that has all three; without the detector trafilatura is
slower). Both run one after the other, the faster of `--rounds` counts. Wall time and processor time, children included;
on a busy machine only the latter says anything. Modules are compiled once, as where they were installed by pip.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.crawl.small_site import SmallSite, product_of

PAGES = 300
LINKS = 720
"""Links beside a report: with them a page has about 130 kB, as those of a large portal."""
TEXTS = Path(__file__).parent / "relevance_texts"

SPIDER = """
import scrapy
import trafilatura


class Peer(scrapy.Spider):
    name = "peer"
    start_urls = ["{url}/list"]
    custom_settings = {{"CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0, "LOG_LEVEL": "ERROR"}}

    def parse(self, response):
        yield from response.follow_all(css="a[href*='/a/']", callback=self.parse_article)

    def parse_article(self, response):
        found = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
        if found:
            yield {{"url": response.url, "title": found.title, "date": found.date, "text": found.text}}
"""


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    wall: float
    """Seconds by the clock."""
    processor: float
    """Seconds of processor time, children included."""
    articles: int


def portal(title: str, body: str, number: int, dice: random.Random) -> str:
    """Return a page of about 130 kB: the report, and round it menus, lists of links, styles and scripts."""
    links = "".join(
        f'<li class="item"><a href="/other/{dice.randrange(10**6)}.html" target="_blank">{dice.choice(HEADLINES)}'
        f"{dice.randrange(1000)}</a><span>11-{dice.randrange(1, 29):02}</span></li>"
        for _ in range(LINKS)
    )
    head = f"<title>{title}_本地台</title><style>{'.a{color:#333;margin:0 auto}' * 900}</style>"
    script = f"<script>var a={[dice.randrange(10**6) for _ in range(1500)]};</script>"
    menu = "".join(f'<a href="/c{index}/">频道{index}</a>' for index in range(60))
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in body.split("\n"))
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><div class='nav'>{menu}</div><h1>{title}</h1>"
        f"<div class='info'>2026-11-18 09:{number % 60:02} 来源：本地台</div><div class='article-content'>{text}</div>"
        f"<div class='side'><ul>{links}</ul></div>{script}<div class='bottom'>本地台 版权所有</div></body></html>"
    )


HEADLINES = (
    "长三角生态绿色一体化发展示范区再推新举措",
    "沪苏湖高铁客流创新高",
    "今日全省多云转阴",
    "我市举办秋季招聘会",
)


def fill(site: SmallSite, count: int, seed: int) -> None:
    """Put the pages and their list on the site."""
    dice = random.Random(seed)
    lines = (line for path in sorted(TEXTS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines())
    reports = [report for report in map(json.loads, lines) if report["relevant"]]
    if count > len(reports):
        sys.exit(f"--pages: there are {len(reports)} reports")
    for number, made in enumerate(dice.sample(reports, count)):
        site.put(f"/a/{number}.html", portal(made["title"], made["body"], number, dice))
    links = "".join(f'<li><a href="/a/{number}.html">第{number}号报道的标题是这样</a></li>' for number in range(count))
    site.put("/list", f"<html><body><ul>{links}</ul></body></html>")


def measured(*commands: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run the commands one after the other; return seconds by the clock and of the processors."""
    before, began = os.times(), time.monotonic()
    for command in commands:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    wall, after = time.monotonic() - began, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def ours(folder: Path, site: SmallSite) -> Cost:
    """Crawl and index with DeltaNews, into an empty archive."""
    product = product_of(folder, site)
    del product.tables["crawler"]["workers"]  # as many as the machine has processors, as everybody has
    product.configure()
    program = [sys.executable, "-m", "deltanews"]
    wall, processor = measured(
        [*program, "crawl", "local"], [*program, "index"], folder=product.folder, environment=product.environment
    )
    export = subprocess.run(
        [*program, "archive", "export"], cwd=product.folder, env=product.environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Cost(wall, processor, len(export.stdout.splitlines()))


def peer(folder: Path, site: SmallSite, python: str) -> Cost:
    """Crawl with the spider of 15 lines."""
    folder.mkdir(parents=True)
    (folder / "peer.py").write_text(SPIDER.format(url=site.url), encoding="utf-8")
    wall, processor = measured(
        [python, "-m", "scrapy", "runspider", "peer.py", "-o", "out.jsonl"],
        folder=folder,
        environment={**os.environ, "PYTHONPATH": ""},
    )
    return Cost(wall, processor, len((folder / "out.jsonl").read_text(encoding="utf-8").splitlines()))


def main() -> None:
    """Print what both took, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=PAGES, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--peer-python", default=sys.executable, metavar="PYTHON", help="has scrapy, trafilatura and faust-cchardet"
    )
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    costs: dict[str, list[Cost]] = {"deltanews": [], "peer": []}
    with tempfile.TemporaryDirectory() as folder, SmallSite() as site:
        fill(site, options.pages, options.seed)
        for number in range(options.rounds):
            costs["deltanews"].append(ours(Path(folder) / f"ours-{number}", site))
            costs["peer"].append(peer(Path(folder) / f"peer-{number}", site, options.peer_python))
    best = {
        name: Cost(min(cost.wall for cost in rounds), min(cost.processor for cost in rounds), rounds[0].articles)
        for name, rounds in costs.items()
    }
    for name, cost in best.items():
        print(
            f"{name:10} {cost.wall:6.1f} s by the clock  {cost.processor:6.1f} s of processors  "
            f"{cost.articles} articles"
        )
    print(
        f"ratio: {best['peer'].wall / best['deltanews'].wall:.2f} × by the clock, goal ≥ 4; "
        f"{best['peer'].processor / best['deltanews'].processor:.2f} × of processor time"
    )


if __name__ == "__main__":
    main()
