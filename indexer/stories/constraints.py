"""Constraints: what corrections say of articles whatever their texts say: what is one report, and what is not."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
"""What articles are told apart by: a number, or an address."""


def groups(pairs: Iterable[tuple[Name, Name]]) -> dict[Name, frozenset[Name]]:
    """Return of each that a pair names all that pairs hold together with it, itself included."""
    found: dict[Name, frozenset[Name]] = {}
    for one, other in pairs:
        both = found.get(one, frozenset([one])) | found.get(other, frozenset([other]))
        found.update(dict.fromkeys(both, both))
    return found


class Constraints:
    """What corrections say of articles, by their numbers."""

    def __init__(self, same: Collection[tuple[int, int]] = (), apart: Collection[tuple[int, int]] = ()) -> None:
        """Take pairs that are one report, and pairs that are not; what the first say together outweighs the second."""
        self._groups: Mapping[int, frozenset[int]] = groups(same)
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._said: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
        for word, pairs in (("same", same), ("apart", apart)):
            for pair in pairs:
                for one, other in (pair, pair[::-1]):
                    self._said[one].append((word, other))
                    if word == "apart":
                        self._apart[one].add(other)

    def one_report(self, number: int) -> frozenset[int]:
        """Return the articles that are the same report as this one, itself included."""
        return self._groups.get(number) or frozenset([number])

    def kept_apart(self, number: int) -> frozenset[int]:
        """Return the articles that are another report than this one, and so than all that are one with it."""
        together = self.one_report(number)
        return frozenset(other for one in together for other in self._apart.get(one, ())) - together

    def said_of(self, number: int) -> str:
        """Return what was said of this very article, a line each; empty where nothing was."""
        return "".join(f"\n{word} {other}" for word, other in sorted(set(self._said.get(number, ()))))


UNCONSTRAINED = Constraints()
"""Nothing was said of any article."""
