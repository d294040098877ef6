"""Any piece of a story's Chinese finds every story that contains it, in both indexes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.search.index import SearchRequest
from indexer.search.query.model import Phrase
from tests.search.conftest import KINDS, OpenIndex
from tests.search.corpus import story

CHARACTERS = "长三角一体化"
"""Few, so that pieces repeat within and across stories."""

texts = st.text(st.sampled_from(CHARACTERS + "，"), min_size=1, max_size=30)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies=st.lists(texts, min_size=1, max_size=12), pieces=st.lists(texts, min_size=1, max_size=25))
def test_a_piece_finds_what_contains_it(open_index: OpenIndex, bodies: list[str], pieces: list[str]) -> None:
    indexes = [open_index(kind) for kind in KINDS]
    stories = {f"s{number}": body for number, body in enumerate(bodies)}
    for index in indexes:
        index.write([story(name, "smg", "2026-11-20T08:00", "题", body) for name, body in stories.items()])
        index.refresh()
    for piece in [piece for text in pieces for piece in text.split("，") if piece]:
        containing = {name for name, body in stories.items() if piece in body}
        for index in indexes:
            hits = index.search(SearchRequest(Phrase(piece), limit=100)).hits
            assert {hit.story_id for hit in hits} == containing, (piece, index.name)
