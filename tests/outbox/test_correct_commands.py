"""`deltanews correct` and `corrections`: what a person says is searched, shown beside what was there, and undone."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from archive.database import Database
from archive.links import NewLink, add_links
from archive.settings import ArchiveSettings
from core.errors import UsageError
from deltanews.commands.why import why
from indexer.commands.correct import correct_article
from indexer.commands.corrections import export_corrections, list_corrections, undo_correction
from indexer.commands.index import index
from indexer.commands.rebuild import rebuild_stories
from indexer.commands.search import search
from indexer.commands.story import story
from tests.outbox.archived import article_of, save
from tests.stories.reports import OTHER, REPORT, item

FIRST, COPY = item(REPORT, name="first"), item(REPORT, name="copy", hours=2)
SINGLE = item(OTHER, name="single", title="班列", credit="东方网")

app = typer.Typer()
for name, command in (
    ("correct", correct_article),
    ("list", list_corrections),
    ("undo", undo_correction),
    ("export", export_corrections),
    ("index", index),
    ("rebuild", rebuild_stories),
    ("search", search),
    ("story", story),
    ("why", why),
):
    app.command(name)(command)


def run(*arguments: str) -> list[str]:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()


def listed(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments)]


def document(url: str) -> dict[str, Any]:
    [found] = listed("search", f"url:{url}", "--json")
    return found


@pytest.fixture(scope="module", autouse=True)
def _archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give every command of this file one archive, indexed."""
    directory: Path = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(directory))
        with closing(Database.open(ArchiveSettings(directory=directory))) as database:
            save(database, *map(article_of, (FIRST, COPY, SINGLE)))
            with database.write() as connection:
                add_links(connection, SINGLE.source, "news", [NewLink(SINGLE.url, SINGLE.url)])
        run("index")
        yield


@pytest.fixture(autouse=True)
def _undone() -> Iterator[None]:
    """Undo what a test corrected."""
    yield
    for one in (FIRST, COPY, SINGLE):
        run("correct", one.url, "--undo")
    assert listed("list", "--json") == []


def test_a_search_finds_what_was_corrected_and_the_story_shows_both() -> None:
    run(
        "correct", SINGLE.url, "--title", "班列直达洋山港", "--credit", "新华社", "--level", "related", "--by", "editor"
    )
    run("correct", SINGLE.url, "--minute", "2026-03-05T07:15", "--by", "editor")
    for again in ("index", "rebuild"):
        run(again)
        found = document(SINGLE.url)
        assert (found["title"], found["credit"], found["level"]) == ("班列直达洋山港", "新华社", "related")
        assert found["published_at"].startswith("2026-03-05T07:15")
    [told] = listed("story", SINGLE.url, "--json")
    both = {one["field"]: (one["extracted"], one["corrected"]) for one in told["original"]["corrections"]}
    assert both == {
        "title": ("班列", "班列直达洋山港"),
        "credit": ("东方网", "新华社"),
        "level": ("core", "related"),
        "minute": ("2026-03-05T09:00:00+08:00", "2026-03-05T07:15:00+08:00"),
    }
    assert {one["by"] for one in told["original"]["corrections"]} == {"editor"}
    explained = run("story", SINGLE.url, "--explain")
    assert "extracted\t东方网" in explained
    assert "says now\t新华社" in explained
    [facts] = listed("why", SINGLE.url, "--json")
    assert "credit: 东方网 → 新华社 (editor" in facts["corrected"]
    run("correct", SINGLE.url, "--undo")
    run("index")
    assert (document(SINGLE.url)["title"], document(SINGLE.url)["credit"]) == ("班列", "东方网")


def test_a_story_is_named_by_its_id_and_one_correction_undone_by_its_number() -> None:
    [home] = listed("story", FIRST.url, "--json")
    run("correct", COPY.url, "--not-story", home["story_id"])
    run("index")
    assert listed("story", COPY.url, "--json")[0]["story_id"] != home["story_id"]
    run("correct", SINGLE.url, "--same-story", home["story_id"])
    run("index")
    assert listed("story", SINGLE.url, "--json")[0]["story_id"] == home["story_id"]
    apart, same = listed("list", "--json")
    assert (apart["field"], apart["corrected"]) == ("not-story", FIRST.url)
    assert listed("list", SINGLE.url, "--json") == [same]
    assert run("list")[1].split("\t")[:3] == [str(same["number"]), SINGLE.url, "same-story"]
    run("undo", str(apart["number"]), str(same["number"]))
    run("index")
    assert document(FIRST.url)["copy_count"] == 1


