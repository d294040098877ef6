"""What Kibana sends for a quoted word finds every story that has it, mixed script and marks included."""

import json
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from indexer.kibana.assets import space_settings
from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.elasticsearch.schema import index_name
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.search.corpus import CORPUS

QUOTED = {
    "长三角一体化": "zone plan",
    "长三角AI一体化": "mixed",
    "A股": "stocks",
    "2026年": "report",
    "5G用": "report",
    "沪": "stocks four journal",
    "ＡＩ": "stocks wide mixed english",
    "上海、江苏": "four train",
    "人民银行": "bank",
}


@pytest.fixture(scope="module")
def corpus(elasticsearch_url: str) -> Iterator[tuple[Elasticsearch, str]]:
    alias = f"test-{uuid.uuid4().hex}"
    settings = IndexerSettings(elasticsearch_hosts=(elasticsearch_url,), elasticsearch_alias=alias)
    index = ElasticsearchIndex(connect(settings), settings)
    index.prepare()
    index.write(CORPUS)
    index.refresh()
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        yield client, alias
        client.indices.delete(index=index_name(alias))
        client.indices.delete_index_template(name=alias)
    index.close()


@pytest.mark.parametrize("word", QUOTED)
def test_a_quoted_word(corpus: tuple[Elasticsearch, str], word: str) -> None:
    client, alias = corpus
    without_field = {"multi_match": {"type": "phrase", "query": word, "lenient": True}}
    with_field = {"bool": {"should": [{"match_phrase": {name: word}} for name in ("title", "body")]}}
    for query in (without_field, with_field):
        hits = client.search(index=alias, query=query, size=100)["hits"]["hits"]
        assert {hit["_id"] for hit in hits} == set(QUOTED[word].split())


@pytest.mark.parametrize("word", [word for word in QUOTED if word != "上海、江苏"])
def test_a_word_without_quotation_marks_in_a_space_with_our_settings(
    corpus: tuple[Elasticsearch, str], word: str
) -> None:
    """Lucene with AND: what the quoted word finds, and far from everything."""
    client, alias = corpus
    assert space_settings(alias)["search:queryLanguage"] == "lucene"
    options = json.loads(space_settings(alias)["query:queryString:options"])
    hits = client.search(index=alias, query={"query_string": {"query": word, **options}}, size=100)["hits"]["hits"]
    found = {hit["_id"] for hit in hits}
    assert found >= set(QUOTED[word].split())
    assert len(found) < len(CORPUS) / 2


def test_a_hit_is_highlighted_as_one(corpus: tuple[Elasticsearch, str]) -> None:
    client, alias = corpus
    answer = client.search(
        index=alias,
        query={"match_phrase": {"title": "长三角AI一体化"}},
        highlight={"fields": {"*": {}}, "number_of_fragments": 0},
    )
    (hit,) = answer["hits"]["hits"]
    assert hit["highlight"]["title"] == ["<em>长三角AI一体化</em>G60科创大会"]


def test_tombstones_are_hidden_behind_the_alias(corpus: tuple[Elasticsearch, str]) -> None:
    client, alias = corpus
    assert client.count(index=alias)["count"] == len(CORPUS) - 1
    assert client.count(index=index_name(alias))["count"] == len(CORPUS)
