"""Generations: the numbered indexes of stories of which one at a time stands behind the alias."""

import re
from typing import Any

from elasticsearch import ApiError, AuthorizationException, Elasticsearch, NotFoundError

from indexer.search.elasticsearch.failures import StoppedError
from indexer.search.elasticsearch.schema import (
    LIVE,
    SCHEMA_VERSION,
    alias_definition,
    component_name,
    component_template,
    index_name,
    index_template,
)
from indexer.search.index import IndexFormatError

_REBUILD = "run `deltanews rebuild index`"


class Generations:
    """The indexes `ALIAS-vN` of one alias. Raises the client's errors."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias

    def check(self) -> bool:
        """Return whether the alias is there; nothing is changed.

        Raises IndexFormatError where it, or what stands behind it, cannot be used as it is; StoppedError where an
        index stands in its place.
        """
        behind = self._aliased()
        if not behind:
            if self._is_index(self._alias):
                raise StoppedError(
                    f"an index stands where the alias {self._alias} should: "
                    "delete or rename it, or set another elasticsearch_alias; then run `deltanews index`"
                )
            return False
        if len(behind) > 1:
            raise IndexFormatError(
                f"Elasticsearch: the alias {self._alias} stands on several indexes ({', '.join(sorted(behind))}), "
                f"so that stories are found twice or cannot be written; {_REBUILD}: it leaves it on one"
            )
        ((name, alias),) = behind.items()
        if alias.get("filter") != LIVE or alias.get("is_write_index") is False:
            lacks = (
                "takes no writes" if alias.get("is_write_index") is False else "lost the filter that hides tombstones"
            )
            raise IndexFormatError(f"Elasticsearch: the alias {self._alias} of {name} {lacks}; {_REBUILD}")
        version = self._schema_version(name)
        if version != SCHEMA_VERSION:
            raise IndexFormatError(
                f"Elasticsearch: {name} has schema version {version}, this DeltaNews writes {SCHEMA_VERSION}; "
                f"{_REBUILD}: it rebuilds the index from the archive"
            )
        return True

    def _is_index(self, name: str) -> bool:
        """Return whether an index of this name is seen; a key without privileges on it (403) sees none."""
        try:
            return bool(self._client.indices.exists(index=name))
        except AuthorizationException:
            return False

    def prepare(self) -> None:
        """Create template, first index and alias where they are missing. Raises IndexFormatError, StoppedError."""
        if self.check():
            return
        present = self._all()
        for name in reversed(present):
            self._refuse_to_orphan_stories(name)
        self._put_template()
        name = present[-1] if present else index_name(self._alias)  # what a killed process had begun to create
        self._create(name)
        self._client.indices.update_aliases(actions=[{"add": self._alias_of(name)}])

    def prepare_successor(self) -> str:
        """Return the name of the index that a rebuild fills.

        It is the one that an interrupted rebuild left if it fits, or that the alias was lost of; else a new one.
        """
        active_indexes = self.active_indexes()
        if not active_indexes:
            self.check()  # an index in the alias's place would let all be written and nothing be activated
        self._put_template()
        if active_indexes:
            name = index_name(self._alias, max(map(self._number, active_indexes)) + 1)
        else:
            name = next(reversed(self._all()), index_name(self._alias))
        if self._client.indices.exists(index=name) and self._schema_version(name) != SCHEMA_VERSION:
            self._client.indices.delete(index=name)
        self._create(name)
        return name

    def activate(self, name: str) -> None:
        """Move the alias to that index in one call; doing it again changes nothing."""
        removals = [
            {"remove": {"index": old, "alias": self._alias, "must_exist": True}}
            for old in self.active_indexes()
            if old != name
        ]
        self._client.indices.update_aliases(actions=[*removals, {"add": self._alias_of(name)}])

    def remove_predecessors(self) -> list[str]:
        """Delete the indexes with a smaller number than the active one."""
        newest = max(map(self._number, self.active_indexes()), default=0)
        old = [name for name in self._all() if self._number(name) < newest]
        if old:
            self._client.indices.delete(index=old)
        return old

    def active_indexes(self) -> list[str]:
        """Return the indexes behind the alias: one, unless somebody else changed it."""
        return list(self._aliased())

    def identity(self) -> str:
        """Return the UUID of the index behind the alias, which the server gives to each that is created."""
        return ",".join(sorted(self._settings("index.uuid").values()))

    def blocks(self) -> list[str]:
        """Return the names of the blocks that are set on the index behind the alias."""
        return [name for name, value in self._settings("index.blocks.*").items() if value == "true"]

    def _settings(self, names: str) -> dict[str, str]:
        found = self._client.indices.get_settings(index=self._alias, name=names, flat_settings=True).body
        return {name: str(value) for index in found.values() for name, value in index["settings"].items()}

    def _aliased(self) -> dict[str, dict[str, Any]]:
        """Return the indexes behind the alias, and how each is; asked with GET, whose refusals say why."""
        try:
            found = self._client.indices.get_alias(name=self._alias).body
        except NotFoundError:
            return {}
        return {name: each["aliases"][self._alias] for name, each in found.items()}

    def _all(self) -> list[str]:
        found = self._client.indices.get_settings(index=f"{self._alias}-v*", allow_no_indices=True).body
        return sorted((name for name in found if self._number(name)), key=self._number)

    def _number(self, name: str) -> int:
        """Return an index's number, 0 where its name is not one of ours."""
        match = re.fullmatch(rf"{re.escape(self._alias)}-v(\d+)", name)
        return int(match[1]) if match else 0

    def _put_template(self) -> None:
        self._client.cluster.put_component_template(name=component_name(self._alias), **component_template())
        self._client.indices.put_index_template(name=self._alias, **index_template(self._alias))

    def _create(self, name: str) -> None:
        try:
            self._client.indices.create(index=name)
        except ApiError as error:
            if error.status_code != 400 or "resource_already_exists" not in str(error.body):
                raise  # else another process was faster

    def _alias_of(self, name: str) -> dict[str, Any]:
        return {"index": name, "alias": self._alias} | alias_definition()

    def _schema_version(self, name: str) -> int | None:
        (mapping,) = self._client.indices.get_mapping(index=name).body.values()
        version: int | None = mapping["mappings"].get("_meta", {}).get("schema_version")
        return version

    def _refuse_to_orphan_stories(self, name: str) -> None:
        """Raise IndexFormatError where that index, which no alias names, holds stories."""
        self._client.indices.refresh(index=name)
        held = self._client.count(index=name).body["count"]
        if held:
            raise IndexFormatError(
                f"Elasticsearch: the alias {self._alias} is missing, though {name} holds {held:,} stories; "
                f"{_REBUILD}: it brings {name} up to date and puts the alias back"
            )
