"""Half a surrogate pair in any string of a site costs neither a list, nor a page, nor the source."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crawl.small_site import SmallSite, article, product_of
from tests.deadline import DEADLINE
from tests.product import Product

HALF, PAIR = "\\ud83d", "\\ud83d\\ude00"
PARAGRAPHS = [
    "长三角三省一市的图书馆昨天起通借通还，读者在合肥借的书可以在湖州的任何一家分馆归还。",
    "负责这项工作的馆员说，最难的不是运书，而是把四套编目规则对上，光书号就核对了两个多月。",
    "试运行的三周里，往来最多的是儿童绘本，其次是各地的方志，老人们常常一借就是整套。",
    "每天清晨有一辆小货车从嘉善出发，沿着高速公路依次停靠六座城市，傍晚再原路返回。",
    "明年春天，沿线的高校图书馆也会加入，届时可以互借的藏书将超过两千万册。",
]


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with SmallSite() as site:
        yield site


def _json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script>'


def _state(text: str) -> str:
    return f'<script>window.__STATE__ = {{"id": 1, "content": "{text}"}};</script>'


def _single_quoted(text: str) -> str:
    return f"<script>var contentHtml = '{text}';</script>"


BROKEN = f"{PARAGRAPHS[0]}{HALF}\\n{PARAGRAPHS[1]}{PAIR}\\n" + "\\n".join(PARAGRAPHS[2:])
BROKEN_HTML = f"<p>{PARAGRAPHS[0]}{HALF}</p><p>{PARAGRAPHS[1]}{PAIR}</p>" + "".join(
    f"<p>{p}</p>" for p in PARAGRAPHS[2:]
)
WHOLE = "\n".join([PARAGRAPHS[0], f"{PARAGRAPHS[1]}😀", *PARAGRAPHS[2:]])


@pytest.mark.parametrize(
    "script", [_json_ld(BROKEN), _state(BROKEN), _state(BROKEN_HTML), _single_quoted(BROKEN_HTML)],
    ids=["json-ld", "state", "state of html", "single-quoted"],
)  # fmt: skip
def test_a_body_in_a_script_is_whole_and_the_next_crawl_works(tmp_path: Path, site: SmallSite, script: str) -> None:
    site.put("/list", '<a href="/a/1.html">长三角一体化示范区发布新规</a>')
    site.put("/a/1.html", article("长三角一体化示范区发布新规", head=script, body="<div id=app></div>"))
    product = product_of(tmp_path, site)
    assert product.crawl()["local"]["articles"] == 1
    assert [(found["title"], found["body"]) for found in product.articles()] == [("长三角一体化示范区发布新规", WHOLE)]
    _goes_on(site, product)


def _goes_on(site: SmallSite, product: Product) -> None:
    """Publish one more article; the next crawl finds it."""
    site.put("/a/2.html", article("长三角又有新进展"))
    body = site.pages["/list"].body.decode()
    more = body.replace("/a/1.html", "/a/2.html").replace('"长三角一体化示范区发布新规', '"长三角又有新进展')
    site.put("/list", more)
    assert product.crawl()["local"]["articles"] == 1


def test_a_title_and_an_address_of_a_json_list_are_read_without_the_half(tmp_path: Path, site: SmallSite) -> None:
    items = (
        f'[{{"url": "{site.url}/a/1.html", "title": "长三角{HALF}一体化"}},'
        f' {{"url": "{site.url}/a{HALF}/2.html", "title": "示范区{PAIR}新规"}}]'
    )
    site.put("/list", items, Content_Type="application/json")
    for number, title in ((1, "长三角一体化"), (2, "示范区新规")):
        site.put(f"/a/{number}.html", article(title))
    product = product_of(tmp_path, site, 'kind = "json"\nitems = "@"\nitem_url = "url"\nitem_title = "title"')
    assert product.crawl()["local"]["articles"] == 2
    with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
        titles = {title for (title,) in archive.execute("SELECT title FROM links")}
    assert titles == {"长三角一体化", "示范区😀新规"}
    assert product.crawl()["local"]["failure"] is None


def test_a_title_of_a_feed_is_read_without_the_half(tmp_path: Path, site: SmallSite) -> None:
    item = "<item><title>长三角&#55357;一体化&#xD83D;&#xDE00;</title><link>{}/a/1.html</link></item>"
    site.put("/list", f"<rss><channel>{item.format(site.url)}</channel></rss>", Content_Type="application/rss+xml")
    site.put("/a/1.html", article("长三角一体化"))
    product = product_of(tmp_path, site, 'kind = "feed"')
    assert product.crawl()["local"]["articles"] == 1
    with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:
        assert archive.execute("SELECT title FROM links").fetchall() == [("长三角一体化😀",)]


def test_a_detail_as_json_is_read_without_the_half(tmp_path: Path, site: SmallSite) -> None:
    site.put("/list", '<a href="/a/1.html">长三角一体化示范区发布新规</a>')
    site.put("/detail/1", f'{{"title": "长三角{HALF}一体化", "body": "{BROKEN}"}}', Content_Type="application/json")
    detail = f'[detail]\nurl = "{site.url}/detail/{{id}}"\nbody = "body"\ntitle = "title"'
    product = product_of(tmp_path, site, more=detail)
    assert product.crawl()["local"]["articles"] == 1
    assert [(found["title"], found["body"]) for found in product.articles()] == [("长三角一体化", WHOLE)]


def test_pages_that_an_earlier_version_could_not_store_are_read_by_the_next_crawl(
    tmp_path: Path, site: SmallSite
) -> None:
    site.put("/list", '<a href="/a/1.html">长三角一体化示范区发布新规</a>')
    site.put("/a/1.html", article("长三角一体化示范区发布新规", head=_json_ld(BROKEN), body="<div id=app></div>"))
    product = product_of(tmp_path, site)
    product.crawl()
    with closing(sqlite3.connect(product.folder / "archive" / "archive.sqlite")) as archive:  # as it was left then
        archive.execute("PRAGMA foreign_keys=OFF")
        archive.execute("DELETE FROM revisions")
        archive.execute("DELETE FROM articles")
        archive.execute("UPDATE pages SET extracted_at = NULL, verdict = NULL, reason = NULL")
        archive.commit()
    figures = product.crawl()["local"]
    assert (figures["leftovers"], figures["articles"], figures["failure"]) == (1, 1, None)
    assert [found["body"] for found in product.articles()] == [WHOLE]


def test_a_page_that_cannot_be_stored_is_noted_and_the_others_are_kept(tmp_path: Path, site: SmallSite) -> None:
    """Saving is made to fail as a driver fails on a string that it cannot encode: all known ways are cleaned."""
    site.put("/list", '<a href="/a/1.html">长三角一体化一</a><a href="/a/2.html">长三角一体化二</a>')
    for number, title in ((1, "长三角一体化示范区发布新规一"), (2, "长三角一体化示范区发布新规二")):
        site.put(f"/a/{number}.html", article(title))
    product = product_of(tmp_path, site)
    script = (
        "import sys\n"
        "import crawler.crawl.persistence as persistence\n"
        "save = persistence.save_article\n"
        "def refuse(connection, article, **more):\n"
        "    if article.title.endswith('一'):\n"
        "        raise UnicodeEncodeError('utf-8', article.title, 0, 1, 'surrogates not allowed')\n"
        "    return save(connection, article, **more)\n"
        "persistence.save_article = refuse\n"
        "sys.argv = ['deltanews', 'crawl', '--json']\n"
        "from deltanews.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=product.folder, env=product.environment, capture_output=True, text=True,
        timeout=DEADLINE, check=False,
    )  # fmt: skip
    figures = json.loads(done.stdout)
    assert (done.returncode, figures["articles"], figures["waiting"]) == (0, 1, 1)
    assert "Traceback" not in done.stderr
    assert product.crawl()["local"]["failure"] is None
