"""Search indexes that misbehave: the embedded one, with trouble that a test orders."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from indexer.search.document import StoryDocument
from indexer.search.embedded.index import EmbeddedIndex
from indexer.search.index import IndexUnavailableError, WriteReport
from tests.deadline import DEADLINE

Trouble = Callable[[Sequence[StoryDocument]], None]


class TroubledIndex(EmbeddedIndex):
    """An embedded index that refuses some stories or is away for so many writes."""

    def __init__(self, directory: Path, *, refuses: str = "", away: int = 0) -> None:
        """`refuses` a document whose title holds this; is `away` for that many writes."""
        super().__init__(directory, lock_seconds=DEADLINE)
        self.refuses = refuses
        self.away = away
        self.before_answering: Callable[[], None] = lambda: None
        """Called when a batch is written and not yet acknowledged."""

    def write(self, documents: Sequence[StoryDocument]) -> WriteReport:
        if self.away:
            self.away -= 1
            raise IndexUnavailableError("the cluster is being moved")
        refused = {d.story_id: "title: not with me" for d in documents if self.refuses and self.refuses in d.title}
        report = super().write([document for document in documents if document.story_id not in refused])
        report.refused |= refused
        self.before_answering()
        return report


def held(index: EmbeddedIndex) -> dict[str, StoryDocument]:
    """Return what an index holds, by story id."""
    documents: Iterator[StoryDocument] = index.documents()
    return {document.story_id: document for document in documents}
