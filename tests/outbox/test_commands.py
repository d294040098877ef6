import json
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from archive.articles import mark_withdrawn
from archive.database import Database
from archive.settings import ArchiveSettings
from archive.source_titles import store_source_titles
from core.errors import UsageError
from indexer.commands import deadletters
from indexer.commands.index import index
from indexer.commands.rebuild import rebuild_stories
from indexer.commands.search import search
from indexer.commands.story import story
from indexer.events.persistent.batches import group_changes
from indexer.outbox.drain import drain
from indexer.search.index import IndexUnavailableError
from indexer.stories.in_memory import story_id
from indexer.stories.persistent.batches import register_index
from indexer.stories.revision_view import changed_figures
from tests.outbox.archived import article_of, cluster_all, save
from tests.outbox.indexes import TroubledIndex
from tests.search.terminal import on_a_terminal
from tests.stories.reports import OTHER, REPORT, item

FIRST = item(REPORT, name="first", source="jstv", title="太浦河边签下一份协议")
COPY = item(
    "小编按：好消息。" + REPORT.replace("渔民出身的", "曾是渔民的"),
    name="copy",
    hours=1,
    source="dongfang",
    credit="荔枝新闻",
)


def run(command: object, *arguments: str) -> list[str]:
    app = typer.Typer()
    app.command()(command)  # type: ignore[type-var]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings' archive, with a story of two articles."""
    monkeypatch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(tmp_path))
    database = Database.open(ArchiveSettings.load())
    save(database, article_of(FIRST), article_of(COPY), article_of(item(OTHER, name="other", title="班列")))
    with database.write() as connection:
        store_source_titles(connection, {"jstv": "荔枝新闻"})
    database.close()
    return tmp_path


def test_index_says_what_it_did(folder: Path) -> None:
    assert run(index) == [
        "articles grouped\t3",
        "stories changed\t2",
        "events changed\t2",
        "stories written to the index\t2",
        "stories refused (deltanews deadletters list)\t0",
        "stories still waiting\t0",
    ]
    [again] = run(index, "--json")
    assert json.loads(again) == {
        "articles": 0, "stories": 0, "events": 0, "written": 0,
        "refused": 0, "waiting": 0, "requeued": 0, "unavailable": None,
    }  # fmt: skip


def test_index_fails_where_the_index_does_not_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_INDEXER_INDEX", "elasticsearch")
    monkeypatch.setenv("DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS", "http://127.0.0.1:9")
    monkeypatch.setenv("DELTANEWS_INDEXER_ELASTICSEARCH_RETRY_SECONDS", "0")
    with pytest.raises(IndexUnavailableError, match="2 stories wait in the outbox"):
        run(index)


def test_rebuild_writes_every_story_again(folder: Path) -> None:
    run(index)
    assert "stories written to the index\t2" in run(rebuild_stories)


@pytest.mark.usefixtures("folder")
def test_of_a_beginning_that_several_ids_have_more_is_asked_for() -> None:
    beginning = story_id(FIRST.url)[0]
    others = (item(OTHER, name=f"another-{number}", title="班列") for number in count())
    database = Database.open(ArchiveSettings.load())
    save(database, article_of(next(other for other in others if story_id(other.url).startswith(beginning))))
    database.close()
    run(index)
    with pytest.raises(UsageError, match="several stories have an id that begins so"):
        run(story, beginning)


@pytest.mark.parametrize("how", ["id", "beginning", "url of a copy"])
def test_story_shows_why_and_who_and_what_changed(folder: Path, how: str) -> None:
    run(index)
    identifier = {"id": story_id(FIRST.url), "beginning": story_id(FIRST.url)[:6], "url of a copy": COPY.url}[how]
    rows = run(story, identifier)
    assert f"original\t{FIRST.url}" in rows
    assert any(row.startswith("because\t1 of 1 other articles credit 荔枝新闻") for row in rows)
    assert any(COPY.url in row and "\tdongfang\t荔枝新闻\t0.9" in row for row in rows)
    assert any(row.startswith("1\t-\t渔民出身的") for row in rows)
    assert any(row.startswith("1\t+\t曾是渔民的") for row in rows)
    assert any(row.startswith("1\t+\t小编按") for row in rows)
    assert not any(row.startswith("1\t-\t") for row in run(story, identifier, "--no-diff"))
    [line] = run(story, identifier, "--json")
    assert json.loads(line)["copies"][0]["similarity"] > 0.9
    assert json.loads(line)["original"]["published_at"].endswith("+08:00")
    paragraphs = [row.removeprefix("text\t") for row in rows if row.startswith("text\t")]
    assert paragraphs == [paragraph.strip() for paragraph in REPORT.splitlines() if paragraph.strip()]


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_cuts_nothing_of_a_story(folder: Path, columns: int) -> None:
    run(index)
    shown = on_a_terminal(columns, "story", COPY.url)
    assert "…" not in shown
    for part in (FIRST.url, COPY.url, story_id(FIRST.url), "copy 1"):
        assert part in shown
    unwrapped = "".join(shown.split())
    assert all(paragraph in unwrapped for paragraph in REPORT.split())


