"""What happens to a search index behind the archive's back, by name; for the tests and the drill.

Each does it at once to an IndexedArchive; some are the operator's to take back (`UNDO`): nothing that DeltaNews may do
by itself opens a closed index or lifts a block that somebody has set.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from indexer.search.elasticsearch.schema import story_schema
from tests.deadline import DEADLINE
from tests.search.indexed_archive import IndexedArchive

Deed = Callable[[IndexedArchive], None]


@contextmanager
def cluster(indexed: IndexedArchive) -> Iterator[Elasticsearch]:
    with Elasticsearch(indexed.indexer.elasticsearch_hosts[0], request_timeout=DEADLINE) as client:
        yield client


def active_index(indexed: IndexedArchive) -> str:
    """The name of the index behind the alias."""
    with cluster(indexed) as client:
        (name,) = client.indices.get_alias(name=indexed.indexer.elasticsearch_alias).body
    return str(name)


# --- the embedded index -----------------------------------------------------------------------------------------------


def remove_folder(indexed: IndexedArchive) -> None:
    shutil.rmtree(indexed.indexer.index_directory, ignore_errors=True)


def remove_marker(indexed: IndexedArchive) -> None:
    (indexed.indexer.index_directory / "format.json").unlink(missing_ok=True)


def empty_folder_of_stories(indexed: IndexedArchive) -> None:
    for path in indexed.indexer.index_directory.glob("stories-*/*"):
        path.unlink(missing_ok=True)


def back_up(indexed: IndexedArchive) -> None:
    """Copy the folder as it is; `bring_back` puts the copy in its place."""
    shutil.copytree(indexed.indexer.index_directory, indexed.archive.directory / "backup", dirs_exist_ok=True)


def bring_back(indexed: IndexedArchive) -> None:
    remove_folder(indexed)
    shutil.copytree(indexed.archive.directory / "backup", indexed.indexer.index_directory)


# --- Elasticsearch ----------------------------------------------------------------------------------------------------


def delete_index(indexed: IndexedArchive) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.delete(index=name)


def remove_alias(indexed: IndexedArchive) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.delete_alias(index=name, name=indexed.indexer.elasticsearch_alias)


def delete_every_story(indexed: IndexedArchive) -> None:
    """Longer ago than Elasticsearch remembers what it deleted: for a minute it takes no older revision of that."""
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.put_settings(index=name, settings={"index.gc_deletes": "0s"})
        client.indices.refresh(index=name)
        held = [hit["_id"] for hit in scan(client, index=name, source=False)]
        if held:
            client.bulk(index=name, operations=[{"delete": {"_id": each}} for each in held], refresh=True)


def second_index(indexed: IndexedArchive) -> None:
    """The alias on a second index too, and none of the two takes the writes."""
    alias = indexed.indexer.elasticsearch_alias
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.options(ignore_status=400).indices.create(index=f"{alias}-other")
        actions = [{"remove": {"index": name, "alias": alias}}]
        actions += [{"add": {"index": each, "alias": alias}} for each in (name, f"{alias}-other")]
        client.indices.update_aliases(actions=actions)


def lose_filter(indexed: IndexedArchive) -> None:
    alias = indexed.indexer.elasticsearch_alias
    name = active_index(indexed)
    with cluster(indexed) as client:
        actions = [{"remove": {"index": name, "alias": alias}}, {"add": {"index": name, "alias": alias}}]
        client.indices.update_aliases(actions=actions)


def mapping_without_a_field(indexed: IndexedArchive) -> None:
    _foreign_mapping(indexed, lacking="vehicles")


def mapping_with_another_type(indexed: IndexedArchive) -> None:
    _foreign_mapping(indexed, title={"type": "integer"})


def _foreign_mapping(indexed: IndexedArchive, *, lacking: str = "", **others: Mapping[str, Any]) -> None:
    """Put an index of our name and version in the place of ours, whose mapping is not ours."""
    alias = indexed.indexer.elasticsearch_alias
    name = active_index(indexed)
    with cluster(indexed) as client:
        (mapping,) = client.indices.get_mapping(index=name).body.values()
        ((_, aliased),) = client.indices.get_alias(name=alias).body.items()
        properties = {key: value for key, value in mapping["mappings"]["properties"].items() if key != lacking}
        client.indices.delete(index=name)
        client.indices.delete_index_template(name=alias)
        client.indices.create(
            index=name,
            mappings=mapping["mappings"] | {"properties": properties | others},
            settings=story_schema()["settings"],
            aliases={alias: aliased["aliases"][alias]},
        )


def missing_pipeline(indexed: IndexedArchive) -> None:
    """An ingest pipeline that is not there: no story passes it."""
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.put_settings(index=name, settings={"index.final_pipeline": "nowhere"})


def take_pipeline_away(indexed: IndexedArchive) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.put_settings(index=name, settings={"index.final_pipeline": "_none"})


def close_index(indexed: IndexedArchive) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.close(index=name)


def open_index(indexed: IndexedArchive) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.open(index=name)
        client.cluster.health(index=name, wait_for_status="yellow")


def _set_block(indexed: IndexedArchive, block: str, value: bool | None) -> None:
    name = active_index(indexed)
    with cluster(indexed) as client:
        client.indices.put_settings(index=name, settings={f"index.blocks.{block}": value})


def block_writes(indexed: IndexedArchive) -> None:
    _set_block(indexed, "write", value=True)


def unblock_writes(indexed: IndexedArchive) -> None:
    _set_block(indexed, "write", value=None)


def block_as_a_full_disk_does(indexed: IndexedArchive) -> None:
    _set_block(indexed, "read_only_allow_delete", value=True)


def unblock_full_disk(indexed: IndexedArchive) -> None:
    _set_block(indexed, "read_only_allow_delete", value=None)


def index_in_the_alias_s_place(indexed: IndexedArchive) -> None:
    delete_index(indexed)
    with cluster(indexed) as client:
        client.indices.create(index=indexed.indexer.elasticsearch_alias)


def take_that_away(indexed: IndexedArchive) -> None:
    with cluster(indexed) as client:
        client.indices.delete(index=indexed.indexer.elasticsearch_alias)


def take_snapshot(indexed: IndexedArchive) -> None:
    """Keep the index as it is under another name, which no pattern of ours fits."""
    _clone(indexed, active_index(indexed), f"{indexed.indexer.elasticsearch_alias}.backup")


def restore_snapshot(indexed: IndexedArchive) -> None:
    """Put what was kept in the place of the index, alias and all."""
    name, alias = active_index(indexed), indexed.indexer.elasticsearch_alias
    with cluster(indexed) as client:
        ((_, aliased),) = client.indices.get_alias(name=alias).body.items()
        client.indices.delete(index=name)
        _clone(indexed, f"{alias}.backup", name)
        client.indices.update_aliases(actions=[{"add": {"index": name, "alias": alias} | aliased["aliases"][alias]}])


def _clone(indexed: IndexedArchive, source: str, target: str) -> None:
    with cluster(indexed) as client:
        client.indices.put_settings(index=source, settings={"index.blocks.write": True})
        client.indices.clone(index=source, target=target, settings={"index.blocks.write": None})
        client.cluster.health(index=target, wait_for_status="yellow")
        client.indices.put_settings(index=source, settings={"index.blocks.write": None})


UNDO: dict[Deed, Deed] = {
    close_index: open_index,
    block_writes: unblock_writes,
    block_as_a_full_disk_does: unblock_full_disk,
    missing_pipeline: take_pipeline_away,
    index_in_the_alias_s_place: take_that_away,
}
"""What the message tells the operator to do, by what was done."""

GONE: dict[str, tuple[Deed, ...]] = {
    "embedded": (remove_folder,),
    "elasticsearch": (delete_index, delete_every_story),
}
"""After these the index is new or empty, and fills itself."""

NAMED: dict[str, tuple[Deed, ...]] = {
    "embedded": (remove_marker, empty_folder_of_stories),
    "elasticsearch": (remove_alias, second_index, lose_filter),
}
"""After these `deltanews index` names `deltanews rebuild index`."""

FAULTS: tuple[Deed, ...] = (close_index, block_writes, block_as_a_full_disk_does, missing_pipeline)
"""Faults of a whole index in a cluster: no story is to blame."""


def recover(indexed: IndexedArchive) -> list[str]:
    """Do what the messages name, as a user would, until `deltanews index` is content; return the commands."""
    done: list[str] = []
    for _ in range(4):
        done.append("index")
        told = indexed.tell("index")
        if told.returncode == 0:
            return done
        assert told.returncode == 1, told.stderr
        assert "Traceback" not in told.stderr
        assert "deltanews rebuild index" in told.stderr, told.stderr
        done.append("rebuild index")
        rebuilt = indexed.tell("rebuild", "index")
        assert rebuilt.returncode == 0, rebuilt.stderr
    raise AssertionError(f"not content after {done}")
