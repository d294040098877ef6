"""Every kind of fault that was once found on a page, in several forms of it."""

import pytest

from crawler.extraction.extract import extract
from crawler.extraction.model import Verdict
from tests.extraction.kinds import ends, furniture, further, further_data, hidden, old, pages, runs, sentences, waiting

URL = "https://news.river.example/a/1001.html"
PAGES = {
    **ends.PAGES,
    **runs.PAGES,
    **hidden.PAGES,
    **old.PAGES,
    **further.PAGES,
    **further_data.PAGES,
    **waiting.PAGES,
    **furniture.PAGES,
    **sentences.PAGES,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_whole_and_nothing_else(name: str) -> None:
    page = PAGES[name]
    extraction = extract(page.html.encode(), URL)
    assert extraction.paragraphs == page.paragraphs
    assert extraction.verdict == page.verdict


@pytest.mark.parametrize("name", pages.PARTS)
def test_one_page_of_several_says_so(name: str) -> None:
    html, part = pages.PARTS[name]
    extraction = extract(html.encode(), URL)
    assert extraction.verdict is Verdict.ARTICLE
    assert f"page {part} of the article" in extraction.reason


@pytest.mark.parametrize("name", pages.WHOLE)
def test_a_whole_article_is_not_taken_for_a_part(name: str) -> None:
    extraction = extract(pages.WHOLE[name].encode(), URL)
    assert extraction.verdict is Verdict.ARTICLE
    assert "page" not in extraction.reason
