"""A robots.txt that is redirected for ever, or off the source's hosts, is none (RFC 9309, 2.3.1.2)."""

from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of

RULES = "User-agent: *\nDisallow: /a/\n"


def _put_articles(site: SmallSite) -> None:
    site.put("/list", '<li><a href="/a/1.html">长三角一体化示范区发布新规</a></li>')
    site.put("/a/1.html", article("长三角一体化示范区发布新规"))


@pytest.mark.parametrize("location", ["/robots.txt", "http://192.0.2.1/404.html"])
def test_robots_txt_that_leads_astray_forbids_nothing_and_is_said(tmp_path: Path, location: str) -> None:
    with SmallSite() as site:
        _put_articles(site)
        site.put("/robots.txt", "", status=302, Location=location)
        product = product_of(tmp_path, site)
        done = product.run("crawl")
        assert "robots.txt leads astray" in done.stderr
        assert [row["url"] for row in product.articles()] == [f"{site.url}/a/1.html"]
        assert site.asked.count("/robots.txt") <= 6, "five redirects, and no more"


def test_rules_within_five_redirects_are_obeyed(tmp_path: Path) -> None:
    with SmallSite() as site:
        _put_articles(site)
        site.put("/robots.txt", "", status=302, Location="/1")
        for number in range(1, 5):
            site.put(f"/{number}", "", status=302, Location=f"/{number + 1}")
        site.put("/5", RULES)
        assert product_of(tmp_path, site).crawl(expect=(0, 1))["local"]["refused"] == 1
        assert "/a/1.html" not in site.asked


def test_robots_txt_of_a_server_in_trouble_still_forbids_all(tmp_path: Path) -> None:
    with SmallSite() as site:
        _put_articles(site)
        site.put("/robots.txt", "", status=503)
        product = product_of(tmp_path, site)
        product.configure(crawler={"retries": 0})
        product.crawl(expect=(1,))
        assert set(site.asked) == {"/robots.txt"}
