"""How near a line stands to the headline, counted in the links between them.

A report begins right under its headline; readers' comments and the summaries of other articles may be longer than it,
but there are links before them. Share bars above the first prose do not count.
"""

from collections.abc import Sequence

from crawler.extraction.lines import Line

_PATIENCE = 5
"""Links below the first prose after which a line is half as near."""
_ABOVE = 0.5
"""Nearness of everything above the headline."""
_LEDE = 30
"""Characters of the first prose under the headline."""


def proximity(lines: Sequence[Line], headline: int | None) -> list[float]:
    """Return the proximity of each line, 0 to 1; 1 for all where the headline's index is not known."""
    if headline is None:
        return [1.0] * len(lines)
    near = [_ABOVE] * headline
    begun, links = False, 0
    for line in lines[headline:]:
        aside = line.is_link or line.apart
        begun = begun or (not aside and line.is_prose and line.own >= _LEDE)
        links += begun and aside
        near.append(_PATIENCE / (_PATIENCE + links))
    return near
