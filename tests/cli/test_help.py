"""Help answers at once, lists every command, and every command explains itself with examples."""

import inspect
import re
import subprocess
import sys
from importlib import import_module

import pytest

from deltanews.cli import program
from deltanews.command_table import COMMANDS, GROUPS, Command
from tests.cli.conftest import REPOSITORY, Run

HEAVY = ("scrapy", "twisted", "trafilatura", "lxml", "sqlalchemy", "alembic", "elasticsearch", "tantivy", "apscheduler")


def function(command: Command) -> object:
    module, name = command.target.split(":")
    return getattr(import_module(module), name)


@pytest.mark.parametrize("arguments", [["--help"], []])
def test_the_first_page_lists_every_command_and_group(arguments: list[str], run: Run) -> None:
    shown = run(*arguments, COLUMNS="200")
    assert shown.returncode == (0 if arguments else 2)
    for command in COMMANDS:
        first, *second = command.name.split()
        if not second:
            assert f" {first} " in shown.stdout
            assert command.summary.replace("`", "") in shown.stdout
    for name, (panel, summary) in GROUPS.items():
        assert f" {name} " in shown.stdout
        assert {panel, summary} <= {part.strip(" ─╭╮│") for part in shown.stdout.replace("  ", "\n").split("\n")}


def test_the_first_page_costs_no_library() -> None:
    script = (
        "import sys\nfrom deltanews.cli import program\n"
        "program().main(['--help'], prog_name='deltanews', standalone_mode=False)\n"
        f"sys.exit(' '.join(sorted(set({HEAVY}) & set(sys.modules))))"
    )
    shown = subprocess.run([sys.executable, "-c", script], check=False, cwd=REPOSITORY, capture_output=True, text=True)
    assert "Usage: deltanews" in shown.stdout
    assert shown.stderr.strip() == ""


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_lists_its_commands(name: str, run: Run) -> None:
    shown = run(name, "--help", COLUMNS="200")
    assert shown.returncode == 0
    inside = [command for command in COMMANDS if command.name.startswith(f"{name} ")]
    assert inside
    for command in inside:
        assert command.summary.replace("`", "") in shown.stdout


@pytest.mark.parametrize("words", [[], ["sources"], ["sources", "list"], ["search"]], ids=" ".join)
def test_h_is_help(words: list[str], run: Run) -> None:
    short, long = run(*words, "-h"), run(*words, "--help")
    assert (short.returncode, short.stdout) == (0, long.stdout)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself_with_examples(
    command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert program().main([*command.name.split(), "--help"], prog_name="deltanews", standalone_mode=False) == 0
    shown = capsys.readouterr().out
    assert f"Usage: deltanews {command.name} " in shown
    assert f"  deltanews {command.name}" in shown.partition("Examples:")[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_summary_is_the_first_line_of_the_command_s_own_words(command: Command) -> None:
    assert command.summary == (inspect.getdoc(function(command)) or "").splitlines()[0]


@pytest.mark.parametrize("words", [(), ("sources",), ("crawl",), ("sources", "list")])
def test_the_short_option_asks_for_help_too(words: tuple[str, ...], run: Run) -> None:
    shown = run(*words, "-h", COLUMNS="200")
    assert (shown.returncode, shown.stdout) == (0, run(*words, "--help", COLUMNS="200").stdout)


def test_the_version_is_the_installed_one(run: Run) -> None:
    assert run("--version").stdout == "deltanews 0.1.0\n"


def test_every_command_that_a_package_offers_is_composed() -> None:
    offered = {
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts)
        for path in REPOSITORY.glob("*/commands/*.py")
        if path.name != "__init__.py"
    }
    assert offered
    assert offered <= {command.target.split(":")[0] for command in COMMANDS}


def test_every_command_that_a_message_or_a_docstring_names_exists() -> None:
    words = [command.name for command in COMMANDS]
    named = {
        (path.relative_to(REPOSITORY).as_posix(), name)
        for package in ("archive", "crawler", "indexer", "scheduler", "deltanews")
        for path in (REPOSITORY / package).rglob("*.py")
        for name in re.findall(r"[`(]deltanews ([a-z][a-z-]*(?: [a-z][a-z-]*)*)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    known = {
        (path, name) for path, name in named if any(f"{name} ".startswith(f"{each} ") for each in [*words, *GROUPS])
    }
    assert named - known == set()
