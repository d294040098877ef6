"""Tables of upkeep: where back-ups are, and what is to be forgotten, on the same metadata as the rest."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from archive.schema import Utc, metadata

backups = Table(
    "backups",
    metadata,
    Column("id", String, primary_key=True),
    Column("directory", Text, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("bytes", BigInteger),
)
"""Every folder that the archive was backed up to, by the id that stands in its manifest; `finished_at`: of the last
whole back-up, in bytes."""

forgotten = Table(
    "forgotten",
    metadata,
    Column("hash", String, primary_key=True),
    Column("forgotten_at", Utc, nullable=False),
)
"""Addresses that are never fetched again: the SHA-256 of each, and nothing else."""

forgetting = Table("forgetting", metadata, Column("canonical_url", Text, primary_key=True))
"""Addresses that are being forgotten: what is stored of them goes, then their row here."""

obsolete_files = Table("obsolete_files", metadata, Column("file", String, primary_key=True))
"""WARC files that no page needs any more, because their other records were moved; they are deleted, then their row."""
