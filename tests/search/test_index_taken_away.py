"""An index that is taken away, emptied or exchanged behind the archive's back: told or filled again, never "ok"."""

from collections.abc import Callable

import pytest

from indexer.outbox.dead_letters import all_dead_letters, record_dead_letters
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument
from indexer.search.index import IndexUnavailableError
from tests.search import taking_away
from tests.search.indexed_archive import IndexedArchive
from tests.search.taking_away import FAULTS, GONE, NAMED, UNDO, Deed, recover

STORIES = 120
EMBEDDED = pytest.mark.parametrize("indexed", ["embedded"], indirect=True)
CLUSTER = pytest.mark.parametrize("indexed", ["elasticsearch"], indirect=True)


def each_of(deeds: dict[str, tuple[Deed, ...]]) -> Callable[..., object]:
    """Run a test with each deed of each kind of index."""
    cases = [(kind, deed) for kind, of_kind in deeds.items() for deed in of_kind]
    names = [f"{kind}-{deed.__name__}" for kind, deed in cases]
    return pytest.mark.parametrize(("indexed", "deed"), cases, indirect=["indexed"], ids=names)


def letters(indexed: IndexedArchive) -> int:
    with indexed.database.read() as connection:
        return len(all_dead_letters(connection))


@each_of(GONE)
def test_an_index_that_was_deleted_or_emptied_is_filled_again_and_reported(indexed: IndexedArchive, deed: Deed) -> None:
    indexed.add(0, STORIES)
    deed(indexed)
    indexed.save(0, 5, "乙")
    told = indexed.tell("index")
    assert told.returncode == 0
    assert f"the index was empty: {STORIES} stories were enqueued again" in told.stderr
    assert indexed.held() == indexed.archived()
    assert len(indexed.held()) == STORIES


@each_of(NAMED)
def test_what_cannot_be_used_as_it_is_names_the_command_that_helps(indexed: IndexedArchive, deed: Deed) -> None:
    indexed.add(0, STORIES)
    before = indexed.archived()
    deed(indexed)
    indexed.save(STORIES, 5)
    told = indexed.tell("index")
    assert (told.returncode, "run `deltanews rebuild index`" in told.stderr) == (1, True), told.stderr
    assert indexed.tell("doctor").returncode == 1
    assert indexed.tell("rebuild", "index").returncode == 0
    assert indexed.tell("index").returncode == 0
    assert indexed.held() == indexed.archived()
    assert indexed.archived().keys() > before.keys()
    doctor = indexed.tell("doctor")
    assert doctor.returncode == 0, doctor.stdout


def test_an_index_that_lacks_some_stories_stops_and_names_the_rebuild(indexed: IndexedArchive) -> None:
    """As a run of an older version left it: the index was deleted, and only what changed since was written."""
    indexed.add(0, STORIES)
    deed = GONE[indexed.indexer.index][0]
    deed(indexed)
    index = indexed.open()
    index.prepare()
    index.write([document for document in _documents(indexed) if document.title.startswith("第7")])
    index.close()
    summary = indexed.add(STORIES, 3)
    assert "run `deltanews rebuild index`" in (summary.drained.unavailable or "")
    assert summary.drained.waiting >= 3  # and stories whose event has grown by these
    for command in ("status", "doctor"):
        assert "acknowledged" in indexed.tell(command).stdout
    assert recover(indexed) == ["index", "rebuild index", "index"]
    assert indexed.held() == indexed.archived()


def _documents(indexed: IndexedArchive) -> list[StoryDocument]:
    with indexed.database.read() as connection:
        return story_documents(connection, list(indexed.archived()))


