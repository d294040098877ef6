import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from archive.database import Database
from archive.settings import ArchiveSettings
from core.errors import UsageError
from indexer.commands.dedupe import dedupe
from tests.outbox.archived import article_of, save
from tests.stories.reports import OTHER, REPORT, item

app = typer.Typer()
app.command()(dedupe)


def write(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def run(*arguments: str, text: str | None = None) -> list[str]:
    result = CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()


LINES: tuple[dict[str, Any], ...] = (
    {
        "id": "b",
        "title": "转",
        "body": REPORT,
        "published_at": "2026-03-05T10:00:00+08:00",
        "credit": "荔枝新闻",
        "source": "东方网",
    },
    {
        "id": "a",
        "title": "签",
        "body": REPORT,
        "published_at": "2026-03-05 09:00",
        "credit": None,
        "source": "荔枝新闻",
        "url": "https://a.example/",
    },
    {"id": 3, "title": "班列", "body": OTHER},
)


def test_one_line_an_article_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [row.split("\t") for row in run(write(tmp_path / "x.jsonl", *LINES))]
    assert [row[0] for row in rows] == ["b", "a", "3"]
    assert [row[2] for row in rows] == ["a", "a", "3"]
    assert rows[0][1] == rows[1][1] != rows[2][1]


def test_standard_input_and_json() -> None:
    text = "\n\n".join(json.dumps(line) for line in LINES)
    rows = [json.loads(row) for row in run("-", "--json", text=text)]
    assert [(row["id"], row["original"]) for row in rows] == [("b", "a"), ("a", "a"), ("3", "3")]


def test_two_texts_of_one_address_are_two_articles(tmp_path: Path) -> None:
    twins = [{"id": name, "body": body, "url": "https://a.example/"} for name, body in (("x", REPORT), ("y", OTHER))]
    assert [row.split("\t")[2] for row in run(write(tmp_path / "x.jsonl", *twins))] == ["x", "y"]


def test_explain_says_what_decided(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", *LINES)
    assert "verdict\tthe same report\t" in run(path, "--explain", "a", "b")
    assert any("different reports" in row for row in run(path, "--explain", "a", "3"))
    [line] = run(path, "--explain", "a", "b", "--json")
    assert json.loads(line)["same"] is True


def test_explain_tells_of_the_window(tmp_path: Path) -> None:
    late = LINES[1] | {"id": "late", "published_at": "2027-03-05"}
    assert any(
        "more than 30 days apart" in row for row in run(write(tmp_path / "x", *LINES, late), "--explain", "a", "late")
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"id": "a", "body": ', ":1: line: it is not JSON"),
        ('{"id": "a", "published_at": "yesterday"}', ":1: published_at: "),
        ('{"id": "a", "body": [1]}', ":1: body: "),
        ('[{"id": "a"}]', ":1: line: it is no object"),
        ('{"body": "x"}', ":1: id: an article needs an id or a url"),
        ('{"id": "a"}\n{"id": "a"}', ":2: id: a is there twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(line)
    result = CliRunner().invoke(app, [str(path)])
    assert result.exit_code == 1
    assert f"{path}{complaint}" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [("a page\n\n", "none of the first 10 is an object"), ("[\n{},\n]\n", "none of the 3 is an object")],
)
def test_a_file_of_another_kind_is_told_in_one_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(line * (256 if "page" in line else 1))
    with pytest.raises(UsageError, match=rf"page\.html: no JSON lines: {told}"):
        run(str(path))


@pytest.mark.parametrize("bad", [b"{", b'{"body": "x"}', b'{"id": "\xff"}', b'{"id": "a"}'])
def test_the_good_lines_beside_a_bad_one_are_grouped(tmp_path: Path, bad: bytes) -> None:
    good = [json.dumps(line).encode() for line in LINES]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join([*good[:2], bad, good[2]]))
    result = CliRunner().invoke(app, [str(tmp_path / "x.jsonl")])
    assert result.exit_code == 1
    assert [row.split("\t")[2] for row in result.stdout.splitlines()] == ["a", "a", "3"]
    assert f"{tmp_path / 'x.jsonl'}:3: " in result.stderr


@pytest.mark.parametrize("source", ["file", "standard input"])
def test_byte_order_marks_do_no_harm(tmp_path: Path, source: str) -> None:
    """One file of a Windows editor after the other, put together."""
    content = "".join(f"\ufeff{json.dumps(line)}\r\n" for line in LINES)
    (tmp_path / "x.jsonl").write_text(content, encoding="utf-8")
    rows = run(str(tmp_path / "x.jsonl")) if source == "file" else run("-", text=content)
    assert [row.split("\t")[2] for row in rows] == ["a", "a", "3"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        run(str(tmp_path / "nowhere.jsonl"))


def test_an_id_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no article z"):
        run(write(tmp_path / "x.jsonl", *LINES), "--explain", "a", "z")


def test_explain_asks_the_archive_where_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(tmp_path))
    database = Database.open(ArchiveSettings.load())
    one, other = item(REPORT, name="one"), item(REPORT, name="other", hours=3)
    save(database, article_of(one), article_of(other))
    database.close()
    assert "verdict\tthe same report\t" in run("--explain", one.url, other.url)
    with pytest.raises(UsageError, match="there is no article nowhere"):
        run("--explain", one.url, "nowhere")


def test_without_a_file_there_must_be_something_to_explain() -> None:
    with pytest.raises(UsageError, match="name a file"):
        run()
