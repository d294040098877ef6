"""Articles that source health holds back from the stories, and so from the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; no article is held back."""
    op.add_column("articles", sa.Column("held_by", sa.String(), nullable=True))
