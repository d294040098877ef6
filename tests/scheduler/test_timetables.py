"""Timetables: fixed times of the day in Shanghai, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timetable import Timetable

EVENING = Timetable(timedelta(hours=6), (time(19, 5),))
AIRED = datetime(2026, 11, 29, 11, 5, tzinfo=UTC)
"""19:05 in Shanghai."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def test_fixed_times_are_shanghais() -> None:
    assert EVENING.latest_fixed(AIRED) == AIRED
    assert EVENING.latest_fixed(AIRED - MINUTE) == AIRED - DAY
    assert EVENING.next_fixed(AIRED) == AIRED + DAY
    assert EVENING.next_fixed(AIRED - MINUTE) == AIRED
    night = Timetable(DAY, (time(0, 10), time(23, 50)))
    midnight = datetime(2026, 11, 29, 16, tzinfo=UTC)
    assert (night.latest_fixed(midnight), night.next_fixed(midnight)) == (
        midnight - 10 * MINUTE,
        midnight + 10 * MINUTE,
    )


def test_a_source_without_fixed_times_has_none() -> None:
    none = Timetable(DAY)
    assert (none.latest_fixed(AIRED), none.next_fixed(AIRED)) == (None, None)
    assert not none.is_due_between(AIRED - DAY, AIRED + DAY)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (AIRED - 2 * MINUTE, AIRED - MINUTE, False),
        (AIRED - MINUTE, AIRED, True),
        (AIRED, AIRED + MINUTE, False),
        (AIRED - DAY + MINUTE, AIRED + 30 * DAY, True),  # the clock was set forth, or the machine slept
        (AIRED + MINUTE, AIRED - MINUTE, False),  # it was set back
        (AIRED + 400 * DAY, AIRED, False),
    ],
)
def test_a_fixed_time_is_due_once_it_has_come(last: datetime, now: datetime, due: bool) -> None:
    assert EVENING.is_due_between(last, now) is due


@given(st.lists(st.integers(1, 700), max_size=40), st.sets(st.times(), max_size=4))
def test_however_often_one_looks_each_fixed_time_is_seen_once(steps: list[int], times: set[time]) -> None:
    """Against every minute of the span, counted one by one; looks are at most 700 minutes apart."""
    table = Timetable(DAY, tuple(time(each.hour, each.minute) for each in times))
    wanted = {(each.hour, each.minute) for each in times}
    last = AIRED
    for step in steps:
        now = last + step * MINUTE
        shown = {((last + n * MINUTE) + timedelta(hours=8)).time() for n in range(1, step + 1)}
        assert table.is_due_between(last, now) == any((each.hour, each.minute) in wanted for each in shown)
        last = now
