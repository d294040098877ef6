"""The rules of source health by number: what each asks, what it most likely means, and where to look."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleText:
    """A rule in words."""

    question: str
    cause: str
    command: str
    """`{source}` and `{url}` stand for the source and the stored page."""


_CHECK = "deltanews sources check {source}"
_EXTRACT = "deltanews extract {url} --explain"

RULES = {
    "H1": RuleText(
        "did it run?",
        "the service does not run, its process dies, or the crawl hangs or cannot begin",
        "deltanews status",
    ),
    "H2": RuleText("is the list alive?", "the list moved, its layout changed, or the site is down", _CHECK),
    "H3": RuleText("is it fresh?", "the list that is read is no longer the one that the site keeps up", _CHECK),
    "H4": RuleText("is the list frozen?", "a cache serves an old list, or the list is no longer kept up", _CHECK),
    "H5": RuleText(
        "does the validator lie?",
        "the site says that a list is unchanged while it changes; it is asked without conditions for 7 days",
        "deltanews status",
    ),
    "H6": RuleText("are pages pages?", "articles moved, are blocked, or answer with an error page", _CHECK),
    "H7": RuleText("is text text?", "the layout of articles changed, or their charset is not what it says", _EXTRACT),
    "H8": RuleText("is it the same text?", "a text of the site is taken for that of its articles", _EXTRACT),
    "H9": RuleText("are the fields there?", "the byline of articles has another form", _EXTRACT),
    "H10": RuleText("is the time real?", "another time is read than that of publication, or in another zone", _EXTRACT),
    "H11": RuleText("are texts as long as ever?", "part of the text is missed, or more than it is read", _EXTRACT),
    "H12": RuleText("is it a flood?", "the list names pages that are no news, or the site put its archive up", _CHECK),
    "H13": RuleText("is it as relevant as ever?", "sections changed what they are about", _CHECK),
    "H14": RuleText(
        "does new code read the same?",
        "the extraction changed for this source",
        "deltanews reextract --source {source} --dry-run --report",
    ),
    "H15": RuleText("is a known article still there?", "the site moved or rewrites its articles", _EXTRACT),
    "H16": RuleText(
        "network or site?",
        "this machine's network, its proxy or its name server, or the host of these sources",
        "deltanews doctor",
    ),
    "H17": RuleText("are we welcome?", "the site limits or refuses us", "deltanews sources show {source}"),
    "H18": RuleText(
        "is it searchable?", "the index does not answer, refuses stories, or is not run", "deltanews index"
    ),
    "H19": RuleText("do messages arrive?", "the address in [scheduler] notify", "deltanews health --test-notify"),
    "H20": RuleText("who watches?", "the service was killed, hangs, or the machine was off", "deltanews status"),
}
"""All of them; docs/health.md has the thresholds."""
