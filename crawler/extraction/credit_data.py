"""The credit that only machines read: metadata, JSON-LD, the account that published the page."""

import re
from collections.abc import Iterator

from lxml import etree

from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found
from crawler.extraction.outlets import OUTLET, outlet_at_start

_ACCOUNT = etree.XPath("//a[@id='js_name'] | //strong[@id='js_name' or contains(@class, 'profile_nickname')]")
_METAS = (
    "source",
    "contentsource",
    "mediaid",
    "copyfrom",
    "og:article:source",
    "article:source",
    "article:author",
    "author",
)


def of_the_account(document: Document) -> Iterator[Found[str]]:
    """Yield the name of the WeChat account that published the page."""
    for element in _ACCOUNT(document.tree)[:1]:
        if value := outlet_at_start(element.text_content()):
            yield Found(value, f"css:{described(element)}", 72)


def in_data(document: Document) -> Iterator[Found[str]]:
    """Yield what metadata and JSON-LD name as the source, the publisher or an outlet that is the author."""
    for place, name in enumerate(_METAS):
        content = re.sub(r"^(?:来源|source)\s*[:：]\s*", "", document.meta(name), flags=re.IGNORECASE)
        is_person = "author" in name and OUTLET.search(content) is None
        if not is_person and "://" not in content and (value := outlet_at_start(content)):
            yield Found(value, f"meta:{name}", (50 if name not in {"author", "article:author"} else 25) - place)
    for item in document.data:
        for key, rank in (("publisher", 20), ("author", 18)):
            holder = item.get(key)
            named = holder.get("name") if isinstance(holder, dict) else holder
            if (
                isinstance(named, str)
                and (key == "publisher" or OUTLET.search(named))
                and (value := outlet_at_start(named))
            ):
                yield Found(value, f"json-ld:{key}", rank)
