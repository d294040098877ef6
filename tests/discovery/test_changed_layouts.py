"""A list whose layout has changed gives what can still be found, and says that it was guessed."""

from tests.discovery.list_pages import listing, read, urls

CHANGED = """<html><body>
<nav><a href="/">首页</a><a href="/sh/">上海</a><a href="/tag/delta/">长三角专题页面导航</a>
<a href="/login.html">登录查看更多的精彩内容</a><a href="/app/20261120.apk">下载我们的新闻客户端最新版</a></nav>
<main>
<a href="/news/2026/11/25/100231.html">长三角生态绿色一体化示范区公布新一批制度创新成果</a>
<a href="/news/2026/11/24/100187.html">沪苏湖高铁开通两周年客流创新高</a>
<a href="https://example.cn/news/2026/11/24/100144.html">安徽携手沪苏浙共建长三角科创共同体</a>
<a href="https://elsewhere.cn/news/2026/11/24/100001.html">别的网站的一条同样形状的长长的新闻</a>
</main>
<footer><a href="/about/contact.html">联系我们</a><a href="/list_2.html">下一页</a></footer>
</body></html>"""


def test_a_region_that_is_gone_falls_back_to_the_whole_page() -> None:
    record = listing("html", 'region = ["#list li"]', keys="article = '/news/2026'")
    page = read(record, CHANGED)
    assert len(page.links) == 3
    assert page.problems == ("degraded: `region` matches nothing, articles were taken from the whole page",)


def test_a_region_that_now_holds_something_else_falls_back_too() -> None:
    record = listing("html", 'region = ["nav"]', keys="article = '/news/2026'")
    page = read(record, CHANGED)
    assert len(page.links) == 3
    assert page.problems == ("degraded: `region` holds no article, articles were taken from the whole page",)


def test_a_pattern_that_matches_nothing_falls_back_to_the_shape_of_links() -> None:
    page = read(listing("html"), CHANGED)
    assert urls(page) == [
        "https://www.example.cn/news/2026/11/25/100231.html",
        "https://www.example.cn/news/2026/11/24/100187.html",
        "https://example.cn/news/2026/11/24/100144.html",
    ]
    (problem,) = page.problems
    assert problem.startswith("degraded: no link matches `article`, 3 are told by their shape")


def test_a_source_without_a_pattern_is_read_by_shape_and_that_is_no_fault() -> None:
    record = listing("html").model_copy(update={"article": None})
    page = read(record, CHANGED)
    assert len(page.links) == 3
    assert page.problems == ()


def test_a_page_without_articles_is_a_problem_that_names_the_pattern() -> None:
    page = read(listing("html"), "<html><body><nav><a href='/'>首页</a><a href='/sh/'>上海</a></nav></body></html>")
    assert page.links == ()
    assert page.problems == (r"no link of the page is an article by `article` = '/a/\\d+\\.html'",)


def test_items_that_moved_within_the_json_are_still_found() -> None:
    record = listing("json", 'items = "data.list"\nitem_url = "url"')
    page = read(record, '{"result": {"rows": [{"title": "一", "link": "/a/1.html", "pic": "/p/1.jpg"}]}}')
    assert [(link.url, link.title) for link in page.links] == [("https://www.example.cn/a/1.html", "一")]
    assert page.problems[0].startswith("degraded: `items` leads to no article")


def test_items_of_an_api_and_of_a_feed_are_articles_even_if_their_addresses_have_changed() -> None:
    moved = "https://www.example.cn/n/1.html"
    page = read(listing("json", 'items = "list"\nitem_url = "url"'), f'{{"list": [{{"url": "{moved}"}}]}}')
    assert urls(page) == [moved]
    assert page.problems[0].startswith("degraded: no link matches `article`, 1 is named by `items`")
    page = read(listing("feed"), f"<rss><channel><item><title>一</title><link>{moved}</link></item></channel></rss>")
    assert urls(page) == [moved]
    assert page.problems[0].startswith("degraded: no link matches `article`")


def test_of_a_sitemap_only_what_looks_like_an_article_is_taken() -> None:
    body = "".join(
        f"<url><loc>https://www.example.cn/{path}</loc></url>"
        for path in ("", "about.html", "2026/11/25/100231.html", "2026/11/24/100187.html", "2026/11/24/100144.html")
    )
    page = read(listing("sitemap"), f"<urlset>{body}</urlset>")
    assert len(page.links) == 3
    assert page.problems[0].startswith("degraded:")


def test_past_its_end_a_list_that_was_guessed_says_nothing_more() -> None:
    record = listing("html", 'region = ["#list li"]\npages = "{url}{page}"', keys="article = '/news/2026'")
    second = read(record, CHANGED).more[0]
    page = read(record, CHANGED, request=second)
    assert len(page.links) == 3
    assert page.problems == ()
