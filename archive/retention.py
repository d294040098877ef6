"""Retention: raw pages and revisions that are older than the settings say go; where they say nothing, nothing does.

Articles stay, whatever their age: each with its first and its newest text, the one that its story is told by.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, delete, func, insert, or_, select, update

from archive.articles import RevisionKind
from archive.database import Database
from archive.obsolete_files import delete_obsolete_files
from archive.pages import PageState
from archive.schema import articles, now, pages, revisions
from archive.settings import ArchiveSettings
from archive.upkeep_tables import obsolete_files
from core.locks import is_locked


@dataclass(frozen=True)
class Expired:
    """What was removed."""

    files: int
    """WARC files."""
    revisions: int


def remove_expired(database: Database, settings: ArchiveSettings) -> Expired:
    """Remove what the settings do not keep; the caller holds the process lock `upkeep`.

    A WARC file goes whole, when every page in it is old enough and was read; the rows of its pages stay, with a record
    of length 0, so that `deltanews reextract` can name them.
    """
    return Expired(_remove_files(database, settings), _remove_revisions(database, settings))


def _remove_files(database: Database, settings: ArchiveSettings) -> int:
    if settings.keep_pages_days is None:
        return 0
    unread = case((or_(pages.c.extracted_at.is_(None), pages.c.verdict == PageState.FAILED), 1), else_=0)
    query = (
        select(pages.c.warc_file)
        .where(pages.c.warc_length > 0)
        .group_by(pages.c.warc_file)
        .having(func.max(pages.c.fetched_at) < now() - timedelta(days=settings.keep_pages_days), func.sum(unread) == 0)
    )
    with database.read() as connection:
        expired = [name for name in connection.scalars(query) if not is_locked(settings.pages / name)]
    for name in expired:
        with database.write() as connection:
            connection.execute(update(pages).where(pages.c.warc_file == name).values(warc_length=0))
            connection.execute(insert(obsolete_files).values(file=name))
        delete_obsolete_files(database, settings.pages)
    return len(expired)


def _remove_revisions(database: Database, settings: ArchiveSettings) -> int:
    if settings.keep_revisions_days is None:
        return 0
    newest = select(articles.c.revision).where(articles.c.id == revisions.c.article_id).scalar_subquery()
    old = revisions.c.seen_at < now() - timedelta(days=settings.keep_revisions_days)
    with database.write() as connection:
        is_text = revisions.c.kind == RevisionKind.TEXT  # when an article was withdrawn is told for ever
        between = delete(revisions).where(old, is_text, revisions.c.revision > 1, revisions.c.revision < newest)
        return connection.execute(between).rowcount
