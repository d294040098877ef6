"""Tokens by which programs may use the API; what came lately is found without reading every article."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create the table, without any token, and the index."""
    op.create_table(
        "api_tokens",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_api_tokens"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
    )
    op.create_index("ix_articles_first_seen_at", "articles", ["first_seen_at"])
