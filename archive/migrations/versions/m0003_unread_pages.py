"""Pages whose reading failed are tried again: how often they were, and when they are next."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; a page that an older program gave up has no version, so the next crawl tries it again."""
    op.add_column("pages", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("pages", sa.Column("next_try_at", Utc(timezone=True), nullable=True))
    op.add_column("pages", sa.Column("extraction_version", sa.String(), nullable=True))
    op.create_index("ix_pages_failed", "pages", ["source", "id"], sqlite_where=sa.text("verdict = 'failed'"))
