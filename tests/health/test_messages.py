"""Who is told of what, once: rounds of health over an archive, with a mail server, a web hook and a command."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from archive.database import Database
from archive.health_tables import deliveries, findings
from archive.lists import ListTarget
from archive.observations import VisitOutcome, record_visit
from archive.runs import Counts, Origin, finish_run, start_run
from core.clock import CLOCK, TEST_VARIABLE, FileClock
from scheduler.health.politeness import is_held_back
from scheduler.health.round import run_round
from tests.crawl.small_site import source_file
from tests.health.mailbox import MailServer, WebHook
from tests.product import Product
from tests.scheduler.time_of_the_test import TimeOfTheTest

TEN_MINUTES = timedelta(minutes=10)
HOUR = timedelta(hours=1)


class Rounds:
    """A product of one source whose crawls the test writes into the archive, and rounds of health at its time."""

    def __init__(self, product: Product, time: TimeOfTheTest) -> None:
        self.product, self.time = product, time

    def crawled(self, items: int | None, *, status: int = 500) -> None:
        """Have a crawl find so many items; None: the list cannot be read, and answers with that status."""
        database = Database.open(self.product.archive)
        with database.write() as connection:
            run = start_run(connection, "site", origin=Origin.SERVICE)
            target = ListTarget("site", "news", "list", {}, 0)
            if items is None:
                record_visit(connection, target, VisitOutcome.FAILED, status=status, problem=f"HTTP {status}")
            else:
                addresses = [f"https://site.cn/{number}" for number in range(items)]
                record_visit(connection, target, VisitOutcome.READ, status=200, addresses=addresses)
            finish_run(connection, run, Counts(lists=1))
        database.close()

    def round(self, span: timedelta = TEN_MINUTES) -> None:
        self.time.passes(span)
        run_round(self.product.archive)

    def breaks(self) -> None:
        for _ in range(2):
            self.crawled(None)

    def rows(self, table: object) -> list[dict[str, object]]:
        database = Database.open(self.product.archive)
        with database.read() as connection:
            rows = [dict(row._mapping) for row in connection.execute(select(table))]  # type: ignore[call-overload]
        database.close()
        return rows


@pytest.fixture
def rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "site.toml").write_text("interval = 1440\n" + source_file("site", "http://127.0.0.1:9"))
    product = Product(tmp_path, crawler={"bundled_sources": False, "source_folders": ["sources"]})
    time = TimeOfTheTest(tmp_path / "clock", datetime.now(UTC).replace(microsecond=0))
    product.variables[TEST_VARIABLE] = str(time.path)
    monkeypatch.setenv("DELTANEWS_CONFIG", str(tmp_path / "deltanews.toml"))
    clock = FileClock(time.path)
    monkeypatch.setattr(CLOCK, "now", clock.now)
    return Rounds(product, time)


def test_one_message_at_a_change_one_at_recovery_and_none_between(rounds: Rounds) -> None:
    with MailServer() as mail, WebHook() as hook:
        notify = [mail.address, f"json://{hook.host}/hook"]
        rounds.product.configure(scheduler={"notify": notify})
        rounds.crawled(20)
        rounds.round()
        rounds.crawled(None)
        rounds.round()
        assert hook.posts == [], "on watch"
        rounds.crawled(None)
        for _ in range(3):
            rounds.round()
        rounds.crawled(20)
        for _ in range(2):
            rounds.round()
        titles = [post["title"] for post in hook.posts]
        assert titles == [
            "site: broken (H2 is the list alive?)",
            "site: recovered (H2 is the list alive?)",
        ]
        assert [mail["subject"] for mail in mail.mails] == titles
        body = mail.mails[0].get_body(("plain",))
        assert body is not None
        assert "deltanews sources check site" in body.get_content()
    [finding] = rounds.rows(findings)
    assert (finding["rule"], finding["level"]) == ("H2", "broken")
    assert finding["resolved_at"] == rounds.time.now - TEN_MINUTES
    assert len(rounds.rows(deliveries)) == 4


def test_a_message_that_is_not_taken_is_tried_again_at_growing_intervals_and_said(rounds: Rounds) -> None:
    with WebHook() as hook:
        hook.status = 500
        secret = f"json://{hook.host}/hook?token=5ecret"
        rounds.product.configure(scheduler={"notify": [secret]})
        rounds.breaks()
        tries = []
        for _ in range(12):
            rounds.round()
            [delivery] = rounds.rows(deliveries)
            tries.append(delivery["tries"])
        assert tries == [1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4]
        assert "500" in str(delivery["reason"])
        assert "5ecret" not in str(delivery)
        [late] = [row for row in rounds.rows(findings) if row["rule"] == "H19"]
        assert late["level"] == "broken"
        told = rounds.product.rows("status")
        assert [row["source"] for row in told if row.get("what") == "health H2"] == ["site"]
        hook.status = 200
        for _ in range(18):
            rounds.round()
        [delivery] = rounds.rows(deliveries)
        assert delivery["tries"] == 5
        assert delivery["delivered_at"] is not None
        assert len(hook.posts) == 1
        rounds.round()
        assert [row for row in rounds.rows(findings) if row["rule"] == "H19" and not row["resolved_at"]] == []


def test_a_command_gets_the_finding_as_json(rounds: Rounds) -> None:
    told = rounds.product.folder / "told.json"
    script = rounds.product.folder / "tell.py"
    script.write_text(f"import sys; open({str(told)!r}, 'a').write(sys.stdin.read())")
    rounds.product.configure(scheduler={"notify_command": f"{sys.executable} {script}", "notify_level": "watch"})
    rounds.crawled(None)
    rounds.round()
    rounds.crawled(None)
    rounds.round()
    watch, broken = (json.loads(line) for line in told.read_text().splitlines())
    assert (watch["event"], broken["event"]) == ("watch", "broken")
    assert (broken["rule"], broken["source"], broken["numbers"]["visits_empty"]) == ("H2", "site", 2)
    assert datetime.fromisoformat(broken["since"]).utcoffset() == 8 * HOUR


def test_the_feed_tells_what_is_wrong_and_what_is_over(rounds: Rounds) -> None:
    atom = "{http://www.w3.org/2005/Atom}"

    def titles() -> list[str | None]:
        feed = ElementTree.parse(rounds.product.folder / "archive" / "health.atom")
        return [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]

    rounds.crawled(20)
    rounds.round()
    assert titles() == []
    rounds.breaks()
    rounds.round()
    assert titles() == ["site: broken (H2 is the list alive?)"]
    rounds.crawled(20)
    rounds.round()
    assert titles() == ["site: ok again (H2 is the list alive?)"]


def test_a_watcher_that_was_away_says_so_once_and_blames_no_source(rounds: Rounds) -> None:
    with WebHook() as hook:
        rounds.product.configure(
            scheduler={"notify": [f"json://{hook.host}/"], "health_ping": f"http://{hook.host}/ping"}
        )
        rounds.crawled(20)
        rounds.round()
        assert hook.gets == ["/ping"]
        rounds.time.passes(6 * HOUR)
        told = rounds.product.run("status", expect=(1,)).stdout
        assert "nobody has judged the sources" in told
        rounds.round()
        rounds.round()
        assert [post["title"] for post in hook.posts] == [
            "DeltaNews: broken (H20 who watches?)",
            "DeltaNews: recovered (H20 who watches?)",
        ]
    assert rounds.product.run("status").returncode == 0


def test_the_test_message_arrives_or_says_why_not(rounds: Rounds) -> None:
    run = rounds.product.run
    assert "there is nobody to send a message to" in run("health", "--test-notify", expect=(2,)).stderr
    with MailServer() as mail:
        rounds.product.configure(scheduler={"notify": [mail.address]})
        assert run("health", "--test-notify").stdout == "mailto://…\tdelivered\n"
        [received] = mail.mails
        assert received["subject"] == "DeltaNews: a test"
    assert "mailto://…\tfailed" in run("health", "--test-notify", expect=(1,)).stdout
    rounds.product.configure(scheduler={"notify": ["nonsense://x"]})
    assert "nonsense://… is none of Apprise" in run("health", "--test-notify", expect=(2,)).stderr.replace(
        "(", ""
    ).replace(")", "")


def test_a_site_that_refuses_us_is_crawled_half_as_often_and_never_left_out(rounds: Rounds) -> None:
    def held_back(since_last: timedelta) -> bool:
        database = Database.open(rounds.product.archive)
        with database.read() as connection:
            held = is_held_back(connection, "site", 4 * HOUR, rounds.time.now + since_last)
        database.close()
        return held

    rounds.crawled(20)
    assert not held_back(timedelta(0))
    for _ in range(3):
        rounds.crawled(None, status=429)
    rounds.round(timedelta(0))
    assert [held_back(hours * HOUR) for hours in (4, 8)] == [True, False]
    rounds.crawled(20)
    rounds.time.passes(25 * HOUR)
    rounds.crawled(20)
    rounds.round(timedelta(0))
    assert not held_back(4 * HOUR)
