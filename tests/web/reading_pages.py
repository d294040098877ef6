"""What stands on a page: read with a parser, as a browser reads it."""

from dataclasses import dataclass

import httpx
from lxml import html


@dataclass(frozen=True)
class Link:
    """A link of a page."""

    text: str
    url: str
    is_current: bool


class Page:
    """A page that was answered."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.root = html.fromstring(response.text)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of what an XPath finds, blanks made one."""
        return [" ".join(found.text_content().split()) for found in self.root.xpath(selector)]

    def text(self, selector: str = "//main") -> str:
        """Return the text of the first of them."""
        return self.texts(selector)[0]

    def links(self, selector: str = "//main") -> list[Link]:
        """Return the links within what an XPath finds."""
        return [
            Link(" ".join(a.text_content().split()), a.get("href"), a.get("aria-current") is not None)
            for a in self.root.xpath(f"{selector}//a")
        ]

    def link(self, text: str, selector: str = "//main") -> str:
        """Return the address of the first link whose text begins so."""
        return next(link.url for link in self.links(selector) if link.text.startswith(text))
