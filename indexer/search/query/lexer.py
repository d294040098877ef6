"""A query cut into tokens: brackets, operators, quoted phrases, field names and plain text, each with its position."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from core.errors import DeltaNewsError
from indexer.search.fields import find_field


class QueryError(DeltaNewsError):
    """A query is wrong; the message says why and where, `position` is the character of `text` that it means."""

    def __init__(self, reason: str, text: str, position: int) -> None:
        before, after = text[max(0, position - 12) : position], text[position : position + 12]
        super().__init__(f"query, character {position + 1}: {reason} (here: {before}▸{after})")
        self.reason = reason
        self.text = text
        self.position = position


class TokenKind(StrEnum):
    """What a token of a query is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    FIELD = "field"
    QUOTED = "quoted"
    PLAIN = "plain"
    END = "end"


class Token(NamedTuple):
    """One token of a query; `start` is its first character."""

    kind: TokenKind
    text: str
    start: int


_QUOTES = '"“”„＂'
_BREAK = re.compile(r'[\s()（）;；|｜"“”„＂]')
_NAMED = {"AND": TokenKind.AND, "OR": TokenKind.OR, "NOT": TokenKind.NOT, "&&": TokenKind.AND}
_SIGNS = {"(": TokenKind.OPEN, "（": TokenKind.OPEN, ")": TokenKind.CLOSE, "）": TokenKind.CLOSE}
_NOT_SIGNS = "-－!！"
_MUST_SIGNS = "+＋"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_EXTRAS = re.compile(r"[~^][\d.]*$")


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, an END last. Raises QueryError.

    Full-width and Chinese signs mean what their ASCII twins mean. `-`, `+` and `!` are signs only at the start of a
    word and close to it; a colon only behind the name of a field: titles pasted as they are stay text.
    """
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
        elif sign in _SIGNS:
            yield Token(_SIGNS[sign], sign, at)
            at += 1
        elif sign in ";；|｜":
            end = at + 1
            while end < len(text) and text[end] in "|｜":
                end += 1
            yield Token(TokenKind.OR, text[at:end], at)
            at = end
        elif sign in _QUOTES:
            end = _closing_quote(text, at)
            yield Token(TokenKind.QUOTED, text[at + 1 : end], at)
            at = end + 1
        elif sign in _NOT_SIGNS + _MUST_SIGNS and _starts_something(text, at + 1):
            if sign in _NOT_SIGNS:
                yield Token(TokenKind.NOT, sign, at)
            at += 1
        else:
            word = _plain(text, at)
            yield word
            at += len(word.text) + (word.kind is TokenKind.FIELD)
    yield Token(TokenKind.END, "", len(text))


def _closing_quote(text: str, opening: int) -> int:
    for at in range(opening + 1, len(text)):
        if text[at] in _QUOTES:
            return at
    raise QueryError("the quotation mark that opens here is never closed", text, opening)


def _starts_something(text: str, at: int) -> bool:
    return at < len(text) and not text[at].isspace() and text[at] not in ")）;；|｜"


def _plain(text: str, start: int) -> Token:
    """Return the plain word at `start`, or the name of a field where a colon follows one."""
    stop = _BREAK.search(text, start)
    end = stop.start() if stop else len(text)
    word = text[start:end]
    colon = re.search("[:：]", word)
    if colon and colon.start() and word != "*:*":
        name, sign, rest = word[: colon.start()], colon.group(), word[colon.end() :]
        if find_field(name):
            return Token(TokenKind.FIELD, name, start)
        if sign == ":" and re.fullmatch("[A-Za-z_.]+", name) and not rest.startswith("//"):
            raise QueryError(f"there is no field {name}; put the text in quotation marks if it is text", text, start)
    if named := _NAMED.get(word.translate(_FULL_WIDTH)):
        return Token(named, word, start)
    if word not in {"*", "*:*"}:
        _refuse_wildcards(text, word, start)
    return Token(TokenKind.PLAIN, word, start)


def _refuse_wildcards(text: str, word: str, start: int) -> None:
    if "*" in word:
        reason = "there are no wildcards: a word finds every story that contains it"
        raise QueryError(reason, text, start + word.index("*"))
    if extra := _EXTRAS.search(word):
        reason = f"{extra.group()[0]} is no operator here; put the text in quotation marks if it is text"
        raise QueryError(reason, text, start + extra.start())
