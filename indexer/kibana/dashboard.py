"""The dashboard: who has gone quiet, what is reported, where, by whom, and what is newest."""

from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from indexer.kibana import charts, columns
from indexer.kibana.charts import DATA_REFERENCE, Chart
from indexer.kibana.data_view import data_view_id, data_view_reference
from indexer.kibana.saved_object import VERSION_MARK, Reference, SavedObject, object_id, text_of
from indexer.kibana.searches import NEWEST, search_id

WIDTH = 48
"""Columns of Kibana's grid."""


@dataclass(frozen=True)
class GridPosition:
    """Position of a panel: left edge, top edge, width, height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Control:
    """A drop-down list above the dashboard."""

    name: str
    title: str
    field: str


CONTROLS = (
    Control("province", "媒体所在地", "province"),
    Control("source", "首发媒体", "source_title"),
    Control("topic", "主题", "topics"),
    Control("city", "涉及城市", "cities"),
    Control("level", "相关程度", "level"),
)
_DESCRIPTION = "四省市广播电视媒体对长三角一体化的报道：多少、何处、何事、谁首发、谁转载、谁很久没有动静。"
_COUNT = columns.count("报道数")
_NEWEST = columns.newest("最新报道")
CHARTS: tuple[tuple[str, GridPosition, Chart], ...] = (
    ("total", GridPosition(24, 0, 8, 7), charts.metric("报道", _COUNT)),
    ("broadcasters", GridPosition(32, 0, 8, 7), charts.metric("首发媒体", columns.unique("source", "家媒体"))),
    ("freshness", GridPosition(40, 0, 8, 7), charts.metric("最新一条", _NEWEST)),
    (
        *("quiet", GridPosition(0, 7, 24, 15)),
        charts.table(
            "谁很久没有动静（最久的在前）",
            columns.top("source_titles", "媒体", _NEWEST, 100, ascending=True),
            *(_NEWEST, _COUNT),
        ),
    ),
    (
        *("days", GridPosition(24, 7, 24, 15)),
        charts.stacked_bars(
            "每天的报道，按媒体所在地",
            columns.top("province", "媒体所在地", _COUNT, 6),
            columns.per_day("日期"),
            _COUNT,
        ),
    ),
    ("topics", GridPosition(0, 22, 16, 14), charts.bars("主题", columns.top("topics", "主题", _COUNT, 15), _COUNT)),
    (
        *("originals", GridPosition(16, 22, 16, 14)),
        charts.bars("首发最多的媒体", columns.top("source_title", "媒体", _COUNT, 15), _COUNT),
    ),
    (
        *("copiers", GridPosition(32, 22, 16, 14)),
        charts.bars("转载最多的媒体", columns.top("copies.source_title", "媒体", _COUNT, 15), _COUNT),
    ),
    ("cities", GridPosition(0, 36, 24, 14), charts.bars("涉及城市", columns.top("cities", "城市", _COUNT, 20), _COUNT)),
    (
        *("vehicles", GridPosition(24, 36, 24, 14)),
        charts.bars("合作载体", columns.top("vehicles", "载体", _COUNT, 20), _COUNT),
    ),
    (
        *("provinces", GridPosition(0, 50, 32, 14)),
        charts.stacked_bars(
            "各地媒体报道哪些省市",
            columns.top("provinces", "涉及省市", _COUNT, 5),
            columns.top("province", "媒体所在地", _COUNT, 6, name="outlet"),
            _COUNT,
        ),
    ),
    ("levels", GridPosition(32, 50, 16, 14), charts.bars("相关程度", columns.top("level", "程度", _COUNT, 4), _COUNT)),
    (
        *("standing", GridPosition(0, 64, WIDTH, 16)),
        charts.table(
            "各媒体每周：首发、被转载、涉及事件",
            columns.per_week("周"),
            columns.top("source_title", "媒体", _COUNT, 30),
            *(_COUNT, columns.total("copy_count", "被转载"), columns.unique("event_id", "事件")),
        ),
    ),
)
_NOTE_POSITION = GridPosition(0, 0, 24, 7)
_STORIES_POSITION = GridPosition(0, 80, WIDTH, 20)


@dataclass
class _Panels:
    """Panels and what they refer to, gathered one by one."""

    alias: str
    panels: list[dict[str, Any]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def add(self, name: str, kind: str, position: GridPosition, config: dict[str, Any], **more: str) -> str:
        panel = object_id(self.alias, f"panel/{name}")
        grid = {"x": position.x, "y": position.y, "w": position.width, "h": position.height, "i": panel}
        self.panels.append({"type": kind, "panelIndex": panel, "gridData": grid, "embeddableConfig": config, **more})
        return panel

    def note(self) -> None:
        text = resources.files(__package__).joinpath("note.md").read_text(encoding="utf-8")
        search = {"query": {"query": "", "language": "kuery"}, "filter": []}
        visualization = {
            "id": "",
            "title": "",
            "description": "",
            "type": "markdown",
            "params": {"fontSize": 12, "openLinksInNewTab": True, "markdown": text},
            "uiState": {},
            "data": {"aggs": [], "searchSource": search},
        }
        self.add("note", "visualization", _NOTE_POSITION, {"enhancements": {}, "savedVis": visualization}, title="说明")

    def chart(self, name: str, position: GridPosition, chart: Chart) -> None:
        config = {
            "enhancements": {},
            "hidePanelTitles": False,
            "attributes": chart.attributes(data_view_id(self.alias)),
        }
        panel = self.add(name, "lens", position, config, title=chart.title)
        self.references.append(data_view_reference(self.alias, f"{panel}:{DATA_REFERENCE}"))

    def stories(self) -> None:
        panel = object_id(self.alias, "panel/stories")
        self.add(
            "stories",
            "search",
            _STORIES_POSITION,
            {"enhancements": {}},
            title="最新报道",
            panelRefName=f"panel_{panel}",
        )
        self.references.append(Reference("search", search_id(self.alias, NEWEST), f"{panel}:panel_{panel}"))


def dashboard(alias: str) -> SavedObject:
    """Return the dashboard."""
    panels = _Panels(alias)
    panels.note()
    for name, place, chart in CHARTS:
        panels.chart(name, place, chart)
    panels.stories()
    controls, control_references = _controls(alias)
    source = {"query": {"query": "", "language": "kuery"}, "filter": []}
    options = {
        "useMargins": True,
        "syncColors": False,
        "syncCursor": True,
        "syncTooltips": False,
        "hidePanelTitles": False,
    }
    attributes = {
        "title": "长三角新闻一览",
        "description": f"{_DESCRIPTION}（{VERSION_MARK}）",
        "version": 1,
        "timeRestore": True,
        "timeFrom": "now-30d",
        "timeTo": "now",
        "refreshInterval": {"pause": False, "value": 300_000},
        "kibanaSavedObjectMeta": {"searchSourceJSON": text_of(source)},
        "optionsJSON": text_of(options),
        "panelsJSON": text_of(panels.panels),
        "controlGroupInput": controls,
    }
    references = (*panels.references, *control_references)
    return SavedObject("dashboard", object_id(alias, "dashboard"), attributes, references)


def _controls(alias: str) -> tuple[dict[str, Any], list[Reference]]:
    panels: dict[str, Any] = {}
    references: list[Reference] = []
    for order, control in enumerate(CONTROLS):
        name = object_id(alias, f"control/{control.name}")
        panels[name] = {
            "order": order,
            "width": "medium",
            "grow": True,
            "type": "optionsListControl",
            "explicitInput": {
                "id": name,
                "fieldName": control.field,
                "title": control.title,
                "searchTechnique": "wildcard",
                "selectedOptions": [],
                "sort": {"by": "_count", "direction": "desc"},
                "enhancements": {},
            },
        }
        references.append(data_view_reference(alias, f"controlGroup_{name}:optionsListDataView"))
    ignored = {"ignoreFilters": False, "ignoreQuery": False, "ignoreTimerange": False, "ignoreValidations": False}
    group = {
        "controlStyle": "oneLine",
        "chainingSystem": "HIERARCHICAL",
        "showApplySelections": False,
        "ignoreParentSettingsJSON": text_of(ignored),
        "panelsJSON": text_of(panels),
    }
    return group, references
