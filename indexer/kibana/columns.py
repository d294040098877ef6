"""What a chart computes: Lens columns, in the form that Kibana 8.19 and 9 read."""

from dataclasses import dataclass
from typing import Any

from indexer.kibana.data_view import TIME_FIELD

COUNT_FIELD = "___records___"


@dataclass(frozen=True)
class Column:
    """One column of a chart's data."""

    id: str
    definition: dict[str, Any]

    @property
    def is_bucket(self) -> bool:
        """Whether it groups; else it counts or measures."""
        return bool(self.definition["isBucketed"])


def count(label: str) -> Column:
    """Count stories."""
    return _measure("count", label, "number", COUNT_FIELD, "count")


def unique(field: str, label: str) -> Column:
    """Count a field's distinct values."""
    return _measure("unique", label, "number", field, "unique_count")


def total(field: str, label: str) -> Column:
    """Add up a field."""
    return _measure("total", label, "number", field, "sum")


def newest(label: str) -> Column:
    """Return the newest story's time."""
    return _measure("newest", label, "date", TIME_FIELD, "max")


def per_day(label: str) -> Column:
    """Group by day."""
    return _per("day", label, "1d", empty_rows=True)


def per_week(label: str) -> Column:
    """Group by week."""
    return _per("week", label, "1w", empty_rows=False)


def top(field: str, label: str, by: Column, size: int, *, ascending: bool = False, name: str = "group") -> Column:
    """Group by a field's `size` values that are first when ordered by another column; `name` tells two groups apart."""
    definition = {
        **_named(label, "string", field, "terms"),
        "isBucketed": True,
        "scale": "ordinal",
        "params": {
            "size": size,
            "orderBy": {"type": "column", "columnId": by.id},
            "orderDirection": "asc" if ascending else "desc",
            "otherBucket": False,
            "missingBucket": False,
            "parentFormat": {"id": "terms"},
            "include": [],
            "exclude": [],
            "includeIsRegex": False,
            "excludeIsRegex": False,
        },
    }
    return Column(name, definition)


def _per(column: str, label: str, interval: str, *, empty_rows: bool) -> Column:
    definition = {
        **_named(label, "date", TIME_FIELD, "date_histogram"),
        "isBucketed": True,
        "scale": "interval",
        "params": {"interval": interval, "includeEmptyRows": empty_rows, "dropPartials": False},
    }
    return Column(column, definition)


def _measure(column: str, label: str, data_type: str, field: str, operation: str) -> Column:
    definition = {
        **_named(label, data_type, field, operation),
        "isBucketed": False,
        "scale": "ratio",
        "params": {"emptyAsNull": True} if data_type == "number" else {},
    }
    return Column(column, definition)


def _named(label: str, data_type: str, field: str, operation: str) -> dict[str, Any]:
    return {
        "label": label,
        "customLabel": True,
        "dataType": data_type,
        "operationType": operation,
        "sourceField": field,
    }
