"""Articles whose text may not be whole carry the reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; articles that were kept before have no doubts until they are extracted anew."""
    op.add_column("articles", sa.Column("doubtful", sa.JSON(none_as_null=True), nullable=True))
