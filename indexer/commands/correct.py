"""`deltanews correct`: say what a person knows better of an article; kept beside it for good."""

import getpass
from datetime import datetime
from typing import Annotated

import typer

from archive.corrections import Correction, CorrectionKind, corrections_of
from archive.database import Database
from archive.settings import ArchiveSettings
from core.console import print_line, print_rows
from core.errors import UsageError
from core.time import format_time
from indexer.corrections import Wanted, find_article_id, make_corrections, undo_corrections


def correct_article(
    url: Annotated[str, typer.Argument(metavar="URL", help="The article's address.")],
    *,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")] = None,
    minute: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="When it was published: 2026-11-24T08:30, in Shanghai's time."),
    ] = None,
    credit: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Whom the page credits; an empty text: nobody.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="How much it is about the delta: core, related, mention, none.")
    ] = None,
    same_story: Annotated[
        list[str] | None,
        typer.Option(metavar="OTHER", help="It is the same report as this article (a URL) or story (an id)."),
    ] = None,
    not_story: Annotated[
        list[str] | None,
        typer.Option(metavar="OTHER", help="It is another report than this article, or than all of this story."),
    ] = None,
    same_event: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="It reports on the same happening as the article of this address."),
    ] = None,
    not_event: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="It does not report on the happening of this event.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw every correction of the article.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; without it, who is logged in.")] = None,
) -> None:
    """Correct an article, for good: it survives every rebuild; without options, list the article's corrections.

    What was extracted stays beside it: `deltanews story ID --explain` and `deltanews why URL` show both. Of two
    corrections that say the opposite of each other the last word counts. Searches show it after the next
    `deltanews index`; `deltanews corrections list` shows the corrections of all articles.

    Examples:
        deltanews correct https://news.example/1.html --minute 2026-11-24T08:30 --credit 新华社
        deltanews correct https://news.example/1.html --not-story 3f0c5a1be2d94c77
        deltanews correct https://news.example/1.html --same-event https://other.example/2.html
        deltanews correct https://news.example/1.html --undo
    """
    fields = {
        CorrectionKind.TITLE: title,
        CorrectionKind.MINUTE: minute,
        CorrectionKind.CREDIT: credit,
        CorrectionKind.LEVEL: level,
    }
    others = {
        CorrectionKind.SAME_STORY: same_story,
        CorrectionKind.NOT_SAME_STORY: not_story,
        CorrectionKind.SAME_EVENT: same_event,
        CorrectionKind.NOT_SAME_EVENT: not_event,
    }
    wanted: list[Wanted] = [(kind, text) for kind, text in fields.items() if text is not None]
    wanted += [(kind, text) for kind, texts in others.items() for text in texts or ()]
    if undo and wanted:
        raise UsageError("--undo withdraws every correction of the article; give it alone")
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            article = find_article_id(connection, url)
            before = corrections_of(connection, article_ids=[article])
            if undo:
                undo_corrections(connection, before)
            elif wanted:
                make_corrections(connection, url, wanted, by or _login())
            after = corrections_of(connection, article_ids=[article])
    finally:
        database.close()
    _print(after)
    if undo:
        print_line(f"{len(before)} withdrawn; the next deltanews index groups anew", stderr=True)


def _print(found: list[Correction]) -> None:
    rows = [(one.kind.value, _shown(one), format_time(one.corrected_at), one.corrected_by) for one in found]
    none = "the article has no correction; `deltanews correct --help` says what can be corrected"
    print_rows(("what", "value", "when", "who"), rows, none=none)


def _shown(one: Correction) -> str:
    return format_time(datetime.fromisoformat(one.value)) if one.kind is CorrectionKind.MINUTE else one.value


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
