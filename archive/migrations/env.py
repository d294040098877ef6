"""Alembic's entry: run migrations on the connection that `archive.database` opened."""

from alembic import context

from archive import (  # noqa: F401 - their tables belong to the metadata
    api_tokens,
    corrections,
    event_tables,
    health_tables,
    story_tables,
    upkeep_tables,
)
from archive.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
