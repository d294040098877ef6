"""`deltanews sources add`: a draft made of a page is a source file that works."""

from pathlib import Path

from crawler.sources.loader import read_source
from tests.crawl.small_site import SmallSite, article
from tests.product import Product
from tests.sources.list_page_cases import HEADLINES


def test_a_draft_of_a_page_is_a_source_that_works(product: Product) -> None:
    product.configure(crawler={"source_folders": ["sources"]})
    (product.folder / "sources").mkdir()
    url = "http://news.jstv.com/jiangsu/"
    shown = product.run("sources", "add", url, "--name", "mine", "--province", "江苏").stdout.splitlines()
    assert [line.split("\t")[0] for line in shown[-5:]] == ["title", "time", "credit", "text", "written"]
    listed = [line for line in shown if "http://news.jstv.com/a/" in line]
    assert 3 <= len(listed) <= 10
    draft = read_source(product.folder / "sources" / "mine.toml")
    assert draft.article == r"^https?://news\.jstv\.com/a/\d{8}/\d+\.shtml$"
    assert (draft.hosts, draft.province, draft.grade) == (("news.jstv.com",), "江苏", "C")
    assert '# published_at = ["' in (product.folder / "sources" / "mine.toml").read_text(encoding="utf-8")
    checked = product.rows("sources", "check", "mine")
    assert {row["outcome"] for row in checked} <= {"ok", "note"}
    again = product.run("sources", "add", url, "--name", "mine", expect=[2])
    assert "mine.toml is there already; --replace writes over it" in again.stderr


def test_a_draft_of_jsonp_knows_where_its_items_are(product: Product, folder: Path) -> None:
    url = "https://news.cctv.com/2019/07/gaiban/cmsdatainterface/page/china_1.jsonp?cb=china"
    product.run("sources", "add", url, "--folder", str(folder), "--name", "national")
    text = (folder / "national.toml").read_text(encoding="utf-8")
    for line in (
        'kind = "json"',
        'items = "data.list"',
        'item_url = "url"',
        'item_title = "title"',
        'item_date = "focus_date"',
    ):
        assert line in text


def test_a_page_without_articles_is_wrong_use_and_leaves_no_file(product: Product, folder: Path) -> None:
    done = product.run("sources", "add", "https://www.cztv.com/", "--folder", str(folder), expect=[2])
    assert "no links that look like articles: it is empty without JavaScript: see 'Pages that need" in done.stderr
    assert not folder.exists()


def test_a_private_host_is_looked_at_where_the_user_says_so(tmp_path: Path) -> None:
    with SmallSite() as site:
        links = "".join(f'<li><a href="/a/2026112{n}.html">{headline}</a></li>' for n, headline in enumerate(HEADLINES))
        site.put("/list", f"<html><body><ul>{links}</ul></body></html>")
        for number, headline in enumerate(HEADLINES):
            site.put(f"/a/2026112{number}.html", article(headline))
        product = Product(tmp_path, crawler={"delay": 0})
        refused = product.run("sources", "add", f"{site.url}/list", "--folder", str(tmp_path / "own"), expect=[1, 2])
        assert site.asked == []
        assert "deltanews: " in refused.stderr
        product.run(
            "sources", "add", f"{site.url}/list", "--folder", str(tmp_path / "own"), "--name", "own", "--private"
        )
    draft = read_source(tmp_path / "own" / "own.toml")
    assert draft.private
    assert draft.hosts == ("127.0.0.1",)
    assert draft.is_article(f"{site.url}/a/20261209.html")


def test_without_a_folder_to_write_to_nothing_is_fetched(tmp_path: Path) -> None:
    done = Product(tmp_path).run("sources", "add", "http://news.jstv.com/jiangsu/", expect=[2])
    assert "give --folder DIR, or set [crawler] source_folders" in done.stderr
