"""`deltanews archive backup`: the archive on another disk."""

from pathlib import Path
from typing import Annotated

import typer

from archive.backup import back_up, sqlite_file
from archive.database import Database, is_created
from archive.settings import ArchiveSettings
from core.console import print_facts, print_json_lines, print_line
from core.errors import UsageError


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
