"""Charts: Lens visualizations stored inside a dashboard's panel."""

from dataclasses import dataclass
from typing import Any

from indexer.kibana.columns import Column

LAYER = "stories"
DATA_REFERENCE = f"indexpattern-datasource-layer-{LAYER}"


@dataclass(frozen=True)
class Chart:
    """One visualization: its kind, how it is drawn, and its columns, those that group first."""

    title: str
    kind: str
    drawing: dict[str, Any]
    columns: tuple[Column, ...]

    def attributes(self, data_view_id: str) -> dict[str, Any]:
        """Return the visualization as a panel stores it."""
        layer = {
            "columns": {column.id: column.definition for column in self.columns},
            "columnOrder": [column.id for column in self.columns],
            "incompleteColumns": {},
            "sampling": 1,
        }
        return {
            "title": self.title,
            "description": "",
            "type": "lens",
            "visualizationType": self.kind,
            "references": [{"type": "index-pattern", "id": data_view_id, "name": DATA_REFERENCE}],
            "state": {
                "visualization": self.drawing,
                "query": {"query": "", "language": "kuery"},
                "filters": [],
                "datasourceStates": {
                    "formBased": {"layers": {LAYER: layer}},
                    "indexpattern": {"layers": {}},
                    "textBased": {"layers": {}},
                },
                "internalReferences": [],
                "adHocDataViews": {},
            },
        }


def metric(title: str, measure: Column) -> Chart:
    """Show one figure."""
    return Chart(title, "lnsMetric", _layer() | {"metricAccessor": measure.id}, (measure,))


def table(title: str, *shown: Column) -> Chart:
    """Show a row a group, in the order of the groups: those that group come first, then what is measured of each."""
    columns = [{"columnId": column.id, "isTransposed": False, "isMetric": not column.is_bucket} for column in shown]
    drawing = _layer() | {"columns": columns, "paging": {"size": 20, "enabled": True}, "rowHeight": "single"}
    return Chart(title, "lnsDatatable", drawing, shown)


def bars(title: str, group: Column, measure: Column) -> Chart:
    """Show a lying bar a group."""
    return Chart(title, "lnsXY", _bars("bar_horizontal", group, measure), (group, measure))


def stacked_bars(title: str, split: Column, along: Column, measure: Column) -> Chart:
    """Show standing bars along an axis (days, or another group), each split by a group that is the same for all."""
    drawing = _bars("bar_stacked", along, measure)
    drawing["layers"][0]["splitAccessor"] = split.id
    return Chart(title, "lnsXY", drawing, (split, along, measure))


def _layer() -> dict[str, Any]:
    return {"layerId": LAYER, "layerType": "data"}


def _bars(series: str, along: Column, measure: Column) -> dict[str, Any]:
    layer = _layer() | {"seriesType": series, "xAccessor": along.id, "accessors": [measure.id]}
    return {
        "legend": {"isVisible": True, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "preferredSeriesType": series,
        "layers": [layer | {"position": "top", "showGridlines": False}],
    }
