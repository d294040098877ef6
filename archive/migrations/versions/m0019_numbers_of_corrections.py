"""Numbers of corrections that are never used again, so that none is undone by the number of another."""

import sqlalchemy as sa
from alembic import op

from archive.schema import Utc

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the table anew where SQLite gave the greatest number a second time; PostgreSQL never did."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.create_table(
        "numbered_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("corrected_at", Utc(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_corrections_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.UniqueConstraint("article_id", "kind", "value", name="uq_corrections_article_id_kind_value"),
        sqlite_autoincrement=True,
    )
    columns = "id, article_id, kind, value, corrected_at, corrected_by"
    op.execute(f"INSERT INTO numbered_corrections ({columns}) SELECT {columns} FROM corrections")  # noqa: S608 - names
    op.drop_table("corrections")
    op.rename_table("numbered_corrections", "corrections")
