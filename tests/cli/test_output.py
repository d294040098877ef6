"""What is printed is UTF-8 in every locale, so that a script on a bare server reads the same as one on a desktop."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import REPOSITORY, Run
from tests.deadline import DEADLINE

LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1:strict"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=["C", "ascii", "latin-1"])
def test_chinese_is_piped_as_utf_8_in_every_locale(locale: dict[str, str], run: Run) -> None:
    listed = run("sources", "list", "--json", **locale)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "荔枝网" in {json.loads(line)["title"] for line in listed.stdout.splitlines()}


@pytest.mark.parametrize("locale", LOCALES, ids=["C", "ascii", "latin-1"])
def test_a_mistake_is_told_in_every_locale(locale: dict[str, str], run: Run) -> None:
    done = run("搜索", **locale)
    assert done.returncode == 2
    assert done.stderr.startswith("deltanews: No such command")
    assert "Traceback" not in done.stderr


def test_closed_streams_are_no_fault(environment: dict[str, str], tmp_path: Path) -> None:
    for closed in (">&-", ">&- 2>&- <&-"):
        command = f"{sys.executable} -m deltanews sources list {closed}"
        done = subprocess.run(
            ["sh", "-c", command],
            env=environment | {"PYTHONPATH": str(REPOSITORY)}, cwd=tmp_path, capture_output=True, text=True,
            timeout=DEADLINE, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
