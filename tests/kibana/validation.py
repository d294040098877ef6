"""Whether a file of assets can work: schemas, references, charts and fields, checked without a Kibana."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from pydantic import ValidationError

from indexer.kibana.charts import LAYER
from indexer.kibana.columns import COUNT_FIELD
from indexer.kibana.saved_object import TYPE_VERSIONS
from tests.kibana.mapping import AGGREGATABLE
from tests.kibana.schemas import (
    Controls,
    Dashboard,
    DataView,
    Grid,
    Lens,
    LensColumn,
    LensLayer,
    Line,
    Panel,
    SavedSearch,
    Strict,
)

Fields = dict[str, str]
"""Name of a field to its type in the mapping."""
_GRID_WIDTH = 48
_KQL_FIELD = re.compile(r'([\w.]+)\s*:\s*(?=["(\w*])')
_KQL_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_WANTED_TYPES = {
    "date_histogram": {"date"},
    "terms": {"keyword"},
    "unique_count": {"keyword"},
    "max": {"date"},
    "sum": {"integer"},
}
_ACCESSORS = frozenset({"metricAccessor", "xAccessor", "splitAccessor", "columnId"})


def problems(file: bytes, fields: Fields) -> list[str]:
    """Return everything that is wrong with a file of assets, each with its object; empty: it is sound."""
    found: list[str] = []
    lines: list[Line] = []
    for number, text in enumerate(file.decode("utf-8").splitlines(), start=1):
        try:
            lines.append(Line.model_validate(json.loads(text)))
        except (ValueError, ValidationError) as error:
            found.append(f"line {number}: {_short(error)}")
    known = Counter((line.type, line.id) for line in lines)
    found += [f"{kind} {name}: stands {count} times" for (kind, name), count in known.items() if count > 1]
    for line in lines:
        where = f"{line.type} {line.attributes.get('title', line.id)}"
        found += [f"{where}: {problem}" for problem in _line_problems(line, set(known), fields)]
    return found


def _line_problems(line: Line, known: set[tuple[str, str]], fields: Fields) -> Iterator[str]:
    if line.typeMigrationVersion != TYPE_VERSIONS[line.type]:
        yield f"typeMigrationVersion is {line.typeMigrationVersion}, not {TYPE_VERSIONS[line.type]}"
    for reference in line.references:
        if (reference.type, reference.id) not in known:
            yield f"reference {reference.name}: there is no {reference.type} {reference.id} in the file"
    try:
        attributes, used = _attributes(line)
    except ValidationError as error:
        yield _short(error)
        return
    names = [reference.name for reference in line.references]
    yield from (f"reference {name} is missing" for name in used - set(names))
    yield from (f"reference {name} is not used" for name in set(names) - used)
    yield from (f"reference {name} stands twice" for name, count in Counter(names).items() if count > 1)
    if isinstance(attributes, DataView):
        yield from _data_view_problems(attributes, fields)
    elif isinstance(attributes, SavedSearch):
        yield from _search_problems(attributes, fields)
    elif isinstance(attributes, Dashboard):
        yield from _dashboard_problems(attributes, fields)


def _attributes(line: Line) -> tuple[Strict, set[str]]:
    """Return an object's attributes as its schema reads them, and the names of the references that they use."""
    if line.type == "index-pattern":
        return DataView.model_validate(line.attributes), set()
    if line.type == "search":
        search = SavedSearch.model_validate(line.attributes)
        return search, {search.kibanaSavedObjectMeta.searchSourceJSON.indexRefName or ""}
    dashboard = Dashboard.model_validate(line.attributes)
    used = {f"{panel.panelIndex}:{panel.panelRefName}" for panel in dashboard.panelsJSON if panel.panelRefName}
    used |= {
        f"{panel.panelIndex}:{reference['name']}"
        for panel in dashboard.panelsJSON
        for reference in panel.embeddableConfig.get("attributes", {}).get("references", ())
    }
    used |= {f"controlGroup_{name}:optionsListDataView" for name in dashboard.controlGroupInput.panelsJSON}
    return dashboard, used


def _data_view_problems(view: DataView, fields: Fields) -> Iterator[str]:
    if fields.get(view.timeFieldName) != "date":
        yield f"time field {view.timeFieldName} is no date of the mapping"
    for name in (*view.fieldAttrs, *view.fieldFormatMap):
        if name not in fields:
            yield f"the mapping has no field {name}"


def _search_problems(search: SavedSearch, fields: Fields) -> Iterator[str]:
    for name in search.columns:
        if name not in fields:
            yield f"column {name}: the mapping has no such field"
    for name, _ in search.sort:
        if fields.get(name) not in AGGREGATABLE:
            yield f"sort {name}: not a field that can be sorted by"
    yield from kql_problems(search.kibanaSavedObjectMeta.searchSourceJSON.query.query, fields)


