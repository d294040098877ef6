"""What tells that a joint action is denied, refused, over or only imagined: the tables of denials, compiled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from crawler.relevance.expressions import alternation
from crawler.relevance.tables import Denial

_CLAUSE = 30
"""Characters before a word of joint action in which its denial may stand: a clause."""
_REST = 60
"""Characters behind it that are looked at, where the clause is as long."""
_QUOTATION = 40
"""Characters of a quotation that is a label rather than what somebody reports."""
_NEGATIONS = frozenset("不没未")
"""What denies a word right before it, though it says nothing of those farther on in the clause."""


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
    outcome: re.Pattern[str]
    """What says of a passage before it that nothing came of it, or that it is over."""
    revival: re.Pattern[str]
    """What says of an outcome that it was not the last."""

    @classmethod
    def compiled(cls, tables: Sequence[Denial]) -> Self:
        """Return the denials of all tables."""

        def any_of(*keys: str) -> str:
            return alternation(pattern for key in keys for table in tables for pattern in getattr(table, key))

        return cls(
            before=re.compile(f"(?:{any_of('before')})[^,。;:!?]*$"),
            after=re.compile(f"[^,。;:!?]{{0,{_REST}}}?(?:{any_of('after')})"),
            anywhere=re.compile(any_of("sentence", "anywhere")),
            doubt=re.compile(any_of("anywhere", "doubt")),
            title=re.compile(any_of("anywhere", "title")),
            outcome=re.compile(any_of("outcome")),
            revival=re.compile(any_of("revival")),
        )

    def hold(self, text: str, start: int, end: int) -> bool:
        """Tell whether the word of an action at start:end is denied right before it or in its clause, or is a label."""
        return bool(
            text[start - 1 : start] in _NEGATIONS
            or text[start - 2 : start] == "没有"
            or self.after.match(text, end)
            or self.before.search(text, max(0, start - _CLAUSE), start)
            or _is_quoted(text, start, end)
        )


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Tell whether start:end stands in a short quotation: “四省联合菜系”, “一体化协同”."""
    opened = text.rfind("“", max(0, start - _QUOTATION), start)
    if opened < 0 or text.find("”", opened, start) >= 0:
        return False
    return text.find("”", end, opened + _QUOTATION + 1) >= 0
