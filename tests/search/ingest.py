"""Stories to write, the index they are written to, and what it holds afterwards, for the drills of writing."""

from typing import Any

from indexer.search.document import StoryDocument
from indexer.search.elasticsearch.bulk import BulkLimits
from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.search.corpus import story

AT = "2026-11-20T08:00"
SMALL = BulkLimits(documents=20)


def open_index(url: str, alias: str, *, limits: BulkLimits = SMALL, **changes: Any) -> ElasticsearchIndex:
    values: dict[str, Any] = {
        "index": "elasticsearch",
        "elasticsearch_hosts": (url,),
        "elasticsearch_alias": alias,
        "elasticsearch_request_seconds": DEADLINE,
        "elasticsearch_retry_seconds": DEADLINE,
    }
    settings = IndexerSettings(**(values | changes))
    index = ElasticsearchIndex(connect(settings), settings, limits=limits)
    index.prepare()
    return index


def made(count: int, revision: int = 1) -> list[StoryDocument]:
    return [
        story(f"s{number}", "smg", AT, f"第{revision}版", f"长三角{number}", revision=revision)
        for number in range(count)
    ]


def revisions(index: ElasticsearchIndex) -> dict[str, int]:
    index.refresh()
    held = list(index.documents())
    assert len(held) == index.count()
    return {document.story_id: document.revision for document in held}