def kql_problems(query: str, fields: Fields) -> Iterator[str]:
    """Yield what is wrong with a KQL query: marks, brackets, fields, and Chinese that is not quoted: it finds noise."""
    bare = _KQL_TEXT.sub('""', query)
    if bare.replace('""', "").count('"'):
        yield f"a quotation mark is not closed in {query}"
    if bare.count("(") != bare.count(")"):
        yield f"brackets do not pair in {query}"
    for name in _KQL_FIELD.findall(bare):
        if name not in fields:
            yield f"the mapping has no field {name} ({query})"
    if re.search(r"[\u3400-\u9fff]", bare):
        yield f"Chinese text is not in quotation marks in {query}"


def _dashboard_problems(dashboard: Dashboard, fields: Fields) -> Iterator[str]:
    yield from kql_problems(dashboard.kibanaSavedObjectMeta.searchSourceJSON.query.query, fields)
    panels = dashboard.panelsJSON
    for name, count in Counter(panel.panelIndex for panel in panels).items():
        if count > 1:
            yield f"panel {name} stands {count} times"
    for one, other in combinations(panels, 2):
        if _overlap(one.gridData, other.gridData):
            yield f"panels {one.title} and {other.title} overlap"
    for panel in panels:
        yield from (f"panel {panel.title}: {problem}" for problem in _panel_problems(panel, fields))
    yield from _control_problems(dashboard.controlGroupInput, fields)


def _overlap(one: Grid, other: Grid) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )


def _panel_problems(panel: Panel, fields: Fields) -> Iterator[str]:
    if panel.gridData.i != panel.panelIndex:
        yield "gridData.i is not the panel's index"
    if panel.gridData.x + panel.gridData.w > _GRID_WIDTH:
        yield "reaches over the edge"
    config = panel.embeddableConfig
    if panel.panelRefName and {"attributes", "savedObjectId", "savedVis"} & set(config):
        yield "is kept by reference and by value"  # Kibana 9.3 shows neither
    if panel.type == "search" and not panel.panelRefName:
        yield "has no reference to a search"
    if panel.type == "lens":
        try:
            lens = Lens.model_validate(config.get("attributes"))
        except ValidationError as error:
            yield _short(error)
            return
        yield from _lens_problems(lens, fields)


def _lens_problems(lens: Lens, fields: Fields) -> Iterator[str]:
    layers = lens.state.datasourceStates.formBased.layers
    if set(layers) != {LAYER} or {reference.name for reference in lens.references} != {
        f"indexpattern-datasource-layer-{layer}" for layer in layers
    }:
        yield "layers and references do not agree"
        return
    layer = layers[LAYER]
    yield from _layer_problems(layer, fields)
    named = set(_accessors(lens.state.visualization))
    yield from (f"draws column {name}, which there is not" for name in sorted(named - set(layer.columns)))
    yield from (f"column {name} is not drawn" for name in sorted(set(layer.columns) - named))


def _layer_problems(layer: LensLayer, fields: Fields) -> Iterator[str]:
    if sorted(layer.columnOrder) != sorted(layer.columns):
        yield "columnOrder does not name every column once"
        return
    buckets = [layer.columns[name].isBucketed for name in layer.columnOrder]
    if buckets != sorted(buckets, reverse=True):
        yield "columns that measure stand before columns that group"
    for name, column in layer.columns.items():
        order_by = column.params.get("orderBy", {}).get("columnId", name)
        if order_by not in layer.columns:
            yield f"column {name} is ordered by {order_by}, which there is not"
        yield from _column_problems(name, column, fields)


def _column_problems(name: str, column: LensColumn, fields: Fields) -> Iterator[str]:
    if column.operationType == "count":
        if column.sourceField != COUNT_FIELD:
            yield f"column {name} counts {column.sourceField}, not {COUNT_FIELD}"
        return
    if fields.get(column.sourceField) not in _WANTED_TYPES[column.operationType]:
        kind = fields.get(column.sourceField, "missing in the mapping")
        yield f"column {name}: {column.operationType} of {column.sourceField}, which is {kind}"


def _accessors(drawing: object) -> Iterator[str]:
    if isinstance(drawing, dict):
        for key, value in drawing.items():
            if key in _ACCESSORS:
                yield value
            elif key == "accessors":
                yield from value
            else:
                yield from _accessors(value)
    elif isinstance(drawing, list):
        for value in drawing:
            yield from _accessors(value)


def _control_problems(controls: Controls, fields: Fields) -> Iterator[str]:
    for name, control in controls.panelsJSON.items():
        if control.explicitInput.id != name:
            yield f"control {name} has another id inside"
        if fields.get(control.explicitInput.fieldName) != "keyword":
            yield f"control {control.explicitInput.title}: {control.explicitInput.fieldName} is no keyword"


def _short(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    return str(error)
