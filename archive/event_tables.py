"""Tables of events, on the same metadata as the rest.

All of it is derived: `deltanews rebuild events` rebuilds it from the stories. Only one process at a time writes it
(the lock `index`), but for the queue, which a correction writes too.
"""

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from archive.schema import Utc, metadata

event_queue = Table(
    "event_queue",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("story_id", String, nullable=False),
)
"""Stories that changed since events were last grouped; an entry comes with the change and leaves with its result."""

event_stories = Table(
    "event_stories",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("story_id", String, nullable=False, unique=True),
    Column("timestamp", BigInteger, nullable=False, index=True),
    Column("digest", String, nullable=False),
    Column("pairs", LargeBinary, nullable=False),
    Column("first_story", Integer, nullable=False, index=True),
)
"""Every story that is in an event, by the number of its representative article: its rank (`timestamp`: seconds since
1970, id), the hash of what events read of it, its rare pairs (32-bit, little-endian, rising) and the first story of its
event."""

event_links = Table(
    "event_links",
    metadata,
    Column("number", Integer, nullable=False),
    Column("other", Integer, nullable=False),
    Column("score", Integer, nullable=False),
    PrimaryKeyConstraint("number", "other"),
    sqlite_with_rowid=False,
)
"""Two stories that may tell of one happening, once from each side: the log-odds in thousandths."""

events = Table(
    "events",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("first_story", Integer, nullable=False, index=True),
    Column("story_count", Integer, nullable=False),
    Column("first_timestamp", BigInteger, nullable=False, index=True),
    Column("last_timestamp", BigInteger, nullable=False, index=True),
    Column("deleted", Boolean, nullable=False),
    Column("merged_into", String),
    Column("built_at", Utc, nullable=False),
)
"""Every event there ever was: `first_timestamp` is that of its earliest article, `last_timestamp` that of its last
report, which its story's original tells (both in seconds since 1970); `merged_into`: of one that is no more, the event
that its first_story, or else another of its stories, is in, if any."""

event_frequencies = Table(
    "event_frequencies",
    metadata,
    Column("month", String, primary_key=True),
    Column("documents", Float, nullable=False),
    Column("runs", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
)
"""How common runs of tokens were in the archive's stories before a month (2026-11): of how many documents, the runs
(32-bit hashes, little-endian, rising) and in how many documents each stands (32-bit floats). Never changed."""
