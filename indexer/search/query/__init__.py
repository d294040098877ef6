"""Queries: what a user writes, read into a model that both indexes translate, and shown in what was found."""
