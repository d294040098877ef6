"""The assets are sound, and the validator finds what would break them in Kibana."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.kibana.assets import kibana_assets
from indexer.kibana.data_view import field_labels
from indexer.kibana.saved_object import ASSETS_VERSION, assets_version, ndjson
from indexer.kibana.searches import SEARCHES
from indexer.search.elasticsearch.schema import story_schema
from tests.deadline import DEADLINE
from tests.kibana.mapping import story_fields
from tests.kibana.validation import kql_problems, problems

FIELDS = story_fields()
ASSETS = [json.loads(line) for line in ndjson(kibana_assets("deltanews-stories")).decode().splitlines()]
Change = Callable[[dict[str, Any]], None]


def test_the_assets_are_sound() -> None:
    assert problems(ndjson(kibana_assets("deltanews-stories")), FIELDS) == []


def test_a_change_of_the_assets_raises_their_version() -> None:
    """Else an import would leave the older ones where they are. After a change raise ASSETS_VERSION."""
    digests = {5: "73b7394544a42f96"}
    content = ndjson(kibana_assets("deltanews-stories"))
    assert hashlib.sha256(content).hexdigest()[:16] == digests[ASSETS_VERSION]
    assert all(assets_version(line) == ASSETS_VERSION for line in content.decode().splitlines())


def test_the_dashboard_shows_and_filters_what_desks_ask_for() -> None:
    (dashboard,) = [one for one in kibana_assets("news") if one.type == "dashboard"]
    controls = json.loads(dashboard.attributes["controlGroupInput"]["panelsJSON"]).values()
    fields = {control["explicitInput"]["fieldName"] for control in controls}
    assert fields >= {"topics", "level", "cities", "province"}
    panels = json.loads(dashboard.attributes["panelsJSON"])
    charts = {panel["title"]: panel["embeddableConfig"]["attributes"] for panel in panels if panel["type"] == "lens"}
    grouped = {title: fields_of(chart) for title, chart in charts.items()}
    assert {"vehicles"} in grouped.values()
    assert {"level"} in grouped.values()
    assert {"provinces", "province"} in grouped.values()
    (quiet,) = [fields for title, fields in grouped.items() if "很久没有动静" in title]
    assert "source_titles" in quiet, "any article counts as a sign of life, not originals alone"
    assert "lnsTagcloud" not in {chart["visualizationType"] for chart in charts.values()}


def fields_of(chart: dict[str, Any]) -> set[str]:
    """The fields that a chart groups by or counts, but that of the count and of time."""
    (layer,) = chart["state"]["datasourceStates"]["formBased"]["layers"].values()
    return {column["sourceField"] for column in layer["columns"].values()} - {"___records___", "timeline_at"}


def test_two_aliases_have_assets_of_their_own() -> None:
    ids = [{one.id for one in kibana_assets(alias)} for alias in ("one", "two")]
    assert not ids[0] & ids[1]


def test_every_field_of_the_mapping_has_a_chinese_name() -> None:
    parents = {name.rsplit(".", 1)[0] for name in FIELDS if "." in name}
    own = {name for name in FIELDS if name.rsplit(".", 1)[-1] not in {"folded", "text", "raw"}}
    unnamed = own - set(field_labels()) - {"copies.source", "copies.similarity"}
    assert unnamed == set(), parents


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(dashboard["attributes"]["panelsJSON"])
    return found


def changed_panels(change: Callable[[list[dict[str, Any]]], None]) -> Change:
    def apply(dashboard: dict[str, Any]) -> None:
        all_panels = panels(dashboard)
        change(all_panels)
        dashboard["attributes"]["panelsJSON"] = json.dumps(all_panels)

    return apply


def layer(panel: dict[str, Any]) -> dict[str, Any]:
    state = panel["embeddableConfig"]["attributes"]["state"]
    found: dict[str, Any] = state["datasourceStates"]["formBased"]["layers"]["stories"]
    return found


def put(path: str, value: Any) -> Change:
    *parents, last = path.split(".")

    def apply(one: dict[str, Any]) -> None:
        for parent in parents:
            one = one[parent]
        one[last] = value

    return apply


QUIET, DAYS, STORIES = 4, 5, -1
"""Places of panels in the dashboard."""

BREAKAGES: dict[str, tuple[str, Change]] = {
    "an attribute that Kibana does not know": ("search", put("attributes.pinned", True)),
    "a string that is no JSON": ("dashboard", put("attributes.panelsJSON", "[{")),
    "a version of another Kibana": ("dashboard", put("typeMigrationVersion", "10.9.0")),
    "a reference into nothing": ("search", lambda one: one["references"][0].update(id="gone")),
    "a missing reference": ("dashboard", lambda one: one["references"].pop()),
    "a reference that nothing uses": (
        "dashboard",
        lambda one: one["references"].append(one["references"][0] | {"name": "spare"}),
    ),
    "a time field that is none": ("index-pattern", put("attributes.timeFieldName", "title")),
    "a column that the mapping lacks": ("search", put("attributes.columns", ["headline"])),
    "a sort by text": ("search", put("attributes.sort", [["body", "desc"]])),
    "panels over each other": ("dashboard", changed_panels(lambda all_: all_[1]["gridData"].update(y=10))),
    "a panel over the edge": ("dashboard", changed_panels(lambda all_: all_[3]["gridData"].update(x=44))),
    "a panel by reference and by value": (
        "dashboard",
        changed_panels(lambda all_: all_[STORIES]["embeddableConfig"].update(savedObjectId="x")),
    ),
    "groups after measures": ("dashboard", changed_panels(lambda all_: layer(all_[QUIET])["columnOrder"].reverse())),
    "an order by nothing": (
        "dashboard",
        changed_panels(
            lambda all_: layer(all_[QUIET])["columns"]["group"]["params"]["orderBy"].update(columnId="gone")
        ),
    ),
    "a chart of a field that the mapping lacks": (
        "dashboard",
        changed_panels(lambda all_: layer(all_[QUIET])["columns"]["group"].update(sourceField="broadcaster")),
    ),
    "a chart of text": (
        "dashboard",
        changed_panels(lambda all_: layer(all_[QUIET])["columns"]["group"].update(sourceField="body")),
    ),
    "a histogram of a word": (
        "dashboard",
        changed_panels(lambda all_: layer(all_[DAYS])["columns"]["day"].update(sourceField="province")),
    ),
    "a drawing of a column that is not there": (
        "dashboard",
        changed_panels(
            lambda all_: all_[1]["embeddableConfig"]["attributes"]["state"]["visualization"].update(metricAccessor="x")
        ),
    ),
    "a control over text": (
        "dashboard",
        lambda one: one["attributes"]["controlGroupInput"].update(
            panelsJSON=one["attributes"]["controlGroupInput"]["panelsJSON"].replace('"topics"', '"body"')
        ),
    ),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_the_validator_finds(breakage: str) -> None:
    kind, change = BREAKAGES[breakage]
    assets = json.loads(json.dumps(ASSETS))
    change(next(one for one in assets if one["type"] == kind))
    found = problems("\n".join(json.dumps(one) for one in assets).encode(), FIELDS)
    assert found, breakage
    assert all(kind in problem for problem in found)


def test_the_validator_finds_an_object_that_stands_twice() -> None:
    assets = "\n".join(json.dumps(one) for one in [*ASSETS, ASSETS[0]])
    assert "stands 2 times" in problems(assets.encode(), FIELDS)[0]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ('title : "长三角', "not closed"),
        ("title : 长三角", "quotation marks"),
        ('headline : "长三角"', "no field headline"),
        ('(title : "a"', "brackets"),
    ],
)
def test_the_validator_reads_kql(query: str, says: str) -> None:
    assert says in next(kql_problems(query, FIELDS))


def test_charts_and_searches_are_answered_by_a_real_server(elasticsearch_url: str) -> None:
    """Every chart's grouping and every search's order work on our mapping, as far as a server alone can show."""
    dashboard = next(one for one in ASSETS if one["type"] == "dashboard")
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        name = "test-kibana-charts"
        client.indices.delete(index=name, ignore_unavailable=True)
        client.indices.create(index=name, **story_schema())
        for panel in panels(dashboard):
            if panel["type"] != "lens":
                continue
            for column in layer(panel)["columns"].values():
                aggregation = {
                    "terms": {"terms": {"field": column["sourceField"]}},
                    "unique_count": {"cardinality": {"field": column["sourceField"]}},
                    "max": {"max": {"field": column["sourceField"]}},
                    "date_histogram": {"date_histogram": {"field": column["sourceField"], "calendar_interval": "1d"}},
                }.get(column["operationType"])
                if aggregation:
                    client.search(index=name, size=0, aggs={"it": aggregation})
        for search in SEARCHES:
            client.search(
                index=name, sort=[{"timeline_at": "desc"}], query={"query_string": {"query": search.query or "*"}}
            )
        client.indices.delete(index=name)


def test_the_documentation_names_what_is_imported() -> None:
    page = (Path(__file__).parents[2] / "docs/kibana.md").read_text(encoding="utf-8")
    titles = {one["type"]: one["attributes"]["title"] for one in ASSETS}
    assert titles["dashboard"] in page
    assert SEARCHES[0].title in page
    assert f"{len(SEARCHES)} searches" in page
