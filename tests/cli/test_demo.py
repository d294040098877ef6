"""`make demo` walks an article from a site to a search, and leaves no process behind, however it ends."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import HOUSE


def start_demo(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.demo"],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(HOUSE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that Ctrl-C can be sent to all of it, as a terminal does
    )


def test_the_demo_finds_stories_in_less_than_a_minute_and_says_what_happened(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    began = time.monotonic()
    demo = start_demo(tmp_path, environment)
    output, errors = demo.communicate(timeout=180)
    assert demo.returncode == 0, errors
    assert time.monotonic() - began < 60
    crawled, indexed, found, status = (part.splitlines() for part in output.split("\n$ deltanews ")[1:])
    assert [step[0] for step in (crawled, indexed, found, status)] == ["crawl", "index", "search '长三角'", "status"]
    assert crawled[-1].startswith("total\t")
    stories = [line.split("\t") for line in found[1:] if line]
    assert len(stories) > 5
    assert all(url.startswith("http") for *_, url in stories)
    assert any(copies for _, _, _, copies, _ in stories)
    assert "total\toutbox: embedded\t0" in status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_the_replica_ends_with_the_demo(number: signal.Signals, tmp_path: Path, environment: dict[str, str]) -> None:
    demo = start_demo(tmp_path, environment)
    assert demo.stdout
    assert demo.stdout.readline() == "\n"
    assert demo.stdout.readline() == "$ deltanews crawl\n"
    replica = os.pidfd_open(json.loads((tmp_path / ".demo/replica/replica.json").read_text())["pid"])
    os.killpg(demo.pid, number)
    demo.communicate(timeout=60)
    assert demo.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    ended, _, _ = select.select([replica], [], [], 30)
    os.close(replica)
    assert ended
