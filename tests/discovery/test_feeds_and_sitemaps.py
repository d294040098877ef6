import gzip
import zlib
from datetime import UTC, datetime

import pytest

from crawler.discovery.model import ListPage
from crawler.sources.model import ListRequest
from tests.discovery.list_pages import listing, read, urls

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>
<item><title>长三角一体化</title><link>https://www.example.cn/a/2.html</link>
<pubDate>Wed, 25 Nov 2026 08:30:00 +0800</pubDate></item>
<item><title>无时区</title><link>/a/1.html</link><pubDate>2026-11-25 08:30:00</pubDate></item>
<item><title>别处</title><link>https://elsewhere.cn/a/3.html</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><title>一</title><link href="https://example.cn/a/1.html"/><updated>2026-11-25T00:30:00Z</updated></entry></feed>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://www.example.cn/a/1.html</loc><lastmod>2026-11-20</lastmod></url>
<url><loc> https://www.example.cn/a/3.html
</loc><lastmod>2026-01-01</lastmod><news:news><news:publication_date>2026-11-25T08:30:00+08:00</news:publication_date>
<news:title>长三角 一体化</news:title></news:news></url>
<url><loc>https://www.example.cn/about.html</loc></url>
<url><loc>https://www.example.cn/a/2.html</loc><lastmod>2026-11-24T10:00:00+08:00</lastmod></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.example.cn/2024.xml</loc><lastmod>2024-12-31</lastmod></sitemap>
<sitemap><loc>https://www.example.cn/2026.xml</loc><lastmod>2026-11-25</lastmod></sitemap>
<sitemap><loc>https://elsewhere.cn/2026.xml</loc><lastmod>2026-11-25</lastmod></sitemap>
<sitemap><loc>https://www.example.cn/2025.xml</loc><lastmod>2025-12-31</lastmod></sitemap>
</sitemapindex>"""

HALF_PAST_EIGHT = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


def test_rss_and_atom_give_their_entries_and_a_date_without_zone_is_beijing_time() -> None:
    page = read(listing("feed"), RSS)
    assert [(link.url, link.title, link.listed_at) for link in page.links] == [
        ("https://www.example.cn/a/2.html", "长三角一体化", HALF_PAST_EIGHT),
        ("https://www.example.cn/a/1.html", "无时区", HALF_PAST_EIGHT),
    ]
    assert read(listing("feed"), ATOM).links[0].listed_at == HALF_PAST_EIGHT


@pytest.mark.parametrize("body", ["<html><body>404</body></html>", "", "http://127.0.0.1:1/feed", "/etc/passwd"])
def test_what_is_no_feed_is_a_problem_and_nothing_is_opened(body: str) -> None:
    page = read(listing("feed"), body)
    assert page.links == ()
    assert page.problems


def test_a_sitemap_is_read_newest_first_with_the_news_own_date_and_title() -> None:
    page = read(listing("sitemap"), SITEMAP)
    assert urls(page) == [f"https://www.example.cn/a/{n}.html" for n in (3, 2, 1)]
    assert page.links[0].listed_at == HALF_PAST_EIGHT
    assert page.links[0].title == "长三角 一体化"


def test_a_sitemap_may_be_gzip() -> None:
    assert read(listing("sitemap"), gzip.compress(SITEMAP.encode())) == read(listing("sitemap"), SITEMAP)


def test_an_index_leads_to_its_newest_sitemaps_on_the_sources_hosts() -> None:
    page = read(listing("sitemap", "max_pages = 2"), INDEX)
    assert page == ListPage(
        more=(
            ListRequest(url="https://www.example.cn/2026.xml", page=2),
            ListRequest(url="https://www.example.cn/2025.xml", page=2),
        )
    )


@pytest.mark.parametrize("lastmod", ["", "<lastmod>2026-11-25</lastmod>"])
@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["news1.xml", "news2.xml", "news10.xml", "pages.xml"], ["news10.xml", "news2.xml"]),
        (["2024-12.xml", "2026-02.xml", "2025-11.xml", "part99.xml"], ["2026-02.xml", "2025-11.xml"]),
        (["s/20261101.xml", "s/20261103.xml", "s/20261102.xml"], ["s/20261103.xml", "s/20261102.xml"]),
        (["a.xml", "c.xml", "b.xml"], ["b.xml", "c.xml"]),
    ],
)
def test_an_index_that_dates_its_sitemaps_alike_is_read_from_its_newest_end(
    names: list[str], chosen: list[str], lastmod: str
) -> None:
    entries = "".join(f"<sitemap><loc>https://www.example.cn/{name}</loc>{lastmod}</sitemap>" for name in names)
    page = read(listing("sitemap", "max_pages = 2"), f"<sitemapindex>{entries}</sitemapindex>")
    assert [request.url for request in page.more] == [f"https://www.example.cn/{name}" for name in chosen]
    (problem,) = page.problems
    assert problem.startswith(f"{len(names) - 2} of {len(names)} sitemaps not read")
    assert read(listing("sitemap", "max_pages = 9"), f"<sitemapindex>{entries}</sitemapindex>").problems == ()


def test_a_gzip_bomb_ends_at_the_protocols_limit() -> None:
    packing = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packing.compress(b" " * 1_000_000) for _ in range(60)) + packing.flush()
    page = read(listing("sitemap"), bomb)
    assert page.problems == ("not a sitemap: it unpacks to more than 50,000,000 bytes",)


def test_entities_are_not_resolved() -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    body = lol + '<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&j;&f;</loc></url></urlset>'
    assert read(listing("sitemap"), body).links == ()


@pytest.mark.parametrize("body", [b"\x1f\x8b broken", b"<urlset><url>", b"", b"<html>", SITEMAP.encode()[:300]])
def test_a_broken_sitemap_is_a_problem(body: bytes) -> None:
    page = read(listing("sitemap"), body)
    assert bool(page.links) == (len(body) == 300)  # of one that breaks off, what is there is taken
    assert page.problems
