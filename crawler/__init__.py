"""A site in, clean articles out: sources, discovery, fetch, extraction, relevance."""
