"""Pinyin glosses, `长三角(zhǎngsānjiǎo)`: found and taken out, real bracketed words left alone.

Republishers put a pinyin reading after words, so that a copy does not look like one. A bracket is a gloss where it
follows Han characters, holds nothing but pinyin, and can be read in no more syllables than there are characters before
it. With a tone mark that is proof enough. Without one, 熊猫(panda) would do as well: such brackets go only where the
text shows the habit.
"""

import re

from text.pinyin import has_tone, syllable_counts

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3007"
_LETTERS = "a-zA-ZüÜāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿêĀÁǍÀĒÉĚÈŌÓǑÒ\u0300\u0301\u0304\u030c"
_BRACKET = re.compile(rf"(?<=[{_HAN}])[(（](?P<word>[{_LETTERS}][{_LETTERS} '’·-]{{0,60}})[)）]")
_LAST_HAN = re.compile(rf"[{_HAN}]+$")
_LONGEST_WORD = 20
_TONED_HABIT = 2
_TONELESS_HABIT = 4
"""So many brackets that could be glosses make a habit, if no other lower-case word stands in brackets as often."""


def has_gloss_habit(text: str) -> bool:
    """Tell whether a text puts pinyin after words so often that a reading without tone marks is one, too."""
    toned = toneless = others = 0
    for match in _BRACKET.finditer(text):
        word = match["word"]
        if has_tone(word):
            toned += _fits(match)
        elif word.islower():
            if _fits(match):
                toneless += 1
            else:
                others += 1
    return toned >= _TONED_HABIT or (toneless >= _TONELESS_HABIT and toneless > others)


def remove_glosses(text: str, *, habit: bool | None = None) -> str:
    """Return the text without its pinyin glosses; (AI), (G60), (套), (2021—2025年) stay.

    `habit` tells whether readings without tone marks go as well; None looks at the text itself. Of 苏州(sūzhōu)
    the word stays and its reading goes, also within brackets.
    """
    toneless_too = has_gloss_habit(text) if habit is None else habit
    while True:  # taking one reading out can bring the next one to its word: 汉(hàn)(zì)
        without = _BRACKET.sub(lambda match: _without(match, toneless_too=toneless_too), text)
        if without == text:
            return text
        text = without


def _without(match: re.Match[str], *, toneless_too: bool) -> str:
    word = match["word"]
    may_be = has_tone(word) or (toneless_too and word.islower() and len(word) > 1)  # a lone letter counts: 方案(a)
    is_gloss = may_be and _fits(match)
    return "" if is_gloss else match[0]


def _fits(match: re.Match[str]) -> bool:
    """Tell whether the bracket can be read as the Han characters right before it."""
    counts = syllable_counts(match["word"])
    before = _LAST_HAN.search(match.string[max(match.start() - _LONGEST_WORD, 0) : match.start()])
    return bool(counts) and before is not None and min(counts) <= len(before[0])
