"""The first schema."""

from alembic import op

from archive import story_tables  # noqa: F401 - its tables belong to the metadata
from archive.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    metadata.create_all(op.get_bind())
