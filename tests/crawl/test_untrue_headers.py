"""Answers whose headers are not true: what is whole is read, what is not is said, with its reason."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.utils import _compression

from tests.crawl.small_site import SmallSite, article, product_of
from tests.product import Product

PAGE = article("示范区三地统一标准")
LONG = article("示范区三地统一标准", body="".join(f"<p>第{n}批标准今天公布，三地统一执行。</p>" for n in range(400)))


def deflated(body: bytes, wbits: int = zlib.MAX_WBITS) -> bytes:
    stream = zlib.compressobj(wbits=wbits)
    return stream.compress(body) + stream.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": deflated,
    "deflate without its frame": lambda body: deflated(body, -zlib.MAX_WBITS),
    "br": _compression.brotli.compress,  # type: ignore[attr-defined]  # Scrapy's own choice of libraries
    "zstd": _compression.zstd.compress,  # type: ignore[attr-defined]
}


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with SmallSite() as site:
        yield site


@pytest.fixture
def product(tmp_path: Path, site: SmallSite) -> Product:
    product = product_of(tmp_path, site)
    product.configure(crawler={"retries": 0})
    return product


def test_each_article_is_read_whatever_its_headers_say(product: Product, site: SmallSite) -> None:
    whole = PAGE.encode()
    packed = gzip.compress(whole)
    forms: list[tuple[bytes, dict[str, str]]] = [
        (whole, {"Content_Encoding": "gzip"}),
        (whole, {"Content_Encoding": "deflate"}),
        (packed, {}),
        (packed, {"Content_Type": "application/x-gzip"}),
        (whole, {"Content_Length": str(len(whole) + 500)}),
        (packed, {"Content_Encoding": "gzip", "Content_Length": str(len(packed) + 9)}),
        *((pack(whole), {"Content_Encoding": name.partition(" ")[0]}) for name, pack in PACKERS.items()),
        (packed + bytes(40), {"Content_Encoding": "gzip"}),
        (packed[:-4], {"Content_Encoding": "gzip"}),
        (PACKERS["zstd"](whole[:300]) + PACKERS["zstd"](whole[300:]), {"Content_Encoding": "zstd"}),
        (gzip.compress(whole[:300]) + gzip.compress(whole[300:]), {"Content_Encoding": "gzip"}),
        (gzip.compress(whole[:300]) + gzip.compress(whole[300:]), {}),
    ]
    for number, (body, headers) in enumerate(forms):
        site.put(f"/a/{number}.html", body, status=200, **headers)
    site.put("/list", "".join(f'<a href="/a/{number}.html">{number}号报道统一标准</a>' for number in range(len(forms))))
    figures = product.crawl("local")["local"]
    assert (figures["failure"], figures["articles"]) == (None, len(forms))
    bodies = {row["body"] for row in product.articles()}
    assert len(bodies) == 1


def test_a_feed_may_be_packed_though_no_header_says_so(tmp_path: Path, site: SmallSite) -> None:
    product = product_of(tmp_path, site, 'kind = "feed"')
    item = f"<item><title>统一标准</title><link>{site.url}/a/1.html</link></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>台</title>{item}</channel></rss>'
    site.put("/list", gzip.compress(feed.encode()), Content_Type="application/rss+xml")
    site.put("/a/1.html", PAGE)
    assert product.crawl("local")["local"]["articles"] == 1


@pytest.mark.parametrize(
    ("body", "headers", "said"),
    [
        (PAGE.encode()[:500], {"Content_Length": "9000"}, "the answer was cut off"),
        (gzip.compress(PAGE.encode())[:300], {}, "the answer was cut off"),
        (b"\x00\x01\x02" * 200, {"Content_Encoding": "gzip"}, "its Content-Encoding gzip is not what it is packed by"),
        (b"x" * 9_000_000, {}, "it is larger than [crawler] max_page_bytes allows"),
        (gzip.compress(bytes(9_000_000)), {"Content_Encoding": "gzip"}, "max_page_bytes allows, 8,000,000"),
        (gzip.compress(bytes(9_000_000)), {}, "max_page_bytes allows, 8,000,000"),
        (b"", {"Status": "404"}, "HTTP 404"),
        (b"<html><body><h1>hi</h1></body></html>", {}, "none of 1 pages could be read as an article: "),
    ],
    ids=["cut", "cut and packed", "no gzip", "large", "bomb", "bomb without a header", "missing", "no article"],
)
def test_why_nothing_came_is_said_and_of_which_page(
    product: Product, site: SmallSite, body: bytes, headers: dict[str, str], said: str
) -> None:
    site.put("/list", '<a href="/a/1.html">两岸通勤缩短的报道</a>')
    status = int(headers.pop("Status", "200"))
    site.put("/a/1.html", body, status=status, **headers)
    failure = product.crawl("local", expect=(1,))["local"]["failure"]
    assert f"{site.url}/a/1.html: " in failure
    assert said in failure


@pytest.mark.parametrize("length_is_said", [True, False])
@pytest.mark.parametrize("name", PACKERS)
def test_half_of_what_is_packed_is_no_article_and_is_asked_for_again(
    product: Product, site: SmallSite, name: str, *, length_is_said: bool
) -> None:
    product.configure(crawler={"retries": 1})
    site.put("/list", '<a href="/a/1.html">两岸通勤缩短的报道</a>')
    packed = PACKERS[name](LONG.encode())
    half = packed[: len(packed) // 2]
    headers = {"Content_Encoding": name.partition(" ")[0]}
    headers |= {"Content_Length": str(len(half))} if length_is_said else {}
    site.put("/a/1.html", half, status=200, **headers)
    assert "the answer was cut off" in product.crawl("local", expect=(1,))["local"]["failure"]
    assert site.asked.count("/a/1.html") == 2
    assert product.articles() == []


def test_half_a_list_is_not_unchanged(tmp_path: Path, site: SmallSite) -> None:
    product = product_of(tmp_path, site, 'kind = "feed"')
    items = "".join(f"<item><link>{site.url}/a/{n}.html</link></item>" for n in (1, 2))
    feed = f"<rss><channel><title>台</title>{items}</channel></rss>"
    for number in (1, 2):
        site.put(f"/a/{number}.html", article(f"示范区第{number}批标准"))
    site.put("/list", feed[: feed.index("</item>") + 9], ETag='"1"')
    assert product.crawl("local")["local"]["articles"] == 1
    site.put("/list", feed, ETag='"1"')
    assert product.crawl("local")["local"]["articles"] == 1


def test_a_site_that_lets_in_only_who_brings_its_cookie_back_is_read(product: Product, site: SmallSite) -> None:
    site.doors["/list"] = "gate=open"
    site.put("/list", '<a href="/a/1.html">两岸通勤缩短的报道</a>')
    site.put("/a/1.html", PAGE)
    figures = product.crawl("local")["local"]
    assert (figures["failure"], figures["articles"]) == (None, 1)


def test_an_index_of_sitemaps_is_asked_whether_it_changed_and_its_sitemaps_all_the_same(
    tmp_path: Path, site: SmallSite
) -> None:
    product = product_of(tmp_path, site, 'kind = "sitemap"')
    names = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.put(
        "/list", f"<sitemapindex {names}><sitemap><loc>{site.url}/1.xml</loc></sitemap></sitemapindex>", ETag='"1"'
    )

    def publish(*numbers: int) -> None:
        entries = "".join(f"<url><loc>{site.url}/a/{number}.html</loc></url>" for number in numbers)
        site.put("/1.xml", f"<urlset {names}>{entries}</urlset>", ETag=f'"{numbers}"')
        for number in numbers:
            site.put(f"/a/{number}.html", PAGE)

    publish(1)
    assert product.crawl("local")["local"]["articles"] == 1
    assert product.crawl("local")["local"]["lists_unchanged"] == 2
    publish(1, 2)
    figures = product.crawl("local")["local"]
    assert (figures["lists_unchanged"], figures["articles"]) == (1, 1)


def test_an_index_that_dates_nothing_is_read_from_its_end_and_what_is_left_is_said(
    tmp_path: Path, site: SmallSite
) -> None:
    product = product_of(tmp_path, site, 'kind = "sitemap"\nmax_pages = 1')
    site.put("/list", "".join(f"<sitemap><loc>{site.url}/{number}.xml</loc></sitemap>" for number in (1, 2, 3)))
    site.pages["/list"].body = b"<sitemapindex>" + site.pages["/list"].body + b"</sitemapindex>"
    site.put("/3.xml", f"<urlset><url><loc>{site.url}/a/1.html</loc></url></urlset>")
    site.put("/a/1.html", PAGE)
    assert product.crawl("local")["local"]["articles"] == 1
    said = [row["why"] for row in product.rows("status", expect=(0, 1)) if row.get("where") == f"{site.url}/list"]
    assert [why.partition(" (")[0] for why in said] == ["2 of 3 sitemaps not read"]


def test_a_detail_whose_text_is_escaped_or_a_list_is_read(tmp_path: Path, site: SmallSite) -> None:
    paragraphs = [
        f"长三角一体化示范区第{number}批标准今天公布，沪苏浙三地统一执行，企业不必重复送检。" for number in range(3)
    ]
    html = "".join(f"<p>{line}</p>" for line in paragraphs)
    once = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    forms = [html, once, once.replace("&", "&amp;"), paragraphs, [f"<p>{line}</p>" for line in paragraphs]]
    detail = f'[detail]\nurl = "{site.url}/api?id={{id}}"\nbody = "data.content"\ntitle = "data.title"\n'
    product = product_of(tmp_path, site, more=detail)
    site.put("/list", "".join(f'<a href="/a/{number}.html">第{number}号报道</a>' for number in range(len(forms))))
    for number, form in enumerate(forms):
        data = {"data": {"title": f"第{number}号报道", "content": form}}
        site.put(f"/api?id={number}", json.dumps(data, ensure_ascii=False), Content_Type="application/json")
    assert product.crawl("local")["local"]["articles"] == len(forms)
    assert {row["body"] for row in product.articles()} == {"\n".join(paragraphs)}
