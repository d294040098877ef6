"""A skipped test that nobody listed fails the run, alone and under xdist."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def run_pytest(folder: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", *options, "test_it.py"]
    return subprocess.run(
        command, check=False, cwd=folder, env={"PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True
    )


@pytest.mark.parametrize("options", [[], ["-n", "2"]], ids=["alone", "xdist"])
@pytest.mark.parametrize(
    "test",
    [
        "import pytest\ndef test_one():\n    pytest.skip('no server')\n",
        "import pytest\n@pytest.mark.skipif(True, reason='no server')\ndef test_one(): pass\ndef test_two(): pass\n",
        "import pytest\npytest.skip('no server', allow_module_level=True)\n",
    ],
    ids=["inside", "marked", "module"],
)
def test_an_unlisted_skip_fails_the_run(test: str, options: list[str], tmp_path: Path) -> None:
    done = run_pytest(tmp_path, test, *options)
    assert done.returncode == 1
    assert "SKIPPED WITHOUT BEING LISTED in tests/skips.py: test_it.py" in done.stdout


def test_a_run_without_skips_passes(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, "def test_one(): pass\n").returncode == 0
