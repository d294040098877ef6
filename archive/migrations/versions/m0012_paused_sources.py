"""Sources that the service leaves alone, and the job by which a run's log is found."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table; no source is paused, and runs of before have no log."""
    op.create_table(
        "paused_sources",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("paused_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_paused_sources"),
    )
    op.add_column("runs", sa.Column("job", sa.String(), nullable=True))
