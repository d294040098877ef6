"""Articles that source health holds back from the search index, and probes: articles that were looked at again."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column and the table; no article is held back, and none was looked at again."""
    op.add_column("articles", sa.Column("held_by", sa.String(), nullable=True))
    op.create_table(
        "probes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("probed_at", Utc(timezone=True), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_probes"),
    )
    op.create_index("ix_probes_source", "probes", ["source", "probed_at"])
