"""Dates in every writing: parts of the day, Han digits, pieces, no year, relative to the fetch."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Precision
from crawler.extraction.dates import SHANGHAI, compact_dates, dates_in, epochs_in, written_in
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction
from crawler.pages.detail import detail_page
from crawler.sources.model import Detail
from tests.extraction.reports import PARAGRAPHS
from tests.extraction.test_published import read

FETCHED = datetime(2025, 7, 3, 10, 20, tzinfo=SHANGHAI)


def minute(extraction: Extraction) -> str:
    """Return the minute in Shanghai, the day alone where no more is known, or the reason."""
    if extraction.published_at is None:
        return extraction.published_from
    at = extraction.published_at.astimezone(SHANGHAI)
    return at.strftime("%Y-%m-%d %H:%M" if extraction.published_precision is Precision.MINUTE else "%Y-%m-%d")


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2025年7月1日晚8:05", "20:05"),
        ("2025年7月1日 晚间 7:30", "19:30"),
        ("2025年7月1日傍晚6点10分", "18:10"),
        ("2025-07-01 夜间11:45", "23:45"),
        ("2025-07-01 深夜 11:45", "23:45"),
        ("2025-07-01 清晨6:40", "06:40"),
        ("2025年07月01日 早 8:05", "08:05"),
        ("2025年07月01日清早5:50", "05:50"),
        ("2025年7月1日中午1:10", "13:10"),
        ("2025年7月1日 中午 12:10", "12:10"),
        ("2025年7月1日 中午11:50", "11:50"),
        ("2025年7月1日午后2时30分", "14:30"),
        ("2025年7月1日 午间 12:30", "12:30"),
        ("2025/7/1 凌晨 12:20", "00:20"),
        ("2025/7/1 凌晨3:20", "03:20"),
        ("2025年7月1日晚上20:05", "20:05"),
        ("2025年7月1日 下午 3:05", "15:05"),
        ("2025年7月1日上午12:05", "2025-07-01"),
        ("2025年7月1日晚12:05", "00:05"),
        ("2025年7月1日 星期二 晚 9点05分", "21:05"),
        ("2025年7月1日（周二）晚9:05", "21:05"),
        ("2025-7-1 8:05 PM", "20:05"),
        ("2025-7-1 12:00:00 AM", "2025-07-01"),
        ("2025-7-1 PM 8:05", "20:05"),
        ("7/1/2025 8:05:00 PM", "20:05"),
        ("2025年7月1日20时许05分", "2025-07-01"),
    ],
)
def test_the_part_of_the_day_is_read_with_the_clock(written: str, clock: str) -> None:
    """上午12:05 is noon to people and midnight to programs: of that, as of 20时许, only the day is sure."""
    expected = clock if len(clock) > 5 else f"2025-07-0{2 if '晚12' in written else 1} {clock}"
    assert minute(read(f"<div class='info'>{written} 来源：某某网</div>")) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("二〇二五年七月一日", "2025-07-01"),
        ("二○二五年十一月二十日", "2025-11-20"),
        ("二零二五年十月十日", "2025-10-10"),
        ("二OO九年十二月卅一日", "2009-12-31"),
        ("二Ｏ一二年一月廿三日", "2012-01-23"),
        ("一九九九年九月三十日", "1999-09-30"),
        ("二〇二五年三月初五", "no date on the page"),
        ("２０２５年７月１日", "2025-07-01"),
        ("２０２５-０７-０１　０９：３１", "2025-07-01 09:31"),
        ("２０２５．７．１", "2025-07-01"),
        ("二〇二五年七月一日 上午九时三十一分", "2025-07-01 09:31"),
        ("2025年七月一日", "2025-07-01"),
        ("二０二五年七月一日", "2025-07-01"),
        ("〇五年七月一日", "2005-07-01"),
        ("05-7-1 9:31", "2005-07-01 09:31"),
        ("2025-7-1/9:31", "2025-07-01 09:31"),
        ("民國114年7月1日", "2025-07-01"),
        ("中華民國九十四年七月一日", "2005-07-01"),
        ("西元2025年7月1日　民國一一四年七月一日", "2025-07-01"),
    ],
)
def test_digits_of_other_kinds_are_read(written: str, expected: str) -> None:
    assert minute(read(f"<div class='info'><span>来源：某某网</span> <span>{written}</span></div>")) == expected


def test_a_notice_is_dated_in_its_last_line() -> None:
    assert minute(read(tail="<p>某某市人民政府办公厅</p><p>二〇二五年七月一日</p>")) == "2025-07-01"
    assert minute(read(tail="<p>示范区执委会　2025年7月1日</p>")) == "2025-07-01"


@pytest.mark.parametrize("label", ["日期", "日期：", "【日期】", "发布日期", "见报日期："])
@pytest.mark.parametrize("day", ["20050701", "2005-07-01", "二〇〇五年七月一日"])
def test_a_label_and_its_day_may_stand_in_two_cells(label: str, day: str) -> None:
    row = f"<tr><td>【版号】</td><td>2</td></tr><tr><td>{label}</td><td>{day}</td></tr>"
    assert minute(read(f"<table>{row}</table>")) == "2005-07-01"


@pytest.mark.parametrize(
    "page",
    [
        {"byline": "<p>[ 来自：海角医药导刊 2008年第22期 7月1日 ]</p>"},
        {"byline": "<p>7月1日 海角报 第三版</p>", "tail": "<p align=right>(2008年)</p>"},
        {"byline": "<p>7月1日 海角报 第三版</p>", "tail": "<p align=right>录入时间：2008-7-15 17:30</p>"},
        {"byline": "<p>7月1日 海角报 第三版</p>", "tail": "<p align=right>2009-1-15 17:30 录入</p>"},
    ],
)
def test_the_page_tells_the_year_before_the_fetch_does(page: dict[str, str]) -> None:
    assert minute(read(**page, fetched_at=FETCHED)) == "2008-07-01"  # type: ignore[arg-type]  # texts alone


@pytest.mark.parametrize("word", ["播出", "见报", "刊登"])
def test_the_day_on_which_a_text_was_broadcast_or_printed_is_its_own(word: str) -> None:
    tail = f"<p align=right>二〇〇二年九月十八日{word}</p><p>最后更新：2002-10-08</p>"
    assert minute(read(tail=tail)) == "2002-09-18"


@pytest.mark.parametrize("paper", ["海角晚报", "海角邮報電子版", "海角农报 多媒体数字报"])
def test_the_edition_dates_a_newspapers_page_that_has_no_other_date(paper: str) -> None:
    head = "<table><tr><td>2005年8月17日 星期三 农历乙酉年七月十三</td></tr></table>" + "<p>本地</p>" * 8
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    def dated(name: str, byline: str = "") -> str:
        html = f"<html><title>{name}</title><body>{head}<h1>三省一市共建创新联合体</h1>{byline}{text}</body></html>"
        return minute(extract(html.encode(), "https://news.example.cn/a/1.html"))

    assert dated(paper) == "2005-08-17"
    assert dated(paper, "<p>2005-08-16 09:31</p>") == "2005-08-16 09:31"
    assert dated("海角在线") == "no date on the page"


@pytest.mark.parametrize(
    "written",
    [
        "<span class='year'><em>2025</em></span><span class='day'><em>07</em>/<em>01</em></span><i>09:31:32</i>",
        "<span>2025年</span><span>07月01日</span> <b>09:31</b>",
        "<span>09:31</span> <span>2025-07-01</span>",
        "09:31:32 2025年7月1日",
        "<div>2025-07-01</div><div>09:31</div>",
        "<div>09:31</div><div>2025/07/01</div>",
        "<div class='box'><div>01</div><div>2025-07</div></div><div>09:31</div>",
        "<div><b>01</b><i>2025-07</i><u>09:31</u></div>",
        "<div><b>01</b><i>2025.07</i></div><div>09:31</div>",
        "<div>01日</div><div>2025年7月</div><div>09:31</div>",
        "<div>07-01</div><div>2025</div><div>09:31</div>",
        "<div>2025</div><div>07/01</div><div>09:31</div>",
        "<ul><li>2025年</li><li>7月</li><li>1日</li><li>09时31分</li></ul>",
        "<p>发布日期：2025-07-01</p><p>发布时间：09:31</p>",
    ],
)
def test_a_date_in_pieces_is_put_together(written: str) -> None:
    assert minute(read(f"<div class='info'>{written}</div><div>来源：某某网</div>")) == "2025-07-01 09:31"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("07-01 09:31", "2025-07-01 09:31"),
        ("7月1日 09:31", "2025-07-01 09:31"),
        ("07/01 09:31", "2025-07-01 09:31"),
        ("7月1日晚9:31", "2025-07-01 21:31"),
        ("09:31 07-01", "2025-07-01 09:31"),
        ("12-30 09:31", "2024-12-30 09:31"),
        ("发布于 7月1日", "2025-07-01"),
        ("07月01日", "2025-07-01"),
    ],
)
def test_the_fetch_tells_the_year(written: str, expected: str) -> None:
    page = f"<div class='info'><span>{written}</span> <span>来源：某某网</span></div>"
    assert minute(read(page, fetched_at=FETCHED)) == expected
    assert read(page).published_at is None
    assert "year" in read(page).published_from


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("昨天 23:01", "2025-07-02 23:01"),
        ("昨日23:01", "2025-07-02 23:01"),
        ("昨晚 9:15", "2025-07-02 21:15"),
        ("前天21:15", "2025-07-01 21:15"),
        ("今天 08:30", "2025-07-03 08:30"),
        ("今日 8:30", "2025-07-03 08:30"),
        ("今早8:30", "2025-07-03 08:30"),
        ("1小时10分钟前", "2025-07-03 09:10"),
        ("3小时前", "2025-07-03 07:20"),
        ("3 个小时前", "2025-07-03 07:20"),
        ("三小时前", "2025-07-03 07:20"),
        ("半小时前", "2025-07-03 09:50"),
        ("15分钟前", "2025-07-03 10:05"),
        ("50秒前", "2025-07-03 10:19"),
        ("刚刚", "2025-07-03 10:20"),
        ("11小时前", "2025-07-02 23:20"),
        ("2天前", "2025-07-01"),
        ("昨天", "2025-07-02"),
        ("发布于 2小时前", "2025-07-03 08:20"),
        ("yesterday 23:01", "2025-07-02 23:01"),
        ("3 hours ago", "2025-07-03 07:20"),
    ],
)
def test_relative_times_are_counted_from_the_fetch_in_shanghai(written: str, expected: str) -> None:
    page = f"<div class='info'><span>{written}</span> <span>来源：某某网</span></div>"
    assert minute(read(page, fetched_at=FETCHED)) == expected
    assert read(page).published_at is None
    assert "fetched" in read(page).published_from


def test_the_day_of_the_fetch_is_shanghais() -> None:
    late = datetime(2025, 7, 3, 0, 30, tzinfo=SHANGHAI).astimezone(tz=None)
    assert minute(read("<div>昨天 23:01</div>", fetched_at=late)) == "2025-07-02 23:01"
    assert minute(read("<div>40分钟前</div>", fetched_at=late)) == "2025-07-02 23:50"


def test_an_exact_minute_in_the_data_goes_before_a_rounded_one() -> None:
    head = '<meta property="article:published_time" content="2025-07-03T07:41:00+08:00">'
    assert minute(read("<div>3小时前</div>", head=head, fetched_at=FETCHED)) == "2025-07-03 07:41"
    assert minute(read("<div>昨天 23:01</div>", head=head, fetched_at=FETCHED)) == "2025-07-02 23:01"


def test_relative_words_of_other_articles_and_of_sentences_date_nothing() -> None:
    beside = "".join(f"<p><a href='/{n}'>长三角又一铁路开通</a><span>{n}小时前</span></p>" for n in range(1, 9))
    assert read(beside=beside, fetched_at=FETCHED).published_at is None
    assert read(tail="<p>昨天，第一列列车开出。</p>", fetched_at=FETCHED).published_at is None


def test_the_lists_timestamp_dates_what_the_page_does_not() -> None:
    listed = datetime(2025, 7, 1, 9, 31, tzinfo=SHANGHAI)
    footer = "<p>系统更新 2019-05-06 12:00</p>"
    assert minute(read(listed_at=listed)) == "2025-07-01 09:31"
    assert read(listed_at=listed).published_from == "list"
    assert minute(read(tail=footer, listed_at=listed)) == "2025-07-01 09:31"
    assert minute(read(tail="<p>2019-05-06</p>", listed_at=listed)) == "2025-07-01 09:31"
    assert minute(read("<div>2025-07-01 08:00</div>", listed_at=listed)) == "2025-07-01 08:00"
    assert minute(read("<div>2025-07-01</div>", listed_at=listed)) == "2025-07-01 09:31"
    assert minute(read("<div>07-01 08:00</div>", listed_at=listed)) == "2025-07-01 08:00"
    assert minute(read("<div>12-30 08:00</div>", listed_at=listed + timedelta(days=184))) == "2025-12-30 08:00"
    assert minute(read(listed_at=datetime(2025, 7, 1, tzinfo=SHANGHAI))) == "2025-07-01"


@pytest.mark.parametrize("ago", ["740000天前", "999999999小时前", "99999999天1440分钟前", "二二二二二二二二天前"])
def test_what_was_before_the_calendar_is_no_date(ago: str) -> None:
    page = f"<div class='info'><span>{ago}</span> <span>来源：某某网</span></div>"
    assert read(page, fetched_at=FETCHED).published_at is None


_NUMBERS = st.integers(0, 10**20).map(str) | st.integers(0, 99).map(str)
_SIGNS = st.sampled_from(
    ["年", "月", "日", "天", "小时", "分钟", "前", "昨天", "-", "/", ":", " ", "GMT", "+", "Jan", "一"]
)


@given(st.text() | st.lists(_NUMBERS | _SIGNS, max_size=12).map("".join))
def test_no_text_is_an_error(text: str) -> None:
    for written in written_in(text):
        written.date(year=2026, now=FETCHED)
    assert all(date.at.tzinfo for date in (*dates_in(text), *compact_dates(text), *epochs_in(text)))


@pytest.mark.parametrize(("number", "shown"), [(1795566600, "2026-11-25 08:30:00"), (10**15, ""), (-(10**20), "")])
def test_a_number_beyond_the_calendar_is_no_date_of_an_articles_own_json(number: int, shown: str) -> None:
    detail = Detail(url="https://www.example.cn/api", body="body", published_at="at")
    page = detail_page(detail, f'{{"body": "正文一段", "at": {number}}}'.encode()).decode()
    assert f"<p id=time>{shown}</p>" in page
