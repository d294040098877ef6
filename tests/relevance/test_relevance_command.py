"""`deltanews relevance` on a text, a file and lines, as its output reaches a pipe."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from core.errors import SettingsError, UsageError
from crawler.commands.relevance import relevance
from tests.deadline import DEADLINE

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
        ((" ",), "", "nothing to judge"),
    ],
)
def test_a_wrong_use_is_explained(run: Run, arguments: tuple[str, ...], lines: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run(*arguments, given=lines)


@pytest.mark.parametrize("where", ["file", "standard input"])
@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (b"not json", "not JSON"),
        (b"[1]", "not an object"),
        (b'{"title": 7}', "title: not a text"),
        (b'{"title": "\xc3\xc5"}', "not a text in UTF-8"),
    ],
)
def test_the_good_lines_beside_a_bad_one_are_judged(where: str, bad: bytes, complaint: str, tmp_path: Path) -> None:
    lines = b"\n".join([b'\xef\xbb\xbf{"title": "first"}', bad, b'{"title": "third"}'])
    (tmp_path / "x.jsonl").write_bytes(lines)
    file = str(tmp_path / "x.jsonl") if where == "file" else "-"
    done = as_a_program("--jsonl", file, given=lines)
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["first", "third"]
    name = file if where == "file" else "stdin"
    assert done.stderr.decode().startswith(f"deltanews: {name}, line 2: {complaint}")
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)


def test_a_text_file_in_another_encoding_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(TITLE.encode("gb18030"))
    done = as_a_program(str(tmp_path / "report.txt"))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"report.txt: not a text in UTF-8" in done.stderr


def test_of_an_argument_in_another_encoding_what_is_no_text_is_left_out() -> None:
    done = as_a_program(os.fsdecode(TITLE.encode() + b"\xff\xfe"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == as_a_program(TITLE).stdout


def as_a_program(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "deltanews", "relevance", *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=DEADLINE)


def test_a_wrong_gazetteer_file_is_a_wrong_setting(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[[vehicle]]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"mine\.toml: vehicle\[0\]\.name"):
        run(TITLE, "--gazetteer", "mine.toml")


@pytest.mark.parametrize("name", ["report.txt", "./长三角/报道.html"])
def test_a_file_that_is_not_there_is_not_judged_by_its_name(run: Run, name: str) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        run(name)
