"""Near-duplicates folded into stories: pure functions on article texts, from the plain text to the elected original.

Read in this order: `plain_text` (what is compared), `figures` and `forms` (what a bulletin is filled in with),
`shingles` (sets, and keys to find candidates by), `sameness` (whether two articles are the same report), `item` and
`candidates` (an article's rank and where to look), `grouping` (which articles make a story), `credit` and `original`
(which of them tells it), `fold` (all of it, in memory).
"""
