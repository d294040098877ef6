"""Articles in, searchable stories out."""
