"""The Elasticsearch search index: mapping, writing, searching and access, for Elasticsearch 9."""
