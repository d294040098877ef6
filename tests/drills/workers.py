"""Strikes against the extraction workers of a crawl, and the sums that must add up whatever was struck."""

import json
import os
import random
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.deadline import DEADLINE, PAUSE
from tests.product import Product
from tests.replica import Replica

SOURCES = ("cnr_anhui", "kankanews", "zjol")

LOOK_SECONDS = 5 * PAUSE
"""How often a crawl's processes are looked at; each look reads all of the machine's, and a worker starts for longer."""


def workers_of(pid: int) -> list[int]:
    """Return the extraction workers of a process, those that still start included."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == pid and b"--multiprocessing-fork" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def send(workers: Sequence[int], number: signal.Signals) -> None:
    for worker in workers:
        with suppress(ProcessLookupError):
            os.kill(worker, number)


def ended_within(process: subprocess.Popen[str], seconds: float) -> bool:
    """Wait so long, or until the process ends; say whether it did."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def crawl_under_fire(product: Product, strikes: int, strike: Callable[[subprocess.Popen[str], list[int]], None]) -> int:
    """Crawl while `strike` hits its workers; return how often it did. It must end, and account for every page."""
    crawl = product.start("crawl", *SOURCES, "--json")
    done = 0
    while done < strikes and not ended_within(crawl, LOOK_SECONDS):
        if workers := workers_of(crawl.pid):
            strike(crawl, workers)
            done += 1
    try:
        figures, complaints = crawl.communicate(timeout=DEADLINE)
    finally:
        crawl.kill()
    assert "Traceback" not in complaints, complaints
    assert crawl.returncode in {0, 1}, complaints
    for line in figures.splitlines():
        adds_up(json.loads(line))
    status_adds_up(product)
    return done


def kill_some(dice: random.Random, longest: float) -> Callable[[subprocess.Popen[str], list[int]], None]:
    """Return a strike that lets the crawl work for a while, then kills one worker or all of them."""

    def strike(crawl: subprocess.Popen[str], _workers: list[int]) -> None:
        if not ended_within(crawl, dice.uniform(0, longest)):
            workers = workers_of(crawl.pid)
            send(workers if dice.random() < 0.3 else dice.sample(workers, min(1, len(workers))), signal.SIGKILL)

    return strike


def freeze_all(dice: random.Random, seconds: Sequence[float]) -> Callable[[subprocess.Popen[str], list[int]], None]:
    """Return a strike that stops all workers for one of so many seconds, then lets them go on."""

    def strike(crawl: subprocess.Popen[str], _workers: list[int]) -> None:
        ended_within(crawl, dice.uniform(0, 2))
        workers = workers_of(crawl.pid)
        send(workers, signal.SIGSTOP)
        ended_within(crawl, dice.choice(seconds))
        send(workers, signal.SIGCONT)

    return strike


def publish(replica: Replica, dice: random.Random, number: int) -> None:
    """Let new articles appear at every source, so that a crawl has something to read."""
    for source in SOURCES:
        section = replica.articles(source)[0].section
        text = [f"长三角一体化示范区第{number}号方案发布，{source}报道，{dice.randrange(10**6)}项事项跨省通办。" * 4]
        replica.publish(source, section, f"示范区发布第{number}号方案（{source}）", text)


def adds_up(figures: dict[str, Any]) -> None:
    """Every page that a crawl fetched or found left over became something that it counts."""
    became = ("relevant", "not_relevant", "rejected", "parts", "waiting", "unreadable")
    assert figures["pages"] + figures["leftovers"] == sum(figures[name] for name in became), figures


def status_adds_up(product: Product) -> dict[str, int]:
    """Every link has a state, every page a verdict or a next try; return the totals."""
    rows = product.rows("status")
    totals = {row["name"]: row["count"] for row in rows if row["kind"] == "total"}
    for kind in ("links", "pages"):
        assert totals[kind] == sum(count for name, count in totals.items() if name.startswith(f"{kind}: ")), totals
    assert totals["links: fetched"] <= totals["pages"], totals
    return totals
