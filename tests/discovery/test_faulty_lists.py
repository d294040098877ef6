"""Lists that are not quite what they should be, and that a reader's browser or another program reads all the same."""

import gzip

import pytest

from tests.discovery.list_pages import listing, read, urls

A = "https://www.example.cn/a/"
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def sitemap(*entries: str, end: str = "</urlset>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMES}>{"".join(entries)}{end}'


def entry(number: int, *inside: str) -> str:
    return f"<url><loc>{A}{number}.html</loc><lastmod>2026-11-{number:02}</lastmod>{''.join(inside)}</url>"


PICTURE = (
    "<image:image><image:loc>https://www.example.cn/p/7.jpg</image:loc><image:title>桥面</image:title></image:image>"
)
VIDEO = (
    "<video:video><video:content_loc>https://www.example.cn/v.mp4</video:content_loc><video:title>片</video:title>"
    "<video:publication_date>2001-01-01</video:publication_date></video:video>"
)
NEWS = (
    "<news:news><news:publication><news:name>本地台</news:name></news:publication>"
    "<news:publication_date>2026-11-20T08:15:00+08:00</news:publication_date><news:title>大桥合龙</news:title></news:news>"
)


@pytest.mark.parametrize("order", [(PICTURE, NEWS, VIDEO), (NEWS, VIDEO, PICTURE), (PICTURE, PICTURE, NEWS)])
def test_pictures_and_videos_of_an_entry_replace_nothing_of_it(order: tuple[str, ...]) -> None:
    (link,) = read(listing("sitemap"), sitemap(entry(9, *order))).links
    assert (link.url, link.title) == (f"{A}9.html", "大桥合龙")
    assert f"{link.listed_at:%Y-%m-%d %H:%M}" == "2026-11-20 00:15"


@pytest.mark.parametrize(
    "body",
    [
        sitemap(entry(9), f"<url><loc>{A}8.html?x=1&y=2</loc></url>", entry(7)),
        sitemap(entry(9), entry(8, "<title>一&nbsp;二</title>"), entry(7)),
        sitemap(entry(9), entry(8, "\x0b\x01"), entry(7)),
        "\ufeff\n\n" + sitemap(entry(9), entry(8), entry(7)),
        sitemap(entry(9), entry(8), entry(7), end=""),
        sitemap(entry(9), entry(8), entry(7), f"<url><loc>{A}"),
        sitemap(entry(9), entry(8), entry(7)).replace(f" {NAMES}", ""),
        sitemap(entry(9), entry(8), entry(7)).replace(
            "sitemaps.org/schemas/sitemap/0.9", "google.com/schemas/sitemap/0.84"
        ),
        f"{A}9.html\n{A}8.html\r\n\n{A}7.html",
        f"\ufeff{A}9.html\n  {A}8.html\n{A}7.html\n",
    ],
)
def test_a_sitemap_with_a_fault_or_of_plain_text_is_read_packed_or_not(body: str) -> None:
    for packed in (body.encode(), gzip.compress(body.encode())):
        page = read(listing("sitemap"), packed)
        assert {url.partition("?")[0] for url in urls(page)} >= {f"{A}9.html", f"{A}8.html", f"{A}7.html"}


def test_a_bare_ampersand_stays_what_it_is() -> None:
    page = read(listing("sitemap"), sitemap(f"<url><loc>{A}8.html?id=1&cid=2</loc></url>"))
    assert urls(page) == [f"{A}8.html?id=1&cid=2"]


def test_of_a_packed_sitemap_that_breaks_off_the_rest_is_said_to_be_missing() -> None:
    whole = sitemap(*(entry(number % 28 + 1, f"<x>{number:x}</x>") for number in range(3_000)))
    packed = gzip.compress(whole.encode())
    page = read(listing("sitemap"), packed[: len(packed) // 2])
    assert page.links
    assert any("breaks off" in problem for problem in page.problems)


def test_a_sitemap_packed_in_pieces_is_read_to_its_last() -> None:
    whole = sitemap(entry(9), entry(8), entry(7)).encode()
    pieces = [gzip.compress(whole[at : at + 100]) for at in range(0, len(whole), 100)]
    page = read(listing("sitemap"), b"".join(pieces))
    assert (len(page.links), page.problems) == (3, ())
    assert read(listing("sitemap"), b"".join(pieces[:-1])).problems == ("cut off: it breaks off",)
    damaged = b"".join([*pieces[:-1], b"\x1f\x8b\x08damaged"])
    assert read(listing("sitemap"), damaged).problems[0].startswith("cut off: what is packed is damaged: ")


FEEDS = {
    "rss": ("<rss version='2.0'><channel>{}</channel></rss>", "<item><link>{}</link></item>"),
    "atom": ("<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<entry><link href='{}'/></entry>"),
    "rdf": (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>",
        "<item><link>{}</link></item>",
    ),
}


@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_that_breaks_off_is_said_to_do_so(form: str) -> None:
    frame, item = FEEDS[form]
    whole = frame.format("".join(item.format(f"{A}{number}.html") for number in (1, 2, 3)))
    assert (len(read(listing("feed"), whole).links), read(listing("feed"), whole).problems) == (3, ())
    part = read(listing("feed"), whole[: whole.index("3.html")])
    assert (urls(part)[:2], part.problems) == ([f"{A}1.html", f"{A}2.html"], ("cut off: it breaks off",))


INDEX = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{}</loc></sitemap></sitemapindex>'
)


def test_an_index_within_an_index_is_followed_but_not_for_ever() -> None:
    record = listing("sitemap")
    page = read(record, INDEX.format("https://www.example.cn/1.xml"))
    for depth in (2, 3):
        (request,) = page.more
        page = read(record, INDEX.format(f"https://www.example.cn/{depth}.xml"), request=request)
    (request,) = page.more
    assert read(record, INDEX.format("https://www.example.cn/1.xml"), request=request).more == ()


ITEMS = 'items = "@"\nitem_url = "url"\nitem_title = "title"'
ROWS = '[{"url": "/a/1.html", "title": "两岸通勤缩短"}, {"url": "/a/2.html", "title": "轮渡夜航"}]'


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        f"var newsList = {ROWS};",
        f"window.x={ROWS}",
        f"var a = 1; var small = []; const newsList = {ROWS};\nshow(newsList);",
        f"show({ROWS});",
        f"jQuery123_4({ROWS})",
        f"try{{render({ROWS})}}catch(e){{}}",
        f"(function(){{ return {ROWS} }})()",
        ROWS.replace("}]", "},]"),
        ROWS.replace('缩短"}', '缩短",}'),
        f"var list = {ROWS.replace('}]', '},]')};",
        "\ufeff" + ROWS,
        '"' + ROWS.replace('"', '\\"') + '"',
    ],
)
def test_json_is_found_within_what_is_written_around_it(text: str) -> None:
    assert urls(read(listing("json", ITEMS), text)) == [f"{A}1.html", f"{A}2.html"]


