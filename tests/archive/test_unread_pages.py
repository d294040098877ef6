"""Pages that could not be read: tried three times more at growing intervals, then failed until something frees them."""

from archive.database import Database
from archive.pages import count_verdicts, mark_extracted
from archive.settings import ArchiveSettings
from archive.unread_pages import (
    defer_page,
    failing_pages,
    has_failed_pages,
    is_superseded,
    requeue_failed_pages,
    unread_pages,
    waiting_pages,
)
from tests.archive.test_pages import keep

URL = "https://www.example.cn/1"


def test_a_page_is_tried_three_times_more_at_growing_intervals_then_it_has_failed(
    database: Database, settings: ArchiveSettings
) -> None:
    page = keep(database, settings, URL)
    with database.write() as connection:
        tries = [defer_page(connection, page, f"\ud83d died\0 {number}", version="v") for number in range(3)]
        assert None not in tries
        assert tries == sorted(tries, key=str)
        assert waiting_pages(connection, "a", limit=9) == [], "not due yet"
        assert [found.id for found in unread_pages(connection, limit=9)] == [page]
        assert count_verdicts(connection) == {"waiting": 1}
        (told,) = failing_pages(connection, limit=9)
        assert (told["url"], told["verdict"], told["tries"], told["next_try_at"]) == (URL, None, 3, tries[-1])
        assert told["reason"] == "\\ud83d died\\0 2"
        assert defer_page(connection, page, "died again", version="v") is None
        assert count_verdicts(connection) == {"failed": 1}
        assert [found.id for found in unread_pages(connection, sources=["a"], urls=[URL], limit=9)] == [page]
        assert unread_pages(connection, sources=["b"], limit=9) == []


def test_another_version_of_the_extraction_frees_what_failed(database: Database, settings: ArchiveSettings) -> None:
    page = keep(database, settings, URL)
    with database.write() as connection:
        for _ in range(4):
            defer_page(connection, page, "died", version="old")
        assert not has_failed_pages(connection, "a", version="old")
        assert has_failed_pages(connection, "a", version="new")
        requeue_failed_pages(connection, "a", version="old")
        assert waiting_pages(connection, "a", limit=9) == []
        requeue_failed_pages(connection, "a", version="new")
        assert [found.id for found in waiting_pages(connection, "a", limit=9)] == [page]


def test_a_page_that_is_read_in_the_end_is_in_no_list_and_an_older_one_of_its_address_is_superseded(
    database: Database, settings: ArchiveSettings
) -> None:
    older, newer = keep(database, settings, URL), keep(database, settings, URL)
    with database.write() as connection:
        first, second = unread_pages(connection, limit=9)
        defer_page(connection, newer, "died", version="v")
        assert not is_superseded(connection, first)
        mark_extracted(connection, newer, "article", "")
        assert failing_pages(connection, limit=9) == []
        assert [page.id for page in unread_pages(connection, limit=9)] == [older]
        assert is_superseded(connection, first)
        assert not is_superseded(connection, second)
