"""H3, H4, H7 to H13, H17: freshness, frozen lists, texts, fields, times, floods, relevance, refusals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from archive.article import Precision
from scheduler.health.finding import Finding, Level
from scheduler.health.history import ArticleSeen, SourceHistory, TextSeen
from scheduler.health.judge import SOURCE_RULES
from scheduler.health.rules.fields import as_relevant, fields_there, time_is_real
from scheduler.health.rules.freshness import fresh
from scheduler.health.rules.lists import flood, list_frozen
from scheduler.health.rules.liveness import welcome
from scheduler.health.rules.texts import length_shifts, text_is_text, text_repeats
from scheduler.health.texts import text_seen
from tests.health.histories import HOUR, MINUTE, NOW, WELL, articles, daily_outlet, fetches, texts, visits

DAY = timedelta(days=1)
CHINESE = "长三角一体化示范区执委会今天发布新规，沪苏浙三地将统一标准，推动要素自由流动。" * 3


def level(found: Finding | None) -> Level | None:
    return found.level if found else None


def test_no_rule_finds_anything_in_a_source_that_is_well() -> None:
    times = tuple(article.at for article in daily_outlet())
    well = replace(WELL, articles=daily_outlet(), texts=texts(250), found=times, neighbours=times)
    assert [finding for rule in SOURCE_RULES if (finding := rule(well, NOW))] == []


@pytest.mark.parametrize(
    ("quiet", "expected"), [(2, None), (4, Level.WATCH), (9, Level.BROKEN), (25, Level.BROKEN), (60, Level.BROKEN)]
)
def test_a_daily_outlet_that_falls_silent(quiet: int, expected: Level | None) -> None:
    until = NOW - quiet * HOUR
    seen = tuple(article for article in daily_outlet() if article.published_at and article.published_at <= until)
    source = replace(WELL, articles=seen)
    assert level(fresh(source, NOW)) == expected


def test_the_night_is_no_silence() -> None:
    for hour in range(24):
        at = NOW + hour * HOUR
        assert fresh(replace(WELL, articles=daily_outlet(until=at)), at) is None


def test_an_outlet_that_rests_at_weekends_may() -> None:
    sunday = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    working = tuple(article for article in daily_outlet(until=sunday) if (article.at + 8 * HOUR).weekday() < 5)
    assert level(fresh(replace(WELL, articles=working), sunday)) is not Level.BROKEN


def test_holidays_widen_the_limits() -> None:
    holiday = datetime(2027, 2, 8, 4, 0, tzinfo=UTC)
    seen = tuple(article for article in daily_outlet(until=holiday) if article.at <= holiday - 12 * HOUR)
    assert level(fresh(replace(WELL, articles=seen), holiday)) is Level.WATCH
    seen = tuple(article for article in seen if article.at <= holiday - 20 * HOUR)
    assert level(fresh(replace(WELL, articles=seen), holiday)) is Level.BROKEN


def test_a_first_crawl_that_brings_old_articles_is_no_history() -> None:
    weekly = tuple(ArticleSeen(NOW - HOUR, f"https://site.cn/{week}", NOW - week * 7 * DAY) for week in (4, 3, 2, 1))
    assert fresh(replace(WELL, articles=weekly), NOW) is None
    daily = tuple(replace(article, at=NOW - HOUR) for article in daily_outlet(until=NOW - 5 * DAY))
    assert level(fresh(replace(WELL, articles=daily), NOW)) is Level.BROKEN


def test_a_time_in_the_future_keeps_nothing_fresh() -> None:
    old = tuple(article for article in daily_outlet() if article.at <= NOW - 30 * HOUR)
    future = replace(old[-1], published_at=NOW + DAY)
    assert level(fresh(replace(WELL, articles=(*old[:-1], future)), NOW)) is Level.BROKEN


def frozen(hours: int) -> SourceHistory:
    """A source whose list has been another every two hours, and the same for so many."""
    seen = visits([20] * 400)
    changed = [replace(visit, head=str(number // 2)) for number, visit in enumerate(seen)]
    held = changed[: 400 - hours] + [replace(visit, head="same") for visit in changed[400 - hours :]]
    every = tuple(visit.at for visit in seen)
    return replace(WELL, visits=tuple(held), found=every, neighbours=every)


@pytest.mark.parametrize(("hours", "expected"), [(4, None), (9, Level.WATCH), (27, Level.BROKEN)])
def test_a_list_that_stays_the_same_while_its_neighbours_publish(hours: int, expected: Level | None) -> None:
    assert level(list_frozen(frozen(hours), NOW)) == expected
    assert list_frozen(replace(frozen(hours), neighbours=()), NOW) is None


@pytest.mark.parametrize(
    "body",
    ["", "页面维护中。", "The list of the day, in English only, which no reader of this site was promised. " * 3,
     "锟斤拷锟斤拷" + CHINESE, CHINESE + "\ufffd\ufffd\ufffd", CHINESE.encode().decode("latin-1"),
     CHINESE.encode().decode("gb18030", "replace")],
    ids=["empty", "short", "foreign", "kun", "replaced", "latin", "gbk"],
)  # fmt: skip
def test_what_is_no_text(body: str) -> None:
    bad = text_seen(at=NOW, url="https://site.cn/x", body=body)
    assert text_is_text(replace(WELL, texts=(*texts(45), *[bad] * 4)), NOW) is None
    assert level(text_is_text(replace(WELL, texts=(*texts(48), *[bad] * 2)), NOW)) is Level.WATCH
    assert level(text_is_text(replace(WELL, texts=(*texts(45), *[bad] * 5)), NOW)) is Level.BROKEN
    mixed = tuple(bad if number % 8 == 0 else text for number, text in enumerate(texts(50)))
    assert level(text_is_text(replace(WELL, texts=mixed), NOW)) is Level.BROKEN


def test_what_is_a_text() -> None:
    for body in (CHINESE, CHINESE + "\ufffd", CHINESE + "G60科创走廊 Science 2026 " * 5, "浜城与涓滴：" + CHINESE):
        good = text_seen(at=NOW, url="https://site.cn/x", body=body)
        assert text_is_text(replace(WELL, texts=(good,) * 50), NOW) is None, body


def test_short_texts_by_habit_are_no_news_and_pages_without_any_are() -> None:
    flash = TextSeen(NOW, "https://site.cn/x", 60, 1.0)
    brief = tuple(replace(flash, at=text.at) if number % 4 == 0 else text for number, text in enumerate(texts(250)))
    assert text_is_text(replace(WELL, texts=brief), NOW) is None
    empty = tuple(replace(fetch, verdict="empty") for fetch in fetches("....."))
    assert level(text_is_text(replace(WELL, texts=(), fetches=empty), NOW)) is Level.BROKEN


@pytest.mark.parametrize(("same", "expected"), [(2, None), (3, Level.WATCH), (5, Level.BROKEN)])
def test_one_text_under_several_addresses(same: int, expected: Level | None) -> None:
    repeated = tuple(replace(text, digest="one") for text in texts(same))
    assert level(text_repeats(replace(WELL, texts=(*texts(60), *repeated)), NOW)) == expected


def test_one_paragraph_in_many_texts() -> None:
    def source(share: int) -> SourceHistory:
        marked = (
            replace(text, paragraphs=frozenset({1} if number % 20 < share else ()))
            for number, text in enumerate(texts(60))
        )
        return replace(WELL, texts=tuple(marked))

    assert text_repeats(source(5), NOW) is None
    assert level(text_repeats(source(8), NOW)) is Level.WATCH


@pytest.mark.parametrize(
    ("length", "expected"),
    [(900, None), (650, None), (590, Level.WATCH), (350, Level.BROKEN), (1400, Level.WATCH), (2300, Level.BROKEN)],
)
def test_texts_that_are_shorter_or_longer_than_ever(length: int, expected: Level | None) -> None:
    assert level(length_shifts(replace(WELL, texts=(*texts(200), *texts(20, length=length))), NOW)) == expected


def changed(many: int, total: int, change: Callable[[ArticleSeen], ArticleSeen], seen: int = 200) -> SourceHistory:
    """A source of which so many of the last so many articles are changed."""
    well = articles(seen)
    last = [change(article) if number * many // total != (number - 1) * many // total else article
            for number, article in enumerate(well[-total:])]  # fmt: skip
    return replace(WELL, articles=(*well[:-total], *last))


def without_credit(article: ArticleSeen) -> ArticleSeen:
    return replace(article, has_credit=False)


@pytest.mark.parametrize(
    ("missing", "seen", "expected"),
    [
        (2, 200, None),
        (5, 200, Level.WATCH),
        (9, 200, Level.BROKEN),
        (9, 50, None),
        (25, 50, Level.BROKEN),
        (50, 200, Level.BROKEN),
    ],
)
def test_a_field_that_is_missing_where_it_was(missing: int, seen: int, expected: Level | None) -> None:
    assert level(fields_there(changed(missing, 50, without_credit, seen), NOW)) == expected


def test_a_source_that_never_names_a_credit_has_its_own_habit() -> None:
    assert fields_there(replace(WELL, articles=tuple(map(without_credit, articles(200)))), NOW) is None


@pytest.mark.parametrize(("many", "expected"), [(0, None), (1, Level.WATCH), (5, Level.BROKEN)])
@pytest.mark.parametrize("off", [11 * MINUTE, DAY])
def test_times_in_the_future(many: int, expected: Level | None, off: timedelta) -> None:
    source = changed(many, 20, lambda article: replace(article, published_at=article.at + off)) if many else WELL
    assert level(time_is_real(source, NOW)) == expected


def test_times_that_are_eight_hours_off() -> None:
    def off(article: ArticleSeen) -> ArticleSeen:
        assert article.published_at
        return replace(article, published_at=article.published_at - 8 * HOUR)

    assert level(time_is_real(changed(20, 20, off), NOW)) is Level.BROKEN
    assert time_is_real(replace(WELL, articles=tuple(map(off, articles(200)))), NOW) is None, "an old archive is read"


def test_times_at_one_same_minute_of_several_days() -> None:
    half_past_four = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)

    def same(article: ArticleSeen) -> ArticleSeen:
        days = (article.at - half_past_four).days
        return replace(article, published_at=half_past_four + days * DAY)

    seen = articles(200, apart=4 * HOUR)
    assert level(time_is_real(replace(WELL, articles=(*seen[:-20], *map(same, seen[-20:]))), NOW)) is Level.BROKEN
    assert time_is_real(replace(WELL, articles=tuple(map(same, seen))), NOW) is None, "a programme's hour"


def test_mere_days_where_minutes_were_usual() -> None:
    def day(article: ArticleSeen) -> ArticleSeen:
        return replace(article, precision=Precision.DAY)

    assert level(time_is_real(changed(5, 20, day), NOW)) is Level.BROKEN
    assert time_is_real(replace(WELL, articles=tuple(map(day, articles(200)))), NOW) is None


@pytest.mark.parametrize(("new", "expected"), [(10, None), (22, Level.WATCH), (40, Level.BROKEN)])
def test_a_flood_of_new_links(new: int, expected: Level | None) -> None:
    usual = tuple(NOW - hour * HOUR / 4 for hour in range(28 * 96, 4, -1))
    assert level(flood(replace(WELL, found=(*usual, *[NOW - MINUTE] * new)), NOW)) == expected
    assert flood(replace(WELL, found=(NOW - MINUTE,) * new), NOW) is None, "it is crawled for the first time"


def test_relevance_that_changes() -> None:
    seen = tuple(replace(article, is_relevant=number % 5 == 0) for number, article in enumerate(daily_outlet()))
    assert as_relevant(replace(WELL, articles=seen), NOW) is None
    none_of_late = tuple(replace(a, is_relevant=a.is_relevant and a.at < NOW - 15 * DAY) for a in seen)
    assert level(as_relevant(replace(WELL, articles=none_of_late), NOW)) is Level.BROKEN
    all_of_late = tuple(replace(a, is_relevant=a.is_relevant or a.at > NOW - 7 * DAY) for a in seen)
    assert level(as_relevant(replace(WELL, articles=all_of_late), NOW)) is Level.WATCH


def test_answers_that_refuse_us() -> None:
    refused = tuple(replace(fetch, status=429) for fetch in fetches("xxx"))
    assert welcome(WELL, NOW) is None
    assert level(welcome(replace(WELL, visits=(), fetches=(*fetches("."), *refused[:1])), NOW)) is Level.WATCH
    assert level(welcome(replace(WELL, visits=(), fetches=refused), NOW)) is Level.BROKEN
    assert level(welcome(replace(WELL, limited_until=NOW + HOUR), NOW)) is Level.WATCH
    assert welcome(replace(WELL, fetches=tuple(replace(f, at=f.at - 2 * DAY) for f in refused)), NOW) is None
