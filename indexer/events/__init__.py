"""Stories about one happening put together into events: pure functions on texts, from the plain text to the event.

Read in this order: `tokens` (a text as numbers, its runs of two and three), `rarity` (how rare a run is in the news),
`dates` and `places` (what a text says of when and where), `report` (all of it, of one story), `evidence` (how much
speaks for two reports telling of one happening, and what), `candidates` (which reports are compared), `clusters` (which
reports make an event), `in_memory` (all of it, for a file).
"""
