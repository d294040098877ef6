"""Generations: the numbered indexes of stories of which one at a time stands behind the alias."""

import re
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from indexer.elasticsearch.failures import StoppedError
from indexer.elasticsearch.schema import SCHEMA_VERSION, alias_definition, index_name, index_template
from indexer.search_index import IndexFormatError


class Generations:
    """The indexes `ALIAS-vN` of one alias. Raises the client's errors."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias

    def prepare(self) -> None:
        """Create template, first index and alias where they are missing. Raises IndexFormatError, StoppedError."""
        if self._client.indices.exists_alias(name=self._alias):
            self._check_schema()
            return
        if self._client.indices.exists(index=self._alias):
            raise StoppedError(
                f"an index stands where the alias {self._alias} should: "
                "delete or rename it, or set another elasticsearch_alias"
            )
        self._put_template()
        self._create(index_name(self._alias))
        self._client.indices.update_aliases(actions=[{"add": self._alias_of(index_name(self._alias))}])

    def prepare_successor(self) -> str:
        """Return the name of the next index: the one that an interrupted rebuild left if it fits, else a new one."""
        self._put_template()
        in_force = self.in_force()
        name = index_name(self._alias, max(map(self._number, in_force), default=0) + 1)
        if self._client.indices.exists(index=name) and self._schema_version(name) != SCHEMA_VERSION:
            self._client.indices.delete(index=name)
        self._create(name)
        return name

    def put_in_force(self, name: str) -> None:
        """Move the alias to that index in one call; doing it again changes nothing."""
        removals = [
            {"remove": {"index": old, "alias": self._alias, "must_exist": True}}
            for old in self.in_force()
            if old != name
        ]
        self._client.indices.update_aliases(actions=[*removals, {"add": self._alias_of(name)}])

    def remove_predecessors(self) -> list[str]:
        """Delete the indexes with a smaller number than the one in force."""
        newest = max(map(self._number, self.in_force()), default=0)
        old = [name for name in self._all() if self._number(name) < newest]
        if old:
            self._client.indices.delete(index=old)
        return old

    def in_force(self) -> list[str]:
        """Return the indexes behind the alias: one, but in the moment in which a rebuild changes it."""
        if not self._client.indices.exists_alias(name=self._alias):
            return []
        return list(self._client.indices.get_alias(name=self._alias).body)

    def _all(self) -> list[str]:
        found = self._client.indices.get_settings(index=f"{self._alias}-v*", allow_no_indices=True).body
        return sorted((name for name in found if self._number(name)), key=self._number)

    def _number(self, name: str) -> int:
        """Return an index's number, 0 where its name is not one of ours."""
        match = re.fullmatch(rf"{re.escape(self._alias)}-v(\d+)", name)
        return int(match[1]) if match else 0

    def _put_template(self) -> None:
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

    def _check_schema(self) -> None:
        for name in self.in_force():
            version = self._schema_version(name)
            if version != SCHEMA_VERSION:
                raise IndexFormatError(
                    f"Elasticsearch: {name} has schema version {version}, this DeltaNews writes {SCHEMA_VERSION}; "
                    "run `deltanews rebuild index`: it makes the index anew from the archive"
                )
