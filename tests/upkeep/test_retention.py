"""Nothing goes unless the settings say so; then whole WARC files and revisions of the middle do, and it is named."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from archive.database import Database
from archive.schema import articles, revisions
from tests.upkeep.written_archive import WrittenArchive, address, text

EXPIRING = {"DELTANEWS_ARCHIVE_KEEP_PAGES_DAYS": "30", "DELTANEWS_ARCHIVE_KEEP_REVISIONS_DAYS": "30"}


def files(archive: WrittenArchive) -> set[Path]:
    return set(archive.settings.pages.rglob("*.warc.gz"))


def revisions_of(archive: WrittenArchive, number: int) -> list[str]:
    query = (
        select(revisions.c.body)
        .join(articles, articles.c.id == revisions.c.article_id)
        .where(articles.c.canonical_url == address(number))
        .order_by(revisions.c.revision)
    )
    with closing(Database.open(archive.settings)) as database, database.read() as connection:
        return list(connection.scalars(query))


def an_aged_archive(archive: WrittenArchive) -> set[Path]:
    """Write a file of old pages and one that holds a new page, too; return the second."""
    archive.write(1, 2, source="jstv")
    for change in ("第二稿", "第三稿", "第四稿"):
        archive.write(1, source="jstv", body=change + text(1))
    before = files(archive)
    archive.write(3, 4)
    archive.age(40, 1, 2, 3)
    return files(archive) - before


def test_nothing_goes_that_the_settings_do_not_name(archive: WrittenArchive) -> None:
    an_aged_archive(archive)
    before = files(archive)
    archive.tell("index")
    assert files(archive) == before
    assert len(revisions_of(archive, 1)) == 4


def test_whole_files_and_revisions_of_the_middle_go(archive: WrittenArchive, tmp_path: Path) -> None:
    kept = an_aged_archive(archive)
    texts = archive.articles()
    archive.tell("index", variables=EXPIRING)
    assert files(archive) == kept
    assert revisions_of(archive, 1) == [text(1), "第四稿" + text(1)]
    assert archive.articles() == archive.searchable() == texts
    said = archive.tell("reextract", "--source", "jstv", "--dry-run")
    for number in (1, 2):
        assert f"{address(number)}\tits raw page was removed, as [archive] keep_pages_days wants it" in said
    assert "WARC files copied\t1," in archive.tell("archive", "backup", str(tmp_path / "backup"))


def test_a_page_that_was_not_read_keeps_its_file(archive: WrittenArchive) -> None:
    archive.write(1)
    read = files(archive)
    archive.write(2, read=False)
    unread = files(archive) - read
    archive.age(40, 1, 2)
    archive.tell("index", variables=EXPIRING)
    assert files(archive) == unread
