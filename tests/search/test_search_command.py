"""`deltanews search`, as a user and a script meet it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from core.errors import UsageError
from indexer.commands.search import search
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexUnavailableError
from tests.search.corpus import CORPUS

Search = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Search:
    EmbeddedIndex(tmp_path / "stories").write(CORPUS)
    settings = tmp_path / "deltanews.toml"
    settings.write_text('[indexer]\ndirectory = "stories"\n')
    app = typer.Typer()
    app.command()(search)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env={"DELTANEWS_CONFIG": str(settings)})

    return call


def test_a_pipe_gets_one_story_a_line(run: Search) -> None:
    result = run("长三角", "铁路")
    assert result.output.splitlines() == [
        "2026-11-15 21:00\t央广网\t铁路客流再创新高\t1\thttps://cnr.example/copied.html",
        "seen 2026-11-14\t安徽网络广播电视台\t无日期的消息\t\thttps://ahtv.example/undated.html",
    ]


def test_a_script_gets_whole_stories(run: Search) -> None:
    (line,) = run("客流", "--json", "--source", "cnr").output.splitlines()
    story = json.loads(line)
    assert story["title"] == "铁路客流再创新高"
    assert story["copies"][0]["source"] == "jstv"
    assert story["timeline_at"] == "2026-11-15T13:00:00Z"


def test_options_narrow_and_sort(run: Search) -> None:
    titles = [line.split("\t")[2] for line in run("长三角", "--sort", "oldest", "--limit", "2").output.splitlines()]
    assert titles == ["长三角一体化发展示范区揭牌七周年", "长三角AI一体化G60科创大会"]
    assert run("长三角", "--province", "安徽", "--topic", "交通").output.count("\n") == 1
    assert run("长三角", "--since", "2026-11-16", "--until", "2026-11-17").output.count("\n") == 1
    assert run().output.count("\n") == 19


def test_nothing_found_is_no_error(run: Search) -> None:
    result = run("鑫")
    assert (result.exit_code, result.output) == (0, "")


def test_explain_shows_the_query(run: Search) -> None:
    assert "长三" in run("长三角", "--explain").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("“长三角",), "character 1"),
        (("长三角", "--since", "gestern"), "--since"),
        (("鑫", "--open", "1"), "only 0 stories"),
    ],
)
def test_wrong_use_is_told(run: Search, arguments: tuple[str, ...], says: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, UsageError)
    assert says in str(error)


def test_an_index_that_is_not_there_is_told(run: Search, tmp_path: Path) -> None:
    (tmp_path / "deltanews.toml").write_text('[indexer]\ndirectory = "elsewhere"\n')
    error = run("长三角").exception
    assert isinstance(error, IndexUnavailableError)
    assert "deltanews index" in str(error)
