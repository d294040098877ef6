"""Where back-ups are, and what is forgotten."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the tables; nothing was backed up or forgotten before."""
    op.create_table(
        "backups",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("directory", sa.Text(), nullable=False),
        sa.Column("started_at", Utc(timezone=True), nullable=False),
        sa.Column("finished_at", Utc(timezone=True), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_backups"),
    )
    op.create_table(
        "forgotten",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("forgotten_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_forgotten"),
    )
    op.create_table(
        "forgetting",
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("canonical_url", name="pk_forgetting"),
    )
    op.create_table(
        "obsolete_files",
        sa.Column("file", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("file", name="pk_obsolete_files"),
    )
