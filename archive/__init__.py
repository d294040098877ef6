"""What was collected, for ever: articles with their revisions, raw pages, crawl state, stories and their outbox."""
