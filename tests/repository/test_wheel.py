"""The wheel is whole: installed into an empty environment it runs from another folder, with every data file."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.deadline import DEADLINE
from tests.replica import Replica

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("core", "text", "crawler", "archive", "indexer", "scheduler", "web", "deltanews")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, REPOSITORY],
        check=True,
        capture_output=True,
        text=True,
    )
    return next(folder.glob("deltanews-*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`deltanews` of an environment that holds the wheel; the libraries are lent by the environment of the tests.

    That no other library is needed than those that a user gets is test_dependencies' business.
    """
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, symlinks=True)
    python = folder / "bin/python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))  # a lent folder's own .pth files are not followed
    return folder / "bin/deltanews"


def run(program: Path, *arguments: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    environment = {**kept, "HOME": str(home), "DELTANEWS_ARCHIVE_DIRECTORY": str(home / "archive"), **variables}
    command = [str(program), *arguments]
    return subprocess.run(
        command, check=False, cwd=home, env=environment, capture_output=True, text=True, timeout=DEADLINE
    )


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    made_by_python = {"__pycache__"}
    files = {
        path.relative_to(REPOSITORY).as_posix()
        for package in PACKAGES
        for path in (REPOSITORY / package).rglob("*")
        if path.is_file() and not made_by_python & set(path.parts)
    }
    data = {file for file in files if not file.endswith(".py")}
    assert len(data) > 10  # sources, gazetteer, migrations
    assert files <= set(zipfile.ZipFile(wheel).namelist())


def test_nothing_but_the_packages_and_the_licence_is_in_the_wheel(wheel: Path) -> None:
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == set(PACKAGES)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in zipfile.ZipFile(wheel).namelist())


def test_the_installed_program_is_the_wheel_s_own(program: Path, tmp_path: Path) -> None:
    script = "import crawler, deltanews; print(crawler.__file__, deltanews.__file__)"
    shown = subprocess.run(
        [program.parent / "python", "-c", script], cwd=tmp_path, env={}, check=True, capture_output=True, text=True
    )
    assert all(file.startswith(str(program.parents[1])) for file in shown.stdout.split())


def test_it_runs_from_another_folder(program: Path, tmp_path: Path) -> None:
    assert run(program, "--version", home=tmp_path).stdout.startswith("deltanews 0.")
    shown = run(program, "config", home=tmp_path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"archive.directory\t{tmp_path / 'archive'}\t" in shown.stdout


def test_it_finds_its_data_from_another_folder(program: Path, tmp_path: Path) -> None:
    listed = run(program, "sources", "list", "--json", home=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert len(listed.stdout.splitlines()) == len(list((REPOSITORY / "crawler/sources").glob("*.toml")))
    judged = run(program, "relevance", "长三角一体化示范区", "--json", home=tmp_path)
    assert json.loads(judged.stdout)["level"] in {"core", "related"}
    indexed = run(program, "index", home=tmp_path)
    assert (indexed.returncode, indexed.stderr) == (0, "")


def test_it_crawls_indexes_and_finds_from_another_folder(program: Path, tmp_path: Path) -> None:
    with Replica() as replica:
        settings = {
            "DELTANEWS_CRAWLER_PROXY": replica.proxy_url,
            "DELTANEWS_CRAWLER_CA_FILE": str(replica.ca_file),
            "DELTANEWS_CRAWLER_DELAY": "0.01",
        }
        crawled = run(program, "crawl", "cnr_anhui", "--json", home=tmp_path, **settings)
    assert crawled.returncode == 0, crawled.stderr
    assert json.loads(crawled.stdout)["articles"] > 3
    assert run(program, "index", home=tmp_path).returncode == 0
    found = run(program, "search", "--json", home=tmp_path)
    assert (found.returncode, found.stderr) == (0, "")
    assert {json.loads(line)["source"] for line in found.stdout.splitlines()} == {"cnr_anhui"}
