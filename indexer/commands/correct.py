"""`deltanews correct`: say what a person knows better of an article; kept beside it for good."""

import getpass
from typing import Annotated

import typer
from sqlalchemy import Connection, insert, select

from archive.corrections import Correction, CorrectionKind, correct, corrections_of, withdraw
from archive.database import Database
from archive.event_tables import event_queue, event_stories
from archive.schema import articles
from archive.settings import ArchiveSettings
from archive.story_tables import stories, story_articles
from archive.where_in import fetch_where_in
from core.console import print_line, print_rows
from core.errors import UsageError
from core.time import format_time
from indexer.events.event_view import find_event

EVENT_KINDS = (CorrectionKind.SAME_EVENT, CorrectionKind.NOT_SAME_EVENT)


def correct_article(
    url: Annotated[str, typer.Argument(metavar="URL", help="The article's address.")],
    *,
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

    It takes effect with the next `deltanews index`.

    Examples:
        deltanews correct https://news.example/1.html --not-event 3f0c5a1be2d94c77
        deltanews correct https://news.example/1.html --same-event https://other.example/2.html
        deltanews correct https://news.example/1.html --undo
    """
    if undo and (same_event or not_event):
        raise UsageError("--undo withdraws every correction of the article; give it alone")
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            article = _article(connection, url)
            before = corrections_of(connection, EVENT_KINDS, article)
            for other in same_event or ():
                _correct(connection, article, CorrectionKind.SAME_EVENT, [_canonical(connection, other)], by)
            for identifier in not_event or ():
                members = _others_of_event(connection, identifier, article)
                _correct(connection, article, CorrectionKind.NOT_SAME_EVENT, members, by)
            if undo:
                withdraw(connection, article, EVENT_KINDS)
            after = corrections_of(connection, EVENT_KINDS, article)
            if undo or same_event or not_event:
                _enqueue(connection, {url for one in (*before, *after) for url in (one.url, one.value)})
    finally:
        database.close()
    _print(after)
    if undo:
        print_line(f"{len(before)} withdrawn; the next deltanews index groups anew", stderr=True)


def _print(found: list[Correction]) -> None:
    rows = [(one.kind.value, one.value, format_time(one.corrected_at), one.corrected_by) for one in found]
    none = "the article has no correction; --same-event URL and --not-event ID make one"
    print_rows(("what", "value", "when", "who"), rows, none=none)


def _correct(connection: Connection, article: int, kind: CorrectionKind, values: list[str], by: str | None) -> None:
    """Store a correction for each value; what says the opposite of one is withdrawn."""
    opposite = [other for other in EVENT_KINDS if other is not kind]
    for value in values:
        withdraw(connection, article, opposite, value)
        correct(connection, article, kind, value, by or _login())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _article(connection: Connection, url: str) -> int:
    rows = connection.execute(
        select(articles.c.id).where((articles.c.url == url) | (articles.c.canonical_url == url))
    ).all()
    if not rows:
        raise UsageError(f"{url}: the archive has no article of this address")
    return int(rows[0].id)


def _canonical(connection: Connection, url: str) -> str:
    number = _article(connection, url)
    return str(connection.scalar(select(articles.c.canonical_url).where(articles.c.id == number)))


def _others_of_event(connection: Connection, identifier: str, article: int) -> list[str]:
    """Return the address of the first article of each story of an event, but for the article's own story."""
    view = find_event(connection, identifier)
    if view is None or view.headline is None:
        raise UsageError(f"{identifier}: no event has this id; deltanews events prints ids")
    home = connection.scalar(select(story_articles.c.representative_id).where(story_articles.c.article_id == article))
    query = (
        select(articles.c.canonical_url)
        .join(event_stories, event_stories.c.number == articles.c.id)
        .where(event_stories.c.first_story == view.row.first_story, event_stories.c.number != home)
    )
    return [row.canonical_url for row in connection.execute(query.order_by(articles.c.id))]


def _enqueue(connection: Connection, addresses: set[str]) -> None:
    """Have the stories of these articles grouped anew."""
    query = (
        select(stories.c.story_id)
        .join(story_articles, story_articles.c.representative_id == stories.c.representative_id)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(stories.c.deleted.is_(False))
    )
    found = fetch_where_in(connection, query, articles.c.canonical_url, sorted(addresses))
    rows = [{"story_id": row.story_id} for row in found]
    if rows:
        connection.execute(insert(event_queue), rows)
