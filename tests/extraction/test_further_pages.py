"""Articles over several pages: which page this is, where the others are, and how they are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.extract import extract
from crawler.extraction.joining import FurtherPage, join
from crawler.extraction.model import Extraction, Verdict
from tests.extraction.kinds.shells import BRIDGE, LIBRARY, TEA, bare, modern, paragraphs

SITE = "https://news.river.example"
OTHER_ARTICLE = "<p>下一篇：<a href='/a/8813.html'>运河边新开了一家书店</a></p>"


def numbers(*links: tuple[int, str]) -> str:
    """Return a pager: a number without an address is the page's own."""
    return "<div>" + " ".join(f"<a href='{url}'>{n}</a>" if url else f"<b>{n}</b>" for n, url in links) + "</div>"


def read(url: str, pager: str, texts: tuple[str, ...] = BRIDGE) -> Extraction:
    return extract(modern(paragraphs(texts) + pager).encode(), SITE + url)


@pytest.mark.parametrize(
    ("url", "pager", "further"),
    [
        (
            "/a/8812.html",
            numbers((1, ""), (2, "/a/8812_2.html"), (3, "8812_3.html")),
            ["/a/8812_2.html", "/a/8812_3.html"],
        ),
        ("/a/8812.html", numbers((2, "8812_1.html"), (3, "8812_2.html")), ["/a/8812_1.html", "/a/8812_2.html"]),
        ("/a/8812_1.html", numbers((2, "8812_2.html")) + OTHER_ARTICLE, ["/a/8812_2.html"]),
        ("/a/8812-1.html", numbers((1, "8812-1.html"), (2, "8812-2.html")), ["/a/8812-2.html"]),
        ("/a/8812/", numbers((2, "/a/8812/2/"), (4, "/a/8812/4/")), ["/a/8812/2/", "/a/8812/3/", "/a/8812/4/"]),
        ("/a/8812.html?from=app", "<a href='?page=2'>下一页</a>", ["/a/8812.html?page=2"]),
        ("/show.php?id=7", "<a href='show.php?id=7&p=2'>下一页</a>", ["/show.php?id=7&p=2"]),
        ("/a/8812.html", "<p>共3页 <a href='8812_2.html'>下一页</a></p>", ["/a/8812_2.html", "/a/8812_3.html"]),
        (
            "/a/t20261120_8812.shtml",
            "<script>createPageHTML(3, 0, 't20261120_8812', 'shtml');</script>",
            ["/a/t20261120_8812_1.shtml", "/a/t20261120_8812_2.shtml"],
        ),
    ],
)
def test_a_first_page_names_the_others(url: str, pager: str, further: list[str]) -> None:
    found = read(url, pager)
    assert list(found.further_pages) == [SITE + address for address in further]
    assert (found.page_number, found.page_count, found.first_page) == (1, len(further) + 1, None)
    assert found.verdict is Verdict.ARTICLE
    assert f"page 1 of {len(further) + 1} of the article" in found.reason


