"""Parts: whose further page an address is, how long an article waits for it, and what becomes of it without a first."""

import pytest
from sqlalchemy import Connection, select

from archive.database import Database
from archive.links import NewLink, add_links, due_links, find_link, mark_failed, mark_fetched, mark_refused
from archive.pages import mark_extracted, mark_waiting, newest_pages
from archive.parts import (
    PART_TRIES,
    add_parts,
    adopt_page,
    article_of_part,
    due_links_of,
    first_page,
    open_parts,
    release_parts,
    requeue_parts,
    stored_parts,
)
from archive.schema import links
from archive.settings import ArchiveSettings
from archive.unread_pages import failing_pages, waiting_pages
from tests.archive.test_pages import keep

URL = "https://www.example.cn/1.html"
PARTS = ("https://www.example.cn/1_2.html", "https://www.example.cn/1_3.html")


@pytest.fixture
def article(database: Database, settings: ArchiveSettings) -> str:
    """An article whose first page is stored, with two parts to be fetched."""
    with database.write() as connection:
        add_links(connection, "a", "news", [NewLink(URL, URL)])
        link = find_link(connection, URL)
        assert link is not None
        mark_fetched(connection, link.id)
    keep(database, settings, URL)
    with database.write() as connection:
        page = first_page(connection, URL)
        assert page is not None
        assert add_parts(connection, page, [NewLink(url, url) for url in PARTS], most=20) == 2
        assert add_parts(connection, page, [NewLink(url, url) for url in PARTS], most=20) == 0
    return URL


def link_id_of(connection: Connection, url: str) -> int:
    return int(connection.scalars(select(links.c.id).where(links.c.canonical_url == url)).one())


def test_parts_are_links_to_be_fetched_and_no_articles(database: Database, article: str) -> None:
    with database.read() as connection:
        assert [link.url for link in due_links(connection, "a", limit=9)] == list(PARTS)
        assert [link.url for link in due_links_of(connection, article)] == list(PARTS)
        assert article_of_part(connection, PARTS[0]) == article
        assert article_of_part(connection, article) is None
        assert open_parts(connection, article) == list(PARTS)


def test_an_article_waits_until_each_part_is_read_given_up_or_tried_a_few_times(
    database: Database, settings: ArchiveSettings, article: str
) -> None:
    part = keep(database, settings, PARTS[0])
    with database.write() as connection:
        mark_fetched(connection, link_id_of(connection, PARTS[0]))
        assert open_parts(connection, article) == list(PARTS), "it is not read yet"
        mark_extracted(connection, part, "part", "")
        assert open_parts(connection, article) == [PARTS[1]]
        for number in range(1, PART_TRIES + 1):
            assert open_parts(connection, article) == [PARTS[1]]
            mark_failed(connection, link_id_of(connection, PARTS[1]), f"HTTP 50{number}")
        assert open_parts(connection, article) == []
        first, second = stored_parts(connection, article)
        assert (first.url, first.location is not None, first.problem) == (PARTS[0], True, "")
        assert (second.url, second.location, second.problem) == (PARTS[1], None, "HTTP 503")
    assert [page.url for page in newest_pages(database)] == [article], "a part is read with its article"


def test_a_refused_part_is_not_waited_for(database: Database, article: str) -> None:
    with database.write() as connection:
        for url in PARTS:
            mark_refused(connection, link_id_of(connection, url), "off the source's hosts")
        assert open_parts(connection, article) == []


def test_a_part_that_cannot_be_fetched_again_is_the_older_one_and_says_so(
    database: Database, settings: ArchiveSettings, article: str
) -> None:
    part = keep(database, settings, PARTS[0])
    with database.write() as connection:
        mark_extracted(connection, part, "part", "")
        mark_fetched(connection, link_id_of(connection, PARTS[0]))
        requeue_parts(connection, article)
        assert open_parts(connection, article) == list(PARTS)
        for _ in range(PART_TRIES):
            mark_failed(connection, link_id_of(connection, PARTS[0]), "HTTP 404", missing=True)
        first, _ = stored_parts(connection, article)
        assert first.location is not None
        assert "cannot be fetched again: HTTP 404" in first.problem


def test_a_page_that_waits_for_its_parts_is_listed_with_the_reason(database: Database, article: str) -> None:
    with database.write() as connection:
        page = first_page(connection, article)
        assert page is not None
        mark_waiting(connection, page.id, "it waits")
        assert [found.id for found in waiting_pages(connection, "a", limit=9)] == [page.id]
        assert [row["reason"] for row in failing_pages(connection, limit=9)] == ["it waits"]


def test_no_more_than_so_many_parts_are_noted(database: Database, article: str) -> None:
    with database.write() as connection:
        page = first_page(connection, article)
        assert page is not None
        addresses = [f"https://www.example.cn/1_{number}.html" for number in range(4, 40)]
        more = [NewLink(address, address) for address in addresses]
        assert add_parts(connection, page, more, most=20) == 18


def test_a_later_page_from_a_list_becomes_a_part_and_is_freed_where_its_first_page_is_not_to_be_had(
    database: Database, settings: ArchiveSettings
) -> None:
    with database.write() as connection:
        add_links(connection, "a", "news", [NewLink(PARTS[0], PARTS[0])])
        mark_fetched(connection, link_id_of(connection, PARTS[0]))
    keep(database, settings, PARTS[0])
    with database.write() as connection:
        page = first_page(connection, PARTS[0])
        assert page is not None
        adopt_page(connection, page, PARTS[0], NewLink(URL, URL))
        mark_extracted(connection, page.id, "part", "")
        assert article_of_part(connection, PARTS[0]) == URL
        assert [link.url for link in due_links_of(connection, URL)] == [URL]
        release_parts(connection, URL)
        assert article_of_part(connection, PARTS[0]) is None
        assert [found.id for found in waiting_pages(connection, "a", limit=9)] == [page.id]


def test_a_list_that_gave_a_later_page_under_the_articles_own_address_leads_to_the_first(
    database: Database, settings: ArchiveSettings
) -> None:
    listed, part = f"{URL}?page=2", f"{URL}?page=2"
    with database.write() as connection:
        add_links(connection, "a", "news", [NewLink(listed, URL)])
        mark_fetched(connection, link_id_of(connection, URL))
    keep(database, settings, URL)
    with database.write() as connection:
        page = first_page(connection, URL)
        assert page is not None
        adopt_page(connection, page, part, NewLink(URL, URL))
        assert first_page(connection, URL) is None
        assert [(link.url, link.canonical_url) for link in due_links_of(connection, URL)] == [(URL, URL)]
        assert [stored.url for stored in stored_parts(connection, URL)] == [URL]
