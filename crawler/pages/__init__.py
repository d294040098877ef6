"""Stored pages read: in worker processes after a fetch, and again by `reextract` and `reclassify`."""
