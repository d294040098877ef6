"""Story documents: stories as the search indexes hold them, put together from the archive in one read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from archive.article import Level, Relevance
from archive.event_tables import event_stories, events
from archive.schema import articles
from archive.source_titles import known_source_titles
from archive.story_tables import stories, story_articles, story_links
from archive.where_in import fetch_where_in
from indexer.search.document import StoryCopy, StoryDocument
from indexer.stories.persistent.article_items import item_of
from indexer.stories.similarity import compare


def story_documents(connection: Connection, ids: Sequence[str]) -> list[StoryDocument]:
    """Return the documents of these stories in their newest revision; a tombstone's holds little but its id."""
    rows = fetch_where_in(connection, select(stories), stories.c.story_id, ids)
    living = [row for row in rows if not row.deleted]
    members = _members(connection, [row.representative_id for row in living])
    links = known_similarities(connection, [row.original_id for row in living if row.article_count > 1])
    titles = known_source_titles(connection)
    homes = _events(connection, [row.representative_id for row in living])
    documents = [_tombstone(row) for row in rows if row.deleted]
    for row in living:
        group = members[row.representative_id]
        original = next(article for article in group if article.id == row.original_id)
        copies = [article for article in group if article.id != row.original_id]
        alike = similarities(links[original.id], original, copies)
        event = homes.get(row.representative_id, {})
        documents.append(_document(row, original, copies, alike, titles).model_copy(update=event))
    return documents


def known_similarities(connection: Connection, originals: Sequence[int]) -> defaultdict[int, dict[int, float]]:
    """Return how alike each of these articles is to those that it was compared with: {article: {other: 0 to 1}}."""
    known: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for row in fetch_where_in(connection, select(story_links), story_links.c.article_id, originals):
        known[row.article_id][row.other_id] = max(row.ours, row.theirs)
    return known


def similarities(links: Mapping[int, float], original: Any, copies: Sequence[Any]) -> dict[int, float]:
    """Return how alike each copy is to the original, 0 to 1: the larger share that one has of the other.

    Copies were verified against the story's representative, `links`; against another original they are compared here.
    """
    known = dict(links)
    missing = [copy for copy in copies if copy.id not in known]
    if missing:
        text = item_of(original, {}).normalized_text
        for copy in missing:
            comparison = compare(text, item_of(copy, {}).normalized_text)
            known[copy.id] = max(comparison.ours, comparison.theirs)
    return {copy.id: round(known[copy.id], 2) for copy in copies}


def _members(connection: Connection, representatives: Sequence[int]) -> defaultdict[int, list[Any]]:
    """Return the articles of each representative's story, whole, in rank order."""
    rank = (story_articles.c.timestamp, story_articles.c.length, story_articles.c.url.label("ranked_url"))
    query = select(articles, story_articles.c.representative_id, *rank).join(
        story_articles, story_articles.c.article_id == articles.c.id
    )
    rows = fetch_where_in(connection, query, story_articles.c.representative_id, representatives)
    members: defaultdict[int, list[Any]] = defaultdict(list)
    # Sorted here: a database may sort addresses by the rules of a language.
    for row in sorted(rows, key=lambda row: (row.timestamp, -row.length, row.ranked_url)):
        members[row.representative_id].append(row)
    return members


def _events(connection: Connection, founders: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return what the documents of these founders' stories say of their events."""
    query = (
        select(event_stories.c.number, events.c.event_id, events.c.story_count)
        .join(events, events.c.first_story == event_stories.c.first_story)
        .where(events.c.deleted.is_(False))
    )
    rows = fetch_where_in(connection, query, event_stories.c.number, founders)
    return {row.number: {"event_id": row.event_id, "event_size": row.story_count} for row in rows}


def _document(
    row: Any, original: Any, copies: Sequence[Any], alike: Mapping[int, float], titles: Mapping[str, str]
) -> StoryDocument:
    relevance = Relevance.model_validate(original.relevance)
    sources = dict.fromkeys(article.source for article in (original, *copies))
    return StoryDocument(
        story_id=row.story_id,
        revision=row.revision,
        title=original.title,
        body=original.body,
        url=original.url,
        source=original.source,
        source_title=titles.get(original.source, original.source),
        province=original.province,
        section=original.section,
        credit=original.credit,
        programme=original.programme,
        reporters=tuple(original.reporters),
        editors=tuple(original.editors),
        published_at=original.published_at,
        published_precision=original.published_precision,
        first_seen_at=original.first_seen_at,
        timeline_at=original.published_at or original.first_seen_at,
        level=original.level,
        score=original.score,
        topics=relevance.topics,
        provinces=relevance.provinces,
        cities=relevance.cities,
        vehicles=relevance.vehicles,
        terms=tuple(dict.fromkeys(term.text for term in relevance.terms)),
        copies=tuple(
            StoryCopy(
                source=copy.source,
                source_title=titles.get(copy.source, copy.source),
                url=copy.url,
                title=copy.title,
                published_at=copy.published_at,
                credit=copy.credit,
                withdrawn_at=copy.withdrawn_at,
                similarity=alike[copy.id],
            )
            for copy in copies
        ),
        copy_count=len(copies),
        withdrawn_at=original.withdrawn_at,
        states=_states((original, *copies)),
        sources=tuple(sources),
    )


def _states(members: Sequence[Any]) -> tuple[str, ...]:
    """Return what befell these articles."""
    found = {
        "changed": any(article.changed_at for article in members),
        "withdrawn": any(article.withdrawn_at for article in members),
    }
    return tuple(state for state, is_so in found.items() if is_so)


def _tombstone(row: Any) -> StoryDocument:
    return StoryDocument(
        story_id=row.story_id,
        revision=row.revision,
        deleted=True,
        title="",
        body="",
        url="",
        source="",
        source_title="",
        province="",
        first_seen_at=row.built_at,
        timeline_at=row.built_at,
        level=Level.NONE,
        score=0,
    )
