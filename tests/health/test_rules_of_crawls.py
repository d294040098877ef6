"""H1, H2, H6, H16: did it run, is the list alive, are pages pages, network or site."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.observations import VisitOutcome
from archive.runs import RunStatus
from crawler.crawl.probe import similarity
from scheduler.health.finding import Level
from scheduler.health.history import ProbeSeen, SourceHistory, VisitSeen
from scheduler.health.rules.lists import list_alive
from scheduler.health.rules.liveness import ran
from scheduler.health.rules.network import settle
from scheduler.health.rules.pages import known_articles_stand, pages_are_pages
from tests.health.histories import HOUR, MINUTE, NOW, WELL, fetches, hours_back, runs, unanswered, visits


def test_nothing_is_wrong_with_a_source_that_is_well() -> None:
    assert [rule(WELL, NOW) for rule in (ran, list_alive, pages_are_pages)] == [None, None, None]


@pytest.mark.parametrize(
    ("age", "level"), [(1.4, None), (1.6, Level.WATCH), (2.9, Level.WATCH), (3.1, Level.BROKEN), (30, Level.BROKEN)]
)
def test_a_source_that_has_not_run_for_some_of_its_intervals(age: float, level: Level | None) -> None:
    last = NOW - age * HOUR
    found = ran(replace(WELL, runs=runs(until=last + 5 * MINUTE)), NOW)  # it ended 5 minutes after it began
    assert (found and found.level) == level
    assert found is None or found.since == last


def test_a_crawl_that_failed_ran_and_one_that_died_or_could_not_begin_did_not() -> None:
    old = runs(until=NOW - 5 * HOUR)
    for status, worked, level in (
        (RunStatus.FAILED, True, None),
        (RunStatus.INTERRUPTED, True, Level.BROKEN),
        (RunStatus.FAILED, False, Level.BROKEN),
    ):
        newest = [replace(run, status=status, worked=worked) for run in runs(3)]
        found = ran(replace(WELL, runs=(*old, *newest)), NOW)
        assert (found and found.level) == level


def test_a_crawl_past_its_deadline_is_broken_at_once() -> None:
    hanging = replace(runs(1)[0], started_at=NOW - 121 * MINUTE, finished_at=None, status=RunStatus.RUNNING)
    found = ran(replace(WELL, interval=6 * HOUR, runs=(*runs(until=NOW - 2 * HOUR), hanging)), NOW)
    assert found
    assert found.level is Level.BROKEN


def test_the_time_before_the_service_was_there_does_not_count() -> None:
    old = replace(WELL, runs=runs(until=NOW - timedelta(days=3)))
    assert ran(replace(old, watched_since=NOW - HOUR), NOW) is None
    found = ran(replace(old, watched_since=NOW - 4 * HOUR), NOW)
    assert found
    assert found.level is Level.BROKEN


@pytest.mark.parametrize(
    ("items", "level"),
    [
        ([20] * 20 + [11], None),
        ([20] * 20 + [9], Level.WATCH),
        ([20] * 20 + [None], Level.WATCH),
        ([20] * 20 + [0, 0], Level.BROKEN),
        ([20] * 20 + [None, None], Level.BROKEN),
        ([20] * 20 + [None, 20], None),
        ([None, None], Level.BROKEN),
        ([None], Level.WATCH),
        ([20, 0, 30, 0, 0, 25, 0, 0], None),  # a query word that often has no hits
        ([1, 2, 1, 2, 1, 0], Level.WATCH),
    ],
)
def test_a_list_by_the_number_of_its_items(items: list[int | None], level: Level | None) -> None:
    found = list_alive(replace(WELL, visits=visits(items)), NOW)
    assert (found and found.level) == level


def test_html_in_place_of_a_feed_is_broken_at_once() -> None:
    feed = visits([20] * 5)
    html = VisitSeen(NOW - MINUTE, "news", "list", VisitOutcome.HTML, problem="not a feed")
    found = list_alive(replace(WELL, visits=(*feed, html)), NOW)
    assert found
    assert (found.level, found.since) == (Level.BROKEN, html.at)


def test_an_unchanged_answer_is_no_proof_of_life() -> None:
    later = [NOW - MINUTE, NOW]
    unchanged = [VisitSeen(at, "news", "list", VisitOutcome.UNCHANGED, status=304) for at in later]
    found = list_alive(replace(WELL, visits=(*visits([20] * 20 + [0, 0], until=NOW - HOUR), *unchanged)), NOW)
    assert found
    assert found.level is Level.BROKEN


def test_one_dead_list_among_many_is_found_and_one_that_is_read_no_more_is_not() -> None:
    alive, dead = visits([20] * 30), visits([20] * 28 + [0, 0], key="dead")
    both = tuple(sorted((*alive, *dead), key=lambda visit: visit.at))
    found = list_alive(replace(WELL, visits=both), NOW)
    assert found
    assert found.numbers["list"] == "dead"
    gone = visits([20] * 28 + [0, 0], key="dead", until=NOW - timedelta(days=5))
    assert list_alive(replace(WELL, visits=(*gone, *alive)), NOW) is None


@pytest.mark.parametrize(
    ("pattern", "level"),
    [
        ("." * 19 + "x", None),
        ("." * 18 + "xx", Level.WATCH),
        ("x...x" * 4, Level.BROKEN),
        ("." * 15 + "xxxx.", Level.WATCH),
        ("." * 14 + "xxxxx.", Level.BROKEN),
        ("xxxxx", Level.BROKEN),
        ("...eeeee", Level.BROKEN),
        ("...rrrrr", Level.BROKEN),
        ("...ccccc", Level.BROKEN),
        ("xrec?", Level.BROKEN),
        ("xxxx", None),
        ("." * 30 + "xxxxx", Level.BROKEN),
        ("xxxxx" + "." * 20, None),
    ],
)
def test_pages_by_how_they_were_answered(pattern: str, level: Level | None) -> None:
    found = pages_are_pages(replace(WELL, fetches=fetches(pattern)), NOW)
    assert (found and found.level) == level


def test_one_dead_link_that_is_tried_again_and_again_is_one_page() -> None:
    dead = replace(fetches("x")[0], url="https://site.cn/dead")
    again = tuple(replace(dead, at=at) for at in hours_back(6))
    assert pages_are_pages(replace(WELL, fetches=again), NOW) is None


@pytest.mark.parametrize(
    ("alike", "level"),
    [
        ([1.0, 0.95], None),
        ([1.0, 0.8], Level.WATCH),
        ([1.0, 0.0], Level.WATCH),
        ([0.0, 1.0], None),
        ([0.8, 0.0], Level.WATCH),
        ([0.0, 0.5], Level.BROKEN),
    ],
)
def test_a_known_article_by_what_is_left_of_its_text(alike: list[float], level: Level | None) -> None:
    probes = tuple(ProbeSeen(NOW - HOUR, "https://site.cn/1", share) for share in alike)
    found = known_articles_stand(replace(WELL, probes=probes), NOW)
    assert (found and found.level) == level


def test_how_alike_two_texts_are() -> None:
    text = "长三角一体化示范区执委会今天发布新规。"
    assert similarity(text, text) == similarity("", "") == 1
    assert similarity(text, "页面维护中，请稍候。") < 0.1
    assert 0.6 < similarity(text * 2 + "沪苏浙三地将统一标准。", text * 2) < 0.9


def silent(name: str, many: int = 3) -> SourceHistory:
    return SourceHistory(name, visits=(*visits([20] * 20, until=NOW - many * HOUR), *unanswered(many)))


def answering(name: str) -> SourceHistory:
    return SourceHistory(name, visits=tuple(replace(visit, at=visit.at + 3 * MINUTE) for visit in visits([20] * 23)))


def test_a_network_that_is_down_is_one_finding_and_no_source_is_blamed() -> None:
    settled = settle([silent("a"), silent("b"), silent("c")], NOW)
    assert settled.finding
    assert (settled.finding.rule, settled.finding.source, settled.finding.level) == ("H16", "", Level.BROKEN)
    assert settled.finding.since == hours_back(3)[0]
    assert settled.held == {"a", "b", "c"}
    assert [list_alive(source, NOW) for source in settled.sources] == [None, None, None]


def test_a_network_that_is_back_leaves_no_blame_behind() -> None:
    back = visits([20], until=NOW + MINUTE)
    sources = [silent("a"), silent("b"), replace(silent("c"), visits=(*silent("c").visits, *back))]
    settled = settle(sources, NOW + MINUTE)
    assert settled.finding is None
    assert settled.held == frozenset()
    assert [list_alive(source, NOW) for source in settled.sources] == [None, None, None]


def test_a_site_that_is_silent_while_others_answer_is_the_site() -> None:
    settled = settle([silent("a"), answering("b"), answering("c")], NOW)
    assert settled.finding is None
    found = list_alive(settled.sources[0], NOW)
    assert found
    assert found.level is Level.BROKEN


def test_the_sources_of_one_host_are_one_finding() -> None:
    one, other = (replace(silent(name), domains=frozenset({"host.cn"})) for name in ("a", "b"))
    settled = settle([one, other, replace(answering("c"), domains=frozenset({"other.cn"}))], NOW)
    assert settled.finding
    assert settled.finding.numbers["host"] == "host.cn"
    assert settled.held == {"a", "b"}
    assert list_alive(settled.sources[0], NOW) is None


def test_of_one_source_alone_nobody_knows_better() -> None:
    found = list_alive(settle([silent("a")], NOW).sources[0], NOW)
    assert found
    assert found.level is Level.BROKEN


def test_a_silence_that_nobody_can_judge_yet_holds_the_source() -> None:
    early = replace(answering("b"), visits=answering("b").visits[:-1])  # its next crawl is still to come
    settled = settle([silent("a", 1), early], NOW)
    assert settled.held == {"a"}
    assert list_alive(settled.sources[0], NOW) is None
