"""When each article could first be searched, where links led, what lists held besides, how many requests were made."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables; of the articles that are searchable already nobody knows since when."""
    op.create_table(
        "searchable_articles",
        sa.Column("article_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("searchable_at", Utc(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("article_id", name="pk_searchable_articles"),
    )
    op.execute("INSERT INTO searchable_articles (article_id) SELECT article_id FROM story_articles")
    op.add_column("links", sa.Column("leads_to", sa.Text(), nullable=True))
    op.create_index("ix_links_leads_to", "links", ["leads_to"])
    op.add_column("lists", sa.Column("refused", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "request_counts",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("minute", Utc(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "minute", name="pk_request_counts"),
    )
