"""The phrases that pages print around an article, as data: boilerplate.toml, compiled and validated."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.errors import DeltaNewsError
from text.width import squash

_FILE = "boilerplate.toml"
_LONGEST = 600
"""Characters beyond which a line is not looked at; no phrase may be longer."""


class BoilerplateError(DeltaNewsError):
    """The file of phrases is wrong; the message names file, key and reason."""


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    if not patterns:
        raise ValueError("patterns is empty")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is not a regular expression: {error}") from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


class Phrase(BaseModel):
    """One kind of line around an article."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    most: Annotated[int, Field(gt=0, le=_LONGEST)]
    """Characters beyond which a line is not taken for it."""
    patterns: Annotated[re.Pattern[str], BeforeValidator(_compiled)]

    def fits(self, squashed: str) -> bool:
        """Tell whether a squashed line is of this kind."""
        return len(squashed) <= self.most and self.patterns.search(squashed) is not None


class Boilerplate(BaseModel):
    """All kinds of lines around an article, by where they may stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: tuple[Phrase, ...]
    end: tuple[Phrase, ...]
    head: tuple[Phrase, ...]

    def is_line(self, text: str) -> bool:
        """Tell whether a line is boilerplate wherever it stands."""
        return _any_fits(self.line, text)

    def is_end(self, text: str) -> bool:
        """Tell whether a line ends an article."""
        return _any_fits(self.end, text)

    def is_head(self, text: str) -> bool:
        """Tell whether a line belongs to the byline above an article."""
        return _any_fits(self.head, text)

    def is_any(self, text: str) -> bool:
        """Tell whether a line is boilerplate of any kind."""
        return _any_fits((*self.line, *self.end, *self.head), text)


def _any_fits(phrases: tuple[Phrase, ...], text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    squashed = squash(text)
    return any(phrase.fits(squashed) for phrase in phrases)


def read_boilerplate(content: str, name: str = _FILE) -> Boilerplate:
    """Return the phrases of a TOML text; BoilerplateError names the file, the key and the reason."""
    try:
        return Boilerplate.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise BoilerplateError(f"{name}: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"])
        raise BoilerplateError(f"{name}: {key}: {problem['msg']}") from error


@cache
def bundled_boilerplate() -> Boilerplate:
    """Return the phrases that come with DeltaNews."""
    return read_boilerplate(files("crawler.extraction").joinpath(_FILE).read_text(encoding="utf-8"))
