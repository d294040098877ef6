"""Words of joint action in a sentence that says it is not so: they count for nothing."""

from crawler.relevance.denials import Denials
from crawler.relevance.entry import EntryKind, Match
from crawler.relevance.sentences import BODIES, Sentence, Zone


def drop_denied(sentence: Sentence, text: str, denials: Denials) -> None:
    """Drop what the sentence denies, asks for or only quotes, once.

    Whatever is dropped speaks for a joint action: where a sentence says too little with it, this need not be asked.
    """
    if sentence.denied_dropped:
        return
    sentence.denied_dropped = True
    everything = _asks(sentence, text) or denials.anywhere.search(text, sentence.start, sentence.end)

    def is_denied(match: Match) -> bool:
        return bool(everything) or denials.hold(text, match.start, match.end)

    sentence.links = tuple(match for match in sentence.links if not is_denied(match))
    for cue, found in list(sentence.cues.items()):
        if cue.kind is EntryKind.PREDICATE and cue.name != BODIES:
            sentence.cues[cue] = [match for match in found if not is_denied(match)]
            if not sentence.cues[cue]:
                del sentence.cues[cue]


def _asks(sentence: Sentence, text: str) -> bool:
    """Tell whether a sentence asks; a title that does so announces what its text reports."""
    return sentence.zone is not Zone.TITLE and text[sentence.start : sentence.end].rstrip("\n").endswith("?")
