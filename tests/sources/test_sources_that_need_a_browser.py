"""Without the extra `js`, as here: what needs a browser is off or refused, and says how to get one."""

from pathlib import Path

import pytest

from crawler.sources.loader import SourceError, active_sources, load_sources
from crawler.sources.rendering import can_render
from tests.product import Product
from tests.sources.records import write

ADVICE = "pip install 'deltanews[js]'"

pytestmark = pytest.mark.skipif(can_render(), reason="the extra js is installed")


@pytest.mark.parametrize(
    "words",
    [
        ("crawl", "cztv"),
        ("crawl", "--url", "https://www.cztv.com/newsDetail/901226"),
        ("sources", "check", "cztv"),
    ],
)
def test_a_source_that_needs_one_is_refused_in_one_line(product: Product, words: tuple[str, ...]) -> None:
    shown = product.run(*words, expect=[2]).stderr
    assert shown.startswith("deltanews: cztv cannot be crawled here: its pages need a browser")
    assert ADVICE in shown
    assert shown.count("\n") == 1


def test_one_that_a_user_switched_on_is_off_and_says_why(tmp_path: Path) -> None:
    write(tmp_path, "application", keys='render = "browser"\nenabled = true')
    sources = load_sources(bundled=False, folders=[tmp_path])
    assert not sources["application"].enabled
    assert ADVICE in sources["application"].disabled_because
    with pytest.raises(SourceError, match="application cannot be crawled here"):
        active_sources(sources, ["application"])


def test_the_doctor_says_which_sources_are_off_for_want_of_one(tmp_path: Path, product: Product) -> None:
    write(tmp_path, "application", keys='render = "browser"\nenabled = true')
    product.configure(crawler={"source_folders": [str(tmp_path)]})
    shown = product.run("doctor", expect=[0, 1]).stdout
    assert "application: off for want of a browser" in shown
    assert ADVICE in shown
    product.configure(crawler={"source_folders": []})


def test_no_source_that_is_on_needs_one() -> None:
    assert all(source.render == "none" for source in load_sources(party_media=True).values() if source.enabled)
