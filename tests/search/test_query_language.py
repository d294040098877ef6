"""What a user types, as a tree; a wrong query is an error that points at its place."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.time import Period
from indexer.search.query.lexer import QueryError
from indexer.search.query.model import And, Everything, Not, Or, Phrase
from indexer.search.query.parser import parse_query
from indexer.search.query.plain import plain_query
from tests.search.corpus import NOW
from tests.search.queries import WRONG


@pytest.mark.parametrize("query", WRONG)
def test_a_wrong_query_points_at_its_place(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query, NOW)
    assert caught.value.position == WRONG[query]
    assert f"character {WRONG[query] + 1}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_words_bind_closer_than_or() -> None:
    a, b, c = Phrase("a"), Phrase("b"), Phrase("c")
    assert parse_query("a b OR c") == Or((And((a, b)), c))
    assert parse_query("a (b OR c)") == And((a, Or((b, c))))
    assert parse_query("a -b OR c") == Or((And((a, Not(b))), c))


def test_a_field_reaches_over_its_brackets_and_no_further() -> None:
    query = parse_query("标题：（长三角 OR “一体化”） 合肥")
    assert query == And((Or((Phrase("长三角", "title"), Phrase("一体化", "title"))), Phrase("合肥")))


@pytest.mark.parametrize("query", ["", " ", "　", "*", "*:*"])
def test_everything(query: str) -> None:
    assert parse_query(query) == Everything()


@pytest.mark.parametrize(
    "title",
    [
        "长三角：一体化的新篇章",
        "10:30开播",
        "https://www.cnr.cn/a.html?b=1",
        "5G-A来了！",
        "AT&T",
        "沪-苏-湖高铁",
    ],
)
def test_a_pasted_title_is_text(title: str) -> None:
    assert parse_query(title) == Phrase(title)


def test_periods_are_days_in_shanghai() -> None:
    assert parse_query("date:2026-11-24", NOW) == Period(
        datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 24, 16, tzinfo=UTC)
    )
    assert parse_query("date:2026-12", NOW) == Period(
        datetime(2026, 11, 30, 16, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC)
    )
    assert parse_query("since:24h", NOW) == Period(since=datetime(2026, 11, 24, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("until:2026-11-24T08:30", datetime(2026, 11, 24, 0, 31, tzinfo=UTC)),
        ("until:2026-11-24", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("until:2026-11", datetime(2026, 11, 30, 16, tzinfo=UTC)),
        ("until:24h", datetime(2026, 11, 24, 4, tzinfo=UTC)),
        ("date:..2026-11", datetime(2026, 11, 30, 16, tzinfo=UTC)),
        ("date:..24h", datetime(2026, 11, 24, 4, tzinfo=UTC)),
    ],
)
def test_what_an_end_names_belongs_to_the_period(query: str, end: datetime) -> None:
    assert parse_query(query, NOW) == Period(until=end)


@pytest.mark.parametrize("query", ["date:2026-11-10..2026-11-01", "date:24h..7d"])
def test_a_range_that_runs_backwards_is_said(query: str) -> None:
    with pytest.raises(QueryError, match="runs backwards: write the earlier first"):
        parse_query(query, NOW)


@pytest.mark.parametrize("query", ["until:2026-11", "until:2026-11-01", "until:2026-11-10T08:30"])
def test_a_period_written_out_parses_to_itself(query: str) -> None:
    parsed = parse_query(query, NOW)
    assert parse_query(plain_query(parsed), NOW) == parsed


@given(st.text(st.sampled_from('长角aAN OR NOT()（）“”":：;；-－!+*~^|&.title:date:0123 　'), max_size=40))
def test_whatever_is_typed_is_a_query_or_an_error_at_a_place(text: str) -> None:
    error = None
    try:
        parse_query(text, NOW)
    except QueryError as caught:
        error = caught
    assert error is None or 0 <= error.position <= len(text)
