"""When a page was published: read where the byline stands, to the precision that the page has."""

from datetime import UTC, datetime

import pytest

from archive.article import Precision
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Hints
from tests.extraction.layouts import FOOTER, MENU, RELATED
from tests.extraction.reports import PARAGRAPHS

TITLE = "长三角三省一市共建创新联合体"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
URL = "https://news.example.cn/a/1.html"
AT = "2025-07-01T01:31"


def read(
    byline: str = "",
    *,
    head: str = "",
    tail: str = "",
    above: str = "",
    beside: str = "",
    url: str = URL,
    fetched_at: datetime | None = None,
    listed_at: datetime | None = None,
    hints: Hints | None = None,
) -> Extraction:
    html = (
        f"<html><head><title>{TITLE}_某某网</title>{head}</head><body><div class='nav'><ul>{MENU}</ul></div>{above}"
        f"<h1>{TITLE}</h1>{byline}<div class='content'>{BODY}{tail}</div><div class='side'>{beside}</div>"
        f"<ul>{RELATED}</ul>{FOOTER}</body></html>"
    )
    return extract(html.encode(), url, hints or Hints(), fetched_at=fetched_at, listed_at=listed_at)


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-01 09:31:05",
        "2025-07-01 09:31",
        "2025/07/01 09:31",
        "2025.7.1 9:31",
        "2025年07月01日 09:31:05",
        "2025年07月01日09:31",
        "2025年7月1日 9时31分",
        "2025年7月1日 星期二 09:31",
        "2025-07-01T09:31:05+08:00",
        "2025-07-01T01:31:05Z",
        "发布时间：2025-07-01 09:31",
        "发布于 2025-07-01 09:31",
        "时间：2025年07月01日 上午 09:31",
        "25-07-01 09:31",
        "来源：某某网 | 2025年07月01日 09:31",
        "<span>2025-07-01</span><span>09:31</span>",
        "<span>2025</span>-<span>07</span>-<span>01</span> <span>09:31</span>",
        "<b>来源：某某网</b><i>2025-07-01 09:31</i><u>浏览次数：20190909</u>",
        "2025-07-01 09:31 最后更新：2025-07-02 10:00",
    ],
)
def test_the_minute_is_read_in_every_form(written: str) -> None:
    extraction = read(f"<div class='info'>{written}</div>")
    assert extraction.published_at is not None
    assert extraction.published_at.isoformat().startswith(AT)
    assert extraction.published_precision is Precision.MINUTE
    assert extraction.published_from.startswith("css:")


@pytest.mark.parametrize("written", ["2025-07-01", "2025年7月1日", "发布日期：2025/07/01", "2025-07-01 00:00:00"])
def test_a_day_stays_a_day(written: str) -> None:
    extraction = read(f"<div class='info'>{written}</div>")
    assert extraction.published_at == datetime(2025, 6, 30, 16, tzinfo=UTC)
    assert extraction.published_precision is Precision.DAY


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ('<meta property="article:published_time" content="2025-07-01T09:31:00+08:00">', "meta:article:published_time"),
        ('<meta name="publishdate" content="2025-07-01 09:31">', "meta:publishdate"),
        ('<meta itemprop="datePublished" content="2025-07-01T01:31:00Z">', "meta:datepublished"),
        ('<script type="application/ld+json">{"datePublished":"2025-07-01T09:31:00+08:00"}</script>', "json-ld"),
        ('<script>var publishDate = "20250701093100";</script>', "script:publishDate"),
        ("<script>var ct = '1751333460';</script>", "script:ct"),
        ('<script>x={"publish_time":1751333460000}</script>', "script:publish_time"),
    ],
)
def test_data_serve_where_the_byline_has_no_time(head: str, origin: str) -> None:
    extraction = read(head=head)
    assert extraction.published_at is not None
    assert extraction.published_at.isoformat().startswith(AT)
    assert extraction.published_from.startswith(origin)


def test_what_the_reader_sees_goes_before_the_data() -> None:
    extraction = read(
        "<div>2025-07-01 09:31</div>",
        head='<meta property="article:published_time" content="2025-07-01T12:00:00+08:00">',
    )
    assert str(extraction.published_at).startswith("2025-07-01 01:31")


