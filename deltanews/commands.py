"""The table of contents of the program: every command, where it stands, and what it is for in a line.

A room's command is imported only when it is called, so that `deltanews --help` answers at once.
"""

from dataclasses import dataclass

COLLECT = "Collect"
FIND = "Find"
KEEP = "Keep"
LOOK_AFTER = "Look after"


@dataclass(frozen=True)
class Command:
    """One command of the program."""

    words: str
    """What the user types after `deltanews`; two words for a command of a group, as `sources list`."""
    where: str
    """Module and function, as `crawler.commands.crawl:crawl`."""
    panel: str
    """Heading of the help page that it stands under."""
    summary: str
    """The first line of the function's docstring, which the help page shows without importing it."""


COMMANDS = (
    Command("crawl", "crawler.commands.crawl:crawl", COLLECT, "Fetch what is new from the sources into the archive."),
    Command(
        "reextract",
        "crawler.commands.reextract:reextract",
        KEEP,
        "Run today's extraction and relevance over the kept pages, without a single request.",
    ),
    Command(
        "archive export",
        "archive.commands.export:export",
        KEEP,
        "Write the archive's articles, each in its newest revision, in the order in which they were first kept.",
    ),
    Command(
        "status",
        "deltanews.status:status",
        LOOK_AFTER,
        "Say what is kept, what is still to be done, and what somebody should look at.",
    ),
    Command(
        "doctor",
        "deltanews.doctor:doctor",
        LOOK_AFTER,
        "Say what is configured, what answers, what does not and how to mend it.",
    ),
    Command("config", "deltanews.config:config", LOOK_AFTER, "Show the effective settings and where each comes from."),
)
"""Every command, in the order of the help page."""

GROUPS: dict[str, tuple[str, str]] = {
    "archive": (KEEP, "What was collected, for use elsewhere."),
}
"""First word of the commands that share one: its panel and its line of the help page."""
