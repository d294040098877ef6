from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.dates import date_in, parse_date

HALF_PAST_EIGHT = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-25 08:30", HALF_PAST_EIGHT),
        ("2026年11月25日 08:30:00", HALF_PAST_EIGHT),
        ("2026年11月25日08:30", HALF_PAST_EIGHT),
        ("2026/11/25 8:30", HALF_PAST_EIGHT),
        ("2026-11-25T08:30:00.000+08:00", HALF_PAST_EIGHT),
        ("2026-11-25T00:30:00Z", HALF_PAST_EIGHT),
        ("2026-11-24T19:30:00-0500", HALF_PAST_EIGHT),
        ("20261125083000", HALF_PAST_EIGHT),
        ("202611250830", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00 +0800", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 00:30:00 GMT", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00 CST", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30 CST", HALF_PAST_EIGHT),
        ("25 Nov 2026 08:30:00 CCT", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00 BJT", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 00:30:00 UTC", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 00:30:00 Z", HALF_PAST_EIGHT),
        ("Tue, 24 Nov 2026 19:30:00 EST", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00 GMT+8", HALF_PAST_EIGHT),
        ("Wed, 25 Nov 2026 08:30:00 GMT+08:00", HALF_PAST_EIGHT),
        ("Wed Nov 25 08:30:00 CST 2026", HALF_PAST_EIGHT),
        ("Wed Nov 25 00:30:00 UTC 2026", HALF_PAST_EIGHT),
        ("Wed Nov 25 2026 08:30:00 GMT+0800 (中国标准时间)", HALF_PAST_EIGHT),
        ("星期三, 25 十一月 2026 08:30:00 +0800", HALF_PAST_EIGHT),
        ("周三, 25 11月 2026 08:30:00 CST", HALF_PAST_EIGHT),
        ("星期三，25 十一月 2026 08:30", HALF_PAST_EIGHT),
        ("三, 25 11 2026 00:30:00 GMT", HALF_PAST_EIGHT),
        ("星期三 十一月 25 08:30:00 CST 2026", HALF_PAST_EIGHT),
        ("2026-11-25 08:30:00 CST", HALF_PAST_EIGHT),
        ("2026-11-25 00:30:00 UTC", HALF_PAST_EIGHT),
        ("2026-11-25 00:30:00 GMT", HALF_PAST_EIGHT),
        ("2026-11-25 08:30:00 GMT+8", HALF_PAST_EIGHT),
        ("2026年11月25日 上午8:30", HALF_PAST_EIGHT),
        ("２０２６-１１-２５ ０８：３０", HALF_PAST_EIGHT),
        ("25 November 2026", MIDNIGHT),
        ("Nov 25, 2026 08:30:00", HALF_PAST_EIGHT),
        ("/Date(1795566600000)/", HALF_PAST_EIGHT),
        ("/Date(1795566600000+0800)/", HALF_PAST_EIGHT),
        ("\\/Date(1795566600000)\\/", HALF_PAST_EIGHT),
        ("Date(1795566600000)", HALF_PAST_EIGHT),
        (1795566600, HALF_PAST_EIGHT),
        (1795566600000, HALF_PAST_EIGHT),
        ("1795566600000", HALF_PAST_EIGHT),
        ("2026-11-25", MIDNIGHT),
        ("20261125", MIDNIGHT),
        ("2026.11.25", MIDNIGHT),
    ],
)
def test_every_form_that_was_seen_is_read_as_beijing_time_unless_it_names_a_zone(
    written: object, moment: datetime
) -> None:
    assert parse_date(written) == moment


@pytest.mark.parametrize(
    "written",
    [
        "",
        "11-25",
        "08:30",
        "昨天",
        "2026-02-30",
        "2026-11",
        "1026-11-25",
        "/Date(0)/",
        "Wed, 31 Nov 2026 08:30:00 CST",
        "星期三, 25 十四月 2026 08:30:00",
        0,
        -5,
        12.0,
        1e308,
        True,
        None,
        [],
        "20269999",
        "Mon, 01 Jan 0001 00:00:00 +0800",
        "Mon, 01 Jan 0001 00:00:00",
        "Fri, 31 Dec 9999 23:59:59 -0800",
        "Fri, 31 Dec 9999 23:59:59",
        253402300800000,
        10**15 - 1,
        "9999999999999",
    ],
)
def test_what_names_no_certain_moment_is_none(written: object) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("来源：荔枝网 2026-11-25 08:30 编辑", HALF_PAST_EIGHT),
        ("发布于2026年11月25日，1200人参加", MIDNIGHT),
        ("2026-11-25 1200人参加", MIDNIGHT),
        ("电话 02120261125 转", None),
        ("编号 202611250830", None),
        ("2026-13-45，后于2026-11-25更正", MIDNIGHT),
    ],
)
def test_in_running_text_only_a_date_with_separators_counts(text: str, moment: datetime | None) -> None:
    assert date_in(text) == moment


@given(st.integers() | st.floats() | st.integers(0, 10**15) | st.integers(0, 10**15).map("/Date({})/".format))
def test_no_number_is_too_large_or_too_small_to_be_refused(number: object) -> None:
    parse_date(number)


@given(
    st.text()
    | st.builds(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}".format,
        st.sampled_from(["Mon", "星期五"]),
        st.integers(0, 32),
        st.sampled_from(["Jan", "Dec", "十二月"]),
        st.integers(0, 9999),
        *(st.integers(0, 60) for _ in range(3)),
        st.sampled_from(["+", "-", "GMT+"]),
        *(st.integers(0, 99) for _ in range(2)),
    )
)
def test_no_text_is_an_error(text: str) -> None:
    parse_date(text)
    date_in(text)
