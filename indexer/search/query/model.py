"""The query language: what a user types, as a tree that every search index translates for itself."""

from dataclasses import dataclass

from core.time import Period


@dataclass(frozen=True)
class Everything:
    """Matches every story: the empty query and `*`."""


@dataclass(frozen=True)
class Phrase:
    """Text that must stand in the story, letter for letter after width and case are folded."""

    text: str
    field: str | None = None
    """A name of `indexer.search.fields`; None: title or body."""


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Or:
    """At least one of them."""

    parts: tuple["Query", ...]


@dataclass(frozen=True)
class Not:
    """None of it."""

    part: "Query"


Query = Everything | Phrase | Period | And | Or | Not
"""A Period matches where the story's time (`timeline_at`) lies in it."""
