"""Passages: a sentence, or two of one paragraph, that reports what places or bodies of the delta do together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.relevance.denials import Denials
from crawler.relevance.denied import drop_denied
from crawler.relevance.entry import Entry, EntryKind, Match
from crawler.relevance.sentences import Sentence, Zone
from crawler.relevance.weighing import DECISIVE, weight_of

CERTAIN = 4.0
"""Weight from which no better passage is looked for."""

_FAR = 4.0
"""Weight from which a sentence is a passage that takes up places from anywhere before it."""
_FARTHEST = 100
"""Sentences before it that a number of places is looked for in, so that no page takes more than its length."""
_FOLLOWING = 4
"""Sentences after a passage, of its paragraph and the next, that may say what came of it."""
_OWN_PLACES = 2
"""Places from which a sentence that sums up (两县) speaks of its own."""
_NUMBERS = "〇一两三四五六七八九"
_REACH = 4
"""Sentences before such a one in which its places may stand: 长兴有银杏。翻过岭是宜兴。两县合修了石阶。"""


@dataclass(frozen=True, slots=True)
class ScoredPassage:
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
                cue.name for sentence in self.sentences for cue in sentence.cues if cue.kind is not EntryKind.APART
            )
        )

    @property
    def zone(self) -> Zone:
        """Where in the article it begins."""
        return self.sentences[0].zone


def decisive_passage(
    sentences: Sequence[Sentence], title: str, body: str, denials: Denials, *, enough: float = DECISIVE
) -> ScoredPassage | None:
    """Return the passage that says most of a joint action, if any says `enough`; `title` and `body` are normalized.

    The first that is beyond doubt is enough, and two sentences are only looked at while none alone has said it.
    """
    best: ScoredPassage | None = None
    elsewhere = False
    previous = acting = sentences[0]
    so_far = ambiguous = frozenset[str]()
    for at, sentence in enumerate(sentences):
        in_title = sentence.zone is Zone.TITLE
        so_far |= _provinces(sentence.acting)
        ambiguous |= _provinces(sentence.ambiguous)
        elsewhere = elsewhere or bool(sentence.outside or sentence.peers)
        found = _passage((sentence,), title if in_title else body, denials)
        says = sentence.cues or sentence.acting or sentence.names
        if found is None and best is None and says and not in_title:
            firsts = (previous,) if previous is acting else (previous, acting)
            pairs = ((first, sentence) for first in firsts if _goes_on(first, sentence, elsewhere=elsewhere))
            found = next((passage for pair in pairs if (passage := _passage(pair, body, denials))), None)
            if found is None and (sentence.together or sentence.at_home):
                taken_up = _taken_up(sentences, at, elsewhere=elsewhere)
                found = _passage((sentence,), body, denials, taken_up=taken_up) if taken_up else None
            if found is None and sentence.together and not elsewhere:
                taken_up = _the_two(sentence, so_far, ambiguous)
                found = _passage((sentence,), body, denials, taken_up=taken_up, least=_FAR) if taken_up else None
        if (
            found
            and (best is None or found.weight > best.weight)
            and not _is_over(sentences[at : at + _FOLLOWING + 1], body, denials)
        ):
            best = found
            if best.weight >= max(CERTAIN, enough):
                break
        previous = sentence
        if sentence.acting or sentence.names:
            acting = sentence
    return best if best and best.weight >= enough else None


def _is_over(sentences: Sequence[Sentence], body: str, denials: Denials) -> bool:
    """Tell whether what the first sentence reports came to nothing or is over, as it says itself or those after it."""
    first = sentences[0]
    if first.zone is Zone.TITLE:
        return False
    last = next(each for each in reversed(sentences) if each.paragraph <= first.paragraph + 1)
    outcome = denials.outcome.search(body, first.start, last.end)
    return outcome is not None and not denials.revival.search(body, outcome.start(), last.end)


def _taken_up(sentences: Sequence[Sentence], at: int, *, elsewhere: bool) -> frozenset[str]:
    """Return the provinces of places that the sentence there speaks of without naming them."""
    sentence = sentences[at]
    if sentence.together and _places(sentence) < _OWN_PLACES:
        named = _named_before(sentences[:at], sentence, elsewhere=elsewhere)
        beside = named or _provinces(sentence.acting)
        is_pair = max(map(number_of_parties, sentence.parties)) == _OWN_PLACES
        return named | _home(sentences) if is_pair and len(beside) == 1 and not sentence.outside else named
    return _home(sentences) if sentence.at_home and sentence.acting else frozenset()


def _the_two(sentence: Sentence, so_far: frozenset[str], ambiguous: frozenset[str]) -> frozenset[str]:
    """Return the two provinces that an article has named `so_far`, if it named no third: 两家 means those.

    Those of ambiguous names will do where it gives no others.
    """
    if _places(sentence) >= _OWN_PLACES or sentence.outside:
        return frozenset()
    is_pair = max(map(number_of_parties, sentence.parties)) == _OWN_PLACES
    named = so_far or ambiguous
    return named if len(named) == 2 and (is_pair or not so_far) else frozenset()


def _home(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the province of the place that an article first names: that of its newsroom, or of whom it is about.

    Of two parties of whom only one is named (对岸的水阳镇连夜送来碎石，两地合用一张图) it is the other. A sentence that
    speaks of 我院 names the others.
    """
    of_others = (_provinces(each.acting) for each in sentences if not each.at_home)
    first = next((provinces for provinces in of_others if provinces), frozenset[str]())
    return first if len(first) == 1 else frozenset()


