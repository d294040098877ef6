"""`make demo` walks an article from a site to a search, and leaves no process behind, however it ends."""

import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY
from tests.deadline import DEADLINE
from tests.interrupts import heard_by_children


def start_demo(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    with heard_by_children():
        return subprocess.Popen(
            [sys.executable, "-m", "tests.demo"],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that Ctrl-C can be sent to all of it, as a terminal does
        )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo, played once: its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    demo = start_demo(folder, {"PATH": os.environ["PATH"], "HOME": str(folder)})
    output, errors = demo.communicate(timeout=DEADLINE)
    assert demo.returncode == 0, errors
    return folder, output


def test_the_demo_finds_stories_and_says_what_happened(played: tuple[Path, str]) -> None:
    _, output = played
    crawled, indexed, status, found = (part.splitlines() for part in output.split("\n$ deltanews ")[1:])
    steps = ["crawl", "index", "status", "search '长三角' --limit 5"]
    assert [step[0] for step in (crawled, indexed, status, found)] == steps
    assert crawled[-1].startswith("total\t")
    assert "total\toutbox: embedded\t0" in status
    *shown, summary, done = [line for line in found[1:] if line]
    assert len([line for line in shown if "\thttp" in line]) == 5
    found_counts = re.findall(r"[1-9]\d*", summary)
    assert len(found_counts) == 5, summary  # articles, sources, core, stories, copies: none is zero
    assert done.startswith("Done in")


def tour(readme: str) -> list[str]:
    """The commands that a README's tour shows, as the shell gets them; the crawl has been played."""
    text = (
        (REPOSITORY / readme).read_text(encoding="utf-8").partition("<!-- TOUR -->")[2].partition("<!-- /TOUR -->")[0]
    )
    shown = re.findall(r"^\$ deltanews (.*)$", text, re.MULTILINE)
    return [line.partition(" | ")[0] for line in shown if not line.startswith("crawl")]


def test_both_readmes_show_the_same_tour() -> None:
    assert tour("README.md") == tour("README.zh-CN.md")
    assert len(tour("README.md")) > 3


@pytest.mark.parametrize("line", tour("README.md"))
def test_every_command_of_the_tour_works_on_what_the_demo_collected(
    line: str, played: tuple[Path, str], environment: dict[str, str]
) -> None:
    folder = played[0]
    command = [sys.executable, "-m", "deltanews", "--config", ".demo/deltanews.toml", *shlex.split(line)]
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "killed"])
def test_the_replica_ends_with_the_demo(number: signal.Signals, tmp_path: Path, environment: dict[str, str]) -> None:
    demo = start_demo(tmp_path, environment)
    assert demo.stdout
    assert demo.stdout.readline() == "\n"
    assert demo.stdout.readline() == "$ deltanews crawl\n"
    replica = os.pidfd_open(json.loads((tmp_path / ".demo/replica/replica.json").read_text())["pid"])
    os.killpg(demo.pid, number)
    demo.communicate(timeout=DEADLINE)
    assert demo.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    ended, _, _ = select.select([replica], [], [], DEADLINE)
    os.close(replica)
    assert ended
