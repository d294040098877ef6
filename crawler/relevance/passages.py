"""Passages: a sentence, or two of one paragraph, that reports what places or bodies of the delta do together."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.relevance.entry import Kind
from crawler.relevance.sentences import Sentence, Zone
from crawler.relevance.weighing import DECISIVE, weight_of

CERTAIN = 4.0
"""Weight from which no better passage is looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One or two sentences, and how much they say of a joint action; offsets are those of the field."""

    sentences: tuple[Sentence, ...]
    weight: float

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentences[-1].end

    @property
    def cues(self) -> tuple[str, ...]:
        """Names of the groups that speak for it."""
        return tuple(
            dict.fromkeys(
                cue.name for sentence in self.sentences for cue in sentence.cues() if cue.kind is not Kind.APART
            )
        )

    @property
    def zone(self) -> Zone:
        """Where in the article it begins."""
        return self.sentences[0].zone


def decisive_passage(sentences: Sequence[Sentence], title: str, body: str) -> Passage | None:
    """Return the passage that says most of a joint action, if any says enough; `title` and `body` are normalized.

    The first that is beyond doubt is enough, and two sentences are only looked at while none alone has said it.
    """
    best: Passage | None = None
    previous = acting = sentences[0]
    for sentence in sentences:
        in_title = sentence.zone is Zone.TITLE
        found = _passage((sentence,), title if in_title else body)
        if found is None and best is None and not in_title:
            firsts = (previous,) if previous is acting else (previous, acting)
            pairs = ((first, sentence) for first in firsts if _goes_on(first, sentence))
            found = next((passage for pair in pairs if (passage := _passage(pair, body))), None)
        if found and (best is None or found.weight > best.weight):
            best = found
            if best.weight >= CERTAIN:
                break
        previous = sentence
        if sentence.acting or sentence.names:
            acting = sentence
    return best


def _passage(sentences: tuple[Sentence, ...], text: str) -> Passage | None:
    weight = weight_of(sentences, text)
    return Passage(sentences, weight) if weight >= DECISIVE else None


def _goes_on(first: Sentence, second: Sentence) -> bool:
    """Tell whether the second sentence takes up the places of the first (两地), or tells where the first happens."""
    if first.zone is Zone.TITLE or first.paragraph != second.paragraph:
        return False
    if second.together:
        return len(second.acting) < 2  # with two of its own it sums those up
    return not (second.acting or second.names) or (first.together and not first.acting)
