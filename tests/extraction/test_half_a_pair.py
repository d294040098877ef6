"""Half a surrogate pair, anywhere in a page: it is left out, and nothing else with it."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction
from tests.extraction.test_kinds import URL

TITLE = "四省市图书馆昨天起通借通还"
PARAGRAPHS = (
    "长三角三省一市的图书馆昨天起通借通还，读者在合肥借的书可以在湖州的任何一家分馆归还。",
    "负责这项工作的馆员说，最难的不是运书，而是把四套编目规则对上，光书号就核对了两个多月。",
    "试运行的三周里，往来最多的是儿童绘本，其次是各地的方志，老人们常常一借就是整套。",
    "每天清晨有一辆小货车从嘉善出发，沿着高速公路依次停靠六座城市，傍晚再原路返回。",
)
Half = Callable[[str], str]
"""Spells a surrogate in the language that it stands in, given its four digits."""

IN_SCRIPT: tuple[Half, ...] = ("\\u{}".format, lambda code: f"\\u{code.upper()}")
IN_MARKUP: tuple[Half, ...] = ("&#x{};".format, lambda code: f"&#{int(code, 16)};")


def _with_halves(text: str, halves: list[tuple[int, str]], spelt: Half) -> str:
    """Put halves into a text, each at a place of its own."""
    for at, code in sorted({place % (len(text) + 1): code for place, code in halves}.items(), reverse=True):
        text = f"{text[:at]}{spelt(code)}{text[at:]}"
    return text


def _json_ld(title: str, paragraphs: list[str]) -> str:
    body = "\\n".join(paragraphs)
    return (
        f'<title>{TITLE}</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}",'
        f'"datePublished":"2026-11-18T09:30:00+08:00","author":{{"name":"王小明"}},"articleBody":"{body}"}}'
        f"</script><h1>{TITLE}</h1><div id=app></div>"
    )


def _state(title: str, paragraphs: list[str]) -> str:
    content = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<title>{TITLE}</title><h1>{TITLE}</h1><script>window.__STATE__ = {{"title": "{title}", '
        f'"content": "{content}"}};</script>'
    )


def _markup(title: str, paragraphs: list[str]) -> str:
    content = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<meta property="og:title" content="{title}"><title>{title}</title><h1>{title}</h1>'
        f"<p>2026-11-18 09:30 来源：江岸新闻网</p><div class=article>{content}</div>"
    )


@cache
def _whole(page: Callable[[str, list[str]], str]) -> Extraction:
    return extract(page(TITLE, list(PARAGRAPHS)).encode(), URL)


CASES = [(_json_ld, half) for half in IN_SCRIPT]
CASES += [(_state, half) for half in IN_SCRIPT]
CASES += [(_markup, half) for half in IN_MARKUP]


@pytest.mark.parametrize(("page", "spelt"), CASES, ids=[f"{case[0].__name__}-{n}" for n, case in enumerate(CASES)])
@given(data=st.data())
@settings(max_examples=6)
def test_a_page_is_read_as_if_the_halves_were_not_there(
    page: Callable[[str, list[str]], str], spelt: Half, data: st.DataObject
) -> None:
    code = st.integers(0xD800, 0xDFFF).map("{:04x}".format)
    alone = st.lists(st.tuples(st.integers(1, 200), code), max_size=3)
    halves = [data.draw(alone) for _ in (TITLE, *PARAGRAPHS)]
    title, *paragraphs = (
        _with_halves(text, chosen, spelt) for text, chosen in zip((TITLE, *PARAGRAPHS), halves, strict=True)
    )
    found = extract(page(title, paragraphs).encode(), URL)
    assert found == _whole(page)
    found.model_dump_json().encode()
