"""Tables of source health: what a crawl observed, what was found wrong, and who was told; on the same metadata."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, false, text

from archive.schema import Utc, metadata

list_visits = Table(
    "list_visits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("section", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("visited_at", Utc, nullable=False),
    Column("outcome", String, nullable=False),
    Column("status", Integer),
    Column("items", Integer),
    Column("head", String),
    Column("problem", Text),
    Column("lied", Boolean, nullable=False, default=False, server_default=false()),
    Index("ix_list_visits_source", "source", "visited_at"),
)
"""Every visit to the first page of a list: what was answered, how many articles it named, a hash of the first five.

`lied`: its validator had said that nothing had changed, and something had."""

fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("section", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    Column("outcome", String, nullable=False),
    Column("status", Integer),
    Column("reason", Text),
    Column("page_id", Integer, ForeignKey("pages.id")),
    Index("ix_fetches_source", "source", "fetched_at"),
)
"""Every request for an article page and how it ended; what extraction made of a stored one stands in its page."""

probes = Table(
    "probes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("probed_at", Utc, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("reason", Text),
    Index("ix_probes_source", "source", "probed_at"),
)
"""Every look at an article that was known: how much of its stored text it still has (0: it is gone), and why not."""

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", String, nullable=False),
    Column("source", String, nullable=False),
    Column("level", String, nullable=False),
    Column("since", Utc, nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("resolved_at", Utc),
    Column("summary", Text, nullable=False),
    Column("numbers", JSON, nullable=False),
    Column("page_url", Text),
    Column("warc", String),
    Column("cause", Text, nullable=False),
    Column("command", Text, nullable=False),
    Index(
        "ix_findings_open",
        "rule",
        "source",
        unique=True,
        sqlite_where=text("resolved_at IS NULL"),
        postgresql_where=text("resolved_at IS NULL"),
    ),
)
"""What was found wrong, by rule and source (the empty string: all of them); one row from its opening to its end."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("finding_id", Integer, ForeignKey("findings.id")),
    Column("channel", String, nullable=False),
    Column("shown", Text, nullable=False),
    Column("message", JSON, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("tried_at", Utc),
    Column("delivered_at", Utc),
    Column("failed_at", Utc),
    Column("reason", Text),
    Index("ix_deliveries_due", "delivered_at", "failed_at", "due_at"),
)
"""Every message to every channel: due, delivered, or failed for good, with the last reason.

`channel` is a hash of its address, which may hold a secret; `shown` is the address without it."""

health_state = Table(
    "health_state",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the rounds of health remember of each other, by name."""
