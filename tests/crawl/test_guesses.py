"""A list that no longer holds what its source says: on watch, guessed from the second round on, until it is mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of
from tests.product import Product

HEADLINES = [
    "沪苏浙皖四地签署新的协议共建科创走廊",
    "长三角铁路暑运发送旅客再创历史新高",
    "一体化示范区发布第五批制度创新成果",
    "合肥与上海张江共建综合性科学中心",
    "杭州湾跨海高铁大桥完成首个桥墩施工",
    "太湖流域协同治理今年投入二十亿元",
]
NAVIGATION = '<nav><a href="/">首页</a><a href="/about.html">关于我们</a><a href="/tag/">专题</a></nav>'


def old(number: int) -> str:
    return f"/a/{number}.html"


def new(number: int) -> str:
    return f"/xw/2026/11/{10 + number}/c_{20260000 + number}.html"


def put(site: SmallSite, addresses: list[str], *, first: int = 0, page: str | None = None) -> None:
    """Put a list, and behind its links articles, or else a page."""
    links = "".join(
        f'<li><a href="{address}">{HEADLINES[first + number]}</a></li>' for number, address in enumerate(addresses)
    )
    site.put("/list", f"<html><body>{NAVIGATION}<ul>{links}</ul></body></html>")
    for number, address in enumerate(addresses):
        site.put(address, article(HEADLINES[first + number]) if page is None else page)


def watched(product: Product) -> list[str]:
    return [row["why"] for row in product.rows("status") if row.get("what") == "on watch"]


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[tuple[SmallSite, Product]]:
    """A site that was crawled, and changed its addresses after; and the product."""
    site = SmallSite()
    product = product_of(tmp_path, site)
    with site:
        put(site, [old(number) for number in range(3)])
        product.crawl()
        yield site, product


def test_links_like_the_old_ones_are_taken_from_the_second_round_on_until_the_file_is_mended(
    changed: tuple[SmallSite, Product], tmp_path: Path
) -> None:
    site, product = changed
    put(site, [new(number) for number in range(4)], first=2)
    first = product.crawl(expect=(1,))["local"]
    assert first["articles"] == 0
    assert "no link matches `article`, 4 are told by their shape" in first["failure"]
    assert "taken if the next round finds the same" in first["failure"]
    second = product.crawl()["local"]
    assert (second["articles"], second["failure"]) == (4, None)
    found = {article["url"]: article["discovered_by"] for article in product.articles()}
    assert found == {f"{site.url}{old(n)}": "list" for n in range(3)} | {
        f"{site.url}{new(n)}": "guess" for n in range(4)
    }
    (why,) = watched(product)
    assert why.startswith("runs on a guess since ")
    (row,) = product.rows("sources", "list")
    assert row["on_watch"] == [f"news: {why}"]

    file = tmp_path / "sources" / "local.toml"
    before = file.read_text(encoding="utf-8")
    proposed = product.run("sources", "check", "local", "--fix", expect=(1,))
    assert file.read_text(encoding="utf-8") == before
    assert "+article = " in proposed.stderr
    assert f"mv {file}.proposed {file}" in proposed.stderr
    file.with_name("local.toml.proposed").rename(file)
    put(site, [new(number) for number in range(1, 5)], first=1)
    assert product.crawl()["local"]["articles"] == 1
    assert product.articles()[-1]["discovered_by"] == "list"
    assert watched(product) == []


def test_three_guessed_pages_of_five_that_are_no_articles_end_the_guess(changed: tuple[SmallSite, Product]) -> None:
    site, product = changed
    put(site, [new(number) for number in range(4)], first=2, page=f"<html><body>{NAVIGATION}</body></html>")
    product.crawl(expect=(1,))
    failure = product.crawl(expect=(1,))["local"]["failure"]
    assert "news: the guess was ended: of its last 3 pages 3 were no articles" in failure
    assert watched(product) == ["the guess was ended: of its last 3 pages 3 were no articles"]
