"""Ways to find the body of a page; the chooser decides among what they find."""

from dataclasses import dataclass, field

from crawler.extraction.beside import Beside
from crawler.extraction.repairs import Paragraphs


@dataclass(frozen=True)
class Candidate:
    """A body as one way of looking found it, before repairs."""

    name: str
    paragraphs: Paragraphs
    origin: str = ""
    """Where it stands: an element, a script's key, a library's option."""
    beside: Beside = field(default_factory=Beside)
    """The fields of the object that holds it, where it was read from data."""

    @property
    def size(self) -> int:
        """Characters of all paragraphs."""
        return sum(len(paragraph) for paragraph in self.paragraphs)
