"""Whom a text speaks to: an advertisement offers its reader something, a report tells what others did.

What is sold does not matter, so that news about a trade stays news: who calls the reader, asks, names terms, hurries and
gives a number solicits; who says when, by whose word and of which office reports. Both are counted by the sentence, which
makes the measure one for short texts and long ones; what stands in quotations is not said by the text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CONVINCING = 3
"""Different signs of solicitation from which a text may report here and there and is an advertisement all the same."""
SUSPECT = 2
"""Those from which one that reports nothing at all is."""

REPEATED = "repeats one word"
"""Name of the sign of texts for search engines, which no pattern finds."""

_BEGINNING = 400
"""Characters of a text in which a repeated word is looked for."""
_REPETITIONS = 5
_CHARACTERS_PER_REPETITION = 25

_QUOTATION = re.compile("“[^”\n]{0,80}”|「[^」\n]{0,80}」|《[^》\n]{0,60}》|\"[^\"\n]{0,80}\"")
_HAN = re.compile("[\u4e00-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that a text does, and how it is recognized."""

    name: str
    pattern: re.Pattern[str]
    offers: bool = False
    """Whether an advertisement cannot do without this or another such sign."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of an advertisement, and those of a report."""

    solicitation: tuple[Sign, ...]
    report: tuple[Sign, ...]


def solicits(sentences: Sequence[str], signs: Signs) -> list[str]:
    """Return the names of the signs by which normalized sentences are an advertisement; none where they are not."""
    texts = [_QUOTATION.sub(" ", sentence) for sentence in sentences]
    found = Counter[str](sign.name for sign, _ in _shown(signs.solicitation, texts))
    repeated = _repeats("\n".join(sentences))
    if not repeated and not any(sign.offers and sign.name in found for sign in signs.solicitation):
        return []
    reported = sum(1 for _ in _shown(signs.report, texts))
    names = [*found, *([REPEATED] if repeated else [])]
    said = found.total() + CONVINCING * repeated
    convincing = len(names) >= CONVINCING and said > 2 * reported and 5 * said >= 3 * len(texts)
    suspect = len(names) >= SUSPECT and not reported and 5 * said >= 3 * len(texts)
    return names if convincing or suspect else []


def _shown(signs: Iterable[Sign], texts: list[str]) -> Iterator[tuple[Sign, str]]:
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
