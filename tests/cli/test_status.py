"""`deltanews status` tells of every source, of what is still to be done, and of every trouble."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.event_tables import event_queue, events
from archive.links import NewLink, add_links, due_links, mark_failed, mark_refused
from archive.lists import ListTarget, record_list_problem
from archive.rate_limits import limit_domain
from archive.runs import Counts, Origin, finish_run, start_run
from archive.story_tables import dead_letters, outbox, search_indexes
from core.locks import process_lock
from tests.cli.conftest import Run

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def article(number: int, level: Level) -> Article:
    url = f"https://news.example/{number}"
    return Article(
        url=url,
        canonical_url=url,
        source="jstv",
        section="news",
        province="江苏",
        title="长三角",
        body="正文",
        fetched_at=NOON,
        relevance=Relevance(level=level),
    )


def facts(run: Run) -> dict[str, list[dict[str, Any]]]:
    """The facts that the command prints, by kind."""
    done = run("status", "--json", DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        kind: [line for line in lines if line["kind"] == kind] for kind in ("service", "source", "total", "trouble")
    }


def counts(told: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    return {fact["name"]: fact["count"] for fact in told["total"]}


def test_an_archive_that_nothing_was_crawled_into_holds_nothing_and_has_no_trouble(run: Run) -> None:
    told = facts(run)
    assert set(counts(told).values()) == {0}
    assert told["trouble"] == []
    assert {fact["status"] for fact in told["source"]} == {"never crawled"}


def test_every_source_that_is_on_is_listed_before_its_first_crawl(run: Run) -> None:
    listed = [json.loads(line) for line in run("sources", "list", "--json").stdout.splitlines()]
    assert {fact["source"] for fact in facts(run)["source"]} == {each["source"] for each in listed if each["enabled"]}


def test_without_a_service_nothing_is_due(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        finish_run(connection, start_run(connection, "jstv", origin=Origin.SERVICE), Counts())
    told = facts(run)
    assert [fact["state"] for fact in told["service"]] == ["not running"]
    assert {fact["next_run"] for fact in told["source"]} == {None}


def test_a_source_s_last_crawl_is_told_with_its_time_and_reason(archive: Database, run: Run) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    with archive.write() as connection:
        finish_run(connection, start_run(connection, "jstv", origin=Origin.COMMAND), Counts())
        failed = start_run(connection, "jstv", origin=Origin.COMMAND)
        finish_run(connection, failed, Counts(), error="no list could be read")
        start_run(connection, "ahtv", origin=Origin.SERVICE)
    sources = {fact["source"]: fact for fact in facts(run)["source"]}
    assert (sources["jstv"]["status"], sources["jstv"]["error"]) == ("failed", "no list could be read")
    assert sources["ahtv"]["status"] == "interrupted", "nobody crawls it any more"
    with process_lock(Path(archive.engine.url.database or "").parent / "locks", "domain-ahtv.cn"):
        sources = {fact["source"]: fact for fact in facts(run)["source"]}
    assert sources["ahtv"]["status"] == "running"
    began = datetime.fromisoformat(sources["jstv"]["last_run"])
    assert began.utcoffset() == timedelta(hours=8)
    assert before <= began <= datetime.now(UTC)


def test_articles_are_counted_by_source_and_by_level(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        for number, level in enumerate([Level.CORE, Level.CORE, Level.NONE]):
            save_article(connection, article(number, level), page_id=None)
    told = facts(run)
    assert [counts(told)[name] for name in ("articles", "articles: core", "articles: none")] == [3, 2, 1]
    assert {fact["source"]: fact["articles"] for fact in told["source"] if fact["articles"]} == {"jstv": 3}


def test_articles_whose_text_may_not_be_whole_are_counted(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        save_article(connection, article(1, Level.CORE), page_id=None)
        doubtful = article(2, Level.CORE).model_copy(update={"doubtful": ("end of article: 40% of the text",)})
        save_article(connection, doubtful, page_id=None)
    assert counts(facts(run))["articles: doubtful"] == 1


def test_links_are_counted_and_a_failing_one_is_a_trouble_with_its_next_try(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        found = [NewLink(url=f"https://news.example/{n}", canonical_url=f"https://news.example/{n}") for n in range(3)]
        add_links(connection, "jstv", "news", found)
        first, second, _ = due_links(connection, "jstv", limit=10)
        mark_failed(connection, first.id, "503 from the site")
        mark_refused(connection, second.id, "robots.txt forbids it")
    told = facts(run)
    assert [counts(told)[f"links: {state}"] for state in ("pending", "failed", "refused")] == [1, 1, 1]
    failed = next(trouble for trouble in told["trouble"] if trouble["what"] == "link failed")
    assert (failed["source"], failed["where"], failed["why"]) == ("jstv", first.url, "503 from the site")
    assert datetime.fromisoformat(failed["next"]) > datetime.now(UTC)


def test_a_list_that_could_not_be_read_and_a_domain_that_wants_peace_are_troubles(archive: Database, run: Run) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    with archive.write() as connection:
        target = ListTarget("jstv", "news", "https://news.example/", {}, depth=0)
        record_list_problem(connection, target, "no article in the list")
        limit_domain(connection, "news.example", until, "Retry-After")
    told = {trouble["what"]: trouble for trouble in facts(run)["trouble"]}
    assert (told["list"]["where"], told["list"]["why"]) == ("https://news.example/", "no article in the list")
    assert datetime.fromisoformat(told["rate limit"]["next"]) == until


def test_stories_are_counted_and_one_that_waits_or_is_refused_is_told_with_its_index(
    archive: Database, run: Run
) -> None:
    letter = {"index_name": "elasticsearch", "story_id": "a1", "revision": 1}
    index = {"name": "elasticsearch", "registered_at": NOON, "tries": 1, "error": "not reachable", "next_try_at": NOON}
    with archive.write() as connection:
        save_article(connection, article(1, Level.CORE), page_id=None)
        connection.execute(search_indexes.insert().values(**index))
        connection.execute(outbox.insert().values(**letter, queued_at=NOON))
        connection.execute(dead_letters.insert().values(**letter, reason="a field is too long", refused_at=NOON))
    told = facts(run)
    assert counts(told)["articles: not grouped yet"] == 1
    assert counts(told)["outbox: elasticsearch"] == counts(told)["dead letters: elasticsearch"] == 1
    troubles = {trouble["what"]: trouble for trouble in told["trouble"]}
    assert (troubles["index"]["where"], troubles["index"]["why"]) == ("elasticsearch", "not reachable")
    assert (troubles["dead letter"]["where"], troubles["dead letter"]["why"]) == ("a1", "a field is too long")


def test_events_are_counted_and_the_stories_that_are_in_none_yet(archive: Database, run: Run) -> None:
    event = {"first_timestamp": 0, "last_timestamp": 0, "built_at": NOON}
    with archive.write() as connection:
        connection.execute(event_queue.insert(), [{"story_id": "a1"}, {"story_id": "a2"}])
        connection.execute(events.insert().values(event_id="e1", first_story=1, story_count=2, deleted=False, **event))
        connection.execute(events.insert().values(event_id="e2", first_story=2, story_count=0, deleted=True, **event))
    told = counts(facts(run))
    assert (told["stories: in no event yet"], told["events"]) == (2, 1)


def test_dead_letters_are_grouped_by_their_reason(archive: Database, run: Run) -> None:
    letters = [
        {"index_name": "embedded", "story_id": f"s{n}", "revision": 1, "reason": "too long" if n else "no title"}
        for n in range(30)
    ]
    with archive.write() as connection:
        connection.execute(search_indexes.insert().values(name="embedded", registered_at=NOON, tries=0))
        for number, letter in enumerate(letters):
            connection.execute(dead_letters.insert().values(**letter, refused_at=NOON + timedelta(seconds=number)))
    told = {fact["why"]: fact["where"] for fact in facts(run)["trouble"] if fact["what"] == "dead letter"}
    assert told == {"too long": "29 stories, the newest s29", "no title": "s0"}


def test_piped_it_is_one_row_a_fact_that_begins_with_its_kind(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        finish_run(connection, start_run(connection, "jstv", origin=Origin.COMMAND), Counts(), error="two\nlines")
    rows = [line.split("\t") for line in run("status", DELTANEWS_ARCHIVE_DIRECTORY="archive").stdout.splitlines()]
    assert {row[0] for row in rows} == {"service", "source", "total", "disk"}
    assert ["total", "articles", "0"] in rows
    [source] = [row for row in rows if row[:2] == ["source", "jstv"]]
    assert source[8:] == ["two lines", "", ""]
