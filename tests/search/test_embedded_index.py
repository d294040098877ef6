"""The embedded index on disk: killed in mid-write, shared by processes, of another version, damaged."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexFormatError, IndexUnavailableError, SearchRequest
from indexer.search.query.parser import parse_query
from tests.search.corpus import CORPUS, LIVE, story

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def start_writing(folder: Path, prefix: str, first: int, batches: int, batch: int) -> "subprocess.Popen[str]":
    arguments = [str(value) for value in (folder, prefix, first, batches, batch)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.search.writing_process", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def held(folder: Path) -> set[str]:
    return {document.story_id for document in EmbeddedIndex(folder).documents()}


def test_a_kill_in_mid_write_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    acknowledged: set[str] = set()
    for round_number in range(4):
        process = start_writing(folder, "s", round_number * 100_000, batches=1_000, batch=100)
        assert process.stdout
        for _ in range(3):
            acknowledged.update(process.stdout.readline().split())
        process.kill()
        process.wait()
        acknowledged.update(process.stdout.read().split())
        process.stdout.close()
        present = held(folder)
        assert acknowledged <= present
        assert len(present) % 100 == 0, "a batch is there as a whole or not at all"
    assert EmbeddedIndex(folder).write([story("after", "smg", "2026-11-20T08:00", "还能写", "")]).acknowledged


def test_processes_that_write_at_once_take_turns_while_others_read(folder: Path) -> None:
    writers = [start_writing(folder, prefix, 0, batches=6, batch=20) for prefix in "ab"]
    reader = EmbeddedIndex(folder)
    reader.prepare()
    seen = [0]
    while any(writer.poll() is None for writer in writers):
        seen.append(reader.search(SearchRequest(parse_query("长三角"), limit=1)).total)
    for writer in writers:
        assert writer.wait() == 0
        assert writer.stdout
        writer.stdout.close()
    assert seen == sorted(seen)
    assert len(held(folder)) == 2 * 6 * 20
    assert reader.count() == 2 * 6 * 20


def test_a_reader_sees_each_commit_at_once(folder: Path) -> None:
    reader, writer = EmbeddedIndex(folder), EmbeddedIndex(folder)
    writer.prepare()
    for number in range(3):
        writer.write([story(f"s{number}", "smg", "2026-11-20T08:00", "长三角", "")])
        assert reader.count() == number + 1


def test_a_writer_gives_up_when_another_one_does_not_end(folder: Path) -> None:
    index = EmbeddedIndex(folder, lock_seconds=0.1)
    index.prepare()
    with FileLock(folder / "write.lock"), pytest.raises(IndexUnavailableError, match="another process"):
        index.write(CORPUS)
    assert index.write(CORPUS).acknowledged


def test_searching_before_anything_was_indexed_says_what_to_do(folder: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="deltanews index"):
        EmbeddedIndex(folder).search(SearchRequest(parse_query("")))
    assert not folder.exists()


@pytest.mark.parametrize(
    "marker", ['{"format": 0, "stories": "stories-1"}', '{"format": 99}', "{}{", '{"form": 1}', "\x00"]
)
def test_an_index_of_another_version_is_told_and_left_alone(folder: Path, marker: str) -> None:
    index = EmbeddedIndex(folder)
    index.write(CORPUS)
    (folder / "format.json").write_text(marker)
    for use in (
        EmbeddedIndex(folder).prepare,
        EmbeddedIndex(folder).count,
        lambda: EmbeddedIndex(folder).write(CORPUS),
    ):
        with pytest.raises(IndexFormatError, match="rebuild"):
            use()
    assert (folder / "format.json").read_text() == marker


def test_damaged_files_are_told(folder: Path) -> None:
    EmbeddedIndex(folder).write(CORPUS)
    stories = folder / json.loads((folder / "format.json").read_text())["stories"]
    (stories / "meta.json").write_text("{")
    with pytest.raises(IndexFormatError, match="rebuild"):
        EmbeddedIndex(folder).count()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailableError, match="cannot be created"):
        EmbeddedIndex(tmp_path / "file" / "index").prepare()


def test_stories_of_one_second_keep_their_order_over_pages(folder: Path) -> None:
    index = EmbeddedIndex(folder)
    names = [f"s{number}" for number in range(50)]
    for start in range(0, 50, 10):
        index.write([story(name, "smg", "2026-11-20T08:00", "长三角", "") for name in names[start : start + 10]])
    pages = [
        hit.story_id
        for offset in range(0, 50, 7)
        for hit in index.search(SearchRequest(parse_query("长三角"), limit=7, offset=offset)).hits
    ]
    assert sorted(pages) == sorted(names)
    index.write([story("s0", "smg", "2026-11-20T08:00", "长三角", "", revision=2)])
    again = [hit.story_id for hit in index.search(SearchRequest(parse_query("长三角"), limit=50)).hits]
    assert again == pages


def test_all_of_the_corpus_is_read_back(folder: Path) -> None:
    index = EmbeddedIndex(folder)
    index.write(CORPUS)
    assert {document.story_id: document for document in index.documents()} == {
        document.story_id: document for document in CORPUS if document.story_id in LIVE
    }


FULL_DISK = """
import resource, sys
from pathlib import Path
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexUnavailableError
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    EmbeddedIndex(Path(sys.argv[1])).successor()
except IndexUnavailableError as error:
    print(error)
"""


def test_a_successor_that_the_disk_does_not_take_is_said(tmp_path: Path) -> None:
    EmbeddedIndex(tmp_path / "stories").write(CORPUS)
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path / "stories"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "cannot be written" in told.stdout
