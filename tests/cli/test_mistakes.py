"""A user's mistake is one line on stderr and exit status 2; no traceback, nothing on stdout."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.database import Database
from core.errors import DeltaNewsError, SettingsError, UsageError
from tests.cli.conftest import REPOSITORY, Run
from tests.deadline import DEADLINE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["confg"], "No such command 'confg'. Did you mean 'config'?"),
        (["config", "--jsn"], "No such option: --jsn"),
        (["search", "-广告"], "a query that begins with - goes behind --, as in: deltanews search -- -广告"),
        (["config", "surplus"], "unexpected extra argument"),
        (["--config", "pyproject.toml"], "Missing command (see deltanews --help)"),
        (["story"], "Missing argument 'ID' (see deltanews story --help)"),
        (["search", "--limit", "-1"], "--limit: it must be 0 or more (it is '-1')"),
        (["search", "--sort", "best"], "--sort: 'best' is not one of 'newest', 'oldest', 'relevance'"),
        (["kibana", "import", "--url", "foo"], "--url: it must begin with http:// or https:// (it is 'foo')"),
        (["kibana", "export", "/nowhere/k"], "deltanews: /nowhere/k cannot be written: No such file or directory"),
        (["search", "x", "--json", "--format", "csv"], "--json and --format are two ways of writing: give one"),
        (["archive", "export", "--since", "2026-11-10", "--until", "2026-11-01"], "2026-11-10 is after --until 2026"),
        (["extract", "http://[::1"], "http://[::1: it is no web address"),
        (["extract", "https://x:99999999/a"], "https://x:99999999/a: it is no web address"),
        (["relevance", "http://x:abc/"], "http://x:abc/: it is no web address"),
        (["archive", "export", "--output", ""], "--output: . is a folder; name a file"),
        (["search", "x", "--format", "csv", "--output", ""], "--output: . is a folder; name a file"),
        (["search", "x", "--since", ""], "--since: '' is no time"),
        (["archive", "export", "--until", " "], "--until: '' is no time"),
        (["pages", "retry", "http://typo/"], "http://typo/: no page of this address waits to be read again"),
        (["extract", sys.executable], "it is no page"),
        (["--config", "/nowhere/d.toml", "config"], "/nowhere/d.toml: no such settings file"),
    ],
)
def test_wrong_use_is_one_line(arguments: list[str], said: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("deltanews: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_setting_is_one_line_that_names_the_file(tmp_path: Path, run: Run) -> None:
    (tmp_path / "deltanews.toml").write_text("[archive]\ndirektory = 'x'\n")
    done = run("config")
    assert (done.returncode, done.stdout) == (2, "")
    known = "there is no such setting; known: directory, url, keep_pages_days, keep_revisions_days"
    assert done.stderr == f"deltanews: {tmp_path}/deltanews.toml: [archive] direktory: {known}\n"


def test_a_wrong_variable_is_named(run: Run) -> None:
    done = run("config", DELTANEWS_ARCHIV_URL="sqlite://")
    assert done.returncode == 2
    assert done.stderr.startswith("deltanews: DELTANEWS_ARCHIV_URL: there is no such setting")


def test_a_failure_outside_is_one_line_and_status_1(tmp_path: Path, run: Run) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    done = run("status", DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("deltanews: ")
    assert "[archive] directory" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "nonsense: Could not parse"),
        ("nosuch://user:hunter2@host/news", "nosuch://user:**********@host/news: Can't load plugin"),
        ("mysql+mysqldb://user:hunter2@host/news", "No module named 'MySQLdb'"),
    ],
)
def test_a_database_that_cannot_be_is_one_line_without_its_password(url: str, said: str, run: Run) -> None:
    done = run("status", DELTANEWS_ARCHIVE_URL=url)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_database_s_error_is_told_without_its_statement(archive: Database, tmp_path: Path, run: Run) -> None:
    with archive.write() as connection:
        connection.exec_driver_sql("DROP TABLE links")
    done = run("status", DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stderr) == (1, "deltanews: no such table: links\n")


def test_every_error_of_ours_derives_from_the_one_that_the_command_line_prints() -> None:
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for package in ("core", "text", "archive", "crawler", "indexer", "scheduler", "deltanews")
        for file in (REPOSITORY / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    }
    foreseen = {"DeltaNewsError"}
    while more := {name for name, parents in bases.items() if parents & foreseen} - foreseen:
        foreseen |= more
    assert bases.keys() == foreseen
    assert {DeltaNewsError.exit_status, UsageError.exit_status, SettingsError.exit_status} == {1, 2}


@pytest.mark.parametrize(
    "unbuffered", ["", "1"]
)  # the pipe breaks when the command writes, or when Python flushes at exit
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(unbuffered: str, environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # as `head` does when it has its line
    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "deltanews", "config"],
            check=False,
            env=environment | {"PYTHONUNBUFFERED": unbuffered},
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            timeout=DEADLINE,
        )
    assert (done.returncode, done.stderr) == (1, "")
