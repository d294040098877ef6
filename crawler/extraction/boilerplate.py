"""The phrases that pages print around an article, as data: boilerplate.toml, compiled and validated."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.errors import DeltaNewsError
from core.mistakes import plain_mistake
from text.width import squash

_FILE = "boilerplate.toml"
_LONGEST = 600
"""Characters beyond which a line is not looked at; no phrase may be longer."""
_MOST_KNOWN = 4_000
"""Lines whose kinds are remembered."""
_SENTENCE = re.compile(r"[。;][”’\"'」』]?$")


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


class BoilerplatePhrase(BaseModel):
    """One kind of line around an article."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    most: Annotated[int, Field(gt=0, le=_LONGEST)]
    """Characters beyond which a line is not taken for it."""
    patterns: Annotated[re.Pattern[str], BeforeValidator(_compiled)]
    sentences: bool = False
    """Whether such a line may be a sentence: a full stop at its end mostly tells an article's own."""

    def fits(self, squashed: str, *, sentence: bool) -> bool:
        """Tell whether a squashed line is of this kind; `sentence` tells whether it ends as one."""
        if len(squashed) > self.most or (sentence and not self.sentences):
            return False
        return self.patterns.search(squashed) is not None


def _fitting(phrases: Iterable[BoilerplatePhrase], squashed: str) -> Iterator[BoilerplatePhrase]:
    sentence = _SENTENCE.search(squashed) is not None
    return (phrase for phrase in phrases if phrase.fits(squashed, sentence=sentence))


class _Kinds(NamedTuple):
    """What a line is."""

    line: bool
    end: bool
    head: bool
    comments: bool
    rights: bool


_NOTHING = _Kinds(line=False, end=False, head=False, comments=False, rights=False)


class Boilerplate(BaseModel):
    """All kinds of lines around an article, by where they may stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: tuple[BoilerplatePhrase, ...]
    end: tuple[BoilerplatePhrase, ...]
    head: tuple[BoilerplatePhrase, ...]
    edge: tuple[BoilerplatePhrase, ...]

    def is_line(self, text: str) -> bool:
        """Tell whether a line is boilerplate wherever it stands."""
        return self._kinds(text).line

    def is_end(self, text: str) -> bool:
        """Tell whether a line ends an article."""
        return self._kinds(text).end

    def is_comments(self, text: str) -> bool:
        """Tell whether a line heads readers' comments."""
        return self._kinds(text).comments

    def is_notice_of_rights(self, text: str) -> bool:
        """Tell whether a line says whose the text is and who answers for it."""
        return self._kinds(text).rights

    def is_edge(self, text: str) -> bool:
        """Tell whether a line is no part of the article where nothing of it follows."""
        return len(text) <= _LONGEST and any(_fitting(self.edge, squash(text)))

    def is_head(self, text: str) -> bool:
        """Tell whether a line belongs to the byline above an article."""
        return self._kinds(text).head

    def is_any(self, text: str) -> bool:
        """Tell whether a line is boilerplate of any kind."""
        kinds = self._kinds(text)
        return kinds.line or kinds.end or kinds.head

    @cached_property
    def _kinds(self) -> Callable[[str], _Kinds]:
        """What a line is; several steps ask this of the same lines, so the last answers are remembered."""
        return lru_cache(maxsize=_MOST_KNOWN)(self._find_kinds)

    def _find_kinds(self, text: str) -> _Kinds:
        if len(text) > _LONGEST:
            return _NOTHING
        squashed = squash(text)
        ends = {phrase.name for phrase in _fitting(self.end, squashed)}
        return _Kinds(
            line=any(_fitting(self.line, squashed)),
            end=bool(ends),
            head=any(_fitting(self.head, squashed)),
            comments="comments" in ends,
            rights="rights" in ends,
        )


def read_boilerplate(content: str, name: str = _FILE) -> Boilerplate:
    """Return the phrases of a TOML text; BoilerplateError names the file, the key and the reason."""
    try:
        return Boilerplate.model_validate(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise BoilerplateError(f"{name}: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"])
        raise BoilerplateError(f"{name}: {key}: {plain_mistake(problem)}") from error


@cache
def bundled_boilerplate() -> Boilerplate:
    """Return the phrases that come with DeltaNews."""
    return read_boilerplate(files("crawler.extraction").joinpath(_FILE).read_text(encoding="utf-8"))
