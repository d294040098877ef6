"""An archive written by the functions that a crawl writes with, page by page, without a site."""

import io
import os
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import ColumnElement, select, update

from archive.article import Article, Level, Relevance
from archive.articles import save_article
from archive.database import Database
from archive.links import NewLink, add_links, find_link, mark_fetched
from archive.pages import add_page, mark_extracted
from archive.schema import articles, now, pages, revisions
from archive.settings import ArchiveSettings
from archive.upkeep_tables import forgetting
from archive.warc import PageWriter, RawPage, RecordLocation, read_page
from deltanews.__main__ import main
from indexer.search.opening import open_search_index
from indexer.settings import IndexerSettings

BEGIN = datetime(2026, 11, 1, 1, tzinfo=UTC)
Stored = dict[str, str]
"""Texts by canonical address."""


def address(number: int) -> str:
    return f"https://news.example/{number}.html"


def text(number: int) -> str:
    return f"长三角一体化示范区第{number}号方案发布，沪苏浙三地{number * 37}项事项跨省通办，编号{number * 7919}。" * 4


class WrittenArchive:
    """An installation whose archive a test writes; commands run in this process."""

    def __init__(self, folder: Path) -> None:
        self.settings = ArchiveSettings(directory=folder / "archive")
        self.indexer = IndexerSettings(directory=folder / "archive" / "index")

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables by which a command finds it."""
        index = str(self.indexer.index_directory)
        return {"DELTANEWS_ARCHIVE_DIRECTORY": str(self.settings.directory), "DELTANEWS_INDEXER_DIRECTORY": index}

    def write(self, *numbers: int, source: str = "local", body: str | None = None, read: bool = True) -> None:
        """Write pages and their articles, as one crawl does: into one WARC file."""
        with closing(Database.open(self.settings)) as database, closing(PageWriter(self.settings.pages)) as writer:
            for number in numbers:
                self.write_one(database, writer, number, source=source, body=body, read=read)

    def write_one(
        self,
        database: Database,
        writer: PageWriter,
        number: int,
        *,
        source: str = "local",
        body: str | None = None,
        read: bool = True,
    ) -> None:
        """Write one page with its link and article, in the order of a crawl."""
        url, at = address(number), BEGIN + timedelta(hours=number)
        said = body or text(number)
        raw = RawPage(url, 200, (("Content-Type", "text/html"),), said.encode(), at)
        location = writer.append(raw)
        with database.write() as connection:
            add_links(connection, source, "news", [NewLink(url, url)])
            link = find_link(connection, url)
            assert link is not None
            mark_fetched(connection, link.id)
            page = add_page(connection, raw, location, source=source, section="news", url=url, canonical_url=url)
            article = Article(
                url=url, canonical_url=url, source=source, section="news", province="安徽", title=f"第{number}号方案",
                body=said, published_at=at, fetched_at=at, relevance=Relevance(level=Level.CORE, score=50),
            )  # fmt: skip
            save_article(connection, article, page_id=page)
            if read:
                mark_extracted(connection, page, "article", "it is one")

    def age(self, days: int, *numbers: int) -> None:
        """Have pages and revisions of these addresses been stored so many days ago."""
        at = now() - timedelta(days=days)
        with closing(Database.open(self.settings)) as database, database.write() as connection:
            for number in numbers:
                ids = select(articles.c.id).where(articles.c.canonical_url == address(number)).scalar_subquery()
                connection.execute(update(revisions).where(revisions.c.article_id == ids).values(seen_at=at))
                connection.execute(update(pages).where(pages.c.canonical_url == address(number)).values(fetched_at=at))

    def tell(self, *words: str, status: int = 0, variables: dict[str, str] | None = None) -> str:
        """Run a command in this process; return all that it printed."""
        said = io.StringIO()
        with (
            patch.dict(os.environ, self.variables | (variables or {})),
            patch("sys.argv", ["deltanews", *words]),
            redirect_stdout(said),
            redirect_stderr(said),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        assert (ended.value.code or 0) == status, said.getvalue()
        return said.getvalue()

    def pages(self) -> Stored:
        """Read every page that the database names, from its WARC file."""
        return dict(self._pages())

    def _pages(self) -> Iterator[tuple[str, str]]:
        columns = (pages.c.canonical_url, pages.c.warc_file, pages.c.warc_offset, pages.c.warc_length)
        with closing(Database.open(self.settings)) as database, database.read() as connection:
            for url, *location in connection.execute(select(*columns)):
                yield url, read_page(self.settings.pages, RecordLocation(*location)).body.decode()

    def articles(self) -> Stored:
        """Return every article that is stored."""
        with closing(Database.open(self.settings)) as database, database.read() as connection:
            return {url: body for url, body in connection.execute(select(articles.c.canonical_url, articles.c.body))}  # noqa: C416 - rows are no pairs to mypy

    def searchable(self) -> Stored:
        """Return every story that the index holds, by its original's address."""
        with closing(open_search_index(self.indexer)) as index:
            index.refresh()
            return {document.url: document.body for document in index.documents() if not document.deleted}

    def marks(self) -> list[str]:
        """Return the addresses whose forgetting is not finished."""
        return self._all(forgetting.c.canonical_url)

    def warc_files(self) -> list[str]:
        """Return the WARC files that pages stand in."""
        return sorted(set(self._all(pages.c.warc_file)))

    def _all(self, column: ColumnElement[str]) -> list[str]:
        with closing(Database.open(self.settings)) as database, database.read() as connection:
            return list(connection.scalars(select(column)))