def test_json_within_json_is_opened() -> None:
    quoted = ROWS.replace('"', '\\"')
    within = listing("json", 'items = "data.list"\nitem_url = "url"')
    assert urls(read(within, f'{{"code": 0, "data": "{{\\"list\\": {quoted}}}"}}')) == [f"{A}1.html", f"{A}2.html"]
    assert urls(read(within, f'{{"data": {{"list": "{quoted}"}}}}')) == [f"{A}1.html", f"{A}2.html"]


def test_a_comma_within_a_text_is_no_comma_too_many() -> None:
    page = read(listing("json", ITEMS), '[{"url": "/a/1.html", "title": "通勤,] 缩短,}"},]')
    assert [link.title for link in page.links] == ["通勤,] 缩短,}"]


def test_an_escaped_ampersand_in_an_address_is_one() -> None:
    page = read(listing("json", ITEMS), '[{"url": "/a/1.html?id=1&amp;cid=2"}]')
    assert urls(page) == [f"{A}1.html?id=1&cid=2"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="\\a\\1.html">两岸通勤缩短</a>',
        '<a href="https:\\/\\/www.example.cn\\/a\\/1.html">两岸通勤缩短</a>',
        "<a href=\"javascript:window.open('/a/1.html')\">两岸通勤缩短</a>",
        '<a href="#" onclick="go(\'https://www.example.cn/a/1.html\');return false">两岸通勤缩短</a>'.replace(
            'href="#"', 'href="javascript:void(0)"'
        ),
        "<a onclick='location.href=\"../a/1.html\"'>两岸通勤缩短</a>",
        "<ul><li onclick=\"location.href='/a/1.html'\">两岸通勤缩短</li></ul>",
        "<script>document.write('<a href=\"/a/1.html\">两岸通勤缩短</a>');</script>",
        '<script>document.writeln("<li><a href=\\"\\/a\\/1.html\\">两岸通勤缩短<\\/a><\\/li>")</script>',
    ],
)
def test_a_link_is_found_where_a_script_holds_its_address_plainly(html: str) -> None:
    page = read(listing("html"), f"<html><body>{html}</body></html>")
    assert urls(page) == [f"{A}1.html"]
    assert (page.links[0].title, page.problems) == ("两岸通勤缩短", ())


