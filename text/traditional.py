"""Traditional characters and the simplified one that each is written as, one for one, so that offsets stay.

Characters that both scripts use (后, 里, 台) map to nothing: simplified text stays as it is. Where one simplified
character stands for several traditional ones (发 for 發 and 髮) all of them are known.
"""

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "traditional.txt"
"""Pairs, traditional then simplified: those of the OpenCC project's character dictionary (Apache-2.0) whose simplified
character is among the 3,755 commonest or in the bundled gazetteer."""


@cache
def simplified_characters() -> dict[str, str]:
    """Return the simplified character for each traditional one."""
    pairs = "".join(_TABLE.read_text(encoding="utf-8").split())
    return dict(zip(pairs[::2], pairs[1::2], strict=True))
