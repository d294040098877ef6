"""SavedObject: one line of the file that Kibana imports."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

CORE_VERSION = "8.8.0"
"""The last migration of Kibana's core; every export from 8.8 to 9.x carries it."""
TYPE_VERSIONS = {"index-pattern": "8.0.0", "search": "10.5.0", "dashboard": "10.2.0"}
"""Versions of the types' schemas that 8.19 and every 9.x read; later Kibanas migrate them up, none migrates down."""
ASSETS_VERSION = 5
"""Rises with every change of the assets: an import replaces older ones and leaves those of this version as they are."""
VERSION_MARK = f"DeltaNews assets {ASSETS_VERSION}"
"""Stands in every asset, where its readers see it: Kibana refuses attributes that it does not know."""
_MARK = re.compile(r"DeltaNews assets (\d+)")
_NAMESPACE = uuid.UUID("6f1f7c0e-8a53-5c5e-9f0d-2f6f1f3e7a11")
"""Of our ids; made up once."""


@dataclass(frozen=True)
class Reference:
    """That one object uses another; `name` is how the object's attributes speak of it."""

    type: str
    id: str
    name: str


@dataclass(frozen=True)
class SavedObject:
    """One object of Kibana's; attributes that end in JSON are JSON in a string."""

    type: str
    id: str
    attributes: dict[str, Any]
    references: tuple[Reference, ...] = ()

    def line(self) -> str:
        """Return the object as a line of the file."""
        return text_of(
            {
                "id": self.id,
                "type": self.type,
                "managed": False,
                "coreMigrationVersion": CORE_VERSION,
                "typeMigrationVersion": TYPE_VERSIONS[self.type],
                "attributes": self.attributes,
                "references": [reference.__dict__ for reference in self.references],
            }
        )


def object_id(alias: str, name: str) -> str:
    """Return the id of an asset: always the same for one alias, so that a new import replaces and never doubles."""
    return str(uuid.uuid5(_NAMESPACE, f"{alias}/{name}"))


def text_of(value: Any) -> str:
    """Return JSON, Chinese as it is, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def assets_version(line: str) -> int:
    """Return which version of the assets an object is of, by the line that Kibana exports; 1 where it tells none."""
    found = _MARK.search(line)
    return int(found[1]) if found else 1


def ndjson(objects: Iterable[SavedObject]) -> bytes:
    """Return the file that Kibana imports."""
    return "".join(f"{one.line()}\n" for one in objects).encode()
