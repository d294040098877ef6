"""What tells that a joint action is denied, refused, over or only imagined: the tables of denials, compiled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from crawler.relevance.expressions import alternation
from crawler.relevance.tables import Denial

_CLAUSE = 30
"""Characters before a word of joint action in which its denial may stand: a clause."""


@dataclass(frozen=True, slots=True)
class Denials:
    """Patterns over the normal form of a text."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    anywhere: re.Pattern[str]
    doubt: re.Pattern[str]
    """What speaks against the whole article, and takes no word away."""
    title: re.Pattern[str]
    """Titles that say: nothing of this is so."""

    @classmethod
    def compiled(cls, tables: Sequence[Denial]) -> Self:
        """Return the denials of all tables."""

        def any_of(*keys: str) -> str:
            return alternation(pattern for key in keys for table in tables for pattern in getattr(table, key))

        return cls(
            before=re.compile(f"(?:{any_of('before')})[^,。;:!?]*$"),
            after=re.compile(f"[^,。;:!?]*?(?:{any_of('after')})"),
            anywhere=re.compile(any_of("sentence", "anywhere")),
            doubt=re.compile(any_of("anywhere", "doubt")),
            title=re.compile(any_of("anywhere", "title")),
        )

    def hold(self, text: str, start: int, end: int) -> bool:
        """Tell whether the word of an action at start:end stands in a clause that denies it."""
        return bool(self.after.match(text, end) or self.before.search(text, max(0, start - _CLAUSE), start))
