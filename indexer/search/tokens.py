"""The words of a text, exactly as Elasticsearch's analysis sees them, for the embedded index, queries and highlights.

Elasticsearch cuts a text with its `standard` tokenizer (Unicode's UAX #29 as Lucene spells it), then `cjk_width`,
`lowercase` and `cjk_bigram`. Here a text becomes *runs*: a word in Latin letters or digits (`g60`, `3.5`) is one run of
one unit; Chinese, Japanese and Korean characters without anything between them are one run of one unit a character.
Two neighbouring units of a CJK run are a bigram. A property test compares both with a real server's `_analyze`.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex  # type: ignore[import-untyped]  # it ships no types

_MARKS = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+"
_KATAKANA = rf"(?:\p{{WB=Katakana}}{_MARKS})"
_LETTER = rf"(?:[\p{{WB=ALetter}}\p{{WB=Hebrew_Letter}}]{_MARKS})"
_DIGIT = rf"(?:[\p{{WB=Numeric}}\uff10-\uff19]{_MARKS})"
_MID_LETTER = rf"(?:[\p{{WB=MidLetter}}\p{{WB=MidNumLet}}']{_MARKS})"
_MID_DIGIT = rf"(?:[\p{{WB=MidNum}}\p{{WB=MidNumLet}}']{_MARKS})"
_JOINER = rf"(?:\p{{WB=ExtendNumLet}}{_MARKS})"
_DIGITS = rf"{_DIGIT}(?:(?:{_JOINER}*|{_MID_DIGIT}){_DIGIT})*"
_LETTERS = rf"{_LETTER}(?:(?:{_JOINER}*|{_MID_LETTER}){_LETTER})*"
_CORE = rf"(?:{_KATAKANA}(?:{_JOINER}*{_KATAKANA})*|(?:{_DIGITS}|{_LETTERS})+)"
_HANGUL = rf"(?:[\p{{Script=Hangul}}&&\p{{WB=ALetter}}]{_MARKS})"
_SINGLE = rf"(?:[[\p{{Script=Han}}\p{{Script=Hiragana}}]--[\p{{WB=ALetter}}\p{{WB=Katakana}}]]{_MARKS})"
# Extended_Pictographic of Unicode 12.1, which Lucene knows; later versions took signs such as ★ out.
_PICTURES = (
    r"©®‼⁉™ℹ↔-↙↩-↪⌚-⌛⌨⎈⏏⏩-⏳⏸-⏺Ⓜ▪-▫▶◀◻-◾☀-★☇-☒☔-⚅⚐-✅✈-✒✔✖✝✡✨✳-✴❄❇❌❎❓-❕❗❣-❧➕-➗➡➰➿⤴-⤵⬅-⬇⬛-⬜⭐⭕〰〽㊗㊙"
    r"\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e-\U0001f17f\U0001f18e"
    r"\U0001f191-\U0001f19a\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a"
    r"\U0001f23c-\U0001f23f\U0001f249-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff\U0001f774-\U0001f77f"
    r"\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f\U0001f888-\U0001f88f"
    r"\U0001f8ae-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001fffd"
)
_PICTOGRAPH = rf"(?:[{_PICTURES}][\U0001f3fb-\U0001f3ff\p{{WB=Extend}}\p{{WB=Format}}]*+)"
_TOKEN = regex.compile(
    rf"""(?P<characters>{_SINGLE}++)
    |(?P<word>{_JOINER}*+{_CORE}(?:{_JOINER}+{_CORE})*{_JOINER}*+|(?:\p{{LB=SA}}{_MARKS})++)
    |(?P<picture>\u200d?{_PICTOGRAPH}(?:\u200d+{_PICTOGRAPH})*+\u200d*+{_MARKS}|(?:\p{{WB=RI}}{_MARKS}){{2}}|[#*]\ufe0f?\u20e3{_MARKS})
    |(?P<nothing>{_JOINER}++)""",
    regex.VERBOSE | regex.VERSION1,
)
_SYLLABLES = regex.compile(rf"{_KATAKANA}+|{_HANGUL}+", regex.VERSION1)
"""A word of one of these scripts alone is cut into characters, as Chinese is."""

_MAX_WORD = 255
"""Lucene cuts a longer word into pieces of this many characters."""

_HALF_KANA = (
    "・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
)
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0xFF65 + index: ord(character) for index, character in enumerate(_HALF_KANA)
}
_FIRST_WITH_WIDTH = "\uff00"
_HALF_MARKS = regex.compile("(?P<kana>[\u30a6-\u30fd]?)(?P<mark>[\uff9e\uff9f])")


class TokenRun(NamedTuple):
    """A stretch of text that nothing interrupts; `start` and `end` are characters of the text as it was given."""

    units: str | tuple[str]
    """Folded: the characters of a CJK run, or one word."""
    start: int
    end: int

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each unit stands; the whole run for each where folding changed the number of characters (ﾊﾞ → バ)."""
        if len(self.units) == self.end - self.start:
            return [(at, at + 1) for at in range(self.start, self.end)]
        return [(self.start, self.end)] * len(self.units)


def runs(text: str) -> Iterator[TokenRun]:
    """Yield the runs of a text in order."""
    pending: TokenRun | None = None
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "nothing":  # joiners that join nothing, taken at once: one by one they cost n² steps
            continue
        token, (start, end) = match.group(), match.span()
        if match.lastgroup == "characters" or (not token.isascii() and _SYLLABLES.fullmatch(token)):
            # Han and Hiragana have no case, and whatever has a width stands behind them: most of a text is as it is.
            is_plain = match.lastgroup == "characters" and max(token) < _FIRST_WITH_WIDTH
            folded = token if is_plain else fold_token(token)
            if pending and pending.end == start:
                pending = TokenRun(f"{''.join(pending.units)}{folded}", pending.start, end)
                continue
            if pending:
                yield pending
            pending = TokenRun(folded, start, end)
            continue
        if pending:
            yield pending
            pending = None
        for at in range(start, end, _MAX_WORD):
            piece = text[at : min(at + _MAX_WORD, end)]
            yield TokenRun((fold_token(piece),), at, at + len(piece))
    if pending:
        yield pending


def phrase_tokens(text: str) -> list[str]:
    """Return the tokens that a phrase is searched by: one for each place, without a gap.

    A CJK run gives its bigrams; its last character follows only where the phrase goes on, so that the next run stands
    at its true distance. A character alone is its own token. No token holds a blank.
    """
    tokens: list[str] = []
    cut = list(runs(text))
    for number, run in enumerate(cut, start=1):
        tokens.extend(first + second for first, second in pairwise(run.units))
        if len(run.units) == 1 or number < len(cut):
            tokens.append(run.units[-1])
    return tokens


def fold_token(token: str) -> str:
    """Fold width and case by the character, as Lucene does (Python's own lower() looks at a sigma's neighbours)."""
    if token.isascii():
        return token.lower()
    wide = token.translate(_WIDTH)
    if _HALF_MARKS.search(wide):
        wide = _HALF_MARKS.sub(_voiced, wide)
    return wide.replace("İ", "i").replace("Σ", "σ").lower()


def _voiced(match: regex.Match[str]) -> str:
    """Join a half-width voiced mark to the katakana before it, where there is such a letter; else widen the mark."""
    mark = "\u3099" if match["mark"] == "\uff9e" else "\u309a"
    return unicodedata.normalize("NFC", match["kana"] + mark)
