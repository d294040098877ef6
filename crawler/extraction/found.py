"""A field of a page as it was found: its value and where it was read."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """One candidate value of a field; without a value, `origin` says why there is none."""

    value: T | None
    origin: str
    rank: float = 0.0
    """How much speaks for it; the highest wins."""


def best_of(candidates: list[Found[T]], otherwise: str) -> Found[T]:
    """Return the candidate of the highest rank, the earliest of equals; without any, the reason `otherwise`."""
    return max(candidates, key=lambda candidate: candidate.rank, default=Found(None, otherwise))
