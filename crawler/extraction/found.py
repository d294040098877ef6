"""A field of a page as it was found: its value and where it was read."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """One reading of one field; without a value, `origin` says why there is none."""

    value: T | None
    origin: str
    rank: float = 0.0
    """How much speaks for it; the highest wins."""


def best_of(readings: list[Found[T]], otherwise: str) -> Found[T]:
    """Return the reading of the highest rank, the earliest of equals; without any, the reason `otherwise`."""
    return max(readings, key=lambda reading: reading.rank, default=Found(None, otherwise))
