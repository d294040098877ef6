"""What corrections say of stories: which two are one event, and which two are not."""

from sqlalchemy import Connection, select

from archive.corrections import EVENT_KINDS, CorrectionKind, corrections_of
from archive.schema import articles
from archive.story_tables import story_articles
from archive.where_in import fetch_where_in
from indexer.events.clusters import FORCED, EventLink


def corrected_links(connection: Connection) -> dict[EventLink, int]:
    """Return the score that corrections give two stories, by their numbers, the lower first; the last word counts.

    A correction names articles, so it holds for whatever stories they are in; of two in one story it says nothing.
    """
    found = corrections_of(connection, EVENT_KINDS)
    addresses = {correction.url for correction in found} | {correction.value for correction in found}
    query = select(articles.c.canonical_url, story_articles.c.representative_id).join(
        story_articles, story_articles.c.article_id == articles.c.id
    )
    homes = {
        row.canonical_url: row.representative_id
        for row in fetch_where_in(connection, query, articles.c.canonical_url, addresses)
    }
    links: dict[EventLink, int] = {}
    for correction in found:
        one, other = homes.get(correction.url), homes.get(correction.value)
        if one is None or other is None or one == other:
            continue
        links[min(one, other), max(one, other)] = FORCED if correction.kind is CorrectionKind.SAME_EVENT else -FORCED
    return links
