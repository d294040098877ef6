"""What a first-time user meets in make: a list, a clear word about an old Python, and a crawl that is the demo's."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import STEPS

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder as a fresh clone is, as far as make looks."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-run.lock"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}  # `make test`
    return subprocess.run(["make", *arguments], check=False, cwd=folder, env=own, capture_output=True, text=True)


def test_make_alone_lists_every_target_and_does_nothing(clone: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    listed = make(clone)
    assert listed.returncode == 0
    assert set(re.findall(r"^  make ([a-z]+) ", listed.stdout, re.MULTILINE)) == targets
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize("target", ["demo", "crawl", "test"])
def test_an_old_or_missing_python_is_told_in_a_line(target: str, clone: Path) -> None:
    old = clone / "python-3.8"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for python in (old, clone / "missing"):
        done = make(clone, target, f"PYTHON={python}")
        assert done.returncode != 0
        assert f"DeltaNews needs Python 3.11 or newer; {python} is older or missing" in done.stderr
    assert not (clone / ".venv").exists()


def test_crawl_is_the_demo_without_the_replica(clone: Path) -> None:
    shown = make(clone, "--dry-run", "crawl").stdout
    steps = re.findall(r"for step in (.*); do", shown)[0]
    assert re.findall(r"'([^']+)'", steps) == [" ".join(step) for step in STEPS]
    assert ".venv/bin/deltanews $step" in shown


def test_the_tree_has_a_line_for_every_file_in_the_file_s_own_words() -> None:
    shown = make(REPOSITORY, "tree", f"PYTHON={sys.executable}").stdout.splitlines()
    assert any(re.fullmatch(r" +settings\.py +Settings: from `deltanews.toml` .*", line) for line in shown)
    assert any(re.fullmatch(r" +jstv\.toml +荔枝网.*", line) for line in shown)
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    files = [line.split()[0] for line in shown if not line.endswith("/")]
    assert sorted(files) == sorted(Path(name).name for name in tracked if name)
