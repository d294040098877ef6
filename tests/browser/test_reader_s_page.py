"""The reader's page in a real Chromium: search, filter, event and story by keyboard and mouse, and hostile texts."""

from typing import Any  # what playwright gives: the extra js is not where types are checked

import pytest

from tests.web.newsroom import RAILWAY


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator("ol.list h2").all_inner_texts()
    return found


def test_search_and_filter_without_loading_the_page_anew(page: Any, site: str) -> None:
    page.goto("/search")
    page.evaluate("window.stayed = true")
    page.get_by_label("搜索词").fill("长三角")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.get_by_role("link", name="按报道").click()
    page.wait_for_url("**by=story*")
    page.locator("ol.list li").nth(3).wait_for()
    assert titles(page)[0] == RAILWAY
    page.locator("aside").get_by_role("link", name="安徽 2").click()
    page.wait_for_url("**province=*")
    page.locator("aside a[aria-current]", has_text="安徽").wait_for()
    assert RAILWAY not in titles(page)
    assert page.evaluate("window.stayed") is True
    page.go_back()
    page.wait_for_function("() => !location.search.includes('province')")
    page.locator("ol.list h2", has_text=RAILWAY).wait_for()


def test_another_word_keeps_unit_and_order(page: Any) -> None:
    page.goto("/search?q=长三角")
    page.get_by_role("link", name="按报道").click()
    page.wait_for_url("**by=story*")
    page.locator("input[form=search][name=by]").wait_for(state="attached")
    page.get_by_label("搜索词").fill("铁路")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url("**q=%E9%93%81%E8%B7%AF&by=story")


def test_a_bar_of_the_histogram_filters(page: Any) -> None:
    page.goto("/search?q=长三角&by=story")
    page.locator("figure a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**since=2026-11-*")
    page.locator("figure a.chosen").wait_for()
    assert titles(page) == [RAILWAY]


def test_from_the_day_to_the_event_and_who_copied_it(page: Any) -> None:
    """The walk of a first reader: two clicks from the page of the day to the original and what its copy cut."""
    page.goto("/?day=2026-11-20")
    page.locator("ol.leads a").first.click()
    assert "看看新闻" in page.locator("ol.timeline").inner_text()
    page.locator("section.report h3 a").first.click()
    assert "未署原媒体" in page.locator("#copies").inner_text()
    assert page.locator("#copies del").count() == 1


def test_the_first_stop_of_the_keyboard_skips_to_the_text(page: Any) -> None:
    page.goto("/?day=2026-11-20")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'page'")


def test_hostile_texts_are_inert(page: Any) -> None:
    page.goto("/search?topic=<i>主题&by=story")
    assert page.title() != "taken"
    page.locator("ol.list h2 a").click()
    page.wait_for_url("**/story/*")
    assert "taken" in page.locator("h1").inner_text(), "it is text"
    assert page.title() not in {"taken", "1"}
    assert page.locator("main script, main svg, main img").count() == 0


@pytest.mark.parametrize("width", [360, 1280, 1920])
@pytest.mark.parametrize(
    "path",
    [
        "/?day=2026-11-20",
        "/search?q=长三角&by=story",
        "/search?topic=<i>主题&by=story",
        "/outlets?week=2026-11-20",
        "/cities?week=2026-11-20",
    ],
)
def test_nothing_is_wider_than_the_screen(page: Any, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
