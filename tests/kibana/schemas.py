"""What Kibana 8.19 and 9.x take, as far as our assets use it: schemas of our own, since Kibana publishes none.

A field that is not named here is refused, as Kibana refuses an unknown attribute; `Json[…]` is JSON inside a string.
Restated from Kibana's public source: the saved-object types at the versions of `TYPE_VERSIONS`.
"""

# ruff: noqa: N815 - the names are Kibana's

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Json


class Strict(BaseModel):
    """A part that has these fields and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ReferenceLine(Strict):
    """One entry of an object's references."""

    type: Literal["index-pattern", "search"]
    id: str
    name: str


class Line(Strict):
    """One line of the file."""

    id: Annotated[str, Field(min_length=1)]
    type: Literal["index-pattern", "search", "dashboard"]
    managed: bool
    coreMigrationVersion: Literal["8.8.0"]
    typeMigrationVersion: str
    attributes: dict[str, Any]
    references: list[ReferenceLine]


class KqlQuery(Strict):
    """A query in KQL."""

    query: str
    language: Literal["kuery"]


class SearchSource(Strict):
    """What a search asks for."""

    query: KqlQuery
    filter: list[dict[str, Any]]
    highlightAll: bool = False
    version: bool = False
    indexRefName: str | None = None


class SourceMeta(Strict):
    """Where a saved object keeps what it asks for."""

    searchSourceJSON: Json[SearchSource]


class FieldLabel(Strict):
    """What a data view calls a field."""

    customLabel: str
    customDescription: str = ""


class FieldFormat(Strict):
    """How a data view shows a field."""

    id: Literal["url", "date"]
    params: dict[str, str]


class DataView(Strict):
    """Attributes of an index-pattern, 8.0.0."""

    title: str
    name: str
    timeFieldName: str
    allowNoIndex: bool
    fields: Json[list[Any]]
    runtimeFieldMap: Json[dict[str, Any]]
    typeMeta: Json[dict[str, Any]]
    sourceFilters: Json[list[dict[str, str]]]
    fieldAttrs: Json[dict[str, FieldLabel]]
    fieldFormatMap: Json[dict[str, FieldFormat]]


class TimeRange(Strict):
    """From and to, in Kibana's date math."""

    from_: str = Field(alias="from")
    to: str


class SavedSearch(Strict):
    """Attributes of a search, 10.5.0."""

    title: str
    description: str
    columns: list[str]
    sort: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    grid: dict[str, Any]
    hideChart: bool
    isTextBasedQuery: bool
    timeRestore: bool
    timeRange: TimeRange
    rowHeight: int
    kibanaSavedObjectMeta: SourceMeta


class Grid(Strict):
    """Where a panel stands on a grid of 48 columns."""

    x: Annotated[int, Field(ge=0)]
    y: Annotated[int, Field(ge=0)]
    w: Annotated[int, Field(ge=1, le=48)]
    h: Annotated[int, Field(ge=1)]
    i: str


class Panel(Strict):
    """One panel of a dashboard."""

    type: Literal["lens", "search", "visualization"]
    panelIndex: str
    gridData: Grid
    title: str
    embeddableConfig: dict[str, Any]
    panelRefName: str | None = None


class LensColumn(Strict):
    """One column of a Lens layer."""

    label: str
    customLabel: bool
    dataType: Literal["number", "date", "string"]
    operationType: Literal["count", "unique_count", "max", "sum", "date_histogram", "terms"]
    sourceField: str
    isBucketed: bool
    scale: Literal["ratio", "interval", "ordinal"]
    params: dict[str, Any]


class LensLayer(Strict):
    """One layer of a Lens visualization on form."""

    columns: dict[str, LensColumn]
    columnOrder: list[str]
    incompleteColumns: dict[str, Any]
    sampling: int


class FormBased(Strict):
    """Layers by id."""

    layers: dict[str, LensLayer]


class NoLayers(Strict):
    """A kind of data source that we do not use."""

    layers: dict[str, Any] = Field(max_length=0)


class DataSources(Strict):
    """The three kinds of data source that Lens knows."""

    formBased: FormBased
    indexpattern: NoLayers
    textBased: NoLayers


class LensState(Strict):
    """What a Lens visualization shows and of what."""

    visualization: dict[str, Any]
    query: KqlQuery
    filters: list[Any]
    datasourceStates: DataSources
    internalReferences: list[Any]
    adHocDataViews: dict[str, Any]


class Lens(Strict):
    """A Lens visualization inside a panel; without a version, which Kibana reads as the oldest and migrates up."""

    title: str
    description: str
    type: Literal["lens"]
    visualizationType: Literal["lnsXY", "lnsMetric", "lnsDatatable"]
    references: list[ReferenceLine]
    state: LensState


class ControlInput(Strict):
    """What a drop-down list offers."""

    id: str
    fieldName: str
    title: str
    searchTechnique: Literal["prefix", "wildcard", "exact"]
    selectedOptions: list[str]
    sort: dict[str, str]
    enhancements: dict[str, Any]


class ControlPanel(Strict):
    """One drop-down list."""

    order: int
    width: Literal["small", "medium", "large"]
    grow: bool
    type: Literal["optionsListControl"]
    explicitInput: ControlInput


class Controls(Strict):
    """The drop-down lists of a dashboard."""

    controlStyle: Literal["oneLine", "twoLine"]
    chainingSystem: Literal["HIERARCHICAL", "NONE"]
    showApplySelections: bool
    ignoreParentSettingsJSON: Json[dict[str, bool]]
    panelsJSON: Json[dict[str, ControlPanel]]


class RefreshInterval(Strict):
    """How often a dashboard asks again."""

    pause: bool
    value: int


class Dashboard(Strict):
    """Attributes of a dashboard, 10.2.0."""

    title: str
    description: str
    version: Literal[1]
    timeRestore: bool
    timeFrom: str
    timeTo: str
    refreshInterval: RefreshInterval
    kibanaSavedObjectMeta: SourceMeta
    optionsJSON: Json[dict[str, bool]]
    panelsJSON: Json[list[Panel]]
    controlGroupInput: Controls
