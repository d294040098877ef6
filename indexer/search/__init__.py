"""Search: one interface, the query language, and the two indexes that implement it."""
