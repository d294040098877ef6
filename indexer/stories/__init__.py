"""Near-duplicates clustered into stories: pure functions on article texts, from the plain text to the elected original.

Read in this order: `normalization` and `numerals` (what is compared), `templates` (what a bulletin is filled in with),
`shingles` (sets, and keys to find candidates by), `similarity` (whether two articles are the same report), `item` and
`candidates` (an article's rank and where to look), `clusters` (which articles make a story), `credit` and `original`
(which of them tells it), `in_memory` (all of it).
"""
