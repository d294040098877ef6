"""The commands over an archive with events: what they print, and that a correction holds for good."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from archive.database import Database
from archive.settings import ArchiveSettings
from core.errors import UsageError
from indexer.commands.correct import correct_article
from indexer.commands.event import event
from indexer.commands.events import events
from indexer.commands.index import index
from indexer.commands.rebuild import rebuild_events, rebuild_stories
from indexer.commands.search import search
from tests.events.reports import items, names
from tests.outbox.archived import article_of, save

app = typer.Typer()
app.command("correct")(correct_article)
app.command("event")(event)
app.command("events")(events)
app.command("index")(index)
app.command("rebuild-events")(rebuild_events)
app.command("rebuild-stories")(rebuild_stories)
app.command("search")(search)


def run(*arguments: str) -> list[str]:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()


def listed(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("events", "--json", *arguments)]


def together(url: str) -> frozenset[str]:
    """Return the names of the articles of the event that an article is in."""
    [found] = [json.loads(line) for line in run("event", url, "--json")]
    return names(one["url"] for report in found["reports"] for one in (report, *report["copies"]))


@pytest.fixture(scope="module", autouse=True)
def _archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give every command of this file an archive of all reports, indexed."""
    directory = tmp_path_factory.mktemp("archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(directory))
        database = Database.open(ArchiveSettings(directory=directory))
        provinces = {item.url: "安徽" if "皖" in item.title else "江苏" for item in items()}
        save(database, *(article_of(item, province=provinces[item.url]) for item in items()))
        database.close()
        run("index")
        yield


def of_event(prefix: str) -> list[str]:
    return [
        item.url
        for item in sorted(items(), key=lambda item: item.rank)
        if names([item.url]) and f"//{prefix}-" in item.url
    ]


def test_events_are_listed_newest_or_largest_first() -> None:
    newest = listed()
    moments = [max(one["published_at"] for report in found["reports"] for one in [report]) for found in newest]
    assert moments == sorted(moments, reverse=True)
    sizes = [found["stories"] for found in listed("--sort", "largest")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 1
    assert len(listed("--limit", "2")) == 2
    assert len(run("events")) == len(newest)


def test_events_are_narrowed_by_time_and_province() -> None:
    assert {found["event_id"] for found in listed("--since", "2026-10-19")} < {found["event_id"] for found in listed()}
    assert all("安徽" in found["provinces"] for found in listed("--province", "安徽"))
    with pytest.raises(UsageError, match="--sort"):
        run("events", "--sort", "best")
    with pytest.raises(UsageError, match="--province: the archive has no '山东'; known: 安徽, 江苏"):
        run("events", "--province", "山东")
    assert listed("--province", "安徽省") == listed("--province", "安徽")


def test_an_event_says_why_each_report_is_in_it() -> None:
    urls = of_event("a01")
    assert set(names(urls)) <= together(urls[0])
    text = "\n".join(run("event", urls[0], "--explain"))
    assert "海事司法协作平台" in text
    assert "why" in text
    [found] = [json.loads(line) for line in run("event", urls[1], "--json")]
    assert found["headline"] in {item.title for item in items()}
    assert found["headline_reason"]
    with pytest.raises(UsageError, match="no event"):
        run("event", "ffffffffffffffff")


def test_a_search_by_event_shows_one_report_of_each() -> None:
    every, one_each = run("search", "海事"), run("search", "海事", "--by", "event")
    assert len(one_each) < len(every)
    hits = [json.loads(line) for line in run("search", "海事", "--json")]
    largest = max(hits, key=lambda hit: hit["event_size"])
    assert largest["event_size"] >= 3
    found = [json.loads(line) for line in run("search", f"event:{largest['event_id']}", "--json")]
    assert len(found) == largest["event_size"]


def test_a_correction_takes_an_article_out_and_one_command_brings_it_back() -> None:
    first, *_ = of_event("a03")
    before = together(first)
    [found] = [json.loads(line) for line in run("event", first, "--json")]
    wrong = next(report["url"] for report in reversed(found["reports"]) if report["url"] != first)
    run("correct", wrong, "--not-event", found["event_id"], "--by", "editor")
    for rebuild in ("index", "rebuild-events", "rebuild-stories"):
        run(rebuild)
        assert together(wrong).isdisjoint(together(first))
    assert any("editor" in line for line in run("correct", wrong))
    run("correct", wrong, "--undo")
    run("index")
    assert together(first) == before
    assert run("correct", wrong) == []


def test_a_correction_joins_what_no_rule_would_and_both_indexes_hear_of_it() -> None:
    [single] = of_event("s01")
    [other, *_] = of_event("b14")
    assert together(single).isdisjoint(together(other))
    run("correct", single, "--same-event", other)
    run("index")
    assert together(single) == together(other)
    [hit] = [json.loads(line) for line in run("search", f"url:{single}", "--json")]
    assert hit["event_size"] >= 2
    run("correct", single, "--undo")
    run("index")
    assert together(single).isdisjoint(together(other))


def test_mistakes_are_one_line() -> None:
    for arguments in (
        ("correct", "https://none.example/", "--undo"),
        ("correct", of_event("s01")[0], "--not-event", "ffffffffffffffff"),
        ("correct", of_event("s01")[0], "--same-event", "https://none.example/"),
        ("correct", of_event("s01")[0], "--same-event", of_event("s01")[0], "--undo"),
        ("events", str(Path(os.devnull)), "--since", "1d"),
    ):
        with pytest.raises(UsageError):
            run(*arguments)
