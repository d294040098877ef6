"""Articles over several pages: which addresses are further pages of which article."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table; articles that were kept before are joined when their pages are read again."""
    op.create_table(
        "parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("article_url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parts"),
        sa.UniqueConstraint("canonical_url", name="uq_parts_canonical_url"),
    )
    op.create_index("ix_parts_article_url", "parts", ["article_url"])
