"""What is forgotten is gone from every place, is not fetched again, and does not come back out of a back-up."""

import gzip
from contextlib import closing
from pathlib import Path

from archive.database import Database
from archive.forgetting import forget
from archive.links import NewLink, add_links
from archive.warc import PageWriter
from tests.upkeep.written_archive import WrittenArchive, address, text


def bytes_of(folder: Path) -> bytes:
    """All that stands in the database's files and, unpacked, in the WARC files below a folder."""
    databases = b"".join(path.read_bytes() for path in folder.rglob("*.sqlite*"))
    return databases + b"".join(gzip.decompress(path.read_bytes()) for path in folder.rglob("*.warc.gz*"))


def test_an_article_goes_from_every_place(archive: WrittenArchive) -> None:
    archive.write(1, 2, 3)
    archive.write(2, body="改过的" + text(2))
    archive.tell("index")
    assert text(2).encode() in bytes_of(archive.settings.directory)
    said = archive.tell("archive", "forget", address(2))
    assert "raw pages removed\t2" in said
    left = {address(number): text(number) for number in (1, 3)}
    assert archive.searchable() == archive.articles() == archive.pages() == left
    stored = bytes_of(archive.settings.directory)
    assert address(2).encode() not in stored
    assert text(2).encode() not in stored
    assert text(3).encode() in stored


def test_a_forgotten_address_is_not_taken_from_a_list_again(archive: WrittenArchive) -> None:
    archive.write(1, 2)
    archive.tell("archive", "forget", address(2))
    with closing(Database.open(archive.settings)) as database, database.write() as connection:
        found = [NewLink(address(number), address(number)) for number in (1, 2, 3)]
        assert add_links(connection, "local", "news", found) == 1


def test_why_says_that_an_address_was_forgotten(archive: WrittenArchive) -> None:
    archive.write(1, 2)
    archive.tell("archive", "forget", address(2))
    archive.tell("index")
    assert "outcome\tforgotten" in archive.tell("why", address(2))


def test_a_story_is_told_by_its_other_article(archive: WrittenArchive) -> None:
    archive.write(1)
    archive.write(2, body=text(1) + "本台编辑。")
    archive.tell("index")
    assert archive.searchable() == {address(1): text(1)}
    archive.tell("archive", "forget", address(1))
    assert archive.searchable() == {address(2): text(1) + "本台编辑。"}
    archive.tell("rebuild", "stories")
    archive.tell("index")
    assert archive.searchable() == {address(2): text(1) + "本台编辑。"}


def test_a_source_goes_whole(archive: WrittenArchive) -> None:
    archive.write(1, 2, source="leaving")
    archive.write(3)
    archive.tell("index")
    assert "addresses forgotten\t2" in archive.tell("archive", "forget", "leaving")
    assert archive.searchable() == archive.articles() == archive.pages() == {address(3): text(3)}
    assert len(archive.warc_files()) == len(list(archive.settings.pages.rglob("*.warc.gz"))) == 1


def test_what_is_not_stored_cannot_be_forgotten(archive: WrittenArchive) -> None:
    archive.write(1)
    assert "nothing of such" in archive.tell("archive", "forget", "https://news.example/77.html", status=2)
    assert archive.articles() == {address(1): text(1)}


def test_a_file_that_a_crawl_writes_to_is_left_until_the_crawl_has_ended(archive: WrittenArchive) -> None:
    with closing(Database.open(archive.settings)) as database, closing(PageWriter(archive.settings.pages)) as writer:
        for number in (1, 2):
            archive.write_one(database, writer, number)
        assert "being written to" in archive.tell("archive", "forget", address(2))
        assert archive.articles() == {address(1): text(1)}
        archive.write_one(database, writer, 3)
    assert archive.marks() == [address(2)]
    archive.tell("index")
    assert archive.marks() == []
    assert archive.pages() == {address(number): text(number) for number in (1, 3)}
    assert text(2).encode() not in bytes_of(archive.settings.directory)


def test_backups_that_hold_it_are_named_and_bring_nothing_back(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1, 2)
    folders = [tmp_path / name for name in ("of before", "unplugged", "made again")]
    for folder in folders:
        archive.tell("archive", "backup", str(folder))
    before, unplugged, again = folders
    unplugged.rename(tmp_path / "away")
    said = archive.tell("archive", "forget", address(2))
    assert f"still holds it\t{before}\n" in said
    assert f"still holds it\t{unplugged} (out of reach" in said
    archive.tell("archive", "backup", str(again))
    assert text(2).encode() not in bytes_of(again)
    elsewhere.tell("archive", "restore", str(before))
    assert elsewhere.articles() == elsewhere.pages() == {address(1): text(1)}
    elsewhere.tell("index")
    assert elsewhere.searchable() == elsewhere.articles() == elsewhere.pages() == {address(1): text(1)}
    assert text(2).encode() not in bytes_of(elsewhere.settings.directory)


def test_a_backup_that_was_out_of_reach_is_restored_without_it_where_the_archive_was(
    archive: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1, 2)
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    (tmp_path / "backup").rename(tmp_path / "away")
    archive.tell("archive", "forget", address(2))
    for file in archive.settings.directory.glob("archive.sqlite*"):
        file.unlink()
    archive.tell("archive", "restore", str(tmp_path / "away"))
    archive.tell("index")
    assert archive.articles() == archive.pages() == {address(1): text(1)}
    assert "nothing of such" in archive.tell("archive", "forget", address(2), status=2)


def test_what_is_restored_shows_nothing_that_was_forgotten_before_it_is_indexed(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1, 2, 3)
    archive.write(4, body=text(3) + "本台编辑。")
    archive.tell("index")
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    for number in (2, 3):
        archive.tell("archive", "forget", address(number))
    assert "forgotten since\t2 addresses" in elsewhere.tell("archive", "restore", str(tmp_path / "backup"))
    assert elsewhere.marks() == []
    assert text(2).encode() not in bytes_of(elsewhere.settings.directory)
    left = {address(1): text(1), address(4): text(3) + "本台编辑。"}
    assert elsewhere.articles() == elsewhere.pages() == left
    assert address(2) not in elsewhere.tell("archive", "export")
    assert "第2号" not in elsewhere.tell("story", address(2), status=2)
    assert "outcome\tforgotten" in elsewhere.tell("why", address(2))
    assert address(4) in elsewhere.tell("story", address(4))
    elsewhere.tell("rebuild", "index")
    assert elsewhere.searchable() == left


def test_a_rebuilt_index_is_without_what_is_still_to_be_forgotten(archive: WrittenArchive) -> None:
    archive.write(1, 2)
    archive.tell("index")
    with closing(Database.open(archive.settings)) as database, database.write() as connection:
        forget(connection, [address(2)])  # as `archive forget` does first; then it was killed
    archive.tell("rebuild", "index")
    assert archive.searchable() == {address(1): text(1)}
