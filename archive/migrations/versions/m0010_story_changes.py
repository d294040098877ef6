"""Stories in the order of their last changes, for readers who follow them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the table with every story that there is, the earliest change first."""
    op.create_table(
        "story_changes",
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("story_id", sa.String(), nullable=False),
        sa.UniqueConstraint("story_id"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO story_changes (story_id) SELECT story_id FROM stories ORDER BY revision, story_id")
