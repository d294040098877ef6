"""`deltanews relevance` on a text, a file and lines, as its output reaches a pipe."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from core.errors import SettingsError, UsageError
from crawler.commands.relevance import relevance

Run = Callable[..., str]
"""Runs the command with arguments and, as `given`, what stands in its standard input; returns what it prints."""
TITLE = "安徽携手沪苏浙共建创新生态圈"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DELTANEWS_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = typer.Typer()
    app.command()(relevance)

    def run_command(*arguments: str, given: str = "") -> str:
        result = CliRunner().invoke(app, arguments, input=given, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run_command


def test_a_text_is_judged(run: Run) -> None:
    lines = dict(line.split("\t") for line in run(TITLE).splitlines())
    assert lines["level"] == "related"
    assert float(lines["score"]) >= 30
    assert lines["topics"] == "科技创新"


def test_the_deciding_words_are_marked_in_the_text(run: Run) -> None:
    assert "【安徽】【携手】【沪苏浙】【共建】创新生态圈" in run(TITLE, "--explain")


def test_a_file_has_its_title_in_the_first_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(f"{TITLE}\n\n正文第一句。\n", encoding="utf-8")
    found = json.loads(run(str(file), "--json"))
    assert found["title"] == TITLE
    assert found["level"] == "related"
    assert found["terms"][0] == {"text": "安徽", "kind": "province", "field": "title", "start": 0, "end": 2}


def test_a_saved_page_is_extracted_first(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    paragraphs = "".join(f"<p>第{number}段，沪苏浙三地共建科创平台，设备共享。</p>" for number in range(12))
    page = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><article>{paragraphs}</article></body></html>"
    )
    file.write_text(page, encoding="utf-8")
    found = json.loads(run(str(file), "--json"))
    assert found["title"] == TITLE
    assert found["level"] == "core"


def test_each_line_gives_a_line_of_json(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    articles = [{"title": TITLE, "body": ""}, {"title": "沪指收涨", "body": "沪深两市放量。"}]
    file.write_text("\n\n".join(json.dumps(article) for article in articles), encoding="utf-8")
    for arguments in ((), ("--json",)):
        rows = [json.loads(line) for line in run("--jsonl", str(file), *arguments).splitlines()]
        assert [(row["level"], row["topics"], row["title"]) for row in rows] == [
            ("related", ["科技创新"], TITLE),
            ("none", [], "沪指收涨"),
        ]


def test_lines_may_come_from_a_pipe(run: Run) -> None:
    (line,) = run("--jsonl", "-", given=json.dumps({"title": TITLE})).splitlines()
    assert json.loads(line)["level"] == "related"


def test_the_passage_that_decided_is_printed(run: Run) -> None:
    passage = "松江和金华的税务部门互设窗口。"
    lines = dict(line.split("\t") for line in run(f"守桥人老周\n他守桥二十六年。\n{passage}").splitlines())
    assert lines["level"] == "related"
    assert lines["passage"] == passage


def test_terms_of_the_users_own_can_be_tried(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[vehicle]]\nname = '云间量子谷'\n", encoding="utf-8")
    assert "none" in run("云间量子谷扩容")
    assert "related" in run("云间量子谷扩容", "--gazetteer", "mine.toml")


def test_terms_named_in_the_settings_are_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[vehicle]]\nname = '云间量子谷'\n", encoding="utf-8")
    (tmp_path / "deltanews.toml").write_text('[crawler]\ngazetteers = ["mine.toml"]\n', encoding="utf-8")
    assert "related" in run("云间量子谷扩容")


@pytest.mark.parametrize(
    ("arguments", "lines", "message"),
    [
        ((), "", "give one of both"),
        ((TITLE, "--jsonl", "-"), "", "give one of both"),
        (("--jsonl", "nowhere.jsonl"), "", "nowhere.jsonl does not exist"),
        (("--jsonl", "-", "--explain"), "", "--explain goes with one text"),
        (("--jsonl", "-"), '{"title": "a"}\nnot json', "stdin, line 2: not JSON"),
        (("--jsonl", "-"), "[1]", "stdin, line 1: not an object"),
        (("--jsonl", "-"), '{"title": 7}', "stdin, line 1: title: not a text"),
        ((" ",), "", "nothing to judge"),
    ],
)
def test_a_wrong_use_is_explained(run: Run, arguments: tuple[str, ...], lines: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run(*arguments, given=lines)


def test_a_wrong_gazetteer_file_is_a_wrong_setting(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[vehicle]]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"mine\.toml: vehicle\[0\]\.name"):
        run(TITLE, "--gazetteer", "mine.toml")
