"""Source health: visits to lists, fetches of pages, findings, their deliveries; when a list was last read in full."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables; of every list nothing is known yet about what its validators are worth."""
    op.create_table(
        "list_visits",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("visited_at", Utc(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("head", sa.String(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("lied", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_list_visits_source", "list_visits", ["source", "visited_at"])
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", Utc(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("page_id", sa.Integer(), sa.ForeignKey("pages.id"), nullable=True),
    )
    op.create_index("ix_fetches_source", "fetches", ["source", "fetched_at"])
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("since", Utc(timezone=True), nullable=False),
        sa.Column("opened_at", Utc(timezone=True), nullable=False),
        sa.Column("seen_at", Utc(timezone=True), nullable=False),
        sa.Column("resolved_at", Utc(timezone=True), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("warc", sa.String(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
    )
    is_open = sa.text("resolved_at IS NULL")
    op.create_index(
        "ix_findings_open", "findings", ["rule", "source"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("finding_id", sa.Integer(), sa.ForeignKey("findings.id"), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("due_at", Utc(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", Utc(timezone=True), nullable=True),
        sa.Column("delivered_at", Utc(timezone=True), nullable=True),
        sa.Column("failed_at", Utc(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_deliveries_due", "deliveries", ["delivered_at", "failed_at", "due_at"])
    op.create_table(
        "health_state",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.add_column("lists", sa.Column("full_at", Utc(timezone=True), nullable=True))
    op.add_column("lists", sa.Column("unchanged_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("lists", sa.Column("unconditional_until", Utc(timezone=True), nullable=True))