@pytest.mark.parametrize(
    ("url", "pager", "place", "first", "further"),
    [
        (
            "/a/8812_2.html",
            numbers((1, "8812.html"), (2, ""), (3, "8812_3.html")),
            2,
            "/a/8812.html",
            ["/a/8812_3.html"],
        ),
        ("/a/8812_1.html", numbers((1, "8812.html"), (3, "8812_2.html")), 2, "/a/8812.html", ["/a/8812_2.html"]),
        ("/a/8812_2.html", numbers((1, "8812_1.html"), (2, "8812_2.html")), 2, "/a/8812_1.html", []),
        ("/a/8812/3/", "<a href='/a/8812/2/'>上一页</a>", 3, "/a/8812/", []),
        (
            "/a/8812.html?page=2",
            "<a href='?page=1'>上一页</a> <a href='?page=3'>下一页</a>",
            2,
            "/a/8812.html",
            ["/a/8812.html?page=3"],
        ),
        (
            "/a/8812_1.html",
            "<a href='8812.html'>上一页</a> <a href='8812_2.html'>下一页</a>",
            2,
            "/a/8812.html",
            ["/a/8812_2.html"],
        ),
        ("/a/8812_2.html", "<a href='8812_3.html'>下一页</a>", 2, None, ["/a/8812_3.html"]),
        (
            "/a/t20261120_8812_1.shtml",
            "<script>createPageHTML(3, 1, 't20261120_8812', 'shtml');</script>",
            2,
            "/a/t20261120_8812.shtml",
            ["/a/t20261120_8812_2.shtml"],
        ),
    ],
)
def test_a_later_page_names_the_first_and_those_after_it(
    url: str, pager: str, place: int, first: str | None, further: list[str]
) -> None:
    found = read(url, pager)
    assert (found.page_number, found.first_page) == (place, first and SITE + first)
    assert list(found.further_pages) == [SITE + address for address in further]


@pytest.mark.parametrize(
    "pager",
    [
        OTHER_ARTICLE,
        "<p><a href='/a/8813.html'>下一页</a></p>",
        "<p><a href='/a/8813_2.html'>下一页</a></p>",
        numbers((2, "https://m.river.example/a/8812_2.html"), (3, "https://m.river.example/a/8812_3.html")),
        numbers((2, "/yw/index_2.html"), (3, "/yw/index_3.html")),
        "<h3>网友评论</h3><p>桥修得真快，等通车那天要去走一走。</p>" + numbers((2, "?page=2"), (3, "?page=3")),
        "<p><a href='#2'>2</a> <a href='javascript:go(3)'>3</a></p>",
        "<p><a href='https://[2]/8812_2.html'>2</a> <a href='http://river.example:port/8812_3.html'>3</a></p>",
    ],
)
def test_what_lies_elsewhere_is_no_page_of_the_article(pager: str) -> None:
    found = read("/a/8812.html", pager)
    assert (found.further_pages, found.whole_page) == ((), None)


def test_a_gallery_with_numbers_is_a_gallery() -> None:
    pictures = "".join(f"<p><img src='{n}.jpg'></p><p>{n}/8</p>" for n in range(1, 9))
    html = modern(pictures + numbers((2, "8812_2.html"), (3, "8812_3.html")), title="组图：运河两岸的秋天")
    assert extract(html.encode(), f"{SITE}/a/8812.html").verdict is Verdict.GALLERY


@pytest.mark.parametrize(
    "pager",
    [
        "<div><a href='8812.html'>1</a> <b>2</b> <a href='8812_3.html'>3</a></div>",
        "<p><a href='8812.html'>[1]</a> [2] <a href='8812_3.html'>[3]</a></p>",
        "<p>共3页 第2页 <a href='8812.html'>上一页</a> <a href='8812_3.html'>下一页</a></p>",
        "<ul><li><a href='8812.html'>&lt;</a></li><li><a href='8812.html'>1</a></li><li>2</li></ul>",
    ],
)
@pytest.mark.parametrize("above", [False, True])
def test_the_pager_is_no_text(pager: str, *, above: bool) -> None:
    inner = pager * above + paragraphs(BRIDGE) + pager
    assert extract(bare(inner).encode(), f"{SITE}/a/8812_2.html").paragraphs == BRIDGE


def test_numbers_that_end_an_article_of_one_page_stay() -> None:
    texts = (*BRIDGE, "中奖的号码是：", "1 2 3")
    assert extract(bare(paragraphs(texts)).encode(), f"{SITE}/a/8812.html").paragraphs == texts


