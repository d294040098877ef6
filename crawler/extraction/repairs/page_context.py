"""What repairs may ask about the page that a body was taken from."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from crawler.extraction.boilerplate import Boilerplate


@dataclass(frozen=True)
class ParagraphPosition:
    """Where a paragraph stands on its page."""

    container: Hashable
    """What holds it: paragraphs of one container are of one text."""
    heads_links: bool = False
    """Whether links follow it at once: what it heads ends with them."""
    caption: bool = False
    """Whether it is set as the caption of a picture."""


_NOWHERE = ParagraphPosition(None)


@dataclass(frozen=True)
class PageContext:
    """The page around a body; a paragraph that is no line of the page is taken to stand with the others."""

    title: str
    boilerplate: Boilerplate
    positions: Mapping[str, ParagraphPosition] = field(default_factory=dict)

    def position(self, paragraph: str) -> ParagraphPosition:
        """Return where a paragraph stands."""
        return self.positions.get(paragraph, _NOWHERE)

    def together(self, one: str, other: str) -> bool:
        """Tell whether two paragraphs may be of one text: nothing says that they stand in different containers."""
        first, second = self.position(one).container, self.position(other).container
        return first is None or second is None or first is second
