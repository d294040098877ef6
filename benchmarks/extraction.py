"""Extraction beside its peers: scores by the evaluation tool, speed as a ratio to trafilatura's, hostile pages.

  python -m benchmarks.extraction                     scores and speed of ours and of trafilatura
  python -m benchmarks.extraction --peers PYTHON      GNE, newspaper4k and readability as well
  python -m benchmarks.extraction --mutations 3000    mutated copies of the pages instead: crashes and slow ones
  python -m benchmarks.extraction --republished       the republished page's text instead, in several layouts

The peers stand in an environment of their own: see benchmarks/requirements.txt. The pages and the tool are third
parties' and stand outside the project, in ../shared; without them this ends with a word.
"""

import argparse
import importlib.util
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from archive.article import Precision
from crawler.extraction.dates import SHANGHAI
from crawler.extraction.extract import extract as extract_page
from tests.extraction.layouts import LAYOUTS, TWICE, Report, page
from text.glosses import remove_glosses

SHARED = Path(__file__).parents[2] / "shared"
TOOL = SHARED / "eval" / "extraction.py"
PAGES = SHARED / "data" / "extraction" / "gne"
REPUBLISHED = SHARED / "data" / "republished-page.txt"
OURS = "benchmarks.extraction:extract"
PEERS = ("trafilatura", "readability", "gne", "newspaper4k")
BOUND = 5.0
"""Seconds that a crawl grants one page."""

# Runs in the peers' environment too, so it imports nothing of ours: seconds of processor time for every page, each
# extractor in turn on each page, so that a busy machine slows all of them alike.
TIMING = """
import json, logging, sys, time
from pathlib import Path
logging.disable(logging.CRITICAL)
tool, pages, names = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
sys.path[:0] = [str(tool.parent), "."]
import extraction
cases = [json.loads(line) for line in (pages / "cases.jsonl").read_text("utf-8").splitlines()]
run, seconds = {name: extraction.load(name) for name in names}, dict.fromkeys(names, 0.0)
for number, case in enumerate([cases[0], *cases]):
    html = (pages / case["file"]).read_bytes()
    for name in names:
        started = time.process_time()
        try:
            run[name](html, case.get("url") or "")
        except Exception:
            pass
        if number:
            seconds[name] += time.process_time() - started
print(json.dumps({name: len(cases) / spent for name, spent in seconds.items()}))
"""


def extract(html: bytes, url: str) -> dict[str, str | None]:
    """Return one page in the form of the evaluation tool: title, body, published, author, source."""
    page = extract_page(html, url)
    published = None
    if page.published_at:
        form = "%Y-%m-%d %H:%M:%S" if page.published_precision is Precision.MINUTE else "%Y-%m-%d"
        published = page.published_at.astimezone(SHANGHAI).strftime(form)
    return {
        "title": page.title or None,
        "body": page.body or None,
        "published": published,
        "author": " ".join(page.reporters) or None,
        "source": page.credit,
    }


def scores(python: str, names: tuple[str, ...]) -> None:
    """Print the tool's table of scores, the extractors run by that interpreter."""
    run_tool(python, PAGES, names)


def run_tool(python: str, pages: Path, names: tuple[str, ...]) -> None:
    """Run the evaluation tool over a folder of pages, the extractors run by that interpreter."""
    options = [part for name in names for part in ("-x", name)]
    subprocess.run([python, str(TOOL), str(pages), *options], check=True)


