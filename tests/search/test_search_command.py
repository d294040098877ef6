"""`deltanews search`, as a user and a script meet it."""

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from core.errors import UsageError
from indexer.commands.search import search
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexUnavailableError
from indexer.search.story_files import FileFormat, write_stories
from tests.search.corpus import CORPUS, LIVE
from tests.search.terminal import on_a_terminal

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
        "2026-11-15 21:00\t央广网\t铁路客流再创新高\t1\thttps://cnr.example/copied.html\tcopied",
        "seen 2026-11-14\t安徽网络广播电视台\t无日期的消息\t\thttps://ahtv.example/undated.html\tundated",
    ]


def test_a_script_gets_whole_stories(run: Search) -> None:
    (line,) = run("客流", "--json", "--source", "cnr").output.splitlines()
    story = json.loads(line)
    assert story["title"] == "铁路客流再创新高"
    assert story["copies"][0]["source"] == "jstv"
    assert story["timeline_at"] == "2026-11-15T21:00:00+08:00"


def test_options_narrow_and_sort(run: Search) -> None:
    titles = [line.split("\t")[2] for line in run("长三角", "--sort", "oldest", "--limit", "2").output.splitlines()]
    assert titles == ["长三角一体化发展示范区揭牌七周年", "长三角AI一体化G60科创大会"]
    assert run("长三角", "--province", "安徽", "--topic", "交通").output.count("\n") == 1
    assert run("长三角", "--since", "2026-11-16", "--until", "2026-11-16").output.count("\n") == 1
    assert run().output.count("\n") == 19


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("“长三角",), "character 1"),
        (("长三角", "--since", "gestern"), "--since"),
        (("鑫", "--open", "1"), "only 0 stories"),
        (("--since", "2026-11-10", "--until", "2026-11-01"), "--since 2026-11-10 is after --until 2026-11-01"),
        (("level:none",), "level none: its articles become no stories, only those of core, related do"),
        (("长三角 -鑫 OR 级别:NONE",), "`deltanews archive export --level none` writes them"),
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


def test_a_pipe_gets_all_stories_and_a_limit_cuts(run: Search) -> None:
    assert len(run("--json").stdout.splitlines()) == len(run().stdout.splitlines()) == len(LIVE)
    assert len(run("--limit", "3").stdout.splitlines()) == 3


def test_where_nothing_is_found_the_newest_story_is_named(run: Search) -> None:
    result = run("长三角", "--since", "2026-11-26")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "nothing found; the newest story is of 2026-11-25 00:00\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("province:安徽省",), "province 安徽省: no story has it; known: 上海, 江苏, 浙江, 安徽, 全国"),
        (("--province", "江苏省"), "province 江苏省: no story has it"),
        (("topic:科技 OR 高铁",), "topic 科技: no story has it; known: 交通, "),
        (("--topic", "科技"), "topic 科技: "),
        (("source:荔枝",), "source 荔枝: no story has it; known: "),
        (("--source", "荔枝"), "荔枝网"),
        (("city:合肥市",), "合肥"),
        (("vehicle:G60",), "G60科创走廊"),
        (("-level:cor",), "core, related, mention"),
    ],
)
def test_a_value_that_no_story_has_is_answered_with_the_known_ones(
    run: Search, arguments: tuple[str, ...], says: str
) -> None:
    error = run(*(() if arguments[0].startswith("--") else ("--",)), *arguments).exception
    assert isinstance(error, UsageError)
    assert says in str(error)


def test_an_empty_index_knows_the_sets_that_are_fixed_and_no_others(run: Search, tmp_path: Path) -> None:
    (tmp_path / "deltanews.toml").write_text('[indexer]\ndirectory = "empty"\n')
    EmbeddedIndex(tmp_path / "empty").prepare()
    for query, known in (
        ("province:安徽省", "上海, 江苏, 浙江, 安徽, 全国"),
        ("level:cor", "core, related, mention, none"),
    ):
        error = run(query).exception
        assert isinstance(error, UsageError)
        assert str(error).endswith(f"known: {known}")
    result = run("topic:科技")
    assert (result.exit_code, result.stderr) == (0, "nothing found; there are no stories\n")


@pytest.mark.parametrize("source", ["jstv", "荔枝网", "ＪＳＴＶ"])
def test_a_source_is_named_by_id_or_title(run: Search, source: str) -> None:
    assert run("--source", source).stdout == run(f"source:{source}").stdout != ""


def test_a_province_without_a_story_is_no_mistake(run: Search) -> None:
    assert run("about:浙江 鑫").exit_code == 0


def test_a_level_whose_articles_become_no_stories_may_be_left_out(run: Search) -> None:
    assert run("长三角", "NOT", "level:none").output == run("长三角").output != ""


def test_counts_are_printed_a_value_a_line(run: Search) -> None:
    assert run("长三角", "--count-by", "province").stdout == "全国\t2\n安徽\t2\n上海\t1\n江苏\t1\n"
    assert run("长三角", "--count-by", "province", "--limit", "1").stdout == "全国\t2\n"
    lines = run("长三角", "--count-by", "day", "--since", "2026-11-16", "--json").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"day": "2026-11-16", "stories": 1},
        {"day": "2026-11-24", "stories": 1},
    ]
    assert run("鑫", "--count-by", "city").stderr.startswith("nothing found")
    assert isinstance(run("长三角", "--count-by", "city", "--by", "event").exception, UsageError)


