"""Index in a process of its own, three stories a transaction, which a test may kill.

`python -m tests.events.grouping_process`
"""

import sys

from archive.settings import ArchiveSettings
from indexer.events.persistent import batches
from indexer.indexing import index_changes
from indexer.settings import IndexerSettings

if __name__ == "__main__":
    batches.BATCH = 3
    archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    index_changes(archive, indexer)