def rates(python: str, names: tuple[str, ...]) -> dict[str, float]:
    """Return each extractor's pages a second of processor time, run by that interpreter."""
    done = subprocess.run(
        [python, "-c", TIMING, str(TOOL), str(PAGES), *names], check=True, capture_output=True, encoding="utf-8"
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def speed(python: str, names: tuple[str, ...]) -> None:
    """Print pages a second of processor time, and the ratio to trafilatura's default with metadata beside it."""
    found = rates(python, names)
    for name, rate in found.items():
        print(f"{name:34} {rate:6.1f} pages/s   {rate / found['trafilatura']:5.2f} × trafilatura")


def speed_to_peers(python: str) -> None:
    """Print ours to trafilatura as the peers' environment has it, with its own detector of encodings, in turns."""
    ratios = [rates(sys.executable, (OURS,))[OURS] / rates(python, ("trafilatura",))["trafilatura"] for _ in range(5)]
    print(f"{OURS} {median(ratios):.2f} × trafilatura with faust-cchardet ({min(ratios):.2f} to {max(ratios):.2f})")


def republished() -> None:
    """Print the score of the republished page's text in each of the tests' layouts, printed once and twice."""
    lines = [line.strip() for line in REPUBLISHED.read_text("utf-8").splitlines() if line.strip()]
    body, credit = tuple(lines[20:37]), lines[37]
    gold = remove_glosses("\n".join(body))
    specification = importlib.util.spec_from_file_location("evaluation", TOOL)
    assert specification is not None
    assert specification.loader is not None
    tool = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(tool)
    report = Report(lines[0], "2025-07-02 09:31", body, credit)
    for name, layout in {**LAYOUTS, **TWICE}.items():
        found = extract_page(page(layout(report), report.title).encode(), "https://news.example.cn/1.html")
        score = tool.prf(gold, found.body)[2]
        print(
            f"{name:36} F1 {score:.3f}  {found.credit}  {found.published_precision}  {len(found.paragraphs)} paragraphs"
        )


def mutations(count: int, seed: int = 1) -> None:
    """Run mutated copies of the pages and print crashes, and the slowest ones by processor time."""
    rng = random.Random(seed)
    pages = [path.read_bytes() for path in sorted(PAGES.glob("*.html"))]
    slowest: list[tuple[float, str]] = []
    crashes = 0
    for number in range(count):
        kind = rng.choice(sorted(MUTATIONS))
        html = MUTATIONS[kind](rng, rng.choice(pages), rng.choice(pages))
        started = time.process_time()
        try:
            extract_page(html, "https://news.example.cn/a/20250701/1.html")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a crash to be counted
            crashes += 1
            print(f"{number} {kind}: {type(error).__name__}: {error}")
        slowest = sorted([*slowest, (time.process_time() - started, kind)], reverse=True)[:5]
    late = sum(seconds > BOUND for seconds, _ in slowest)
    print(f"{count} mutated pages (seed {seed}): {crashes} crashes, {late} over {BOUND:g} s")
    print("slowest:", ", ".join(f"{seconds:.2f} s ({kind})" for seconds, kind in slowest))


def _at(rng: random.Random, html: bytes) -> int:
    return rng.randrange(len(html))


def _wrong_bytes(rng: random.Random, html: bytes, _: bytes) -> bytes:
    changed = bytearray(html)
    for _number in range(200):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _inserted(rng: random.Random, html: bytes, what: bytes) -> bytes:
    at = _at(rng, html)
    return html[:at] + what + html[at:]


def _rearranged(rng: random.Random, html: bytes, _: bytes) -> bytes:
    first, second = sorted((_at(rng, html), _at(rng, html)))
    return html[:first] + html[second:] + html[first:second]


MUTATIONS: dict[str, Callable[[random.Random, bytes, bytes], bytes]] = {
    "truncated": lambda rng, html, _: html[: _at(rng, html)],
    "spliced": lambda rng, html, other: html[: _at(rng, html)] + other[_at(rng, other) :],
    "wrong bytes": _wrong_bytes,
    "nested deep": lambda rng, html, _: _inserted(rng, html, b"<div><span>" * 50_000),
    "NULs": lambda rng, html, _: _inserted(rng, html, b"\x00" * 5_000),
    "mixed charsets": lambda rng, html, other: _inserted(
        rng, html, other.decode("utf-8", "replace")[:20_000].encode("gb18030", "replace")
    ),
    "rearranged": _rearranged,
}


def main() -> None:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the peers' environment")
    parser.add_argument("--mutations", metavar="N", type=int, help="run N mutated pages instead")
    parser.add_argument("--republished", action="store_true", help="score the republished page instead")
    options = parser.parse_args()
    if not (TOOL.is_file() and PAGES.is_dir()):
        sys.exit(f"the evaluation tool and its pages are not here: {TOOL} and {PAGES}")
    if options.mutations:
        mutations(options.mutations)
        return
    if options.republished:
        republished()
        return
    scores(sys.executable, (OURS, "trafilatura"))
    speed(sys.executable, (OURS, "trafilatura", "trafilatura_fast", "readability"))
    if options.peers:
        scores(options.peers, PEERS)
        speed(options.peers, PEERS)
        speed_to_peers(options.peers)


if __name__ == "__main__":
    main()
