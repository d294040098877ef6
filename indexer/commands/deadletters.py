"""`deltanews deadletters`: stories that the search index refuses, and what to do about them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_rows
from core.errors import UsageError
from core.time import format_time, in_shanghai
from indexer.outbox.dead_letters import all_dead_letters, drop_dead_letters, retry_dead_letters
from indexer.outbox.story_documents import story_documents
from indexer.search.story_files import story_json

Ids = Annotated[list[str] | None, typer.Argument(metavar="STORY", help="Ids of stories, as `list` prints them.")]
AllStories = Annotated[bool, typer.Option("--all", help="All of them.")]


def list_dead_letters(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False
) -> None:
    """List the stories that the search index refuses, with its reasons, newest first.

    Examples:
        deltanews deadletters list
    """
    with _archive_to_read() as database, database.read() as connection:
        letters = all_dead_letters(connection)
    if as_json:
        print_json_lines(letter | {"refused_at": in_shanghai(letter["refused_at"]).isoformat()} for letter in letters)
        return
    print_rows(
        ("story", "index", "refused at", "reason", "title"),
        [
            (
                letter["story_id"],
                letter["index_name"],
                format_time(letter["refused_at"]),
                letter["reason"],
                letter["title"] or "",
            )
            for letter in letters
        ],
        none="there is no dead letter: the search index has refused no story",
    )


def show(story: Annotated[str, typer.Argument(metavar="STORY", help="Id of the story.")]) -> None:
    """Print a refused story: the reason, and the document as the index would have got it, as one JSON object.

    Examples:
        deltanews deadletters show 3f0c5a1be2d94c77
    """
    with _archive_to_read() as database, database.read() as connection:
        found = [letter for letter in all_dead_letters(connection) if letter["story_id"] == story]
        if not found:
            raise UsageError(f"{story}: there is no such dead letter; see deltanews deadletters list")
        documents = story_documents(connection, [story])
    print_json_lines(
        {
            "index": letter["index_name"],
            "refused_at": in_shanghai(letter["refused_at"]).isoformat(),
            "reason": letter["reason"],
            "document": story_json(documents[0]) if documents else None,
        }
        for letter in found
    )


def retry(stories: Ids = None, *, everything: AllStories = False) -> None:
    """Requeue refused stories, for the next `deltanews index` to write.

    Examples:
        deltanews deadletters retry --all
        deltanews deadletters retry 3f0c5a1be2d94c77
    """
    with _archive() as database:
        ids = _chosen(database, stories, everything=everything)
        with database.write() as connection:
            count = retry_dead_letters(connection, ids)
    print_rows(("what", "count"), [("requeued", str(count))])


def drop(stories: Ids = None, *, everything: AllStories = False) -> None:
    """Drop refused stories: they stay in the archive, and are tried again only when they change.

    Examples:
        deltanews deadletters drop 3f0c5a1be2d94c77
    """
    with _archive() as database:
        ids = _chosen(database, stories, everything=everything)
        with database.write() as connection:
            count = drop_dead_letters(connection, ids)
    print_rows(("what", "count"), [("dropped", str(count))])


def _chosen(database: Database, named: Sequence[str] | None, *, everything: bool) -> list[str]:
    if bool(named) == everything:
        raise UsageError("name stories, or say --all")
    with database.read() as connection:
        known: list[Any] = [letter["story_id"] for letter in all_dead_letters(connection)]
    if everything:
        return known
    for name in named or ():
        if name not in known:
            raise UsageError(f"{name}: there is no such dead letter; see deltanews deadletters list")
    return list(named or ())


def _archive() -> AbstractContextManager[Database]:
    return closing(Database.open(ArchiveSettings.load()))


def _archive_to_read() -> AbstractContextManager[Database]:
    return closing(Database.open_to_read(ArchiveSettings.load()))
