"""`deltanews extract FILE`: for a person, for a pipe, for a script; without any network."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from core.errors import UsageError
from crawler.commands.extract import extract
from tests.extraction.layouts import TWICE, Report, page
from tests.extraction.reports import BODY, PARAGRAPHS, REPORT, glossed

APP = typer.Typer()
APP.command()(extract)


@pytest.fixture
def saved(tmp_path: Path) -> str:
    report = Report(REPORT.title, REPORT.byline, tuple(map(glossed, PARAGRAPHS)), "责任编辑：张三")
    path = tmp_path / "saved.html"
    path.write_text(page(TWICE["block, then paragraphs"](report), REPORT.title), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(APP, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_a_pipe_gets_one_row_a_line_that_says_what_it_is(saved: str) -> None:
    rows = [line.split("\t") for line in run(saved).splitlines()]
    assert ["field", "title", REPORT.title, "css:h1"] in rows
    assert ["field", "published_at", "2025-07-01 09:31", "css:div.info"] in rows
    assert ["field", "credit", "某某新闻联播", "css:div.info"] in rows
    assert [row[1] for row in rows if row[0] == "body"] == list(PARAGRAPHS)


def test_explain_shows_candidates_repairs_and_reasons(saved: str) -> None:
    rows = [line.split("\t") for line in run(saved, "--explain").splitlines()]
    assert {row[1] for row in rows if row[0] == "candidate"} >= {"density", "trafilatura"}
    assert {row[1] for row in rows if row[0] == "repair"} >= {"glosses", "block copy"}
    assert ["repair", "block copy", "", "the other paragraphs spell the block out, one by one"] in rows
    assert ["field", "video", "", "no video"] in rows


def test_json_is_the_whole_extraction_as_one_object(saved: str) -> None:
    output = run(saved, "--json", "--url", "https://news.example.cn/a/1.html")
    assert output.count("\n") == 1
    found = json.loads(output)
    assert (found["body"], found["title"], found["url"]) == (BODY, REPORT.title, "https://news.example.cn/a/1.html")
    assert found["published_at"] == "2025-07-01T09:31:00+08:00"
    assert found["verdict"] == "article"
    assert "explanation" not in found


def test_json_with_explain_holds_the_explanation(saved: str) -> None:
    found = json.loads(run(saved, "--json", "--explain"))["explanation"]
    assert found["candidates"][0]["name"] == "density"
    assert {repair["name"] for repair in found["repairs"]} >= {"glosses", "block copy"}
    assert found["origins"]["credit"] == "css:div.info"


def test_the_hints_are_those_of_the_named_source_or_of_the_addresss_own(tmp_path: Path) -> None:
    path = tmp_path / "jstv.html"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = f'<div class="article"><h3>{REPORT.title}</h3><div class="content">{body}</div></div>'
    path.write_text(page(article, REPORT.title), encoding="utf-8")
    assert "css:div.article > h3" in run(str(path), "--source", "jstv")
    assert "css:div.article > h3" in run(str(path), "--url", "http://news.jstv.com/a/20250701/1751333460123.shtml")
    assert "no source has this address" in run(str(path))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.html"], "nowhere.html: there is no such file"),
        (["SAVED", "--source", "nobody"], "there is no source 'nobody'"),
        (["https://news.example.cn/1.html", "--url", "https://news.example.cn/1.html"], "--url goes with a saved page"),
    ],
)
def test_a_mistake_is_said_in_a_line(arguments: list[str], said: str, saved: str) -> None:
    given = [saved if argument == "SAVED" else argument for argument in arguments]
    with pytest.raises(UsageError, match=said):
        CliRunner().invoke(APP, given, catch_exceptions=False)