def _named_before(before: Sequence[Sentence], last: Sentence, *, elsewhere: bool) -> frozenset[str]:
    """Return the provinces of the sentences before the last that name who may act, of its paragraph and the one before.

    Where the article also speaks of `elsewhere`, 六地 after two places of the delta means others; and where three
    places of one province were named before, 三市 means those.
    """
    naming = [
        sentence
        for sentence in before[-_REACH:]
        if sentence.acting and sentence.zone is not Zone.TITLE and sentence.paragraph >= last.paragraph - 1
    ]
    if any(sentence.outside for sentence in naming) or (elsewhere and sums_up_others(naming, last)):
        return frozenset()
    number = max(map(number_of_parties, last.parties))
    counted = [each for each in reversed(before[-_FARTHEST:]) if _cities(each) == number >= _OWN_PLACES]
    counted.sort(key=lambda each: not each.together)  # 苏州、无锡、常州三市 says of itself what 三市 is
    if counted and (len(exactly := _provinces(counted[0].acting)) == 1 or number > _OWN_PLACES):
        return frozenset() if len(exactly) == 1 else exactly  # 五家血站, however far from the five cities
    named = _provinces(match for each in naming for match in each.acting)
    if named:  # an ambiguous name among those of places is one
        named |= _provinces(match for each in (*before[-_REACH:], last) for match in each.ambiguous)
    return named


def _provinces(matches: Iterable[Match]) -> frozenset[str]:
    return frozenset[str]().union(*(match.entry.provinces for match in matches))


def _places(sentence: Sentence) -> int:
    """Return how many places a sentence names; one that is named twice is one."""
    return len(set(_entries(sentence)))


def _cities(sentence: Sentence) -> int:
    """Return how many cities a sentence names; a county is in its city."""
    return len({entry.name for entry in _entries(sentence)})


def _entries(sentence: Sentence) -> list[Entry]:
    """Return who may act by the sentence, as often as it names them; 安徽天长 is one."""
    ends = {match.end for match in sentence.acting}
    return [match.entry for match in sentence.acting if match.start not in ends]


def _passage(
    sentences: tuple[Sentence, ...],
    text: str,
    denials: Denials,
    *,
    taken_up: frozenset[str] = frozenset(),
    least: float = DECISIVE,
) -> ScoredPassage | None:
    if weight_of(sentences, text, taken_up=taken_up) < least:
        return None
    for sentence in sentences:
        drop_denied(sentence, text, denials)
    weight = weight_of(sentences, text, taken_up=taken_up)
    return ScoredPassage(sentences, weight) if weight >= least else None


def _goes_on(first: Sentence, second: Sentence, *, elsewhere: bool) -> bool:
    """Tell whether the second sentence takes up the places of the first (两地), or tells where the first happens.

    Where the article also speaks of `elsewhere`, 六地 after two places of the delta means others.
    """
    if first.zone is Zone.TITLE or first.paragraph != second.paragraph:
        return False
    if second.together and elsewhere and sums_up_others((first,), second):
        return False
    if second.together:
        return _places(second) < _OWN_PLACES  # with two of its own it sums those up
    return not (second.acting or second.names) or (first.together and not first.acting and not elsewhere)


def sums_up_others(naming: Sequence[Sentence], last: Sentence) -> bool:
    """Tell whether the last sentence sums up more places than the others name."""
    most = max((max(_places(sentence), len(sentence.provinces())) for sentence in naming), default=0)
    return max(map(number_of_parties, last.parties)) > most


def number_of_parties(party: Match) -> int:
    """Return how many places a word sums up; less than one where it does not say."""
    word = party.entry.name
    return _OWN_PLACES if word.startswith("双") else _NUMBERS.find(word[0])
