"""Retry-After has one cap, whatever it says; a rate limit can be lifted, and no date of one ends a command."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.database import Database
from archive.rate_limits import MAX_RATE_LIMIT, current_rate_limits, limit_domain
from archive.schema import rate_limits
from archive.settings import ArchiveSettings
from crawler.downloader.retry import retry_after
from crawler.downloader.robots import robots_text
from tests.product import Product

LONGEST = MAX_RATE_LIMIT.total_seconds()
FAR = [
    b"Fri, 31 Dec 9999 23:59:59 GMT", b"Fri, 31 Dec 9999 23:59:59 -1200", b"Sat, 01 Jan 2999 00:00:00 +0800",
    b"9" * 400, b"31536000",
]  # fmt: skip
PAST = [b"Sat, 01 Jan 0001 00:00:00 GMT", b"Sat, 01 Jan 0000 00:00:00 GMT", b"Mon, 01 Jan 1990 00:00:00 GMT", b"0"]
GARBAGE = [
    b"", b"-5", b"1.5", b"soon", b"Fri, 31 Feb 2027 00:00:00 GMT", b"Fri, 31 Dec 99999 23:59:59 GMT", b"\xff\xfe",
    b"Fri, 31 Dec 2027 99:99:99 GMT", b"Fri, 31 Dec 2027 00:00:00 +9999999", b",", b"Mon, 1 Jan",
]  # fmt: skip


@pytest.mark.parametrize("header", FAR)
def test_no_wish_is_longer_than_the_cap(header: bytes) -> None:
    assert retry_after(header) == LONGEST


@pytest.mark.parametrize("header", PAST)
def test_a_date_of_the_past_asks_for_nothing(header: bytes) -> None:
    assert retry_after(header) == 0.0


@pytest.mark.parametrize("header", GARBAGE)
def test_what_is_neither_seconds_nor_a_date_says_nothing(header: bytes) -> None:
    assert retry_after(header) is None


@given(st.binary(max_size=60) | st.datetimes().map(lambda day: f"{day:%a, %d %b %Y %H:%M:%S} GMT".encode()))
def test_any_header_gives_a_wish_within_the_cap_or_none(header: bytes) -> None:
    wish = retry_after(header)
    assert wish is None or 0 <= wish <= LONGEST


@pytest.fixture
def product(tmp_path: Path) -> Product:
    return Product(tmp_path / "product")


def _archive(product: Product) -> Database:
    return Database.open(ArchiveSettings(directory=product.folder / "archive"))


@pytest.mark.parametrize("until", [datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)])
def test_a_pause_of_an_earlier_version_is_shown_and_lifted(product: Product, until: datetime) -> None:
    database = _archive(product)
    with database.write() as connection:
        connection.execute(rate_limits.insert().values(domain="jstv.com", until=until, reason="HTTP 429"))
    rows = [fact for fact in product.rows("status") if fact["kind"] == "trouble"]
    assert [fact["where"] for fact in rows] == ["jstv.com"]
    assert datetime.fromisoformat(rows[0]["next"]) <= datetime.now(UTC) + MAX_RATE_LIMIT
    product.run("status")
    assert [lifted["domain"] for lifted in product.rows("sources", "resume", "jstv")] == ["jstv.com"]
    with database.read() as connection:
        assert current_rate_limits(connection) == {}
    assert product.rows("sources", "resume", "jstv") == []
    database.close()


def test_only_the_sources_own_domains_are_resumed(product: Product) -> None:
    database = _archive(product)
    with database.write() as connection:
        for domain in ("jstv.com", "ahtv.cn"):
            limit_domain(connection, domain, datetime.now(UTC) + timedelta(hours=3), "HTTP 503")
    assert "jstv.com" in product.run("sources", "resume", "jstv").stdout
    with database.read() as connection:
        assert set(current_rate_limits(connection)) == {"ahtv.cn"}
    database.close()


def test_resuming_a_source_that_is_not_there_is_wrong_use(product: Product) -> None:
    assert "there is no source 'jtsv'" in product.run("sources", "resume", "jtsv", expect=(2,)).stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_hides_no_rule_of_robots_txt(encoding: str) -> None:
    text = "User-agent: *\nDisallow: /\n"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert robots_text(mark + text.encode(encoding)) == text
