"""What elements and their names mean for reading a page, as data: markup.toml."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from lxml.html import HtmlElement
from pydantic import BaseModel, ConfigDict

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HIDING = frozenset({"hide", "hidden", "none", "fold", "folded", "collapse", "collapsed"})
"""Words of a class by which style sheets hide an element."""


class Markup(BaseModel):
    """The kinds of elements, by tag and by the words in their class and id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blocks: frozenset[str]
    unread: frozenset[str]
    apart_elements: frozenset[str]
    apart: frozenset[str]
    maybe_apart: frozenset[str]

    def stands_apart(self, element: HtmlElement) -> bool | None:
        """Tell whether an element stands beside the article: True certainly, False by a name that articles have, too.

        None where nothing says so.
        """
        style = element.get("style")
        if element.tag in self.apart_elements or (style and _NOT_SHOWN.search(style)):
            return True
        return _apart_by_name(element.get("class") or "", element.get("id") or "")


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether an element is not shown, by its style, its attribute or its class."""
    if element.get("hidden") is not None or _NOT_SHOWN.search(element.get("style") or ""):
        return True
    return not _HIDING.isdisjoint(word.lower() for word in _WORD.findall(element.get("class") or ""))


@lru_cache(maxsize=4096)
def _apart_by_name(classes: str, identity: str) -> bool | None:
    words = {word.lower() for word in _WORD.findall(f"{classes} {identity}")}
    markup = bundled_markup()
    if not words.isdisjoint(markup.apart):
        return True
    return None if words.isdisjoint(markup.maybe_apart) else False


@cache
def bundled_markup() -> Markup:
    """Return the kinds of elements that come with DeltaNews."""
    content = files("crawler.extraction").joinpath("markup.toml").read_text(encoding="utf-8")
    return Markup.model_validate(tomllib.loads(content))
