"""Whom a text speaks to: an advertisement offers its reader something, a report tells what others did.

What is sold does not matter, so that news about a trade stays news: who calls the reader, asks, names terms, hurries
and gives a number solicits; who says when, by whose word and of which office reports. Both are counted by the sentence,
which makes the measure one for short texts and long ones; what stands in quotations is not said by the text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

CONVINCING = 3
"""Different signs of solicitation from which a text may report here and there and is an advertisement all the same."""
SUSPECT = 2
"""Those from which one that reports nothing at all is."""
SUSPICIOUS = 3
"""Different suspicious words that are signs too."""

REPEATED = "repeats one word"
"""Name of the sign of texts for search engines, which no pattern finds."""

_SHARE = 0.6
"""Signs to a sentence that an advertisement shows at least."""
FIRST = 12
"""Sentences that are looked at: an advertisement comes to the point, and what follows a report does not undo it."""
_BEGINNING = 400
"""Characters of a text in which a repeated word is looked for."""
_REPETITIONS = 5
_CHARACTERS_PER_REPETITION = 25

_QUOTATION = re.compile('“[^”\n]{0,80}”|「[^」\n]{0,80}」|《[^》\n]{0,60}》|"[^"\n]{0,80}"')
_HAN = re.compile("[\u4e00-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class CompiledSign:
    """One thing that a text does, and how it is recognized."""

    name: str
    pattern: re.Pattern[str]
    offers: bool = False
    """Whether an advertisement cannot do without this or another such sign."""


@dataclass(frozen=True, slots=True)
class CompiledSigns:
    """The signs of an advertisement, and those of a report."""

    solicitation: tuple[CompiledSign, ...]
    report: tuple[CompiledSign, ...]


def without_quotations(text: str) -> str:
    """Return a text as long as this one, blank where it quotes."""
    return _QUOTATION.sub(lambda found: " " * len(found.group()), text)


def solicits(sentences: Sequence[str], signs: CompiledSigns, suspicious: Collection[str]) -> list[str]:
    """Return the signs by which a text is an advertisement; none where it is not.

    Its first sentences are asked, normalized and without quotations. `suspicious` are words of spam in all of it:
    enough of them need no share of the sentences, though a report may still outweigh them.
    """
    many = len(suspicious) >= SUSPICIOUS
    found = Counter[str](sign.name for sign, _ in _shown(signs.solicitation, sentences))
    if not many and (not found or _SHARE * len(sentences) > found.total() + CONVINCING):  # as in nearly all articles
        return []
    repeated = _repeats("\n".join(sentences))
    offers = many or repeated or any(sign.offers and sign.name in found for sign in signs.solicitation)
    names = [*found, *([REPEATED] if repeated else []), *(sorted(suspicious) if many else [])]
    said = found.total() + CONVINCING * repeated + len(suspicious) * many
    if not offers or (said < _SHARE * len(sentences) and not many):
        return []
    reported = sum(1 for _ in _shown(signs.report, sentences))
    enough = len(names) >= CONVINCING and said > 2 * reported
    alone = len(names) >= SUSPECT and not reported
    return names if enough or alone else []


def _shown(signs: Iterable[CompiledSign], texts: Sequence[str]) -> Iterator[tuple[CompiledSign, str]]:
    """Yield each sign with each sentence that shows it."""
    for sign in signs:
        for text in texts:
            if sign.pattern.search(text):
                yield sign, text


def _repeats(text: str) -> bool:
    """Tell whether three characters come again and again, as in a text that is made to be found."""
    text = text[:_BEGINNING]
    threes = Counter(run[at : at + 3] for run in _HAN.findall(text) for at in range(len(run) - 2))
    most = max(threes.values(), default=0)
    return most >= _REPETITIONS and most * _CHARACTERS_PER_REPETITION >= len(text)
