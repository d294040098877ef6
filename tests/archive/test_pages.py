import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive import warc
from archive.database import Database
from archive.links import NewLink, add_links
from archive.pages import add_page, mark_extracted, newest_pages
from archive.settings import ArchiveSettings
from archive.unread_pages import waiting_pages
from archive.warc import PageLostError, PageWriter, RawPage, RecordLocation, read_page

FETCHED = datetime(2026, 11, 20, 8, 30, 1, 250000, tzinfo=UTC)


def _page(url: str = "https://www.example.cn/1", body: bytes = "长三角".encode()) -> RawPage:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("X-Other", "ok"))
    return RawPage(url, 200, headers, body, FETCHED)


@given(bodies=st.lists(st.binary(max_size=2000), min_size=1, max_size=5))
def test_every_page_comes_back_as_it_was_kept(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]) -> None:
    directory = tmp_path_factory.mktemp("pages")
    writer = PageWriter(directory)
    pages = [_page(f"https://www.example.cn/{number}", body) for number, body in enumerate(bodies)]
    places = [writer.append(page) for page in pages]
    assert [read_page(directory, location) for location in places] == pages
    writer.close()


def test_a_page_is_on_the_disk_before_anyone_closes_the_file(tmp_path: Path) -> None:
    writer = PageWriter(tmp_path)
    location = writer.append(_page())
    assert (tmp_path / location.file).stat().st_size == location.offset + location.length


def test_compression_and_cookies_of_the_transfer_are_not_kept(tmp_path: Path) -> None:
    headers = (("Content-Encoding", "gzip"), ("Set-Cookie", "a=b"), ("Content-Type", "text/html"))
    location = PageWriter(tmp_path).append(RawPage("https://www.example.cn/1", 200, headers, b"text", FETCHED))
    assert read_page(tmp_path, location).headers == (("Content-Type", "text/html"),)


def test_the_file_is_a_warc_that_other_tools_read(tmp_path: Path) -> None:
    writer = PageWriter(tmp_path)
    location = writer.append(_page())
    writer.append(_page("https://www.example.cn/2"))
    writer.close()
    with (tmp_path / location.file).open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)
        ]
    assert records == [
        ("warcinfo", None),
        ("response", "https://www.example.cn/1"),
        ("response", "https://www.example.cn/2"),
    ]


def test_a_torn_last_record_costs_no_earlier_page(tmp_path: Path) -> None:
    writer = PageWriter(tmp_path)
    first, second = writer.append(_page()), writer.append(_page("https://www.example.cn/2"))
    writer.close()
    path = tmp_path / first.file
    path.write_bytes(path.read_bytes()[: second.offset + 20])
    assert read_page(tmp_path, first) == _page()
    with pytest.raises(PageLostError, match=f"offset {second.offset}"):
        read_page(tmp_path, second)


@settings(max_examples=200, deadline=None)
@given(
    body=st.binary(max_size=3000),
    share=st.integers(0, 9999),
    mask=st.integers(1, 255),
    damage=st.sampled_from(["cut", "zeros", "changed"]),
)
def test_a_record_that_is_cut_or_changed_anywhere_is_never_read_as_another_page(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, share: int, mask: int, damage: str
) -> None:
    directory = tmp_path_factory.mktemp("pages")
    writer = PageWriter(directory)
    location = writer.append(_page(body=body))
    writer.close()
    path = directory / location.file
    whole = path.read_bytes()
    at = location.offset + share * location.length // 10_000
    damaged = {
        "cut": whole[:at],
        "zeros": whole[:at] + bytes(len(whole) - at),
        "changed": whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :],
    }
    path.write_bytes(damaged[damage])
    problem = None
    try:
        read = read_page(directory, location)
    except PageLostError as error:
        problem = str(error)
    if problem is None:  # gzip's notes of its time and system say nothing of the page
        assert damage != "cut"
        assert read == _page(body=body)
    else:
        assert f"{location.file}, offset {location.offset}" in problem


def test_a_file_that_is_full_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "FILE_BYTES", 1500)  # the file's own record and one page
    writer = PageWriter(tmp_path)
    places = [writer.append(_page(f"https://www.example.cn/{number}")) for number in range(6)]
    writer.close()
    assert 1 < len({location.file for location in places}) < 6
    assert [read_page(tmp_path, location).url[-1] for location in places] == list("012345")


def test_a_second_writer_never_appends_to_the_file_of_another(tmp_path: Path) -> None:
    one, other = PageWriter(tmp_path), PageWriter(tmp_path)
    assert one.append(_page()).file != other.append(_page()).file


@pytest.mark.parametrize("location", [RecordLocation("missing.warc.gz", 0, 10), RecordLocation("empty.warc.gz", 0, 10)])
def test_a_lost_page_is_named(tmp_path: Path, location: RecordLocation) -> None:
    (tmp_path / "empty.warc.gz").touch()
    with pytest.raises(PageLostError, match=location.file):
        read_page(tmp_path, location)


def keep(database: Database, settings: ArchiveSettings, address: str) -> int:
    page = _page(address)
    location = PageWriter(settings.pages).append(page)
    with database.write() as connection:
        return add_page(connection, page, location, source="a", section="s", url=address, canonical_url=address)


def test_pages_wait_until_they_are_extracted(database: Database, settings: ArchiveSettings) -> None:
    first, second = (keep(database, settings, f"https://www.example.cn/{number}") for number in (1, 2))
    with database.write() as connection:
        mark_extracted(connection, first, "article", "")
        assert [page.id for page in waiting_pages(connection, "a", limit=10)] == [second]
        assert waiting_pages(connection, "b", limit=10) == []


def test_only_the_newest_page_of_an_address_is_read_anew(database: Database, settings: ArchiveSettings) -> None:
    for number in (1, 2, 1, 3, 1):
        last = keep(database, settings, f"https://www.example.cn/{number}")
    found = list(newest_pages(database, batch=2))
    assert [page.url[-1] for page in found] == ["2", "3", "1"]
    assert found[-1].id == last
    assert read_page(settings.pages, found[0].location) == _page("https://www.example.cn/2")


def test_a_page_that_was_changed_on_the_disk_is_no_page(tmp_path: Path) -> None:
    writer = PageWriter(tmp_path)
    location = writer.append(_page(body=b"a" * 1000))
    writer.close()
    other = PageWriter(tmp_path)
    elsewhere = other.append(_page(body=b"b" * 1000))
    other.close()
    path, data = tmp_path / location.file, (tmp_path / elsewhere.file).read_bytes()
    record = gzip.decompress(data[elsewhere.offset :]).replace(b"bbbb", b"cccc")
    path.write_bytes(path.read_bytes()[: location.offset] + gzip.compress(record))
    with pytest.raises(PageLostError, match=location.file):
        read_page(tmp_path, RecordLocation(location.file, location.offset, path.stat().st_size - location.offset))


def test_a_page_brings_along_what_the_list_says_of_its_time(database: Database) -> None:
    listed = "https://www.example.cn/1"
    with database.write() as connection:
        add_links(connection, "a", "s", [NewLink(listed, listed, listed_at=FETCHED)])
        for url in (listed, "https://www.example.cn/2"):
            location = RecordLocation("a.warc.gz", 0, 1)
            add_page(connection, _page(url), location, source="a", section="s", url=url, canonical_url=url)
    assert [page.listed_at for page in newest_pages(database)] == [FETCHED, None]
    with database.read() as connection:
        assert [page.listed_at for page in waiting_pages(connection, "a", limit=9)] == [FETCHED, None]
