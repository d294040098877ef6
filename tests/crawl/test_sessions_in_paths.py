"""A list that writes its visitor's session into every address names the same articles at each visit."""

from pathlib import Path

from tests.crawl.small_site import SmallSite, article, product_of


def test_an_article_is_fetched_once_however_often_its_session_changes(tmp_path: Path) -> None:
    with SmallSite() as site:
        site.put("/robots.txt", "", status=404)
        product = product_of(tmp_path, site)
        for session in ("AB12", "CD34"):
            path = f"/a/1.html;jsessionid={session}"
            site.put("/list", f'<li><a href="{path}">长三角一体化示范区发布新规</a></li>')
            site.put(path, article("长三角一体化示范区发布新规"))
            product.crawl()
        assert [row["canonical_url"] for row in product.articles()] == [f"{site.url}/a/1.html"]
        assert len([path for path in site.asked if path.startswith("/a/")]) == 1