@pytest.mark.parametrize("words", ["全文阅读", "单页阅读", "余下全文", "在本页显示全文", "View All"])
@pytest.mark.parametrize("address", ["8812_all.html", "?page=all", "8812.html?all=1", "/a/8812/full/"])
def test_a_link_to_the_whole_text_is_named(words: str, address: str) -> None:
    link = f"<a href='{address}'>{words}</a>"
    found = read("/a/8812.html", numbers((1, ""), (2, "8812_2.html")) + f"<p>{link}</p>")
    assert (found.whole_page or "").endswith(address)
    assert len(found.further_pages) == 1


def further(number: int, *texts: str, title: str = "梅浦大桥合龙", problem: str = "", **fields: object) -> FurtherPage:
    url = f"{SITE}/a/8812_{number}.html"
    page = Extraction(url=url, title=title, paragraphs=texts, page_number=number, page_count=number, **fields)
    return FurtherPage(url, page, problem)


def first(*texts: str, count: int = 3, **fields: object) -> Extraction:
    addresses = tuple(f"{SITE}/a/8812_{number}.html" for number in range(2, count + 1))
    return Extraction(
        url=f"{SITE}/a/8812.html",
        title="梅浦大桥合龙",
        paragraphs=texts,
        page_count=count,
        further_pages=addresses,
        **fields,
    )


def test_what_every_page_repeats_stands_once_and_the_last_page_tells_who_edited_it() -> None:
    line = "（编辑 许安）"
    joined = join(
        first(*BRIDGE[:2], line, credit="江畔网", editors=("许安",)),
        [
            further(2, "梅浦大桥合龙", BRIDGE[0], *BRIDGE[2:4], line, credit="别的网", editors=("许安",)),
            further(3, BRIDGE[4], line, editors=("许安", "程立"), reporters=("陆舟",)),
        ],
    )
    page = joined.extraction
    assert page.paragraphs == (*BRIDGE, line)
    assert (page.credit, page.editors, page.reporters) == ("江畔网", ("许安", "程立"), ("陆舟",))
    assert (page.doubtful, joined.unasked) == ((), ())
    assert "on 3 of 3 pages" in page.reason


@pytest.mark.parametrize(
    ("end", "begin", "made"),
    [
        (
            "桥下的老渡口仍然开着，摆渡了二十一年的",
            "陆师傅打算走一回。",
            "桥下的老渡口仍然开着，摆渡了二十一年的陆师傅打算走一回。",
        ),
        (
            "The ferry below the bridge is still open, and the",
            "man who ran it will walk.",
            "The ferry below the bridge is still open, and the man who ran it will walk.",
        ),
    ],
)
def test_a_sentence_that_the_page_break_cuts_is_one(end: str, begin: str, made: str) -> None:
    assert join(first(BRIDGE[0], end, count=2), [further(2, begin, BRIDGE[1])]).extraction.paragraphs == (
        BRIDGE[0],
        made,
        BRIDGE[1],
    )


@pytest.mark.parametrize(
    "end", [BRIDGE[1], "“明年二月就开放。”", "图为合龙现场（许安摄）", "一、桥的由来", "沿线的桥是："]
)
def test_two_paragraphs_stay_two(end: str) -> None:
    joined = join(first(BRIDGE[0], end, count=2), [further(2, *BRIDGE[2:])])
    assert joined.extraction.paragraphs == (BRIDGE[0], end, *BRIDGE[2:])


def test_pages_that_are_missing_or_changed_are_said_and_no_gap_is_closed() -> None:
    cut = "桥下的老渡口仍然开着，摆渡了二十一年的"
    joined = join(
        first(BRIDGE[0], cut, count=4),
        [
            FurtherPage(f"{SITE}/a/8812_2.html", None, "HTTP 404"),
            further(3, BRIDGE[3], title="平湖的乡镇图书馆", problem="it is of 2026-11-20"),
        ],
    )
    page = joined.extraction
    assert page.paragraphs == (BRIDGE[0], cut, BRIDGE[3])
    assert joined.unasked == (f"{SITE}/a/8812_4.html",)
    assert page.doubtful == (
        "page 2 of 4 is missing: HTTP 404",
        "page 4 of 4 is missing: it has not been fetched yet",
        "page 3: it is of 2026-11-20",
        "page 3: it has another headline, '平湖的乡镇图书馆'",
    )
    assert all(doubt in page.reason for doubt in page.doubtful)


