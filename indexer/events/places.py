"""Places: which of the delta's cities, districts and counties, and of other provinces, a text names."""

from functools import cache

from indexer.stories.templates import place_names

EVERYWHERE = frozenset({"上海", "江苏", "浙江", "安徽", "长三角", "长江"})
"""Named in every other report of this archive: they tell no happening from another."""


def places_in(readable_text: str) -> frozenset[str]:
    """Return the places that a readable text names."""
    names = _by_first_two()
    found = set()
    start = 0
    while start < len(readable_text) - 1:
        candidates = names.get(readable_text[start : start + 2], ())
        name = next((name for name in candidates if readable_text.startswith(name, start)), None)
        if name:
            found.add(name)
        start += len(name or " ")  # 鞍山 is not named where 马鞍山 is
    return frozenset(found)


@cache
def _by_first_two() -> dict[str, tuple[str, ...]]:
    """Return the names by their first two characters, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(place_names() - EVERYWHERE, key=lambda name: (-len(name), name)):
        found.setdefault(name[:2], []).append(name)
    return {first: tuple(names) for first, names in found.items()}
