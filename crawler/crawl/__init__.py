"""The crawl of a source: its spider, lists, articles, and what it stores."""
