"""Which search index acknowledged the stories, and which dead letters the user has dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two columns."""
    op.add_column("search_indexes", sa.Column("identity", sa.String(), nullable=True))
    op.add_column("dead_letters", sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false()))
