"""Index in a process of its own, which a test may kill: `python -m tests.outbox.indexing_process`.

It says a line when it begins, and one for each step that it has done.
"""

import sys

from archive.settings import ArchiveSettings
from indexer.indexing import index_changes
from indexer.settings import IndexerSettings


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    archive, indexer = ArchiveSettings.load(), IndexerSettings.load()
    say("ready")
    index_changes(archive, indexer, clustering=say, writing=say)
