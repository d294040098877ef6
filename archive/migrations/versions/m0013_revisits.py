"""Articles looked at again: every visit; when an article was last changed, and since when it is withdrawn."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the table; of the articles of before nobody knows whether their pages changed."""
    op.create_table(
        "revisits",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("visited_at", Utc(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_revisits_source", "revisits", ["source", "visited_at"])
    op.create_index("ix_revisits_article_id", "revisits", ["article_id"])
    op.add_column("articles", sa.Column("changed_at", Utc(timezone=True), nullable=True))
    op.add_column("articles", sa.Column("withdrawn_at", Utc(timezone=True), nullable=True))
    op.add_column("revisions", sa.Column("kind", sa.String(), nullable=False, server_default="text"))
