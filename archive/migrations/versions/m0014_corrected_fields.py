"""What was extracted of an article whose fields a person corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column; no field has been corrected yet."""
    op.add_column("articles", sa.Column("extracted", sa.JSON(none_as_null=True), nullable=True))
