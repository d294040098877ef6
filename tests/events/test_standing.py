"""The standing of outlets: counted on articles that can be looked at."""

from dataclasses import replace
from datetime import timedelta

from archive.database import Database
from indexer.events.listing import list_events
from indexer.events.persistent.batches import group_changes
from indexer.events.standing import standings
from tests.events.reports import items
from tests.outbox.archived import article_of, cluster_all, save


def test_originals_copies_leads_and_dropped_credits(database: Database) -> None:
    first, second, *_ = sorted((item for item in items() if "//a01-" in item.url), key=lambda item: item.rank)
    first = replace(first, source="jstv", source_title="荔枝网", credit=None)
    at = first.published_by

    def copy(name: str, minutes: int, credit: str | None) -> None:
        url = f"https://{name}.example/copy"
        item = replace(first, url=url, source=name, credit=credit, published_at=at + timedelta(minutes=minutes))
        save(database, article_of(item))

    save(database, article_of(first), article_of(replace(second, source="zjtv")))
    copy("smg", 30, "荔枝网")
    copy("ahtv", 45, None)
    cluster_all(database)
    group_changes(database)
    with database.read() as connection:
        [event] = list_events(connection)
        found = {one.source: one for one in standings([event], {"jstv": "荔枝网"}, [(event, "quiet")])}
    assert found["jstv"].originals == found["jstv"].first == [first.url]
    assert found["jstv"].republished == {
        "smg": ["https://smg.example/copy"],
        "ahtv": ["https://ahtv.example/copy"],
    }
    assert found["jstv"].lead == 30
    assert found["jstv"].credits_dropped == ["https://ahtv.example/copy"]
    assert found["zjtv"].first == found["zjtv"].missed == []
    assert found["quiet"].missed == [first.url]
    assert found["jstv"].week.weekday() == 0
