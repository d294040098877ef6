"""Forgetting: what is stored of an address goes for good; a hash of the address stays, so that it is not fetched again.

An address is marked in one transaction; what follows can be killed at any point and goes on at the next start: its
links and pages go here, record by record out of the WARC files, its article and revisions with the stories that they
were in (`indexer.stories`), and its mark last.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, delete, insert, or_, select, union, update

from archive.corrections import corrections
from archive.database import Database
from archive.forgotten import add_hashes, address_hash, backup_folders, write_hashes
from archive.health_tables import fetches, findings, probes
from archive.obsolete_files import delete_obsolete_files
from archive.pages import Page, page_columns
from archive.schema import articles, links, pages, parts, revisions, revisits, row_dict
from archive.settings import ArchiveSettings
from archive.story_tables import searchable_articles
from archive.upkeep_tables import forgetting, obsolete_files
from archive.warc import RecordLocation, copy_records, new_file_name
from archive.where_in import execute_where_in, fetch_where_in
from core.locks import is_locked


@dataclass
class Forgotten:
    """What finishing removed."""

    pages: int = 0
    rewritten: int = 0
    """WARC files whose other records were moved into new ones."""
    waiting: int = 0
    """WARC files that a crawl still writes to: their records go once it has ended."""


def addresses_of(connection: Connection, what: str) -> list[str]:
    """Return the canonical addresses of all that is stored of a source, or of an article by one of its addresses.

    An article is all of its parts, and every link that led to it.
    """
    if "://" not in what:
        tables = (table.c.canonical_url for table in (links, pages, articles))
        found = set(connection.scalars(union(*(select(one).where(one.table.c.source == what) for one in tables))))
    else:
        named = (
            select(links.c.canonical_url).where(or_(links.c.url == what, links.c.canonical_url == what)),
            select(links.c.leads_to).where(or_(links.c.url == what, links.c.canonical_url == what)),
            select(pages.c.canonical_url).where(or_(pages.c.url == what, pages.c.canonical_url == what)),
            select(articles.c.canonical_url).where(or_(articles.c.url == what, articles.c.canonical_url == what)),
        )
        found = {address for address in connection.scalars(union(*named)) if address is not None}
    found |= {row[0] for row in fetch_where_in(connection, select(parts.c.article_url), parts.c.canonical_url, found)}
    found |= {row[0] for row in fetch_where_in(connection, select(parts.c.canonical_url), parts.c.article_url, found)}
    found |= {row[0] for row in fetch_where_in(connection, select(links.c.canonical_url), links.c.leads_to, found)}
    return sorted(found)


def forget(connection: Connection, addresses: Collection[str]) -> None:
    """Mark canonical addresses as to be forgotten: from here on they are not fetched, and a kill changes nothing."""
    add_hashes(connection, map(address_hash, addresses))
    column = forgetting.c.canonical_url
    known = {row.canonical_url for row in fetch_where_in(connection, select(column), column, addresses)}
    rows = [{"canonical_url": one} for one in dict.fromkeys(addresses) if one not in known]
    if rows:
        connection.execute(insert(forgetting), rows)


def forget_hashes(connection: Connection, hashes: Collection[str]) -> int:
    """Mark whatever is stored of addresses that are known by their hashes; return how many addresses that is."""
    add_hashes(connection, hashes)
    stored = connection.scalars(union(*(select(table.c.canonical_url) for table in (links, pages, parts, articles))))
    found = [address for address in stored if address_hash(address) in hashes] if hashes else []
    forget(connection, found)
    return len(found)


def is_forgetting(connection: Connection) -> bool:
    """Tell whether anything is still to be forgotten."""
    return any(connection.execute(select(table).limit(1)).first() for table in (forgetting, obsolete_files))


def finish_forgetting(database: Database, settings: ArchiveSettings) -> Forgotten:
    """Remove links and pages of all marked addresses, and their records from the WARC files; tell the back-ups.

    The caller holds the process lock `upkeep`. A file that another process still writes to is left for the next time.
    """
    done = Forgotten()
    with database.read() as connection:
        folders = backup_folders(connection)
    write_hashes(database, settings, *folders)
    delete_obsolete_files(database, settings.pages)
    with database.write() as connection:
        marked = list(connection.scalars(select(forgetting.c.canonical_url)))
        _delete_rows(connection, marked)
    with database.read() as connection:
        rows = fetch_where_in(connection, select(pages.c.warc_file, pages.c.id), pages.c.canonical_url, marked)
    for name, group in groupby(sorted(rows), key=lambda row: str(row.warc_file)):
        if is_locked(settings.pages / name):
            done.waiting += 1
            continue
        gone = {int(row.id) for row in group}
        done.rewritten += _rewrite(database, settings.pages, name, gone)
        done.pages += len(gone)
    with database.write() as connection:
        _delete_marks(connection)
    return done


def forgotten_articles(connection: Connection, *, limit: int) -> list[int]:
    """Return ids of articles that are to be forgotten."""
    query = select(articles.c.id).join(forgetting, forgetting.c.canonical_url == articles.c.canonical_url)
    return list(connection.scalars(query.order_by(articles.c.id).limit(limit)))


def delete_articles(connection: Connection, ids: Collection[int]) -> None:
    """Delete articles with all that is of them alone, and the marks of those whose pages are gone, too."""
    tables = (revisions, revisits, corrections, searchable_articles)
    for column in (*(table.c.article_id for table in tables), articles.c.id):
        execute_where_in(connection, delete(column.table), column, ids)
    _delete_marks(connection)


def _delete_rows(connection: Connection, addresses: Iterable[str]) -> None:
    """Delete what names the addresses, but for pages, whose records go first, and articles, which stories hold."""
    urls = {row.url for row in fetch_where_in(connection, select(links.c.url), links.c.canonical_url, addresses)}
    urls |= {row.url for row in fetch_where_in(connection, select(pages.c.url), pages.c.canonical_url, addresses)}
    urls |= set(addresses)
    for table in (fetches, probes):
        execute_where_in(connection, delete(table), table.c.url, urls)
    execute_where_in(connection, update(findings).values(page_url=None), findings.c.page_url, urls)
    execute_where_in(connection, delete(corrections), corrections.c.value, urls)
    for column in (links.c.canonical_url, parts.c.canonical_url, parts.c.article_url):
        execute_where_in(connection, delete(column.table), column, addresses)


def _delete_marks(connection: Connection) -> None:
    """Delete the marks of addresses of which neither a page nor an article is left."""
    marked = forgetting.c.canonical_url
    left = [select(table.c.id).where(table.c.canonical_url == marked).exists() for table in (pages, articles)]
    connection.execute(delete(forgetting).where(~or_(*left)))


def _rewrite(database: Database, folder: Path, name: str, gone: Collection[int]) -> bool:
    """Move a WARC file's other records into a new file and delete it; tell whether there were others.

    The new file is noted as obsolete until pages stand in it, so that a kill leaves none that nobody knows of.
    """
    with database.read() as connection:
        query = select(*page_columns()).where(pages.c.warc_file == name).order_by(pages.c.warc_offset)
        stored = [Page(**row_dict(row)) for row in connection.execute(query)]
    staying = [page for page in stored if page.id not in gone]
    new = new_file_name()
    moved: list[RecordLocation] = []
    if staying and (folder / name).exists():
        with database.write() as connection:
            connection.execute(insert(obsolete_files).values(file=new))
        moved = copy_records(folder, [page.location for page in staying], new)
    with database.write() as connection:
        for page, at in zip(staying, moved, strict=False):
            connection.execute(
                update(pages).where(pages.c.id == page.id).values(warc_file=at.file, warc_offset=at.offset)
            )
        connection.execute(delete(obsolete_files).where(obsolete_files.c.file == new))
        if moved or not staying:
            connection.execute(insert(obsolete_files).values(file=name))
        execute_where_in(connection, delete(fetches), fetches.c.page_id, gone)
        for table in (articles, revisions):
            execute_where_in(connection, update(table).values(page_id=None), table.c.page_id, gone)
        execute_where_in(connection, delete(pages), pages.c.id, gone)
    delete_obsolete_files(database, folder)
    return bool(moved)
