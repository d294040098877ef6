"""What elements and their names mean for reading a page, as data: markup.toml."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class Markup(BaseModel):
    """The kinds of elements, by tag and by the words in their class and id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blocks: frozenset[str]
    unread: frozenset[str]
    apart_elements: frozenset[str]
    apart: frozenset[str]
    maybe_apart: frozenset[str]


@cache
def bundled_markup() -> Markup:
    """Return the kinds of elements that come with DeltaNews."""
    content = files("crawler.extraction").joinpath("markup.toml").read_text(encoding="utf-8")
    return Markup.model_validate(tomllib.loads(content))
