"""The embedded search index: tantivy in a folder of its own, no server."""
