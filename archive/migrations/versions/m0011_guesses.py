"""How each article was discovered, and which lists do not hold what their sources say."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the columns and the table; what was found before was found by the rules of its source."""
    for table in ("links", "articles"):
        op.add_column(table, sa.Column("discovered_by", sa.String(), nullable=False, server_default="list"))
    op.create_table(
        "watched_lists",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("since", Utc(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("guessing", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", "section", "list", name="pk_watched_lists"),
    )
