"""What corrections say of articles: which are one report, and which two are not."""

from sqlalchemy import Connection, select

from archive.corrections import STORY_KINDS, CorrectionKind, corrections_of
from archive.schema import articles
from archive.where_in import fetch_where_in
from indexer.stories.constraints import Constraints


def corrected_constraints(connection: Connection) -> Constraints:
    """Return what corrections say of articles, by their ids; it holds whether they form stories now or not."""
    found = corrections_of(connection, STORY_KINDS)
    query = select(articles.c.canonical_url, articles.c.id)
    rows = fetch_where_in(connection, query, articles.c.canonical_url, [correction.value for correction in found])
    ids = {row.canonical_url: row.id for row in rows}
    pairs: dict[CorrectionKind, list[tuple[int, int]]] = {kind: [] for kind in STORY_KINDS}
    for correction in found:
        if correction.value in ids:
            pairs[correction.kind].append((correction.article_id, ids[correction.value]))
    return Constraints(pairs[CorrectionKind.SAME_STORY], pairs[CorrectionKind.NOT_SAME_STORY])
