"""The archive's tables: what was found, fetched, stored and run. Stories and the outbox stand in `story_tables.py`."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from core.clock import CLOCK

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused, since nobody could say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into the database's UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the time its zone back."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def now() -> datetime:
    """Return the present time in UTC."""
    return CLOCK.now()


links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("section", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("fetch_url", Text),
    Column("canonical_url", Text, nullable=False, unique=True),
    Column("leads_to", Text, index=True),
    Column("title", Text, nullable=False, default=""),
    Column("listed_at", Utc),
    Column("found_at", Utc, nullable=False),
    Column("status", String, nullable=False, default="pending"),
    Column("tries", Integer, nullable=False, default=0),
    Column("next_try_at", Utc),
    Column("error", Text),
    Column("error_at", Utc),
    Column("discovered_by", String, nullable=False, default="list", server_default="list"),
    Index("ix_links_due", "source", "status", "next_try_at"),
)
"""Every article link ever found: pending, failed (with its next try), fetched, gone or refused.

`leads_to`: the canonical address of the page that came, where it is another one."""

lists = Table(
    "lists",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("section", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("request", JSON, nullable=False),
    Column("depth", Integer, nullable=False, default=0),
    Column("pending", Boolean, nullable=False, default=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_hash", String),
    Column("link_count", Integer, nullable=False, default=0),
    Column("refused", JSON(none_as_null=True)),
    Column("checked_at", Utc),
    Column("backfilled_to", Utc),
    Column("problem", Text),
    Column("full_at", Utc),
    Column("unchanged_count", Integer, nullable=False, default=0, server_default="0"),
    Column("unconditional_until", Utc),
    UniqueConstraint("source", "section", "key"),
)
"""Every list page ever asked for: its validators, and whether it is still to be visited.

`refused`: how many of its links were not taken for articles, by the reason.
`full_at`: when it was last read whole; `unchanged_count`: how often it was said to be unchanged since;
`unconditional_until`: until when its validators are not used, because they lied.

`backfilled_to`: how far back a backfill was asked to go when it read the page and recorded where the list goes on."""

watched_lists = Table(
    "watched_lists",
    metadata,
    Column("source", String, primary_key=True),
    Column("section", String, primary_key=True),
    Column("list", Text, primary_key=True),
    Column("rounds", Integer, nullable=False),
    Column("since", Utc, nullable=False),
    Column("reason", Text, nullable=False),
    Column("guessing", Boolean, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("verdicts", JSON, nullable=False),
)
"""Every list that does not hold what its source says, until it does again: `archive/watched_lists.py`."""

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("section", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("canonical_url", Text, nullable=False, index=True),
    Column("fetched_at", Utc, nullable=False),
    Column("content_type", Text),
    Column("warc_file", String, nullable=False),
    Column("warc_offset", Integer, nullable=False),
    Column("warc_length", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("extracted_at", Utc),
    Column("verdict", String),
    Column("reason", Text),
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("next_try_at", Utc),
    Column("extraction_version", String),
    Index("ix_pages_waiting", "source", "id", sqlite_where=text("extracted_at IS NULL")),
    Index("ix_pages_failed", "source", "id", sqlite_where=text("verdict = 'failed'")),
)
"""Every article page stored: where its WARC record stands, and what extraction made of it.

A page whose reading failed waits for its next try, with how many there were and the reason; after the last one its
verdict is `failed`, by the extraction that `extraction_version` names: a newer one tries it again."""

parts = Table(
    "parts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical_url", Text, nullable=False, unique=True),
    Column("article_url", Text, nullable=False, index=True),
)
"""Further pages of articles that are printed over several: each is a link and a page, and belongs to the article whose
canonical address is `article_url`."""

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("canonical_url", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("source", String, nullable=False, index=True),
    Column("section", String, nullable=False),
    Column("province", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("published_at", Utc, index=True),
    Column("published_precision", String, nullable=False),
    Column("published_from", Text, nullable=False, default=""),
    Column("credit", Text),
    Column("reporters", JSON, nullable=False),
    Column("editors", JSON, nullable=False),
    Column("programme", Text),
    Column("image", Text),
    Column("video", Text),
    Column("language", String, nullable=False),
    Column("doubtful", JSON(none_as_null=True)),
    Column("level", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("relevance", JSON, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    Column("first_seen_at", Utc, nullable=False, index=True),
    Column("page_id", Integer, ForeignKey("pages.id")),
    Column("revision", Integer, nullable=False, default=1),
    Column("changed_seq", Integer, nullable=False, unique=True),
    Column("discovered_by", String, nullable=False, default="list", server_default="list"),
    Column("changed_at", Utc),
    Column("withdrawn_at", Utc),
    Column("extracted", JSON(none_as_null=True)),
    Column("held_by", String),
)
"""Every article, in its newest revision. `changed_seq` rises with every change: the indexer's cursor.

`changed_at`: when its page was last seen changed, in text, title, credit or minute; `withdrawn_at`: since when it is
known to be taken down, None where it is there (again); `extracted`: of one whose fields a person corrected, those
fields as they were extracted (`corrected_fields.KEPT`); `held_by`: the rule of source health for which it forms no
story for now."""

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("published_at", Utc),
    Column("credit", Text),
    Column("page_id", Integer, ForeignKey("pages.id")),
    Column("seen_at", Utc, nullable=False),
    Column("kind", String, nullable=False, default="text", server_default="text"),
)
"""Every text that an article ever had, the newest included.

`kind`: `text`, or `withdrawn` and `back` where the article was taken down and shown again with the text that it had."""

revisits = Table(
    "revisits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("visited_at", Utc, nullable=False),
    Column("outcome", String, nullable=False),
    Column("status", Integer),
    Column("reason", Text),
    Index("ix_revisits_source", "source", "visited_at"),
)
"""Every request for an article that was stored before, of its first page (`url`) or a further one."""

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("status", String, nullable=False, default="running"),
    Column("origin", String, nullable=False, default="command"),
    Column("counts", JSON, nullable=False),
    Column("error", Text),
    Column("job", String),
    Index("ix_runs_newest", "source", "started_at"),
)
"""Every crawl of a source: running, ok, failed or interrupted; the truth that the scheduler goes by.

`job` names the log of the job that it was part of."""

rate_limits = Table(
    "rate_limits",
    metadata,
    Column("domain", String, primary_key=True),
    Column("until", Utc, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Registered domains that are rate-limited until a time (Retry-After)."""


paused_sources = Table(
    "paused_sources",
    metadata,
    Column("source", String, primary_key=True),
    Column("paused_at", Utc, nullable=False),
)
"""Sources that the service leaves alone until they are resumed."""

request_counts = Table(
    "request_counts",
    metadata,
    Column("source", String, primary_key=True),
    Column("minute", Utc, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Requests of a source's crawls, by the minute, in the last hour; of sources alone that have a budget of them."""


def row_dict(row: Any) -> dict[str, Any]:
    """Return a result row as a plain dictionary."""
    return dict(row._mapping)
