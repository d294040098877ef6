"""From what a user types to a Query.

query   = any, { ("OR" | ";" | "|"), any } ;
any     = part, { ["AND"], part } ;
part    = { "NOT" | "-" }, ( "(", query, ")" | [ field, ":" ], value ) ;
value   = text without blanks | '"', text, '"' | "(", query, ")" ;
"""

from collections.abc import Callable
from datetime import datetime

from core.clock import CLOCK
from core.time import Period, parse_end, parse_range, parse_time
from indexer.search.fields import Field, Matching, find_field
from indexer.search.query.lexer import QueryError, Token, TokenKind, tokenize
from indexer.search.query.model import And, Everything, Not, Or, Phrase, Query
from indexer.search.tokens import fold_token, phrase_tokens
from text.characters import plain

MAX_CHARACTERS = 2000
MAX_DEPTH = 20
MAX_PHRASES = 200

_Rule = Callable[[Field | None], Query | None]


def parse_query(text: str, now: datetime | None = None) -> Query:
    """Return the tree of a query; the empty query is Everything. `now` is what ages (`7d`) count back from.

    Raises QueryError, which points at the position in `text`.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(f"a query has at most {MAX_CHARACTERS:,} characters", text, MAX_CHARACTERS)
    return _Parser(plain(text), now or CLOCK.now()).parse()


class _Parser:
    """Reads the tokens of one query from left to right."""

    def __init__(self, text: str, now: datetime) -> None:
        self.text = text
        self.now = now
        self.tokens = list(tokenize(text))
        self.at = 0
        self.depth = 0
        self.phrases = 0

    def parse(self) -> Query:
        if self.next.kind is TokenKind.END:
            return Everything()
        query = self.either(None)
        if self.next.kind is TokenKind.CLOSE:
            raise self.error("this bracket closes nothing")
        if query is None:
            raise QueryError("there is nothing to search for: signs alone are not indexed", self.text, 0)
        return query

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def error(self, reason: str, word: Token | None = None) -> QueryError:
        return QueryError(reason, self.text, (word or self.next).start)

    def either(self, field: Field | None) -> Query | None:
        """Parse alternatives; None where they hold nothing but signs."""
        parts = [self.together(field)]
        while self.next.kind is TokenKind.OR:
            word = self.next
            self.at += 1
            if self.next.kind in {TokenKind.END, TokenKind.CLOSE} and word.text != "OR":
                break  # 长三角； is a list with one entry
            parts.append(self.together(field))
        found = [part for part in parts if part is not None]
        return Or(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def together(self, field: Field | None) -> Query | None:
        """Parse terms that must all match."""
        parts = [self.part(field)]
        while self.next.kind not in {TokenKind.END, TokenKind.CLOSE, TokenKind.OR}:
            if self.next.kind is TokenKind.AND:
                self.at += 1
            parts.append(self.part(field))
        found = [part for part in parts if part is not None]
        return And(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def part(self, field: Field | None) -> Query | None:
        word = self.next
        if word.kind is TokenKind.NOT:
            self.at += 1
            part = self.nested(self.part, field)
            return None if part is None else Not(part)
        if word.kind is TokenKind.OPEN:
            return self.group(field)
        if word.kind is TokenKind.FIELD:
            return self.named()
        if word.kind in {TokenKind.QUOTED, TokenKind.PLAIN}:
            self.at += 1
            return self.value(word, field)
        if word.kind is TokenKind.CLOSE and self.depth == 0:
            raise self.error("this bracket closes nothing")
        raise self.error(f"a word is missing {'at the end' if word.kind is TokenKind.END else 'before ' + word.text}")

    def group(self, field: Field | None) -> Query | None:
        opening = self.next
        self.at += 1
        if self.next.kind is TokenKind.CLOSE:
            raise self.error("there is nothing between these brackets", opening)
        inner = self.nested(self.either, field)
        closing = self.next
        if closing.kind is not TokenKind.CLOSE:
            raise self.error("the bracket that opens here is never closed", opening)
        self.at += 1
        return inner

    def named(self) -> Query | None:
        word = self.next
        field = find_field(word.text)
        self.at += 1
        if self.next.kind not in {TokenKind.QUOTED, TokenKind.PLAIN, TokenKind.OPEN}:
            raise self.error(f"{word.text}: has no value; write {word.text}:value", word)
        query = self.nested(self.part, field)
        if query is None:
            raise self.error(f"{word.text}: has a value of signs alone, which are not indexed", word)
        return query

    def nested(self, parse: _Rule, field: Field | None) -> Query | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"brackets are nested more than {MAX_DEPTH} deep", self.tokens[self.at - 1])
        query = parse(field)
        self.depth -= 1
        return query

    def value(self, word: Token, field: Field | None) -> Query | None:
        """Turn a word into what it searches for; None for signs alone, which no index holds."""
        self.phrases += 1
        if self.phrases > MAX_PHRASES:
            raise self.error(f"a query has at most {MAX_PHRASES} words", word)
        if field is None:
            if word.kind is TokenKind.PLAIN and word.text in {"*", "*:*"}:
                return Everything()
            return Phrase(word.text) if phrase_tokens(word.text) else None
        if field.comparison is Matching.PERIOD:
            return self.period(word, field)
        if field.comparison is Matching.EQUALS:
            return Phrase(word.text.strip(), field.name) if word.text.strip() else None
        return Phrase(word.text, field.name) if phrase_tokens(word.text) else None

    def period(self, word: Token, field: Field) -> Period:
        text = fold_token(word.text.strip())
        try:
            if field.name == "date":
                return parse_range(text, self.now)
            if field.name == "since":
                return Period(since=parse_time(text, self.now))
            return Period(until=parse_end(text, self.now))
        except ValueError as error:
            raise self.error(str(error), word) from error
