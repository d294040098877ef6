"""Publication: one article of the replica, with everything that a right crawl must find out about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from tests.replica.paging import Paging

Level = Literal["core", "related", "mention", "none"]
Precision = Literal["minute", "day"]


class Trait(StrEnum):
    """What is peculiar about a page: the traps of real sites."""

    GLOSSED = "glossed"
    """Printed as an aggregator prints it: pinyin after words, the text once in a block and once in paragraphs."""
    PINNED = "pinned"
    """Old, but kept at the top of its list."""
    VIDEO = "video"
    """A video whose text is a programme notice of a line or two."""
    TWICE_LISTED = "twice_listed"
    """Listed under a second spelling of its address as well (mobile page, tracking parameter, http)."""
    SCRIPTED = "scripted"
    """Its body stands in a string of a script, not in the markup."""
    SIGNED = "signed"
    """Reporters and editor stand together in the last brackets of its text, before a line on its rights."""
    LEGACY = "legacy"
    """Served in the site's older template, in GB2312 where the site had that."""


UNLISTED = "unlisted"
"""The section of pages that stand on no list: layouts that a site has left."""


@dataclass(frozen=True)
class Publication:
    """One article at one source: the oracle's row, and all that its page is printed from."""

    source: str
    section: str
    """The section whose list carries it; a search section may reach it as well."""
    story: str
    """Publications of one story are the same news; the name is the corpus' own."""
    original: bool
    """Whether it was there first; the others of its story are copies."""
    serial: int
    """Position in the corpus: what its identifiers are made of."""
    title: str
    paragraphs: tuple[str, ...]
    """The text as its page prints it, with the lead's form (`央广网合肥11月3日消息（记者…）`)."""
    published_at: datetime
    """Aware, Asia/Shanghai; to the second, though most pages print minutes and some the day."""
    level: Level
    """What the story has to do with the delta, judged by the one who wrote it."""
    precision: Precision = "minute"
    credit: str | None = None
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    byline: str | None = None
    """A line of the body that holds nothing but a name; an extraction may keep it or not."""
    traits: frozenset[Trait] = frozenset()
    url: str = ""
    """The address in its list, absolute."""
    canonical_url: str = ""
    """https, the site's own host and spelling, nothing superfluous in the query."""
    revised_at: datetime | None = None
    paging: Paging | None = None
    """How it is divided, where it is printed over several pages."""

    @property
    def relevant(self) -> bool:
        """Whether it is to be indexed."""
        return self.level in {"core", "related"}

    @property
    def body(self) -> str:
        """The paragraphs, joined by a line feed."""
        return "\n".join(self.paragraphs)

    @property
    def changed_at(self) -> datetime:
        """When its page last changed."""
        return self.revised_at or self.published_at

    def has(self, trait: Trait) -> bool:
        """Tell whether its page has a trait."""
        return trait in self.traits
