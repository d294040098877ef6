"""What a list says of its articles: on one that is all about the delta, editors have judged already."""

from archive.article import Level, Relevance
from crawler.relevance.rules import RELATED

BY_ITS_LIST = "it stands on a list that is all about the delta"


def on_delta_list(relevance: Relevance) -> Relevance:
    """Return the relevance of an article of such a list: related at least, whatever its text says."""
    if relevance.level in {Level.CORE, Level.RELATED}:
        return relevance
    said = f"; of its text: {relevance.reason}" if relevance.reason else ""
    return relevance.model_copy(
        update={"level": Level.RELATED, "score": max(relevance.score, RELATED), "reason": BY_ITS_LIST + said}
    )
