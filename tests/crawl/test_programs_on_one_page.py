"""Sites of one page whose program shows every article: `#/detail?id=1` is an address of its own."""

import json
from pathlib import Path

from tests.crawl.small_site import TEXT, SmallSite, product_of


def test_each_route_is_an_article_with_its_own_date(tmp_path: Path) -> None:
    with SmallSite() as site:
        detail = f'[detail]\nurl = "{site.url}/api?id={{id}}"\nbody = "content"\ntitle = "title"\n'
        product = product_of(tmp_path, site, more=detail, article=r"/#/detail\?id=(?P<id>\d+)")
        items = [
            f'<div><a href="/#/detail?id={number}">第{number}批统一标准今天公布</a><i>2026-11-0{number}</i></div>'
            for number in (1, 2, 3)
        ]
        site.put("/list", f"<div>{''.join(items)}</div>")
        for number in (1, 2, 3):
            told = {"title": f"第{number}批统一标准今天公布", "content": f"<p>第{number}批。{TEXT}</p>" * 3}
            site.put(f"/api?id={number}", json.dumps(told), Content_Type="application/json")
        assert product.crawl("local")["local"]["articles"] == 3
        found = {row["url"].rpartition("=")[2]: row["published_at"][:10] for row in product.articles()}
        assert found == {str(number): f"2026-11-0{number}" for number in (1, 2, 3)}
