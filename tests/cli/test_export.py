"""`deltanews archive export`: its filters name what is known, its CSV opens in Excel, and it says how many it wrote."""

import codecs
import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.source_titles import store_source_titles
from tests.cli.conftest import Run


def save(archive: Database, number: int, source: str, province: str, topic: str) -> None:
    url = f"https://news.example/{number}"
    time = datetime(2026, 11, 9 + number, 4, 0, tzinfo=UTC)
    article = Article(
        url=url,
        canonical_url=url,
        source=source,
        section="news",
        province=province,
        title=f"长三角{number}",
        body="正文",
        published_at=time,
        fetched_at=time,
        relevance=Relevance(level=Level.CORE, topics=(topic,)),
    )
    with archive.write() as connection:
        save_article(connection, article, page_id=None)


@pytest.fixture(autouse=True)
def three(archive: Database) -> None:
    save(archive, 1, "jstv", "江苏", "交通")
    save(archive, 2, "ahtv", "安徽", "交通")
    save(archive, 3, "ahtv", "安徽", "科创")
    with archive.write() as connection:
        store_source_titles(connection, {"jstv": "荔枝网", "ahtv": "安徽网络广播电视台"})


def titles(run: Run, *options: str) -> list[str]:
    done = run("archive", "export", *options, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line)["title"] for line in done.stdout.splitlines()]
    assert done.stderr == f"{len(found)} articles written\n"
    return found


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--source", "jstv", "--source", "ahtv"), "123"),
        (("--source", "荔枝网"), "1"),
        (("--province", "安徽省"), "23"),
        (("--province", "江苏"), "1"),
        (("--topic", "交通"), "12"),
        (("--topic", "交通", "--province", "安徽"), "2"),
        (("--until", "2026-11-11"), "12"),
        (("--since", "2026-11-11", "--until", "2026-11-11"), "2"),
        (("--until", "2026-11"), "123"),
        (("--level", "related"), ""),
    ],
)
def test_a_filter_leaves_what_it_says(run: Run, options: tuple[str, ...], numbers: str) -> None:
    assert titles(run, *options) == [f"长三角{number}" for number in numbers]


@pytest.mark.parametrize(
    ("option", "value", "known"),
    [
        ("--level", "cor", ("core", "related", "mention", "none")),
        ("--source", "荔枝", ("jstv (荔枝网)", "ahtv (安徽网络广播电视台)")),
        ("--province", "浙江省", ("江苏", "安徽")),
        ("--topic", "科技", ("交通", "科创")),
    ],
)
def test_what_is_not_known_is_an_error_that_names_what_is(
    run: Run, option: str, value: str, known: tuple[str, ...]
) -> None:
    done = run("archive", "export", option, value, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert option in done.stderr
    assert [name for name in known if name not in done.stderr] == []


def test_a_csv_begins_with_the_mark_that_excel_needs(run: Run, tmp_path: Path) -> None:
    done = run("archive", "export", "--format", "csv", "--output", "all.csv", DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stdout) == (0, "")
    written = (tmp_path / "all.csv").read_bytes()
    assert written.startswith(codecs.BOM_UTF8)
    assert len(list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))) == 3
    assert "3 articles written to all.csv" in done.stderr


def test_a_folder_is_no_file_to_write_and_nothing_is_left_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = run("archive", "export", "--output", "folder", DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (done.returncode, done.stderr) == (2, "deltanews: --output: folder is a folder; name a file\n")
    assert not list(tmp_path.glob("*.unfinished"))
