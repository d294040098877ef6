"""What is found after real crawls of small sites that fail in one way each; and the installed command."""

from datetime import timedelta

from sqlalchemy import select, update

from archive.database import Database
from archive.findings import remember
from archive.schema import articles, links
from core.time import in_shanghai
from scheduler.health.canary import VERSION
from scheduler.health.round import run_round
from tests.health.conftest import ONE, OTHER, Watched
from tests.product import Product

HOUR = timedelta(hours=1)


def test_a_list_that_moved_and_articles_that_are_gone_are_broken_in_two_rounds_and_ok_in_one(watched: Watched) -> None:
    watched.product.crawl()
    watched.product.run("index")
    assert watched.judge().findings == ()
    assert watched.judge().levels == {ONE: "ok", OTHER: "ok"}
    before = watched.sites[ONE].pages["/list"].body
    watched.sites[ONE].put("/list", "<html><body><div id='app'></div></body></html>")
    known = {path: page for path, page in watched.sites[OTHER].pages.items() if path.startswith("/a/")}
    for path in known:
        watched.sites[OTHER].pages.pop(path)
    for level, passed in (("watch", 25 * HOUR), ("broken", HOUR)):
        watched.time.passes(passed)
        watched.product.crawl(expect=(0, 1))
        assert watched.level("H2", ONE) == level
        assert watched.level("H2", OTHER) is None
        assert watched.level("H15", ONE) is None
        assert watched.level("H15", OTHER) == level
    watched.sites[OTHER].pages |= known
    told = watched.product.rows("health", ONE, expect=(1,))
    [source, finding] = told
    assert (source["source"], source["level"]) == (ONE, "broken")
    since = in_shanghai(watched.time.now - HOUR).isoformat(timespec="seconds")
    assert (finding["rule"], finding["since"], finding["command"]) == ("H2", since, f"deltanews sources check {ONE}")
    assert f"{ONE}\t" in watched.product.run("health", expect=(1,)).stdout
    watched.sites[ONE].put("/list", before)
    watched.time.passes(HOUR)
    watched.product.crawl()
    assert watched.judge().findings == ()


def test_a_validator_that_lies_is_caught_within_a_day_and_not_asked_for_a_week(watched: Watched) -> None:
    """The other site's tells the truth: it is put to the test in the same crawl, and trusted on."""
    for name in (ONE, OTHER):
        watched.publish(name, 1, ETag='"one"')
    watched.product.crawl()
    watched.publish(ONE, 3, ETag='"one"')  # two of them are new
    watched.time.passes(25 * HOUR)
    crawled = watched.product.crawl()
    assert (crawled[ONE]["lists"], crawled[ONE]["lists_unchanged"], crawled[ONE]["articles"]) == (1, 0, 2)
    assert (crawled[OTHER]["lists"], crawled[OTHER]["lists_unchanged"]) == (1, 1)
    assert watched.sites[OTHER].asked.count("/list") == 3, "with conditions, then without"
    assert watched.level("H5", ONE) == "broken"
    assert watched.level("H5", OTHER) is None
    [told] = [row for row in watched.product.rows("status") if row.get("what") == "validator"]
    assert told["source"] == ONE
    watched.publish(ONE, 4, ETag='"one"')
    watched.time.passes(HOUR)
    crawled = watched.product.crawl()
    assert crawled[ONE]["articles"] == 1, "it is asked without conditions"
    assert watched.sites[OTHER].asked.count("/list") == 4, "it is believed"
    watched.time.passes(timedelta(days=8))
    assert watched.level("H5", ONE) is None


def test_pages_and_texts_that_are_none(watched: Watched) -> None:
    watched.publish(ONE, 1, body="<p>页面维护中。</p>")
    for number in range(1, 7):
        watched.sites[OTHER].pages.pop(f"/a/{number}.html")
    watched.product.crawl(expect=(0, 1))
    no_pages = watched.found("H6", OTHER)
    assert no_pages
    assert (no_pages.level, no_pages.numbers["bad"]) == ("broken", 6)
    no_text = watched.found("H7", ONE)
    assert no_text
    assert no_text.level == "broken"
    assert no_text.page_url is not None
    assert no_text.page_url.startswith(watched.sites[ONE].url)
    assert no_text.warc is not None
    assert "warc" in no_text.warc


def test_a_network_that_is_down_is_one_finding_and_nobody_is_blamed_after_it(watched: Watched) -> None:
    product = watched.product
    product.crawl()
    product.run("index")
    product.configure(crawler={"proxy": "http://127.0.0.1:9"})
    for _ in range(2):
        watched.time.passes(HOUR)
        product.crawl(expect=(1,))
        judgement = watched.judge()
        assert [(found.rule, found.source, found.level) for found in judgement.findings] == [("H16", "", "broken")]
        assert judgement.levels == {ONE: "unknown", OTHER: "unknown"}
    product.tables["crawler"].pop("proxy")
    product.configure()
    watched.time.passes(HOUR)
    product.crawl()
    assert watched.judge().findings == ()


def test_new_code_that_reads_a_page_otherwise_is_found_until_it_is_read_again(watched: Watched) -> None:
    """What the archive holds is what another extraction read: its text, and its version, are the test's."""
    watched.product.crawl(ONE)
    database = Database.open(watched.product.archive)
    with database.write() as connection:
        connection.execute(update(articles).values(title="长三角一体化新闻"))
        remember(connection, VERSION, "another")
    run_round(watched.product.archive)
    found = watched.found("H14", ONE)
    assert found
    assert (found.level, found.numbers) == ("broken", {"pages": 3, "fields": ["title"]})
    with database.write() as connection:
        for row in connection.execute(
            select(articles.c.id, links.c.title).join(links, links.c.url == articles.c.url)
        ).all():
            connection.execute(update(articles).where(articles.c.id == row.id).values(title=row.title))
    database.close()
    assert watched.found("H14", ONE) is None


def test_time_that_passes_without_a_crawl_and_without_an_index(watched: Watched) -> None:
    watched.product.crawl()
    levels = []
    for minutes in (4, 2, 26, 53, 10, 90):
        watched.time.passes(timedelta(minutes=minutes))
        levels.append((watched.level("H18"), watched.level("H1", ONE)))
    assert levels == [
        (None, None),
        ("watch", None),
        ("broken", None),
        ("broken", None),
        ("broken", "watch"),
        ("broken", "broken"),
    ]
    watched.product.run("index")
    assert watched.level("H18") is None


def test_no_source_is_on_that_the_settings_do_not_name(product_without_sources: Product) -> None:
    told = product_without_sources.run("health", "nobody", expect=(2,)).stderr
    assert "no source 'nobody' is on" in told
