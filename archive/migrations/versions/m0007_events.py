"""Events and the corrections of articles; every story that there is waits to be grouped."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables and enqueue the living stories, the earliest first."""
    op.create_table(
        "event_queue",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("story_id", sa.String(), nullable=False),
    )
    op.create_table(
        "event_stories",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("story_id", sa.String(), nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        sa.Column("first_story", sa.Integer(), nullable=False),
        sa.UniqueConstraint("story_id"),
    )
    op.create_index("ix_event_stories_timestamp", "event_stories", ["timestamp"])
    op.create_index("ix_event_stories_first_story", "event_stories", ["first_story"])
    op.create_table(
        "event_links",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "other"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("event_id", sa.String(), primary_key=True),
        sa.Column("first_story", sa.Integer(), nullable=False),
        sa.Column("story_count", sa.Integer(), nullable=False),
        sa.Column("first_timestamp", sa.BigInteger(), nullable=False),
        sa.Column("last_timestamp", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(), nullable=True),
        sa.Column("built_at", Utc(timezone=True), nullable=False),
    )
    op.create_index("ix_events_first_story", "events", ["first_story"])
    op.create_index("ix_events_first_timestamp", "events", ["first_timestamp"])
    op.create_index("ix_events_last_timestamp", "events", ["last_timestamp"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("corrected_at", Utc(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.UniqueConstraint("article_id", "kind", "value"),
    )
    op.execute(
        "INSERT INTO event_queue (story_id) SELECT stories.story_id FROM stories JOIN story_articles ON "
        "story_articles.article_id = stories.representative_id WHERE NOT stories.deleted "
        "ORDER BY story_articles.timestamp"
    )
