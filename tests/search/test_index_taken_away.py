"""An index that is taken away, emptied or exchanged behind the archive's back: told or filled again, never "ok"."""

from collections.abc import Callable

import pytest

from indexer.outbox.dead_letters import all_dead_letters, record_dead_letters
from indexer.outbox.story_documents import story_documents
from indexer.search.document import StoryDocument
from indexer.search.index import IndexUnavailableError
from tests.search import taking_away
from tests.search.house import House
from tests.search.taking_away import FAULTS, GONE, NAMED, UNDO, Deed, recover

STORIES = 120
EMBEDDED = pytest.mark.parametrize("house", ["embedded"], indirect=True)
CLUSTER = pytest.mark.parametrize("house", ["elasticsearch"], indirect=True)


def each_of(deeds: dict[str, tuple[Deed, ...]]) -> Callable[..., object]:
    """Run a test with each deed of each kind of index."""
    cases = [(kind, deed) for kind, of_kind in deeds.items() for deed in of_kind]
    names = [f"{kind}-{deed.__name__}" for kind, deed in cases]
    return pytest.mark.parametrize(("house", "deed"), cases, indirect=["house"], ids=names)


def letters(house: House) -> int:
    with house.database.read() as connection:
        return len(all_dead_letters(connection))


@each_of(GONE)
def test_an_index_that_was_deleted_or_emptied_is_filled_again_and_it_is_said(house: House, deed: Deed) -> None:
    house.add(0, STORIES)
    deed(house)
    house.save(0, 5, "乙")
    told = house.tell("index")
    assert told.returncode == 0
    assert f"the index was empty: {STORIES} stories were enqueued again" in told.stderr
    assert house.held() == house.archived()
    assert len(house.held()) == STORIES


@each_of(NAMED)
def test_what_cannot_be_used_as_it_is_names_the_command_that_helps(house: House, deed: Deed) -> None:
    house.add(0, STORIES)
    before = house.archived()
    deed(house)
    house.save(STORIES, 5)
    told = house.tell("index")
    assert (told.returncode, "run `deltanews rebuild index`" in told.stderr) == (1, True), told.stderr
    assert house.tell("doctor").returncode == 1
    assert house.tell("rebuild", "index").returncode == 0
    assert house.tell("index").returncode == 0
    assert house.held() == house.archived()
    assert house.archived().keys() > before.keys()
    doctor = house.tell("doctor")
    assert doctor.returncode == 0, doctor.stdout


def test_an_index_that_lacks_some_stories_stops_and_names_the_rebuild(house: House) -> None:
    """As a run of an older version left it: the index was deleted, and only what changed since was written."""
    house.add(0, STORIES)
    deed = GONE[house.indexer.index][0]
    deed(house)
    index = house.open()
    index.prepare()
    index.write([document for document in _documents(house) if document.title.startswith("第7")])
    index.close()
    summary = house.add(STORIES, 3)
    assert "run `deltanews rebuild index`" in (summary.drained.unavailable or "")
    assert summary.drained.waiting == 3
    for command in ("status", "doctor"):
        assert "acknowledged" in house.tell(command).stdout
    assert recover(house) == ["index", "rebuild index", "index"]
    assert house.held() == house.archived()


def _documents(house: House) -> list[StoryDocument]:
    with house.database.read() as connection:
        return story_documents(connection, list(house.archived()))


@EMBEDDED
def test_a_folder_copied_back_from_a_backup_is_told_though_it_holds_as_many_stories(house: House) -> None:
    house.add(0, STORIES)
    taking_away.back_up(house)
    house.add(0, 5, "乙")
    taking_away.bring_back(house)
    assert len(house.held()) == STORIES
    assert recover(house) == ["index", "rebuild index", "index"]
    assert house.held() == house.archived()


@EMBEDDED
def test_a_story_that_an_old_copy_still_shows_is_told(house: House) -> None:
    house.add(0, STORIES)
    taking_away.back_up(house)
    house.drop(7)
    assert len(house.held()) == STORIES - 1
    taking_away.bring_back(house)
    assert recover(house) == ["index", "rebuild index", "index"]
    assert house.held() == house.archived()


@CLUSTER
def test_a_restored_snapshot_is_told_though_it_holds_as_many_stories(house: House) -> None:
    house.add(0, STORIES)
    taking_away.take_snapshot(house)
    house.add(0, 5, "乙")
    taking_away.restore_snapshot(house)
    assert recover(house) == ["index", "rebuild index", "index"]
    assert house.held() == house.archived()