@pytest.mark.parametrize(
    "title", ["梅浦大桥合龙(2)", "梅浦大桥合龙（第2页）", "梅浦大桥合龙_2", "梅浦大桥合龙——江畔纪事", ""]
)
def test_a_number_behind_the_headline_is_no_other_headline(title: str) -> None:
    joined = join(first(*BRIDGE[:2], count=2), [further(2, *BRIDGE[2:], title=title)])
    assert joined.extraction.doubtful == ()


def test_a_page_that_is_no_article_is_missing() -> None:
    error = further(2, verdict=Verdict.ERROR, reason="an error page served as a page: 404")
    (doubt,) = join(first(*BRIDGE, count=2), [error]).extraction.doubtful
    assert doubt == "page 2 of 2 is missing: error: an error page served as a page: 404"


def test_each_page_may_name_the_next_and_a_loop_ends() -> None:
    def next_only(number: int, following: int, *texts: str) -> FurtherPage:
        return further(number, *texts, further_pages=(f"{SITE}/a/8812_{following}.html",))

    start = first(*BRIDGE[:2], count=2)
    assert join(start, [next_only(2, 3, BRIDGE[2])]).unasked == (f"{SITE}/a/8812_3.html",)
    joined = join(start, [next_only(2, 3, BRIDGE[2]), next_only(3, 2, *BRIDGE[3:])])
    assert (joined.extraction.paragraphs, joined.unasked) == (BRIDGE, ())


def test_a_page_that_repeats_what_came_before_adds_and_takes_nothing() -> None:
    some = join(first(*BRIDGE[:3]), [further(2, *BRIDGE[3:]), further(3, *BRIDGE[:3])]).extraction
    assert (some.paragraphs, some.doubtful) == (BRIDGE, ("page 3 repeats what came before",))
    all_of_them = join(first(*BRIDGE), [further(2, *BRIDGE), further(3, *BRIDGE)]).extraction
    assert (all_of_them.paragraphs, all_of_them.doubtful) == (BRIDGE, ())
    assert "page 3 repeats what came before" in all_of_them.reason


def test_what_a_short_page_lost_is_a_doubt_only_where_it_is_much_of_the_whole() -> None:
    lost = "boilerplate lines: 28% of the text, from “浏览” on; known phrases of sites"
    short = join(first(*BRIDGE, *TEA, count=2), [further(2, LIBRARY[0], doubtful=(lost,))]).extraction
    assert short.doubtful == ()
    long = join(first(LIBRARY[0], count=2), [further(2, *BRIDGE, doubtful=(lost,))]).extraction
    assert long.doubtful == (f"page 2: {lost}",)


def test_an_article_of_one_page_is_what_it_is() -> None:
    page = extract(bare(paragraphs(TEA)).encode(), f"{SITE}/a/1.html")
    assert join(page, [further(2, *LIBRARY)]).extraction == page


@given(st.lists(st.text("桥水船灯，。！", max_size=30), min_size=0, max_size=8), st.data())
def test_joining_loses_no_paragraph_that_is_not_kept_elsewhere(texts: list[str], data: st.DataObject) -> None:
    """Whatever the pages hold: every paragraph of each that says anything stands in what is kept."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(texts)), min_size=2, max_size=2)))
    pieces = [texts[: cuts[0]], texts[cuts[0] : cuts[1]], texts[cuts[1] :]]
    joined = join(first(*pieces[0]), [further(2, *pieces[1]), further(3, *pieces[2])]).extraction
    for text in texts:
        assert text in joined.body or not text.strip("，。！")
