"""A real Elasticsearch 9 for the tests, built from package registries alone: no container, no download site.

`ELASTICSEARCH_URL` points the same tests at any other server.
"""
