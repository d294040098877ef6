"""Results: one page of hits, of stories or of events, with what a list of them shows."""

from dataclasses import dataclass, replace

from indexer.search.document import StoryDocument
from indexer.search.index import MAX_RESULTS, SearchIndex, SearchRequest
from indexer.search.query.highlight import highlights, snippet
from indexer.search.query.model import Query
from web.marking import Piece, pieces
from web.state import PAGE, SearchState, Unit
from web.wording import shown, when

SNIPPET = 110
"""Characters of the text around the first hit."""
_SEARCHED_TEXT = 20_000
"""Characters of a text in which a snippet is looked for: a book is no piece of news."""
_AT_ONCE = 60
"""Hits that are read at a time to find the events of a page."""


@dataclass(frozen=True)
class Hit:
    """One line of a list: a story, or the story that stands for its event."""

    story: StoryDocument
    title: list[Piece]
    snippet: list[Piece]
    when: str


@dataclass(frozen=True)
class Results:
    """One page of hits."""

    total: int
    """Stories that match."""
    hits: tuple[Hit, ...]
    has_more: bool


def find_results(index: SearchIndex, state: SearchState, request: SearchRequest) -> Results:
    """Return the page of hits that the address asks for. Raises IndexUnavailableError."""
    if state.unit is Unit.STORY:
        if request.offset >= MAX_RESULTS:
            return Results(index.search(replace(request, offset=0, limit=0)).total, (), has_more=False)
        found = index.search(request)
        until = request.offset + len(found.hits)
        return Results(
            found.total,
            tuple(hit_of(request.query, story) for story in found.hits),
            has_more=until < min(found.total, MAX_RESULTS),
        )
    wanted = PAGE * state.page
    total, leads = leading_stories(index, request, wanted + 1)
    on_page = leads[wanted - PAGE : wanted]
    return Results(total, tuple(hit_of(request.query, story) for story in on_page), has_more=len(leads) > wanted)


def hit_of(query: Query, story: StoryDocument) -> Hit:
    """Return what a list shows of a story: its title and a piece of its text with the words of the query marked."""
    title, body = shown(story.title), shown(story.body[:_SEARCHED_TEXT])
    found = snippet(query, "body", body, SNIPPET)
    text = pieces(found.text, found.spans) if found else [Piece(body[:SNIPPET].replace("\n", " "))]
    return Hit(
        story,
        pieces(title, highlights(query, "title", title)),
        text,
        when(story.published_at, story.published_precision, story.first_seen_at),
    )


def leading_stories(index: SearchIndex, request: SearchRequest, wanted: int) -> tuple[int, list[StoryDocument]]:
    """Return how many stories match, and of each event the one that comes first, up to as many as are wanted.

    A story that is in no event yet stands for itself.
    """
    found: dict[str, StoryDocument] = {}
    total = 0
    for offset in range(0, MAX_RESULTS, _AT_ONCE):
        result = index.search(replace(request, offset=offset, limit=_AT_ONCE))
        total = result.total
        for story in result.hits:
            found.setdefault(story.event_id or story.story_id, story)
        if len(found) >= wanted or len(result.hits) < _AT_ONCE:
            break
    return total, list(found.values())[:wanted]