@EMBEDDED
def test_a_folder_copied_back_from_a_backup_is_told_though_it_holds_as_many_stories(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.back_up(indexed)
    indexed.add(0, 5, "乙")
    taking_away.bring_back(indexed)
    assert len(indexed.held()) == STORIES
    assert recover(indexed) == ["index", "rebuild index", "index"]
    assert indexed.held() == indexed.archived()


@EMBEDDED
def test_a_story_that_an_old_copy_still_shows_is_told(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.back_up(indexed)
    indexed.drop(7)
    assert len(indexed.held()) == STORIES - 1
    taking_away.bring_back(indexed)
    assert recover(indexed) == ["index", "rebuild index", "index"]
    assert indexed.held() == indexed.archived()


@CLUSTER
def test_a_restored_snapshot_is_told_though_it_holds_as_many_stories(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.take_snapshot(indexed)
    indexed.add(0, 5, "乙")
    taking_away.restore_snapshot(indexed)
    assert recover(indexed) == ["index", "rebuild index", "index"]
    assert indexed.held() == indexed.archived()


@CLUSTER
def test_a_restored_snapshot_that_lacks_nothing_is_taken(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.take_snapshot(indexed)
    taking_away.restore_snapshot(indexed)
    assert "another index" in indexed.tell("status").stdout
    assert recover(indexed) == ["index"]
    assert indexed.held() == indexed.archived()
    assert "another index" not in indexed.tell("status").stdout


@CLUSTER
def test_an_index_in_the_alias_s_place_is_named(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.index_in_the_alias_s_place(indexed)
    for command in (("index",), ("rebuild", "index")):
        told = indexed.tell(*command)
        assert (told.returncode, "an index stands where the alias" in told.stderr) == (1, True), told.stderr
    assert "an index stands where the alias" in indexed.tell("doctor").stdout
    taking_away.take_that_away(indexed)
    assert recover(indexed) == ["index"]
    assert indexed.held() == indexed.archived()


@CLUSTER
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_whole_index_gives_up_no_story(indexed: IndexedArchive, fault: Deed) -> None:
    indexed.add(0, STORIES)
    fault(indexed)
    summary = indexed.add(STORIES, 30)
    assert summary.drained.unavailable
    assert (summary.drained.refused, letters(indexed)) == (0, 0)
    assert summary.drained.waiting >= 30  # and stories whose event has grown by these
    one = indexed.add(STORIES, 1, "乙")
    assert (one.drained.refused, letters(indexed)) == (0, 0), "nor a batch of one"
    assert one.drained.waiting >= 30
    if fault is not taking_away.missing_pipeline:  # which the doctor would have to write to see
        assert indexed.tell("doctor").returncode == 1
    UNDO[fault](indexed)
    assert recover(indexed) == ["index"]
    assert indexed.held() == indexed.archived()


@CLUSTER
@pytest.mark.parametrize("deed", [taking_away.mapping_without_a_field, taking_away.mapping_with_another_type])
def test_a_mapping_that_is_not_ours_gives_up_no_story(indexed: IndexedArchive, deed: Deed) -> None:
    indexed.add(0, STORIES)
    deed(indexed)
    summary = indexed.add(STORIES, 30)
    assert "deltanews rebuild index" in (summary.drained.unavailable or "")
    assert (summary.drained.refused, letters(indexed)) == (0, 0)
    assert recover(indexed) == ["index", "rebuild index", "index"]
    assert indexed.held() == indexed.archived()


@CLUSTER
def test_an_alias_without_a_write_index_gives_up_no_story(indexed: IndexedArchive) -> None:
    """Also where it comes about in the middle of a run, after the alias was looked at."""
    indexed.add(0, STORIES)
    index = indexed.open()
    index.prepare()
    taking_away.second_index(indexed)
    with pytest.raises(IndexUnavailableError, match="deltanews rebuild index"):
        index.write(_documents(indexed)[:3])
    index.close()


@CLUSTER
def test_letters_that_an_older_version_wrote_for_a_closed_index_can_be_sent_again(indexed: IndexedArchive) -> None:
    indexed.add(0, STORIES)
    taking_away.delete_index(indexed)
    with indexed.database.write() as connection:
        refused = {name: (revision, "index_closed_exception: closed") for name, revision in indexed.archived().items()}
        record_dead_letters(connection, indexed.indexer.index, refused)
    indexed.tell("deadletters", "retry", "--all")
    assert recover(indexed) == ["index"]
    assert (indexed.held(), letters(indexed)) == (indexed.archived(), 0)


def test_a_story_that_was_refused_and_dropped_is_not_missed(indexed: IndexedArchive) -> None:
    indexed.add(0, 20)
    story, revision = next(iter(indexed.archived().items()))
    with indexed.database.write() as connection:
        record_dead_letters(connection, indexed.indexer.index, {story: (revision, "made up")})
    indexed.tell("deadletters", "drop", story)
    GONE[indexed.indexer.index][0](indexed)
    index = indexed.open()
    index.prepare()
    index.write([document for document in _documents(indexed) if document.story_id != story])
    index.close()
    assert indexed.add(20, 1).drained.unavailable is None
    assert indexed.held().keys() == indexed.archived().keys() - {story}


def test_doctor_and_status_say_how_many_are_searchable_and_how_many_were_acknowledged(indexed: IndexedArchive) -> None:
    indexed.add(0, 20)
    assert "20 stories searchable, 20 acknowledged" in indexed.tell("doctor").stdout
    GONE[indexed.indexer.index][0](indexed)
    for command in ("doctor", "status"):
        assert "20 stories were acknowledged and none can be searched" in indexed.tell(command).stdout
