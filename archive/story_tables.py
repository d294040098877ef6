"""Tables of stories, their members, candidates, the outbox and dead letters, on the same metadata as the rest.

All of it is derived: `deltanews rebuild stories` rebuilds it from the articles. Only one process at a time writes the
first five (the lock `index`), many read.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
)

from archive.schema import Utc, metadata

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("length", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Column("representative_id", Integer, nullable=False, index=True),
)
"""Every article that is in a story: its rank (`timestamp`: when it was published, in seconds since 1970, length,
canonical url), the exact hash of title, body and what corrections say of it, its candidate keys (signed 32-bit,
little-endian) and its story's representative."""

story_links = Table(
    "story_links",
    metadata,
    Column("article_id", Integer, nullable=False),
    Column("other_id", Integer, nullable=False),
    Column("jaccard", Float, nullable=False),
    Column("ours", Float, nullable=False),
    Column("theirs", Float, nullable=False),
    PrimaryKeyConstraint("article_id", "other_id"),
    sqlite_with_rowid=False,
)
"""Two articles that are the same report, once from each side: `ours` is this one's share that stands in the other."""

story_keys = Table(
    "story_keys",
    metadata,
    Column("segment", Integer, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("article_id", Integer, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    PrimaryKeyConstraint("segment", "key", "article_id"),
    sqlite_with_rowid=False,
)
"""The candidate index: which articles have a key, by segments of time; of a key that many share the earliest only."""

stories = Table(
    "stories",
    metadata,
    Column("story_id", String, primary_key=True),
    Column("representative_id", Integer, nullable=False),
    Column("original_id", Integer),
    Column("revision", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False, default=False),
    Column("merged_into", String),
    Column("article_count", Integer, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("built_at", Utc, nullable=False),
)
"""Every story there ever was; a deleted one is a tombstone that says which story its representative, or else another
of its articles, is part of now, if any."""

story_changes = Table(
    "story_changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("story_id", String, nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""Every story by its last change, in the order in which changes were committed: whoever read up to a `seq` reads on
behind it and misses nothing. A number is never used again, and does not depend on any clock."""

clustering = Table(
    "clustering",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""How far clustering is: `cursor` (changed_seq of the last article that was processed), `algorithm` of the keys,
`rebuilding`; and when each index was last searched for old tombstones."""

search_indexes = Table(
    "search_indexes",
    metadata,
    Column("name", String, primary_key=True),
    Column("registered_at", Utc, nullable=False),
    Column("acknowledged_at", Utc),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try_at", Utc),
    Column("error", Text),
    Column("error_at", Utc),
    Column("identity", String),
)
"""The indexes that stories are written to, and since when one has not answered; a changed story is enqueued for each.
`identity` says which index it is that acknowledged; one that was created again has another."""

outbox = Table(
    "outbox",
    metadata,
    Column("index_name", String, nullable=False),
    Column("story_id", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("queued_at", Utc, nullable=False),
    PrimaryKeyConstraint("index_name", "story_id"),
)
"""Stories that an index has not acknowledged in this revision yet."""

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("index_name", String, nullable=False),
    Column("story_id", String, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("refused_at", Utc, nullable=False),
    Column("dropped", Boolean, nullable=False, default=False, server_default=false()),
    PrimaryKeyConstraint("index_name", "story_id"),
)
"""Stories that an index refuses for good, with its reason; a new revision of the story is tried again. A `dropped`
one is shown no more: it only says that the index does not hold the story."""

searchable_articles = Table(
    "searchable_articles",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("searchable_at", Utc),
)
"""When a search index first acknowledged a story with the article; empty where nobody had noted it."""

source_titles = Table(
    "source_titles",
    metadata,
    Column("source", String, primary_key=True),
    Column("title", String, nullable=False),
)
"""What a source is called where people read: the crawler says it, the indexer shows it."""
