"""Tables and columns under the names that the code has: rate limits, clustering, representatives, timestamps.

Nothing is copied but one index: both databases rename in place.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = {"pauses": "rate_limits", "folding": "clustering"}

COLUMNS = (
    ("lists", "walked_to", "backfilled_to"),
    ("stories", "founder_id", "representative_id"),
    ("story_articles", "founder_id", "representative_id"),
    ("story_articles", "moment", "timestamp"),
    ("story_keys", "moment", "timestamp"),
)


def upgrade() -> None:
    """Rename, and rebuild the one index whose name holds a column's."""
    op.drop_index("ix_story_articles_founder_id", "story_articles")
    for old, new in TABLES.items():
        op.rename_table(old, new)
        if op.get_bind().dialect.name == "postgresql":  # SQLite knows a key's name by the table's text alone
            op.execute(f"ALTER INDEX pk_{old} RENAME TO pk_{new}")
    for table, old, new in COLUMNS:  # Alembic's alter_column would copy the table on SQLite
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.create_index("ix_story_articles_representative_id", "story_articles", ["representative_id"])
    op.execute("UPDATE clustering SET value = 'clustering' WHERE name = 'rebuilding' AND value = 'folding'")
