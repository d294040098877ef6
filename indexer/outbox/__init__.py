"""The outbox: stories on their way to a search index, those that it refuses, and those that it may forget."""
