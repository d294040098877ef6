"""What happens to a search index behind the archive's back, by name; for the tests and the drill.

Each takes a house and does it at once; some are the operator's to take back (`UNDO`): nothing that DeltaNews may do by
itself opens a closed index or lifts a block that somebody has set.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from indexer.search.elasticsearch.schema import story_schema
from tests.search.house import House

Deed = Callable[[House], None]


@contextmanager
def cluster(house: House) -> Iterator[Elasticsearch]:
    with Elasticsearch(house.indexer.elasticsearch_hosts[0]) as client:
        yield client


def in_force(house: House) -> str:
    """The name of the index behind the alias."""
    with cluster(house) as client:
        (name,) = client.indices.get_alias(name=house.indexer.elasticsearch_alias).body
    return str(name)


# --- the embedded index -----------------------------------------------------------------------------------------------


def remove_folder(house: House) -> None:
    shutil.rmtree(house.indexer.index_directory, ignore_errors=True)


def remove_marker(house: House) -> None:
    (house.indexer.index_directory / "format.json").unlink(missing_ok=True)


def empty_folder_of_stories(house: House) -> None:
    for path in house.indexer.index_directory.glob("stories-*/*"):
        path.unlink(missing_ok=True)


def back_up(house: House) -> None:
    """Copy the folder as it is; `bring_back` puts the copy in its place."""
    shutil.copytree(house.indexer.index_directory, house.archive.directory / "backup", dirs_exist_ok=True)


def bring_back(house: House) -> None:
    remove_folder(house)
    shutil.copytree(house.archive.directory / "backup", house.indexer.index_directory)


# --- Elasticsearch ----------------------------------------------------------------------------------------------------


def delete_index(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.delete(index=name)


def remove_alias(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.delete_alias(index=name, name=house.indexer.elasticsearch_alias)


def delete_every_story(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.refresh(index=name)
        held = [hit["_id"] for hit in scan(client, index=name, source=False)]
        if held:
            client.bulk(index=name, operations=[{"delete": {"_id": each}} for each in held], refresh=True)


def second_index(house: House) -> None:
    """The alias on a second index too, and none of the two takes the writes."""
    alias = house.indexer.elasticsearch_alias
    name = in_force(house)
    with cluster(house) as client:
        client.options(ignore_status=400).indices.create(index=f"{alias}-other")
        actions = [{"remove": {"index": name, "alias": alias}}]
        actions += [{"add": {"index": each, "alias": alias}} for each in (name, f"{alias}-other")]
        client.indices.update_aliases(actions=actions)


def lose_filter(house: House) -> None:
    alias = house.indexer.elasticsearch_alias
    name = in_force(house)
    with cluster(house) as client:
        actions = [{"remove": {"index": name, "alias": alias}}, {"add": {"index": name, "alias": alias}}]
        client.indices.update_aliases(actions=actions)


def mapping_without_a_field(house: House) -> None:
    _foreign_mapping(house, lacking="vehicles")


def mapping_with_another_type(house: House) -> None:
    _foreign_mapping(house, title={"type": "integer"})


def _foreign_mapping(house: House, *, lacking: str = "", **others: Mapping[str, Any]) -> None:
    """Put an index of our name and version in the place of ours, whose mapping is not ours."""
    alias = house.indexer.elasticsearch_alias
    name = in_force(house)
    with cluster(house) as client:
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


def missing_pipeline(house: House) -> None:
    """An ingest pipeline that is not there: no story passes it."""
    name = in_force(house)
    with cluster(house) as client:
        client.indices.put_settings(index=name, settings={"index.final_pipeline": "nowhere"})


def take_pipeline_away(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.put_settings(index=name, settings={"index.final_pipeline": "_none"})


def close_index(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.close(index=name)


def open_index(house: House) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.open(index=name)
        client.cluster.health(index=name, wait_for_status="yellow")


def _set_block(house: House, block: str, value: bool | None) -> None:
    name = in_force(house)
    with cluster(house) as client:
        client.indices.put_settings(index=name, settings={f"index.blocks.{block}": value})


def block_writes(house: House) -> None:
    _set_block(house, "write", value=True)


def unblock_writes(house: House) -> None:
    _set_block(house, "write", value=None)


def block_as_a_full_disk_does(house: House) -> None:
    _set_block(house, "read_only_allow_delete", value=True)


def unblock_full_disk(house: House) -> None:
    _set_block(house, "read_only_allow_delete", value=None)


def index_in_the_alias_s_place(house: House) -> None:
    delete_index(house)
    with cluster(house) as client:
        client.indices.create(index=house.indexer.elasticsearch_alias)


def take_that_away(house: House) -> None:
    with cluster(house) as client:
        client.indices.delete(index=house.indexer.elasticsearch_alias)


def take_snapshot(house: House) -> None:
    """Keep the index as it is under another name, which no pattern of ours fits."""
    _clone(house, in_force(house), f"{house.indexer.elasticsearch_alias}.backup")


def restore_snapshot(house: House) -> None:
    """Put what was kept in the place of the index, alias and all."""
    name, alias = in_force(house), house.indexer.elasticsearch_alias
    with cluster(house) as client:
        ((_, aliased),) = client.indices.get_alias(name=alias).body.items()
        client.indices.delete(index=name)
        _clone(house, f"{alias}.backup", name)
        client.indices.update_aliases(actions=[{"add": {"index": name, "alias": alias} | aliased["aliases"][alias]}])


def _clone(house: House, source: str, target: str) -> None:
    with cluster(house) as client:
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


def recover(house: House) -> list[str]:
    """Do what the messages name, as a user would, until `deltanews index` is content; return the commands."""
    done: list[str] = []
    for _ in range(4):
        done.append("index")
        told = house.tell("index")
        if told.returncode == 0:
            return done
        assert told.returncode == 1, told.stderr
        assert "Traceback" not in told.stderr
        assert "deltanews rebuild index" in told.stderr, told.stderr
        done.append("rebuild index")
        rebuilt = house.tell("rebuild", "index")
        assert rebuilt.returncode == 0, rebuilt.stderr
    raise AssertionError(f"not content after {done}")
