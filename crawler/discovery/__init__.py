"""A list page in, article links out: HTML lists, feeds, sitemaps, JSON."""
