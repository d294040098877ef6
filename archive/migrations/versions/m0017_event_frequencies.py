"""How common words were in the archive's news before each month."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the table; it is filled when events are grouped."""
    op.create_table(
        "event_frequencies",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("documents", sa.Float(), nullable=False),
        sa.Column("runs", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_event_frequencies"),
    )
