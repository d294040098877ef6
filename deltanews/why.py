"""Why an address is or is not found by a search: each stage that it passed, and what would bring it further."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from archive.articles import find_article
from archive.forgotten import forgotten_among
from archive.outcomes import Outcome, outcome_of, outcome_row
from archive.revisits import Visit, visits_to
from archive.schema import articles, lists
from archive.where_in import fetch_where_in
from core.time import format_time
from crawler.sources.model import Source
from indexer.corrections import views_of
from indexer.settings import IndexerSettings

NEXT_STEPS = {
    Outcome.PENDING: "the next crawl of its source fetches it: `deltanews crawl {source}`",
    Outcome.FAILED: "a crawl after its next try; at once: `deltanews crawl {source} --url {url}`",
    Outcome.GONE: "nothing by itself; should the page be back: `deltanews crawl {source} --url {url}`",
    Outcome.REFUSED: "nothing by itself; should the reason be gone: `deltanews crawl {source} --url {url}`",
    Outcome.UNREAD: "the next crawl of its source reads it; at once: `deltanews pages retry {url}`",
    Outcome.UNREADABLE: "a newer version of the extraction tries it again; at once: `deltanews pages retry {url}`",
    Outcome.REJECTED: "`deltanews extract {url} --explain` says why; after a change `deltanews reextract`",
    Outcome.ELSEWHERE: "`deltanews crawl {source} --url {url}` fetches it again, and notes where it leads",
    Outcome.PART: "it is found as part of its article: `deltanews why {article}`",
    Outcome.OFF_TOPIC: "the setting [indexer] levels says which levels become stories; "
    "`deltanews relevance {url}` explains the level",
    Outcome.HELD: "it comes by itself once {rule} of its source is over: `deltanews health {source}`",
    Outcome.UNGROUPED: "`deltanews index`; the service does it within half a minute",
    Outcome.QUEUED: "`deltanews index`; `deltanews status` says whether the index answers",
    Outcome.DEAD_LETTER: "`deltanews deadletters show {story}`, then `deltanews deadletters retry {story}`",
    Outcome.SEARCHABLE: "",
}
"""What would bring an address of each outcome further."""

Facts = dict[str, Any]
"""What is said of an address, in the order of the stages; times are aware. `outcome` and `next` are always there."""


def explain(connection: Connection, url: str, sources: Mapping[str, Source], settings: IndexerSettings) -> Facts:
    """Return what became of an address, whether a list ever gave it or not."""
    owners = [source for source in sources.values() if source.owns(url)]
    for address in dict.fromkeys((*_spellings(owners, url), url)):
        if row := outcome_row(connection, address, index=settings.index):
            outcome = outcome_of(row, levels=settings.levels)
            return dict(_stages(connection, row, outcome, settings))
    if forgotten_among(connection, {*_spellings(owners, url), url}):
        return {"url": url, "outcome": "forgotten", "next": "nothing: `deltanews archive forget` took it away for good"}
    return _unknown(connection, url, owners)


def _spellings(owners: Iterable[Source], url: str) -> Iterator[str]:
    """Yield the addresses by which sources may have stored a URL."""
    for source in owners:
        yield source.canonical_url(url)
        yield source.part_url(url)


def _stages(
    connection: Connection, row: Row[Any], outcome: Outcome, settings: IndexerSettings
) -> Iterator[tuple[str, Any]]:
    yield "url", row.url
    yield "outcome", outcome
    yield "source", f"{row.source} / {row.section}"
    yield "found_at", row.found_at
    if row.listed_at:
        yield "listed_at", row.listed_at
    if row.leads_to:
        yield "leads_to", row.leads_to
    if row.fetched_at:
        yield "fetched_at", row.fetched_at
    if row.error:
        yield "error", f"{row.error} ({row.tries} tries)"
    if row.next_try_at:
        yield "next_try_at", row.next_try_at
    if row.page_id is not None:
        yield "verdict", _verdict(row)
    if row.next_reading_at:
        yield "next_reading_at", row.next_reading_at
    if row.article_url:
        yield "part_of", row.article_url
    if row.article_id is not None:
        yield from _article(connection, row)
        yield from _visits(connection, row)
        yield from _story(row, settings)
    words = {
        "source": row.source,
        "url": row.url,
        "article": row.article_url,
        "story": row.story_id,
        "rule": row.held_by,
    }
    yield "next", NEXT_STEPS[outcome].format_map(words)


def _verdict(row: Row[Any]) -> str:
    if row.extracted_at is None:
        return f"not read yet{f': {row.reason}' if row.reason else ''} ({row.readings} tries)"
    return f"{row.verdict}: {row.reason}" if row.reason else str(row.verdict)


def _article(connection: Connection, row: Row[Any]) -> Iterator[tuple[str, Any]]:
    yield "title", row.headline
    yield "level", row.level
    address = row.article_url or row.leads_to or row.canonical_url
    article = find_article(connection, address)
    if article is None:
        return
    if corrected := _corrected(connection, address):
        yield "corrected", corrected
    yield "decided_by", article.relevance.reason
    if passage := article.relevance.passage:
        text = article.title if passage.field == "title" else article.body
        yield "passage", " ".join(text[passage.start : passage.end].split())


def _visits(connection: Connection, row: Row[Any]) -> Iterator[tuple[str, Any]]:
    """Say when an article was looked at again, of its first page, and what that showed."""
    if row.changed_at:
        yield "changed_at", row.changed_at
    if row.withdrawn_at:
        yield "withdrawn_at", row.withdrawn_at
    address = row.article_url or row.leads_to or row.canonical_url
    visits = [_visit(visit) for visit in visits_to(connection, row.article_id) if visit.url == address]
    if visits:
        yield "visited_again", "; ".join(visits)


def _visit(visit: Visit) -> str:
    reason = visit.reason or (f"HTTP {visit.status}" if visit.status else "")
    return f"{format_time(visit.visited_at)} {visit.outcome}{f' ({reason})' if reason else ''}"


def _corrected(connection: Connection, address: str) -> str:
    """Say what people corrected of an article, and what had been extracted."""
    rows = connection.execute(select(articles).where(articles.c.canonical_url == address)).all()
    return "; ".join(
        f"{one.correction.kind}: {f'{one.extracted} → ' if one.extracted else ''}{one.corrected or 'nobody'} "
        f"({one.correction.corrected_by}, {format_time(one.correction.corrected_at)})"
        for views in views_of(connection, rows).values()
        for one in views
    )


def _story(row: Row[Any], settings: IndexerSettings) -> Iterator[tuple[str, Any]]:
    if row.story_id is None:
        return
    yield "story", row.story_id
    yield "is_original", row.original_id == row.article_id
    if row.queued_revision is not None:
        yield "queued_since", row.queued_at
    elif row.refused_revision is not None:
        yield "refused_because", row.refused_because
    else:
        yield "indexed", f"revision {row.story_revision} in {settings.index}"
        if row.searchable_at:
            yield "searchable_at", row.searchable_at


def _unknown(connection: Connection, url: str, owners: list[Source]) -> Facts:
    """Say of an address that no list gave whether a source would take it."""
    facts: Facts = {"url": url, "outcome": "unknown"}
    if not owners:
        return facts | {
            "host": "no source has this host",
            "next": "`deltanews sources add` with the address of a page that links to it",
        }
    facts["host"] = f"it is one of {', '.join(source.name for source in owners)}"
    takers = [source for source in owners if source.takes(url)]
    if not takers:
        patterns = "; ".join(f"{source.name}: {source.article or 'by shape'}" for source in owners)
        return facts | {
            "pattern": f"no source takes it for an article ({patterns})",
            "next": "if it is one, `article` in the source's file is too narrow: `deltanews sources show "
            f"{owners[0].name}` says where it stands",
        }
    facts["pattern"] = f"{', '.join(source.name for source in takers)} would take it, but no list has named it"
    facts["lists"] = _lists_read(connection, takers)
    off = "" if takers[0].enabled else f" ({takers[0].name} is off: {takers[0].disabled_because})"
    return facts | {"next": f"`deltanews crawl {takers[0].name} --url {url}` fetches it{off}"}


def _lists_read(connection: Connection, takers: list[Source]) -> str:
    rows = fetch_where_in(connection, select(lists.c.checked_at), lists.c.source, [source.name for source in takers])
    read: list[datetime] = [row.checked_at for row in rows if row.checked_at is not None]
    if not read:
        return "none of its lists was read yet"
    return f"{len(read)} list pages read, the last {format_time(max(read))}"
