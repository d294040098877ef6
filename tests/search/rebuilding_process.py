"""Rebuild in a process of its own, to be killed: it prints a line for its first batch and waits after its second.

So the kill comes before, in or after the second batch, and however late, it leaves something to be written.
"""

import sys
from itertools import count

from archive.settings import ArchiveSettings
from indexer.outbox.rebuild import rebuild_index
from indexer.settings import IndexerSettings

if __name__ == "__main__":
    batches = count(1)

    def tell(done: int, of: int) -> None:
        if next(batches) > 1:
            sys.stdin.read()
        sys.stdout.write(f"{done} {of}\n")
        sys.stdout.flush()

    rebuild_index(ArchiveSettings.load(), IndexerSettings.load(), progress=tell)
