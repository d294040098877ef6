"""A back-up of a working archive, put back elsewhere, is an archive of one moment with every page that it names."""

import threading
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

from archive.database import Database
from archive.warc import PageWriter
from tests.deadline import wait_until
from tests.upkeep.written_archive import WrittenArchive, address, text


def is_longer_than(written: list[int], length: int) -> bool:
    return len(written) > length


def test_a_backup_under_load_is_whole(archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path) -> None:
    ended = threading.Event()
    written: list[int] = []

    def crawl() -> None:
        with (
            closing(Database.open(archive.settings)) as database,
            closing(PageWriter(archive.settings.pages)) as writer,
        ):
            for number in count(1):
                archive.write_one(database, writer, number)
                written.append(number)
                if ended.is_set():
                    return

    crawling = threading.Thread(target=crawl)
    crawling.start()
    for _ in range(3):
        before = len(written)
        wait_until(partial(is_longer_than, written, before + 5), "the crawl goes on")
        archive.tell("archive", "backup", str(tmp_path / "backup"))
    at_most = len(written) + 1
    ended.set()
    crawling.join()

    elsewhere.tell("archive", "restore", str(tmp_path / "backup"))
    found = elsewhere.articles()
    assert 5 < before < len(found) <= at_most
    assert found == {address(number): text(number) for number in range(1, len(found) + 1)}
    assert elsewhere.pages() == found
    elsewhere.tell("index")
    assert elsewhere.searchable() == found


def test_only_what_is_new_or_grew_is_copied(archive: WrittenArchive, tmp_path: Path) -> None:
    archive.write(1, 2)
    assert "WARC files copied\t1," in archive.tell("archive", "backup", str(tmp_path / "backup"))
    archive.write(3)
    said = archive.tell("archive", "backup", str(tmp_path / "backup"))
    assert "WARC files copied\t1," in said
    assert "WARC files unchanged\t1" in said
    assert len(list((tmp_path / "backup").glob("*.sqlite"))) == 1


def test_a_damaged_file_is_named_and_its_good_copy_kept(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1, 2)
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    (file,) = archive.settings.pages.rglob("*.warc.gz")
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] + b"\0" * 20)
    assert f"not backed up: {file.parent.name}/{file.name}" in archive.tell(
        "archive", "backup", str(tmp_path / "backup"), status=1
    )
    elsewhere.tell("archive", "restore", str(tmp_path / "backup"))
    assert elsewhere.pages() == {address(number): text(number) for number in (1, 2)}


def test_where_the_folder_takes_no_more_the_backup_of_before_stays(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1)
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    archive.write(2)
    for file in archive.settings.pages.rglob("*.warc.gz"):
        name = file.relative_to(archive.settings.pages)
        (tmp_path / "backup" / "pages" / f"{name}.unfinished").mkdir()
    assert ".unfinished" in archive.tell("archive", "backup", str(tmp_path / "backup"), status=1)
    elsewhere.tell("archive", "restore", str(tmp_path / "backup"))
    assert elsewhere.pages() == elsewhere.articles() == {address(1): text(1)}


def test_a_damaged_backup_restores_nothing(archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path) -> None:
    archive.write(1)
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    (file,) = (tmp_path / "backup" / "pages").rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-1])
    assert str(file) in elsewhere.tell("archive", "restore", str(tmp_path / "backup"), status=1)
    assert not list(elsewhere.settings.directory.glob("**/*.sqlite"))


def test_nothing_takes_the_place_of_another_archive_s_backup_or_of_an_archive(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1)
    elsewhere.write(2)
    backup = str(tmp_path / "backup")
    archive.tell("archive", "backup", backup)
    assert "another archive" in elsewhere.tell("archive", "backup", backup, status=2)
    assert "is there already" in elsewhere.tell("archive", "restore", backup, status=2)
    assert "is not empty" in archive.tell("archive", "backup", str(archive.settings.directory / "pages"), status=2)
    assert "own folder" in archive.tell("archive", "backup", str(archive.settings.directory), status=2)
    assert "no whole back-up" in archive.tell("archive", "restore", str(tmp_path / "nothing"), status=2)
    assert elsewhere.articles() == {address(2): text(2)}


def test_a_restored_archive_is_backed_up_to_the_same_folder(
    archive: WrittenArchive, elsewhere: WrittenArchive, tmp_path: Path
) -> None:
    archive.write(1)
    archive.tell("archive", "backup", str(tmp_path / "backup"))
    elsewhere.tell("archive", "restore", str(tmp_path / "backup"))
    elsewhere.write(2)
    assert "WARC files unchanged\t1" in elsewhere.tell("archive", "backup", str(tmp_path / "backup"))


def test_postgresql_is_told_what_to_do(archive: WrittenArchive, tmp_path: Path) -> None:
    url = {"DELTANEWS_ARCHIVE_URL": "postgresql+psycopg://delta:hunter2@127.0.0.1:9/news"}
    for command in ("backup", "restore"):
        said = archive.tell("archive", command, str(tmp_path / "backup"), status=2, variables=url)
        assert "pg_dump" in said
        assert str(archive.settings.pages) in said
        assert "hunter2" not in said
