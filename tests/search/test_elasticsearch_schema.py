"""What admins and analysts find in the cluster: a component template of their own, fields by usual names."""

from elasticsearch import Elasticsearch

from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.elasticsearch.schema import component_name, custom_component_name, index_name
from tests.deadline import DEADLINE
from tests.search.conftest import OpenIndex
from tests.search.corpus import CORPUS


def test_the_admin_s_own_settings_win_and_are_never_overwritten(open_index: OpenIndex, elasticsearch_url: str) -> None:
    index = open_index("elasticsearch")
    assert isinstance(index, ElasticsearchIndex)
    custom = custom_component_name(index.alias)
    own = {"settings": {"index": {"refresh_interval": "42s"}}}
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        client.cluster.put_component_template(name=custom, template=own)
        successor = index.successor()
        settings = client.indices.get_settings(index=index_name(index.alias, 2), flat_settings=True).body
        (found,) = settings.values()
        assert found["settings"]["index.refresh_interval"] == "42s"
        assert found["settings"]["index.auto_expand_replicas"] == "0-1", "the rest stays ours"
        successor.promote()
        index.prepare()
        kept = client.cluster.get_component_template(name=custom).body["component_templates"][0]
        assert kept["component_template"]["template"] == own
        client.indices.delete(index=index_name(index.alias, 2))
        client.indices.delete_index_template(name=index.alias)
        client.cluster.delete_component_template(name=f"{custom},{component_name(index.alias)}")
        index.prepare()


def test_time_and_outlets_by_the_names_that_tools_want(open_index: OpenIndex, elasticsearch_url: str) -> None:
    index = open_index("elasticsearch")
    assert isinstance(index, ElasticsearchIndex)
    index.write(CORPUS)
    index.refresh()
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        bounds = {"gte": "2026-11-15T13:00:00Z", "lt": "2026-11-15T13:00:01Z"}
        hits = client.search(index=index.alias, query={"range": {"@timestamp": bounds}}).body["hits"]["hits"]
        assert [hit["_id"] for hit in hits] == ["copied"]
        ran = client.search(index=index.alias, query={"term": {"source_titles": "荔枝网"}}, size=50).body["hits"][
            "hits"
        ]
        assert "copied" in {hit["_id"] for hit in ran}, "a copy counts as much as an original"
