"""A link that answers 404 is looked for through a day, and again while its list goes on naming it, but not for ever."""

from datetime import timedelta
from pathlib import Path

from archive.links import GONE_AFTER_TRIES, MOST_TRIES, RELISTED_AFTER, RETRY_AFTER
from tests.crawl.small_site import SmallSite
from tests.crawl.test_revisits import rows
from tests.crawl.test_soft_blocks import put_list, site_and_product, states, whole


def test_an_article_that_is_missing_for_hours_is_not_lost(tmp_path: Path) -> None:
    assert sum(RETRY_AFTER[: GONE_AFTER_TRIES - 1], timedelta()) > timedelta(days=1)
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1, 2))
        product.crawl(expect=(1,))
        time.passes(timedelta(hours=1))
        product.crawl(expect=(1,))
        assert states(product) == {"failed": 2}
        for number in (1, 2):
            site.put(f"/a/{number}.html", whole(number))
        time.passes(timedelta(hours=1))
        assert product.crawl()["local"]["articles"] == 2


def test_one_that_is_gone_and_named_a_day_later_is_tried_again_but_not_for_ever(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1, 2))
        product.crawl(expect=(1,))
        rows(product, f"UPDATE links SET tries = {GONE_AFTER_TRIES - 1}, next_try_at = error_at")
        product.crawl(expect=(1,))
        assert states(product) == {"gone": 2}
        product.crawl()
        assert site.asked.count("/a/1.html") == 2, "it was named at once"
        rows(product, f"UPDATE links SET tries = {MOST_TRIES} WHERE url LIKE '%/a/2.html'")
        site.put("/a/1.html", whole(1))
        site.put("/a/2.html", whole(2))
        time.passes(RELISTED_AFTER)
        assert product.crawl()["local"]["articles"] == 1
        assert states(product) == {"fetched": 1, "gone": 1}
        assert site.asked.count("/a/2.html") == 2
