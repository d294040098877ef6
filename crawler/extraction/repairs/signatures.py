"""Lines that say who made the report and nothing else: 记者 甲 通讯员 乙, （县民政局 丙）."""

import re

from crawler.extraction.signed import office_people, people_at_end, share_of_people

_SIGNED = 0.7
"""Share of a line that roles and names must be for it to say who made the report."""
_LONGEST = 60
_SENTENCE = re.compile(r"[。！？!?；]")


def is_signature(line: str) -> bool:
    """Tell whether a line signs the report."""
    if len(line) > _LONGEST or _SENTENCE.search(line) is not None:
        return False
    return share_of_people(line) >= _SIGNED or bool(office_people(line)) or bool(people_at_end(line))
