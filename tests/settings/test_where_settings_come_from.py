"""The environment wins over the file, the file over the default; and every value knows where it came from."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import settings_file
from tests.settings.conftest import Room

Write = Callable[[str], Path]


def test_without_a_file_or_variables_the_defaults_are_in_force() -> None:
    settings = Room.load()
    assert (settings.delay, settings.hosts, settings.folder) == (5.0, ("default.example",), Path("/default"))
    assert {Room.origin(key) for key in Room.model_fields} == {"default"}


def test_the_file_wins_over_the_default(write: Write) -> None:
    path = write("[crawler]\ndelay = 2\nhosts = ['a.example', 'b.example']\n")
    settings = Room.load()
    assert (settings.delay, settings.hosts) == (2.0, ("a.example", "b.example"))
    assert (Room.origin("delay"), Room.origin("polite")) == (str(path), "default")


def test_a_variable_wins_over_the_file(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[crawler]\ndelay = 2\npolite = false\n")
    monkeypatch.setenv("DELTANEWS_CRAWLER_DELAY", "0.5")
    settings = Room.load()
    assert (settings.delay, settings.polite) == (0.5, False)
    assert Room.origin("delay") == "DELTANEWS_CRAWLER_DELAY"


def test_a_variable_in_small_letters_is_read_and_its_origin_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("deltanews_crawler_delay", "0.5")
    assert Room.load().delay == 0.5
    assert Room.origin("delay") == "DELTANEWS_CRAWLER_DELAY"


def test_an_empty_variable_counts_as_none(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("[crawler]\nfolder = '/from/file'\n")
    monkeypatch.setenv("DELTANEWS_CRAWLER_FOLDER", "")
    monkeypatch.setenv("DELTANEWS_CRAWLER_HOSTS", "")
    settings = Room.load()
    assert (settings.folder, settings.hosts) == (Path("/from/file"), ("default.example",))
    assert (Room.origin("folder"), Room.origin("hosts")) == (str(path), "default")


@pytest.mark.parametrize("written", ["a.example,b.example", " a.example , b.example, "])
def test_a_list_may_be_written_with_commas(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CRAWLER_HOSTS", written)
    assert Room.load().hosts == ("a.example", "b.example")


def test_a_list_of_numbers_may_be_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CRAWLER_PORTS", "80,443")
    assert Room.load().ports == (80, 443)


def test_the_working_directory_s_file_wins_over_the_user_s_own(home: Path, write: Write) -> None:
    own = Path(os.environ["XDG_CONFIG_HOME"]) / "deltanews/deltanews.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[crawler]\ndelay = 1\n")
    assert Room.load().delay == 1
    here = write("[crawler]\ndelay = 2\n")
    assert (Room.load().delay, settings_file()) == (2, here)


def test_a_named_file_wins_over_both(home: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[crawler]\ndelay = 2\n")
    named = home / "other.conf"
    named.write_text("[crawler]\ndelay = 3\n")
    monkeypatch.setenv("DELTANEWS_CONFIG", "other.conf")
    assert (Room.load().delay, Room.origin("delay")) == (3, str(named))


def test_a_named_file_that_is_missing_is_an_error_not_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CONFIG", "/nowhere/deltanews.toml")
    with pytest.raises(SettingsError, match=r"^/nowhere/deltanews\.toml: no such settings file.*DELTANEWS_CONFIG"):
        Room.load()


def test_a_relative_path_starts_where_it_was_written(
    home: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("[crawler]\nfolder = 'data'\nfile = '../ca.pem'\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("DELTANEWS_CONFIG", str(path))
    assert Room.load().folder == home / "data"
    assert Room.load().file == home / "../ca.pem"
    monkeypatch.setenv("DELTANEWS_CRAWLER_FOLDER", "data")
    assert Room.load().folder == elsewhere / "data"


def test_so_does_every_path_of_a_list(home: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[crawler]\nfolders = ['sources', '/etc/sources']\n")
    assert Room.load().folders == (home / "sources", Path("/etc/sources"))
    monkeypatch.setenv("DELTANEWS_CRAWLER_FOLDERS", "~/a, b")
    assert Room.load().folders == (Path(os.environ["HOME"]) / "a", home / "b")


def test_a_tilde_is_the_home(write: Write) -> None:
    write("[crawler]\nfolder = '~/news'\n")
    assert Room.load().folder == Path(os.environ["HOME"]) / "news"


def test_a_byte_order_mark_as_notepad_writes_it_does_no_harm(home: Path) -> None:
    (home / "deltanews.toml").write_bytes(b"\xef\xbb\xbf[crawler]\r\ndelay = 2\r\n")
    assert Room.load().delay == 2


def test_a_child_process_sees_the_same(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("[crawler]\ndelay = 2\n")
    monkeypatch.setenv("DELTANEWS_CRAWLER_HOSTS", "a.example")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    script = "from tests.settings.conftest import Room; print(Room.load().model_dump_json())"
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(child.stdout) == Room.load().model_dump(mode="json")
    assert json.loads(child.stdout)["hosts"] == ["a.example"]
