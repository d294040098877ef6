"""Reclassification: today's gazetteer and rules over the stored articles."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from archive.article import Relevance
from archive.articles import article_of, iterate_articles, save_relevance
from archive.database import Database
from crawler.relevance.gazetteer import Gazetteer
from crawler.relevance.listed import on_delta_list
from crawler.relevance.rules import judge


@dataclass(frozen=True)
class Reclassified:
    """What the rules say of one article, before and today."""

    url: str
    title: str
    before: Relevance
    now: Relevance

    @property
    def is_other_level(self) -> bool:
        """Whether the article rises or falls; otherwise its topics, places or terms changed at most."""
        return self.before.level is not self.now.level


def reclassify(
    database: Database,
    gazetteer: Gazetteer,
    *,
    delta_lists: Container[tuple[str, str]] = (),
    dry_run: bool = False,
) -> Iterator[Reclassified]:
    """Reclassify every article, save what changed unless `dry_run`, and yield each result.

    `delta_lists` are the sections, as source and name, that are all about the delta.
    Only the text is read, never a page. Each change is a short transaction of its own, so that a crawl may go on.
    """
    for row in iterate_articles(database):
        article = article_of(row, extracted=True)
        relevance = judge(article.title, article.body, gazetteer)
        if (article.source, article.section) in delta_lists:
            relevance = on_delta_list(relevance)
        if relevance != article.relevance and not dry_run:
            with database.write() as connection:
                save_relevance(connection, row.id, relevance)
        yield Reclassified(article.url, article.title, article.relevance, relevance)
