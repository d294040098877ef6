"""What the embedded index stores of a story, and how.

Every text has two positions for each unit (a character of a CJK run, or a word): at the even one the unit, at the odd
one the bigram that it begins, or a filler. So phrases of one character, of bigrams and of mixed script are all matched
by position in one field, which is what Elasticsearch gets from unigrams and bigrams that share a place.
"""

from datetime import datetime
from itertools import pairwise
from zlib import crc32

import tantivy

from indexer.search.counts import CountBy, counted_values
from indexer.search.document import StoryDocument
from indexer.search.fields import FIELDS, Matching
from indexer.search.tokens import fold_token, runs

_FILLER = "."
"""Stands where no bigram begins; no text has it for a token."""
_BETWEEN_VALUES = f" {_FILLER} {_FILLER} "
"""One unit that nothing matches, so that no phrase reaches from one reporter's name into the next."""
_TIE_BITS = 28
_FIRST_SECOND, _LAST_SECOND = -(1 << (63 - _TIE_BITS)), (1 << (63 - _TIE_BITS)) - 1
"""The seconds since 1970 between which a sort key fits into 64 bits: years 881 to 3058."""
TEXTS = tuple(field.name for field in FIELDS if field.comparison is Matching.CONTAINS)
VALUES = tuple(field.name for field in FIELDS if field.comparison is Matching.EQUALS)


def build_schema() -> tantivy.Schema:
    """Return the schema; a change of it is a new `FORMAT`."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("story", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("revision", fast=True)
    builder.add_boolean_field("live", indexed=True)
    builder.add_integer_field("place", indexed=True, fast=True)
    for name in TEXTS:
        builder.add_text_field(f"text_{name}", tokenizer_name="whitespace", index_option="position")
    for name in VALUES:
        builder.add_text_field(f"value_{name}", tokenizer_name="raw", index_option="basic")
    for by in CountBy:  # as they are written, since that is how counts show them
        builder.add_text_field(f"count_{by}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("json", stored=True)
    return builder.build()


def build_document(story: StoryDocument, schema: tantivy.Schema) -> tantivy.Document:
    """Return the story as tantivy takes it; a tombstone keeps its id and revision and is found by nothing else.

    ValueError where the story holds what cannot be written, as half a surrogate pair.
    """
    values: dict[str, object] = {
        "story": story.story_id,
        "revision": story.revision,
        "live": not story.deleted,
        "json": story.model_dump_json().encode(),
    }
    if not story.deleted:
        values["place"] = timeline_key(story.timeline_at) + tie_breaker(story.story_id)
        for field in FIELDS:
            if field.comparison is Matching.CONTAINS:
                values[f"text_{field.name}"] = _BETWEEN_VALUES.join(_positions(text) for text in field.values(story))
            elif field.comparison is Matching.EQUALS:
                values[f"value_{field.name}"] = [fold_token(value) for value in field.values(story)]
        for by in CountBy:
            values[f"count_{by}"] = counted_values(story, by)
    return tantivy.Document.from_dict(values, schema)


def timeline_key(time: datetime) -> int:
    """Return the sort key of a time, to the second; below it there are bits for the tie breaker.

    Times that have no key, a millennium away, share that of the first or the last second that has one.
    """
    return min(max(int(time.timestamp() // 1), _FIRST_SECOND), _LAST_SECOND) << _TIE_BITS


def tie_breaker(story_id: str) -> int:
    """Return a number that orders stories of one second, always in the same way."""
    return crc32(story_id.encode()) >> (32 - _TIE_BITS)


def _positions(text: str) -> str:
    tokens: list[str] = []
    for run in runs(text):
        for first, second in pairwise(run.units):
            tokens += (first, first + second)
        tokens += (run.units[-1], _FILLER)
    return " ".join(tokens)
