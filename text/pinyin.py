"""Pinyin: which letters are a syllable, and how many syllables a word has."""

import unicodedata
from functools import cache

_INITIALS_BY_FINAL = {
    "a": "_ b p m f d t n l g k h zh ch sh z c s",
    "o": "_ b p m f l",
    "e": "_ m d t n l g k h zh ch sh r z c s",
    "ai": "_ b p m d t n l g k h zh ch sh z c s",
    "ei": "_ b p m f d t n l g k h zh sh z s",
    "ao": "_ b p m d t n l g k h zh ch sh r z c s",
    "ou": "_ p m f d t n l g k h zh ch sh r z c s",
    "an": "_ b p m f d t n l g k h zh ch sh r z c s",
    "en": "_ b p m f d n g k h zh ch sh r z c s",
    "ang": "_ b p m f d t n l g k h zh ch sh r z c s",
    "eng": "_ b p m f d t n l g k h zh ch sh r z c s",
    "er": "_",
    "ong": "d t n l g k h zh ch r z c s",
    "i": "b p m d t n l j q x zh ch sh r z c s y",
    "ia": "d l j q x",
    "ie": "b p m d t n l j q x",
    "iao": "b p m d t n l j q x",
    "iu": "m d n l j q x",
    "ian": "b p m d t n l j q x",
    "in": "b p m n l j q x y",
    "iang": "n l j q x",
    "ing": "b p m d t n l j q x y",
    "iong": "j q x",
    "u": "b p m f d t n l g k h zh ch sh r z c s j q x y w",
    "ua": "g k h zh ch sh r",
    "uo": "d t n l g k h zh ch sh r z c s",
    "uai": "g k h zh ch sh",
    "ui": "d t g k h zh ch sh r z c s",
    "uan": "d t n l g k h zh ch sh r z c s j q x y",
    "un": "d t n l g k h zh ch sh r z c s j q x y",
    "uang": "g k h zh ch sh",
    "ue": "n l j q x y",
    "ü": "n l",
    "üe": "n l",
}
_WHOLE = "ya yao ye you yan yang yo yong yuan wa wo wai wei wan wen wang weng n ng m hm"
_LONGEST = 6
_TONES = frozenset("\u0304\u0301\u030c\u0300")
"""Macron, acute, caron, grave: the four tones as combining marks."""


@cache
def syllables() -> frozenset[str]:
    """Return every syllable of Standard Chinese in Hanyu Pinyin, without tones, in lower case."""
    spelled = {
        ("" if initial == "_" else initial) + final
        for final, initials in _INITIALS_BY_FINAL.items()
        for initial in initials.split()
    }
    return frozenset(spelled | set(_WHOLE.split()))


def has_tone(word: str) -> bool:
    """Tell whether a letter of the word carries a tone mark."""
    return not _TONES.isdisjoint(unicodedata.normalize("NFD", word))


def syllable_counts(word: str) -> frozenset[int]:
    """Return in how many syllables the word can be read (xian is one or two); empty where it is not pinyin.

    Tone marks, blanks, apostrophes and hyphens do not matter; v stands for ü.
    """
    letters = "".join(mark for mark in unicodedata.normalize("NFD", word.lower()) if mark not in _TONES)
    letters = unicodedata.normalize("NFC", letters).replace("v", "ü")
    letters = "".join(letter for letter in letters if letter not in " '’·-")
    reachable: list[set[int]] = [{0}, *(set() for _ in letters)]
    for start, counts in enumerate(reachable):
        if counts:
            for end in range(start + 1, min(start + _LONGEST, len(letters)) + 1):
                if letters[start:end] in syllables():
                    reachable[end] |= {count + 1 for count in counts}
    return frozenset(reachable[-1] - {0})
