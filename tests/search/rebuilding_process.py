"""Rebuild in a process of its own, which a test may kill; prints a line for every batch."""

import sys

from archive.settings import ArchiveSettings
from indexer.outbox.rebuild import rebuild_index
from indexer.settings import IndexerSettings

if __name__ == "__main__":

    def tell(done: int, of: int) -> None:
        sys.stdout.write(f"{done} {of}\n")
        sys.stdout.flush()

    rebuild_index(ArchiveSettings.load(), IndexerSettings.load(), progress=tell)
