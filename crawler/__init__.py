"""A site in, clean articles out: sources, discovery, downloader, crawl, extraction, relevance."""
