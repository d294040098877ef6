"""What a page would have a browser do is no reason to leave its article; what it is asked with suits Chinese sites."""

from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of

REFRESH = '<meta http-equiv="refresh" content="0; url=/verify">'


@pytest.mark.parametrize(
    "head", [f"<script>if (old) document.write('{REFRESH}')</script>", f"<noscript>{REFRESH}</noscript>"]
)
def test_a_refresh_that_only_a_script_or_its_lack_brings_about_is_not_followed(tmp_path: Path, head: str) -> None:
    with SmallSite() as site:
        site.put("/robots.txt", "", status=404)
        site.put("/list", '<li><a href="/a/1.html">长三角一体化示范区发布新规</a></li>')
        site.put("/a/1.html", article("长三角一体化示范区发布新规", head=head))
        assert product_of(tmp_path, site).crawl()["local"]["articles"] == 1
        assert "/verify" not in site.asked
        assert set(site.languages) == {"zh-CN,zh;q=0.9,en;q=0.5"}