@CLUSTER
def test_a_restored_snapshot_that_lacks_nothing_is_taken(house: House) -> None:
    house.add(0, STORIES)
    taking_away.take_snapshot(house)
    taking_away.restore_snapshot(house)
    assert "another index" in house.tell("status").stdout
    assert recover(house) == ["index"]
    assert house.held() == house.archived()
    assert "another index" not in house.tell("status").stdout


@CLUSTER
def test_an_index_in_the_alias_s_place_is_named(house: House) -> None:
    house.add(0, STORIES)
    taking_away.index_in_the_alias_s_place(house)
    for command in (("index",), ("rebuild", "index")):
        told = house.tell(*command)
        assert (told.returncode, "an index stands where the alias" in told.stderr) == (1, True), told.stderr
    assert "an index stands where the alias" in house.tell("doctor").stdout
    taking_away.take_that_away(house)
    assert recover(house) == ["index"]
    assert house.held() == house.archived()


@CLUSTER
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_whole_index_gives_up_no_story(house: House, fault: Deed) -> None:
    house.add(0, STORIES)
    fault(house)
    summary = house.add(STORIES, 30)
    assert summary.drained.unavailable
    assert (summary.drained.refused, summary.drained.waiting, letters(house)) == (0, 30, 0)
    one = house.add(STORIES, 1, "乙")
    assert (one.drained.refused, one.drained.waiting, letters(house)) == (0, 30, 0), "nor a batch of one"
    if fault is not taking_away.missing_pipeline:  # which the doctor would have to write to see
        assert house.tell("doctor").returncode == 1
    UNDO[fault](house)
    assert recover(house) == ["index"]
    assert house.held() == house.archived()


@CLUSTER
@pytest.mark.parametrize("deed", [taking_away.mapping_without_a_field, taking_away.mapping_with_another_type])
def test_a_mapping_that_is_not_ours_gives_up_no_story(house: House, deed: Deed) -> None:
    house.add(0, STORIES)
    deed(house)
    summary = house.add(STORIES, 30)
    assert "deltanews rebuild index" in (summary.drained.unavailable or "")
    assert (summary.drained.refused, letters(house)) == (0, 0)
    assert recover(house) == ["index", "rebuild index", "index"]
    assert house.held() == house.archived()


@CLUSTER
def test_an_alias_without_a_write_index_gives_up_no_story(house: House) -> None:
    """Also where it comes about in the middle of a run, after the alias was looked at."""
    house.add(0, STORIES)
    index = house.open()
    index.prepare()
    taking_away.second_index(house)
    with pytest.raises(IndexUnavailableError, match="deltanews rebuild index"):
        index.write(_documents(house)[:3])
    index.close()


@CLUSTER
def test_letters_that_an_older_version_wrote_for_a_closed_index_can_be_sent_again(house: House) -> None:
    house.add(0, STORIES)
    taking_away.delete_index(house)
    with house.database.write() as connection:
        refused = {name: (revision, "index_closed_exception: closed") for name, revision in house.archived().items()}
        record_dead_letters(connection, house.indexer.index, refused)
    house.tell("deadletters", "retry", "--all")
    assert recover(house) == ["index"]
    assert (house.held(), letters(house)) == (house.archived(), 0)


def test_a_story_that_was_refused_and_dropped_is_not_missed(house: House) -> None:
    house.add(0, 20)
    story, revision = next(iter(house.archived().items()))
    with house.database.write() as connection:
        record_dead_letters(connection, house.indexer.index, {story: (revision, "made up")})
    house.tell("deadletters", "drop", story)
    GONE[house.indexer.index][0](house)
    index = house.open()
    index.prepare()
    index.write([document for document in _documents(house) if document.story_id != story])
    index.close()
    assert house.add(20, 1).drained.unavailable is None
    assert house.held().keys() == house.archived().keys() - {story}


def test_doctor_and_status_say_how_many_are_searchable_and_how_many_were_acknowledged(house: House) -> None:
    house.add(0, 20)
    assert "20 stories searchable, 20 acknowledged" in house.tell("doctor").stdout
    GONE[house.indexer.index][0](house)
    for command in ("doctor", "status"):
        assert "20 stories were acknowledged and none can be searched" in house.tell(command).stdout