@pytest.mark.parametrize("identifier", ["", "%", "\udcff\udcfe", "长三角", "http://\udcff"])
def test_what_names_no_story_is_a_mistake(folder: Path, identifier: str) -> None:
    run(index)
    with pytest.raises(UsageError, match="neither the id"):
        run(story, identifier)


def test_story_leads_from_a_merged_one_to_the_one_it_is_part_of(folder: Path) -> None:
    database = Database.open(ArchiveSettings.load())
    run(index)
    save(database, article_of(item(REPORT, name="late", hours=-5)))
    run(index)
    rows = run(story, story_id(FIRST.url))
    assert f"story\t{story_id('https://late.example/a')}" in rows
    assert f"merged\t{story_id(FIRST.url)} is no story any more; what is left of it is part of this one" in rows
    database.close()


def test_an_unknown_story_is_a_mistake(folder: Path) -> None:
    with pytest.raises(UsageError, match="0123"):
        run(story, "0123")


@pytest.fixture
def refused(folder: Path) -> str:
    """The id of a story that the index refused."""
    database = Database.open(ArchiveSettings.load())
    troubled = TroubledIndex(folder / "index", refuses="班列")
    register_index(database, troubled.name)
    cluster_all(database)
    group_changes(database)
    drain(database, troubled)
    troubled.close()
    database.close()
    return story_id("https://other.example/a")


def test_dead_letters_can_be_looked_at(refused: str) -> None:
    [row] = run(deadletters.list_dead_letters)
    fields = row.split("\t")
    assert (fields[0], fields[3], fields[4]) == (refused, "title: not with me", "班列")
    assert json.loads(run(deadletters.list_dead_letters, "--json")[0])["reason"] == "title: not with me"
    shown = json.loads(run(deadletters.show, refused)[0])
    assert (shown["reason"], shown["document"]["body"]) == ("title: not with me", OTHER)


def test_dead_letters_can_be_tried_again(refused: str) -> None:
    assert run(deadletters.retry, "--all") == ["requeued\t1"]
    assert run(deadletters.list_dead_letters) == []
    assert "stories written to the index\t1" in run(index)


def test_dead_letters_can_be_dropped(refused: str) -> None:
    assert run(deadletters.drop, refused) == ["dropped\t1"]
    assert "stories written to the index\t0" in run(index)


@pytest.mark.parametrize("arguments", [(), ("x",), ("--all", "x")])
def test_dead_letters_must_be_named(refused: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(deadletters.retry, *arguments)
    with pytest.raises(UsageError):
        run(deadletters.show, "x")


def test_story_says_what_was_changed_and_taken_down(folder: Path) -> None:
    run(index)
    database = Database.open(ArchiveSettings.load())
    corrected = article_of(FIRST).model_copy(
        update={"body": REPORT.replace("渔民出身的", "三十年前是渔民的"), "title": "太浦河边签下两份协议"}
    )
    later = FIRST.first_seen_at + timedelta(hours=6)
    save(database, corrected.model_copy(update={"fetched_at": later}))
    with database.write() as connection:
        mark_withdrawn(connection, 1, at=later + timedelta(hours=9))
    database.close()
    run(index)
    for word in ("changed", "withdrawn"):
        [found] = [json.loads(line) for line in run(search, f"is:{word}", "--json")]
        assert (found["states"], found["url"]) == (["changed", "withdrawn"], FIRST.url)
        assert found["withdrawn_at"]
    [told] = run(story, FIRST.url, "--revisions", "--json")
    changed, gone = json.loads(told)["original"]["revisions"]
    assert (changed["kind"], gone["kind"], gone["differences"]) == ("text", "withdrawn", [])
    assert changed["fields"] == {"title": ["太浦河边签下一份协议", "太浦河边签下两份协议"]}
    assert [sign for sign, _ in changed["differences"]] == ["-", "+"]
    rows = [line.split("\t") for line in run(story, FIRST.url, "--revisions")]
    assert [(row[0], row[2]) for row in rows] == [("2", "title"), ("2", "-"), ("2", "+"), ("3", "withdrawn")]
    assert "withdrawn\tsince" in "\n".join(run(story, FIRST.url))


def test_a_figure_that_took_anothers_place_is_told() -> None:
    before, after = "有三百多人来问，投资1.5亿元，2026年建成。", "有四百多人来问，投资1.8亿元，2026年建成。"
    assert changed_figures(before, after) == (("三百", "四百"), ("1.5亿", "1.8亿"))
    assert changed_figures(before, before) == changed_figures("十二人", "没有人") == ()