def test_corrections_are_exported_as_test_cases() -> None:
    run("correct", FIRST.url, "--credit", "", "--minute", "2026-03-05T00:30Z", "--by", "editor")
    cases = listed("export")
    assert [(one["url"], one["field"], one["corrected"], one["page"]) for one in cases] == [
        (FIRST.url, "minute", "2026-03-05T08:30:00+08:00", None),
        (FIRST.url, "credit", "", None),
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("https://none.example/", "--credit", "x"), "no article of this address"),
        ((FIRST.url, "--minute", "yesterday"), "--minute: 'yesterday' is no time"),
        ((FIRST.url, "--minute", "2026-03-05"), "names no minute"),
        ((FIRST.url, "--minute", "2226-03-05T08:30"), "has not come yet"),
        ((FIRST.url, "--level", "high"), "--level: 'high' is no level; write one of core, related, mention, none"),
        ((FIRST.url, "--title", " "), "--title"),
        ((FIRST.url, "--same-story", FIRST.url), "--same-story: .* is the article itself"),
        ((FIRST.url, "--same-story", ""), "--same-story: it is empty"),
        ((FIRST.url, "--not-event", " "), "--not-event: it is empty"),
        ((FIRST.url, "--not-story", FIRST.url), "--not-story: .* is the article itself"),
        ((FIRST.url, "--same-story", "https://none.example/"), "--same-story: .*no article of this address"),
        ((FIRST.url, "--not-story", "ffffffffffffffff"), "--not-story: .*no story has this id"),
        ((FIRST.url, "--same-story", COPY.url, "--not-story", COPY.url), "says the opposite"),
        ((FIRST.url, "--title", "x", "--undo"), "give it alone"),
    ],
)
def test_mistakes_are_one_line_and_change_nothing(arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as told:
        run("correct", *arguments)
    assert "\n" not in str(told.value)
    assert listed("list", "--json") == []


def test_what_three_corrections_together_contradict_is_refused() -> None:
    run("correct", FIRST.url, "--same-story", COPY.url)
    run("correct", COPY.url, "--same-story", SINGLE.url)
    with pytest.raises(UsageError, match="one report and be kept apart"):
        run("correct", SINGLE.url, "--not-story", FIRST.url)
    assert len(listed("list", "--json")) == 2
    run("correct", SINGLE.url, "--not-story", COPY.url)  # the opposite of one of them takes its place
    assert {one["field"] for one in listed("list", "--json")} == {"same-story", "not-story"}
    with pytest.raises(UsageError, match="no correction has this number"):
        run("undo", "999")


def test_the_number_of_what_was_undone_is_not_that_of_another_correction() -> None:
    run("correct", FIRST.url, "--title", "先改的标题")
    [first] = listed("list", "--json")
    run("undo", str(first["number"]))
    run("correct", SINGLE.url, "--title", "后改的标题")
    with pytest.raises(UsageError, match="no correction has this number"):
        run("undo", str(first["number"]))
    [second] = listed("list", "--json")
    assert second["number"] > first["number"]


def test_what_is_undone_is_said_in_the_zone_of_the_list() -> None:
    run("correct", SINGLE.url, "--minute", "2026-03-05T07:15")
    [listed_row] = [line.split("\t") for line in run("list")]
    [told] = run("undo", listed_row[0])
    assert listed_row[4] == "2026-03-05T07:15:00+08:00"
    assert told.endswith(f"minute {listed_row[4]}")


@pytest.mark.parametrize("again", [(), ("rebuild", "index")])
def test_a_story_whose_first_article_is_none_names_the_story_of_the_others(again: tuple[str, ...]) -> None:
    [home] = listed("story", FIRST.url, "--json")
    run("correct", FIRST.url, "--level", "none")
    for command in ("index", *again):
        run(command)
    [left] = listed("story", COPY.url, "--json")
    assert left["story_id"] != home["story_id"]
    assert listed("story", home["story_id"], "--json")[0]["story_id"] == left["story_id"]
    assert any("what is left of it is part of this one" in row for row in run("story", home["story_id"]))
    run("correct", COPY.url, "--level", "none")
    run("index")
    assert "deleted\tnone of its articles forms a story any more" in run("story", home["story_id"])
    run("correct", COPY.url, "--undo")
    run("correct", FIRST.url, "--undo")
    run("index")
    assert listed("story", COPY.url, "--json")[0]["story_id"] == home["story_id"]