@pytest.mark.parametrize(
    "html",
    [
        "<a href=\"javascript:go('https://elsewhere.cn/a/1.html')\">外站</a>",
        '<a href="http:\\\\elsewhere.cn\\.example.cn/a/1.html">外站</a>',
        "<script>document.write('<a href=\"https://elsewhere.cn/a/1.html\">外站</a>');</script>",
        "<script>document.write('<a href=\"/a/' + id + '.html\">拼出来的</a>');</script>",
        '<a href="javascript:show(12)">没有地址</a>',
    ],
)
def test_what_leads_elsewhere_or_is_no_plain_address_is_no_link(html: str) -> None:
    assert read(listing("html"), f"<html><body>{html}</body></html>").links == ()


IMPOSSIBLE = ("Mon, 01 Jan 0001 00:00:00 +0800", "Fri, 31 Dec 9999 23:59:59 -0800")


@pytest.mark.parametrize("date", IMPOSSIBLE)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("feed", "<rss><channel><item><link>{a}1.html</link><pubDate>{date}</pubDate></item></channel></rss>"),
        ("sitemap", "<urlset><url><loc>{a}1.html</loc><lastmod>{date}</lastmod></url></urlset>"),
    ],
)
def test_an_impossible_date_costs_its_entry_the_date_alone(kind: str, body: str, date: str) -> None:
    (link,) = read(listing(kind), body.format(a=A, date=date)).links
    assert (link.url, link.listed_at) == (f"{A}1.html", None)


@pytest.mark.parametrize("ago", ["740000天前", "999999999小时前", f"{'9' * 5000}天前", "99999999天1440分钟前"])
def test_what_was_before_the_calendar_dates_nothing(ago: str) -> None:
    items = (
        f"<li><a href='/a/1.html'>示范区三地统一标准</a><i>{ago}</i></li><li><a href='/a/2.html'>另一篇报道</a></li>"
    )
    assert [(link.url[-6:], link.listed_at) for link in read(listing("html"), f"<ul>{items}</ul>").links] == [
        ("1.html", None),
        ("2.html", None),
    ]


@pytest.mark.parametrize("number", [253402300800000, 10**15, 10**30, -1])
def test_a_number_beyond_the_calendar_dates_nothing(number: int) -> None:
    paths = 'items = "d[]"\nitem_url = "u"\nitem_date = "t"'
    body = f'{{"d": [{{"u": "{A}1.html", "t": {number}}}]}}'
    (link,) = read(listing("json", paths), body).links
    assert link.listed_at is None
