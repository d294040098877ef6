"""Credit: whether what a page says of its origin names a source."""

import re
from functools import lru_cache

from text.width import squash

_PAPER = re.compile(
    "日报|晚报|早报|时报|周报|晨报|都市报|新华社|新华网|中新社|中新网|中国新闻网|人民网|央视|央广|中国经济网|光明网"
)
_LEADING = re.compile(r"^(?:来源|稿源|转自|据)[::]?")


def names_paper_or_agency(credit: str) -> bool:
    """Tell whether a credit names a paper, an agency or a national broadcaster: one that others take reports from."""
    return bool(_PAPER.search(squash(credit)))


@lru_cache(4096)
def names(credit: str | None, source: str, source_title: str) -> bool:
    """Tell whether a credit names the source: by its name, by its title or a part of it, or by a programme of its own.

    A broadcaster credits its programmes (安徽新闻联播 on the pages of 安徽网络广播电视台): the same place in front is
    taken for the same outlet, unless it is a paper or an agency.
    """
    if not credit:
        return False
    name = _LEADING.sub("", squash(credit)).lower()
    titles = [title for title in (squash(source).lower(), squash(source_title).lower()) if len(title) >= 2]
    if len(name) < 2:
        return False
    if any(title in name or name in title for title in titles):
        return True
    paper = bool(_PAPER.search(name))
    return any(
        title[:2] == name[:2] and not title.isascii() and paper == bool(_PAPER.search(title)) for title in titles
    )
