"""An archive stands in the folder that the settings name, whatever its name holds."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.database import Database
from archive.links import NewLink, add_links
from archive.settings import ArchiveSettings
from core.clock import CLOCK
from core.locks import process_lock
from deltanews.checks import State, check_database
from scheduler.next_runs import SERVICE, STORE, next_runs
from scheduler.steady import SteadyScheduler

NAMES = ["a?b", "50% of#1", "%41", "a#b", "新闻 长三角", "a&b=c;d", "~x", "file:a?mode=memory"]


@pytest.mark.parametrize("name", NAMES)
def test_the_database_stands_in_the_folder_of_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / name
    database = Database.open(ArchiveSettings(directory=folder))
    with database.write() as connection:
        assert add_links(connection, "a", "s", [NewLink("https://a.cn/1", "https://a.cn/1")]) == 1
    database.close()
    assert (folder / "archive.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    monkeypatch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(folder))
    assert (check_database().state, check_database().finding) == (State.OK, "opens, and has the present schema")


@pytest.mark.parametrize("name", NAMES)
def test_the_services_clock_is_read_from_the_folder_of_its_name(name: str, tmp_path: Path) -> None:
    settings = ArchiveSettings(directory=tmp_path / name)
    settings.directory.mkdir()
    scheduler = SteadyScheduler(settings.directory / STORE, {}, CLOCK)
    scheduler.start(paused=True)
    scheduler.add_job("builtins:print", "interval", hours=1, id="crawl jstv")
    with process_lock(settings.locks, SERVICE):
        due = next_runs(settings)
    scheduler.shutdown()
    assert due is not None
    assert due.keys() == {"crawl jstv"}


def test_the_program_itself_may_stand_in_such_a_folder(tmp_path: Path) -> None:
    repository = tmp_path / "50% (new) #1"
    for package in ("core", "archive"):
        shutil.copytree(Path(__file__).parents[2] / package, repository / package)
    script = (
        "from pathlib import Path\n"
        "from archive.database import Database\n"
        "from archive.settings import ArchiveSettings\n"
        "Database.open(ArchiveSettings(directory=Path('made').absolute())).close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=repository, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (repository / "made" / "archive.sqlite").is_file()
