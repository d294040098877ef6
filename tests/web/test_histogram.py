"""Bars of stories over time: no day is lost, and there are never too many to see."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.histogram import HEIGHT, MOST_BARS, WIDTH, histogram

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))


@given(st.dictionaries(DAYS.map(date.isoformat), st.integers(min_value=1, max_value=10**6), min_size=1))
def test_every_story_is_in_one_bar(days: dict[str, int]) -> None:
    drawn = histogram(days)
    assert drawn
    assert sum(bar.stories for bar in drawn.bars) == sum(days.values())
    for bar in drawn.bars:
        assert bar.stories == sum(count for day, count in days.items() if bar.since <= day <= bar.until)
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT
        assert (bar.height > 0) == (bar.stories > 0)
    for one, other in zip(drawn.bars, drawn.bars[1:], strict=False):
        assert date.fromisoformat(one.until) + timedelta(days=1) == date.fromisoformat(other.since)


@pytest.mark.parametrize(
    ("length", "unit"), [(1, "日"), (MOST_BARS, "日"), (63, "周"), (430, "周"), (450, "月"), (4000, "年")]
)
def test_the_unit_is_the_finest_that_fits(length: int, unit: str) -> None:
    first = date(2026, 1, 5)
    days = {first.isoformat(): 1, (first + timedelta(days=length - 1)).isoformat(): 2}
    drawn = histogram(days)
    assert drawn
    assert drawn.unit == unit
    assert len(drawn.bars) <= MOST_BARS


def test_without_stories_there_is_nothing_to_draw() -> None:
    assert histogram({}) is None
