"""Index in a process of its own, which a test may kill: `python -m tests.outbox.indexing_process`."""

import sys

from archive.settings import ArchiveSettings
from indexer.indexing import index_changes
from indexer.settings import IndexerSettings

if __name__ == "__main__":
    archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    index_changes(archive, indexer)
