"""Kibana assets: data view, saved searches and a dashboard, generated from the mapping, checked, exported, imported."""