def test_data_of_the_same_day_complete_a_day() -> None:
    same = read("<div>2025-07-01</div>", head='<meta name="publishdate" content="2025-07-01 09:31">')
    other = read("<div>2025-07-01</div>", head='<meta name="publishdate" content="2025-06-11 09:31">')
    assert same.published_precision is Precision.MINUTE
    assert (other.published_precision, str(other.published_at)[:10]) == (Precision.DAY, "2025-06-30")


def test_dates_beside_and_below_the_article_are_not_its_own() -> None:
    beside = "".join(
        f"<p><a href='/{n}'>长三角又一铁路开通</a><span>2025-06-0{n} 08:00</span></p>" for n in range(1, 9)
    )
    extraction = read(beside=beside)
    assert extraction.published_at is None
    assert extraction.published_precision is Precision.NONE
    assert extraction.published_from == "no date on the page"


def test_dates_of_a_list_right_below_the_text_are_not_its_own() -> None:
    others = "".join(
        f"<div><a href='/{day}'>长三角又一铁路开通</a></div><div>2025-06-0{day}</div>" for day in range(1, 4)
    )
    assert read(tail=f"<div>{others}</div>").published_at is None


def test_a_date_in_a_sentence_is_not_the_pages() -> None:
    summary = "<p>2019年11月1日上午，长三角生态绿色一体化发展示范区揭牌，两区一县开始共同探索新的路子，成为焦点。</p>"
    extraction = read(f"<div>发布时间：2025-07-01 09:31</div>{summary}")
    assert str(extraction.published_at).startswith("2025-07-01")


def test_a_date_above_the_headline_and_one_below_the_text_are_read() -> None:
    assert str(read(above="<div>2025-07-01 09:31 某某网</div>").published_at).startswith("2025-07-01 01:31")
    assert str(read(tail="<p>发布日期：2025-07-01 责任编辑：张三</p>").published_at).startswith("2025-06-30 16:00")


def test_a_date_in_the_future_is_refused() -> None:
    fetched = datetime(2025, 7, 1, 1, 25, tzinfo=UTC)
    assert read("<div>2025-07-01 09:31</div>", fetched_at=fetched).published_precision is Precision.MINUTE
    late = read("<div>2025-07-01 09:36</div>", fetched_at=fetched)
    assert late.published_at is None
    assert late.published_from == "only impossible or future dates"


@pytest.mark.parametrize("written", ["2025-02-30 09:31", "2025-13-01 09:31", "1970-01-01 08:00", "2025-07-45"])
def test_an_impossible_date_is_none(written: str) -> None:
    assert read(f"<div>{written}</div>").published_at is None


def test_a_date_without_its_year_is_the_last_one_before_the_fetch() -> None:
    byline = "<div><span>发布时间：07-01</span><span>09:31</span></div>"
    assert read(byline).published_at is None
    assert str(read(byline, fetched_at=datetime(2025, 7, 3, tzinfo=UTC)).published_at).startswith("2025-07-01 01:31")
    assert str(read(byline, fetched_at=datetime(2026, 1, 3, tzinfo=UTC)).published_at).startswith("2025-07-01 01:31")


def test_a_date_without_its_year_takes_it_from_another_reading_of_that_day() -> None:
    byline = "<div><span>07-01</span><span>09:31</span></div>"
    extraction = read(byline, head='<meta itemprop="dateUpdate" content="2024-07-01 12:00">')
    assert str(extraction.published_at).startswith("2024-07-01 01:31")


def test_the_address_tells_a_day_at_last() -> None:
    extraction = read(url="https://news.example.cn/202507/t20250701_123.shtml")
    assert (extraction.published_precision, extraction.published_from) == (Precision.DAY, "url")


def test_an_epoch_in_the_address_tells_the_minute_only_where_the_source_says_so() -> None:
    url = "https://news.example.cn/a/20250701/1751333460123.shtml"
    assert read(url=url).published_precision is Precision.DAY
    extraction = read(url=url, hints=Hints(published_at=("url:epoch-ms",)))
    assert str(extraction.published_at).startswith("2025-07-01 01:31")
    assert extraction.published_precision is Precision.MINUTE


def test_a_hint_goes_before_everything() -> None:
    extraction = read(
        "<div>2025-06-11 10:00</div>", beside="<b id='when'>2025-07-01 09:31</b>", hints=Hints(published_at=("#when",))
    )
    assert str(extraction.published_at).startswith("2025-07-01 01:31")
    assert extraction.published_from == "css:#when"
