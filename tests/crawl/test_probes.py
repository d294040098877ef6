"""The article a day that source health asks for is compared as it is now."""

from datetime import timedelta
from pathlib import Path

from scheduler.health.rules.pages import CHANGED
from tests.crawl.small_site import SmallSite, article
from tests.crawl.test_revisits import REPORT, rows
from tests.crawl.test_soft_blocks import put_list, site_and_product, whole


def test_a_known_article_with_another_text_is_seen(tmp_path: Path) -> None:
    with SmallSite() as site:
        product, time = site_and_product(site, tmp_path)
        put_list(site, (1,))
        site.put("/a/1.html", whole(1))
        product.crawl()
        site.put("/a/1.html", article("双层集装箱列车开行", body=f"<p>{REPORT}</p>"))
        time.passes(timedelta(days=1))
        product.crawl()
        ((similarity,),) = rows(product, "SELECT similarity FROM probes")
        assert similarity < CHANGED
