"""`deltanews archive backup` and `deltanews archive restore`."""

from pathlib import Path
from typing import Annotated

import typer

from archive.backup import back_up, sqlite_file
from archive.database import Database, is_created
from archive.restore import restore as restore_archive
from archive.settings import ArchiveSettings
from core.console import print_facts, print_json_lines, print_line
from core.errors import UsageError
from core.time import format_time, in_shanghai


def backup(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of this archive's back-up, on another disk.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Back up the archive, while everything works on: its database, and every raw page that the database names.

    The folder is empty the first time; later only WARC files that are new or grew are copied. It holds one back-up,
    the newest: killed at any point, that of before is whole. The search index is no part of it, for `deltanews index`
    makes it again; settings and source files are yours to copy. A file that is damaged in the archive is named, and
    the folder keeps what it had of it. A database on PostgreSQL is backed up by pg_dump: this says how. Exit status:
    0; 1 where a file is damaged or missing; 2 where the folder holds something else.

    Examples:
        deltanews archive backup /mnt/backup/deltanews
        deltanews archive backup /mnt/backup/deltanews --json
    """
    settings = ArchiveSettings.load()
    sqlite_file(settings)
    if not is_created(settings):
        raise UsageError(f"{settings.directory} holds no archive yet; the first crawl creates it")
    database = Database.open(settings)
    try:
        summary = back_up(database, settings, directory)
    finally:
        database.close()
    if as_json:
        print_json_lines([{**vars(summary), "problems": list(summary.problems)}])
    else:
        print_facts(
            [
                ("database", f"{summary.database_bytes:,} bytes"),
                ("WARC files copied", f"{summary.copied:,}, {summary.copied_bytes:,} bytes"),
                ("WARC files unchanged", f"{summary.unchanged:,}"),
            ]
        )
    for problem in summary.problems:
        print_line(f"not backed up: {problem}", stderr=True)
    if summary.problems:
        raise typer.Exit(1)


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
    summary = restore_archive(settings, directory)
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
