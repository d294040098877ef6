"""Why an extraction is what it is: left behind by the same steps that make it, never by a second layout."""

from dataclasses import dataclass

from crawler.extraction.body import Body


@dataclass(frozen=True)
class Explanation:
    """What the steps of one extraction saw and chose; the values themselves stand in the extraction."""

    encoding: str
    """What spoke for the encoding."""
    body: Body
    """Every candidate with its scores, why the winner won, and what each repair of it changed."""
    origins: dict[str, str]
    """For every field where it was read, or why it is empty."""
