"""Script: traditional characters and their simplified forms, as a table of single characters.

The table is a file of the project and no package's, since stored candidate keys depend on every entry of it: a change
of the table is a change of `ALGORITHM`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def simplified_of() -> Mapping[str, str]:
    """Return each traditional or variant character with the simplified one that it is compared as."""
    lines = (Path(__file__).parent / "traditional.txt").read_text("utf-8").splitlines()
    return {variant: line[0] for line in lines if not line.startswith("#") for variant in line[1:]}
