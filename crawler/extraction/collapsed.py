"""The rest of an article that is not shown until 展开全文 is pressed: shown, and the button gone."""

import re

from lxml.html import HtmlElement

from crawler.extraction.markup import is_hidden
from text.width import han_count, tidy

_BUTTON = re.compile(
    r"\W*(?:点击|轻触|点此)?(?:(?:展开|阅读|查看|显示|浏览|继续)+(?:剩余|余下|更多|全部|全|原)?(?:全?文|内容|正文|部分|阅读)?|余下全文|全文|继续阅读)"
    r"(?:[(（]?(?:剩余|还有)?\d{1,4}(?:%|字)[)）]?)?(?:阅读)?\W*"
)
_WORDS = ("展开", "全文", "剩余", "余下", "继续阅读")
_BUTTONS = f"//text()[{' or '.join(f'contains(., {word!r})' for word in _WORDS)}]"
_POINTS = re.compile(r"[，。！？；]")
_ASKS = re.compile(r"登录|登陆|注册|验证码|二维码|客户端|APP")
_SHORT = 150
"""Characters up to which a part that asks for something (to log in, to scan) is no rest of an article."""
_MOST = 20
"""Characters beyond which a text is no button."""
_HIGH = 4
"""How many elements around a button are looked at."""
_APART = 2
"""How many elements may stand between a button and what it opens."""
_PROSE = 12
"""Han characters from which a part that is not shown can be the rest of an article."""


def expand(tree: HtmlElement, source: str) -> None:
    """Show what stands beside a button that opens it, and take the button's words away.

    `source` is the text that the tree was parsed from.
    """
    if not any(word in source for word in _WORDS):
        return
    for text in tree.xpath(_BUTTONS):
        if len(text) <= _MOST * 4 and len(words := tidy(text)) <= _MOST and _BUTTON.fullmatch(words):
            button = text.getparent()
            if text.is_tail:
                continue
            if _shown(button):
                button.text = None


def _shown(button: HtmlElement) -> bool:
    """Show the parts beside the button that it opens; tell whether there were any."""
    branch = button
    for _ in range(_HIGH):
        parent = branch.getparent()
        if parent is None:
            return False
        at, brothers = parent.index(branch), list(parent)
        rest = _run(list(reversed(brothers[:at]))) + _run(brothers[at + 1 :])
        if rest:
            for element in rest:
                for attribute in ("style", "hidden", "aria-hidden", "class", "id"):
                    element.attrib.pop(attribute, None)
            return True
        branch = parent
    return False


def _run(elements: list[HtmlElement]) -> list[HtmlElement]:
    """Return the hidden parts with text that begin within a few elements, as far as they stand together."""
    start = next((index for index, element in enumerate(elements[: _APART + 1]) if _waits(element)), None)
    if start is None:
        return []
    end = next((index for index in range(start, len(elements)) if not _waits(elements[index])), len(elements))
    return elements[start:end]


def _waits(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or not is_hidden(element):
        return False
    text = element.text_content()
    if len(text) <= _SHORT and _ASKS.search(text):
        return False
    return han_count(text) >= _PROSE and _POINTS.search(text) is not None
