"""What stands beside a body in a page's data: the fields of its object are that article's, those of others are not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TITLE = re.compile(r"(?:news|article|doc|page|main|content|info|full)?(?:title|headline|biaoti)|bt")
_CREDIT = re.compile(
    r"(?:news|article|info|content|doc|from)?(?:source|origin|media|copyfrom|laiyuan|publisher|account)"
    r"(?:name|info|title|text)?|ly"
)
_EDITOR = re.compile(r"[a-z]*(?:editor|bianji|zrbj)s?(?:name|names|list|info)?")
_REPORTER = re.compile(
    r"(?:news|article)?(?:author|writer|reporter|journalist|byline|jizhe|zuozhe)s?(?:name|names|list|info)?"
)
_NO_LETTER = re.compile(r"[^a-z]")


@dataclass(frozen=True)
class Beside:
    """The strings of the object that holds a body, by their key."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The article's title; empty where there is none."""
        return next(self._called(_TITLE), ("", ""))[1]

    @property
    def credits(self) -> Iterator[tuple[str, str]]:
        """What may be the credit, each with its key."""
        return self._called(_CREDIT)

    @property
    def editors(self) -> list[str]:
        """Texts that name editors, with their label or without."""
        return [text for _, text in self._called(_EDITOR)]

    @property
    def reporters(self) -> list[str]:
        """Texts that name reporters, with their label or without."""
        return [text for _, text in self._called(_REPORTER)]

    def _called(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
        for key, texts in self.texts.items():
            if pattern.fullmatch(_NO_LETTER.sub("", key.lower())):
                yield from ((key, text) for text in texts if text.strip() and "://" not in text)


def names_title(key: str) -> bool:
    """Tell whether a key is an article's title."""
    return _TITLE.fullmatch(_NO_LETTER.sub("", key.lower())) is not None
