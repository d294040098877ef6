"""The API: what programs get, page by page, and that it is what its description says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import SearchRequest, Sort
from indexer.search.query.model import Everything
from tests.search.corpus import story
from tests.web.newsroom import CUT, RAILWAY
from web.api_paging import Cursor, after, next_cursor

START = datetime(2026, 11, 20, tzinfo=UTC)


def test_stories_as_json(reader: httpx.Client) -> None:
    answer = reader.get("/api/v1/stories", params={"q": "长三角", "limit": "3"}).json()
    assert answer["total"] == 4
    assert answer["stories"][0]["title"] == RAILWAY
    assert answer["stories"][0]["published_at"] == "2026-11-20T10:00:00+08:00"
    rest = reader.get("/api/v1/stories", params={"q": "长三角", "limit": "3", "cursor": answer["next"]}).json()
    assert (len(rest["stories"]), rest["next"]) == (1, None)


def test_a_story_an_event_and_sources(reader: httpx.Client) -> None:
    (found,) = reader.get("/api/v1/stories", params={"q": "铁路"}).json()["stories"]
    whole = reader.get(f"/api/v1/stories/{found['story_id']}").json()
    assert whole["differences"][0]["differences"] == [{"sign": "-", "text": CUT}]
    event = reader.get(f"/api/v1/events/{found['event_id']}").json()
    assert (event["headline"], event["articles"]) == (RAILWAY, 2)
    events = reader.get("/api/v1/events", params={"since": "2026-11-20", "limit": "1"}).json()
    assert (events["events"][0]["event_id"], events["next"]) == (found["event_id"], None)
    titles = {one["source"]: one["title"] for one in reader.get("/api/v1/sources").json()["sources"]}
    assert titles["jstv"] == "荔枝网"
    health = reader.get("/api/v1/health").json()
    assert (health["status"], health["stories"], health["newest"]) == ("ok", 4, "2026-11-20T10:00:00+08:00")


def test_counts_as_json(reader: httpx.Client) -> None:
    answer = reader.get("/api/v1/counts", params={"by": "province", "q": "长三角"}).json()
    assert answer["counts"][0] == {"value": "安徽", "stories": 2}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories?q=(", 400),
        ("/stories?since=gestern", 400),
        ("/stories?sort=best", 400),
        ("/stories?limit=0", 400),
        ("/stories?limit=1000", 400),
        ("/stories?cursor=x", 400),
        ("/stories?cursor=20", 400),
        ("/stories?cursor=1.1&sort=relevance", 400),
        ("/stories?cursor=999999999999.1", 400),
        ("/stories?province=火星", 400),
        ("/stories?level=foo", 400),
        ("/stories?outlet=火星台", 400),
        ("/stories?city=火星城", 400),
        ("/stories?topic=火星", 400),
        ("/stories?since=2026-11-20&until=2026-11-18", 400),
        ("/counts?by=city&province=火星", 400),
        ("/events?province=火星", 400),
        ("/events?topic=火星", 400),
        ("/events?since=2026-11-20&until=2026-11-18", 400),
        ("/counts", 400),
        ("/counts?by=colour", 400),
        ("/events?sort=best", 400),
        ("/events?cursor=-1", 400),
        ("/events?since=x", 400),
        ("/stories/ffffffffffffffff", 404),
        ("/stories/%25", 404),
        ("/events/nothing", 404),
        ("/nothing", 404),
    ],
)
def test_what_is_wrong_is_told(reader: httpx.Client, path: str, status: int) -> None:
    answer = reader.get(f"/api/v1{path}")
    assert answer.status_code == status
    assert answer.json()["error"]


def test_what_is_right_and_rare_is_no_mistake(reader: httpx.Client) -> None:
    for asked in (
        "level=mention",
        "province=全国",
        "outlet=荔枝网",
        "outlet=jstv",
        "since=2026-11-18&until=2026-11-18",
    ):
        assert reader.get(f"/api/v1/stories?{asked}").status_code == 200, asked
    assert reader.get("/api/v1/events?province=江苏省").json()["events"]


def test_it_answers_what_its_description_says(reader: httpx.Client) -> None:
    description = reader.get("/api/v1/openapi.json").json()
    assert description["openapi"] == "3.1.0"
    (one,) = reader.get("/api/v1/stories", params={"q": "铁路"}).json()["stories"]
    values = {"story_id": one["story_id"], "event_id": one["event_id"], "by": "city"}
    for path, operations in description["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue
        needed = {each["name"]: each["in"] for each in operation["parameters"] if each["required"]}
        query = {name: values[name] for name, within in needed.items() if within == "query"}
        answer = reader.get("/api/v1" + path.format(**values), params=query)
        assert answer.status_code == 200, path
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        if "$ref" in schema:
            schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        assert set(schema["required"]) <= set(answer.json()), path


@settings(deadline=None, max_examples=15)
@given(
    seconds=st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=25),
    limit=st.integers(min_value=1, max_value=7),
    sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST, Sort.RELEVANCE]),
)
def test_pages_by_cursor_are_all_stories_once(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int], limit: int, sort: Sort
) -> None:
    index = EmbeddedIndex(Path(tmp_path_factory.mktemp("paging")) / "index")
    made = [
        story(f"s{number}", "smg", f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%S}", "题", "文")
        for number, second in enumerate(seconds)
    ]
    index.write(made)
    request = SearchRequest(Everything(), limit=limit, sort=sort)
    whole = [hit.story_id for hit in index.all_hits(request)]
    found: list[str] = []
    cursor: Cursor | None = None
    for _ in range(len(made) + 2):
        hits = index.search(after(request, cursor)).hits
        found += [hit.story_id for hit in hits]
        cursor = next_cursor(request, cursor, hits)
        if cursor is None:
            break
        cursor = Cursor.read(str(cursor), sort)
    assert found == whole
    index.close()
