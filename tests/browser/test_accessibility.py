"""No page has what axe-core finds fault with, light or dark, wide or as narrow as a telephone."""

from typing import Any  # what playwright gives: the extra js is not where types are checked

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the group browser is not installed")

PAGES = (
    "/?day=2026-11-20&province=浙江",
    "/search?q=长三角&by=story&province=江苏",
    "/search?q=长三角&since=2026-11-20&until=2026-11-20",
    "/search?q=没有的词 铁路",
    "/search?q=(",
    "/outlets?week=2026-11-20",
    "/cities?week=2026-11-20",
    "/sign-in",
    "/nothing",
)


def faults_of(page: Any) -> list[str]:
    found = axe.Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_core_finds_no_fault(chromium: Any, site: str, scheme: str, width: int) -> None:
    page = chromium.new_page(base_url=site, color_scheme=scheme, viewport={"width": width, "height": 900})
    found = walk(page)
    page.close()
    assert not found, "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults)


def walk(page: Any) -> dict[str, list[str]]:
    """Return what is wrong with each page, those of an event and a story included."""
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = faults_of(page)
    page.goto("/?day=2026-11-20")
    page.locator("ol.leads a").first.click()
    found["event"] = faults_of(page)
    page.locator("section.report h3 a").first.click()
    found["story"] = faults_of(page)
    return {path: wrong for path, wrong in found.items() if wrong}
