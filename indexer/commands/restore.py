"""`deltanews archive restore`: a back-up made an archive again."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from archive.restore import restore as restore_archive
from archive.settings import ArchiveSettings
from core.console import print_facts, print_json_lines, print_line
from core.time import format_time, in_shanghai
from indexer.settings import IndexerSettings
from indexer.stories.persistent.batches import remove_forgotten


def restore(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a back-up.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Make a back-up the archive that the settings name; what was forgotten since stays forgotten.

    There must be no archive yet: move a damaged one away first, but leave its `forgotten.txt` where it is. Every file
    is checked by its digest before the first is copied. A back-up of an earlier version is migrated. `deltanews index`
    comes next: it fills an index that is empty; where one of before is still there, `deltanews rebuild index` makes
    it anew. Exit status: 0; 1 where the back-up is damaged; 2 where there is an archive already or no back-up.

    Examples:
        deltanews archive restore /mnt/backup/deltanews
        deltanews index
    """
    settings = ArchiveSettings.load()
    window = timedelta(days=IndexerSettings.load().window_days)
    summary = restore_archive(
        settings, directory, remove_forgotten=lambda database: remove_forgotten(database, window=window)
    )
    if as_json:
        print_json_lines([{**vars(summary), "made_at": in_shanghai(summary.made_at).isoformat()}])
        return
    print_facts(
        [
            ("back-up of", format_time(summary.made_at)),
            ("WARC files", f"{summary.files:,}"),
            ("forgotten since", f"{summary.forgotten:,} addresses"),
        ]
    )
    print_line("next: deltanews index", stderr=True)