def read_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by the byte order mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_stories_as_csv(run: Search, tmp_path: Path) -> None:
    result = run("客流", "--format", "csv", "--output", str(tmp_path / "x.csv"))
    assert result.stderr == f"2 stories in {tmp_path / 'x.csv'}\n"
    first, second = read_csv((tmp_path / "x.csv").read_bytes())
    assert (first["title"], first["copy_count"], first["source_title"]) == ("铁路客流再创新高", "1", "央广网")
    assert first["published_at"] == "2026-11-15T21:00:00+08:00"
    assert (second["published_at"], second["story_id"]) == ("", "undated")
    assert second["body"] == "长三角铁路客流创新高。"


def test_a_row_an_article_and_all_forms_to_a_pipe(run: Search) -> None:
    rows = read_csv(run("铁路客流再创新高", "--format", "csv", "--copies").stdout_bytes)
    assert [(row["role"], row["source"], row["similarity"]) for row in rows] == [
        ("original", "cnr", "1.0"),
        ("copy", "jstv", "0.97"),
    ]
    (line,) = run("铁路客流再创新高", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["topics"] == ["交通"]


def test_stories_as_a_sheet(run: Search, tmp_path: Path) -> None:
    assert run("客流", "--format", "xlsx", "--output", str(tmp_path / "x.xlsx")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "铁路客流再创新高" in sheet
    assert sheet.count("<row ") == 3


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = [CORPUS[0].model_copy(update={"title": title, "revision": 2}) for title in ("=1+1", "@SUM(A1)", "-1", "+1")]
    for one in evil:
        content = io.BytesIO()
        write_stories([one], content, FileFormat.CSV)
        assert read_csv(content.getvalue())[0]["title"] == f"'{one.title}"
        content = io.BytesIO()
        write_stories([one], content, FileFormat.XLSX)
        with zipfile.ZipFile(content) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert one.title in sheet


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.usefixtures("run")
def test_a_terminal_cuts_nothing_and_names_number_and_id(
    tmp_path: Path, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DELTANEWS_CONFIG", str(tmp_path / "deltanews.toml"))
    shown = on_a_terminal(columns, "search", "客流")
    assert "…" not in shown
    for part in (
        "  1  2026-11-15 21:00  央广网  1 copy",
        "copied",
        "铁路客流再创新高",
        "https://cnr.example/copied.html",
    ):
        assert part in shown
    assert "2 stories" in shown
    assert "1 shown; --limit shows more" in on_a_terminal(columns, "search", "客流", "--limit", "1")


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("长三角 高铁 -广告", '"长三角" AND "高铁" AND NOT "广告"'),
        ("title:(高铁；铁路) 江苏", '(title:"高铁" OR title:"铁路") AND "江苏"'),
        ("date:2026-11-01", 'since:"2026-11-01T00:00" AND until:"2026-11-01T23:59"'),
        ("", "*"),
    ],
)
def test_explain_prints_the_query_as_it_is_understood(run: Search, query: str, plain: str) -> None:
    assert run(query, "--explain").output == f"{plain}\n"
    assert run(plain, "--explain").output == f"{plain}\n", "what is printed means the same"


def test_a_query_is_composed_as_texts_are(run: Search) -> None:
    assert run("--explain", unicodedata.normalize("NFD", "デー")).output == '"デー"\n'


@pytest.mark.parametrize(
    ("option", "typed", "offers"),
    [
        ("--province", "安", {"安徽"}),
        ("--topic", "交", {"交通"}),
        ("--source", "荔", {"荔枝网"}),
        ("--source", "j", {"jstv"}),
    ],
)
@pytest.mark.usefixtures("run")
def test_a_shell_completes_what_there_is(tmp_path: Path, option: str, typed: str, offers: set[str]) -> None:
    """Bash asks the program itself: the words so far, and the number of the one that is typed."""
    completed = subprocess.run(
        [sys.executable, "-c", "from deltanews.cli import program; program()(prog_name='deltanews')"],
        env=os.environ
        | {"DELTANEWS_CONFIG": str(tmp_path / "deltanews.toml"), "_DELTANEWS_COMPLETE": "complete_bash"}
        | {"COMP_WORDS": f"deltanews search {option} {typed}", "COMP_CWORD": "3"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert set(completed.stdout.split()) == offers, completed.stderr


def test_a_file_that_cannot_be_written_is_a_mistake(run: Search, tmp_path: Path) -> None:
    error = run("客流", "--format", "csv", "--output", str(tmp_path / "nowhere" / "x.csv")).exception
    assert isinstance(error, UsageError)
    assert "cannot be written" in str(error)
    assert isinstance(run("客流", "--copies").exception, UsageError)
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("form", FileFormat)
@pytest.mark.usefixtures("run")
def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path, form: FileFormat) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "deltanews", "search", "--format", form],
        env=os.environ | {"DELTANEWS_CONFIG": str(tmp_path / "deltanews.toml")},
        check=False,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    "arguments", [("--since", "9999-12-30"), ("--until", "0001-01-02"), ("date:9998",), ("until:0002",)]
)
def test_a_millennium_away_there_is_nothing(run: Search, arguments: tuple[str, ...]) -> None:
    result = run("长三角", *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing found" in result.stderr


def test_from_one_end_of_the_calendar_to_the_other_there_is_everything(run: Search) -> None:
    whole = run("长三角").output
    assert run("长三角", "--since", "0001-01-02", "--until", "9998").output == whole


def test_a_limit_that_no_counter_holds_is_a_mistake(run: Search) -> None:
    for option in ("--limit", "--open"):
        assert run("长三角", option, str(2**63)).exit_code == 2
