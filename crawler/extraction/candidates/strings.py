"""The texts in a script: every string literal with where it stands, and the strings that belong together.

No parser of a language: states of pages are JSON, JavaScript, arguments of a function or JSON within a string, and all
of them are strings, keys and brackets. Strings belong together where the same keys and lists lead to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.sanitize import clean, load_json

_TOKEN = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[\[\](){},:=]|[\w$]+|/\*.*?\*/|(?<![:\w\"'`\\])//[^\n]*",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_READABLE = re.compile(r"[\u3400-\u9fff]|\\u[3-9a-fA-F]|[A-Za-z] [A-Za-z]|[\[{]\\?[\"']")
_JSON = re.compile(r"\s*(?:\w{1,4}:)?[\[{]")
_DEEPEST = 3
"""How often JSON is looked for within a string of JSON."""
_MOST_DEPTH = 200
_MOST = 1_000_000
"""Characters of one script that are read."""


@dataclass(eq=False)
class Holder:
    """An object, list or call that holds strings."""

    path: str
    keys: set[str] = field(default_factory=set)
    """Names of what it holds, in lower case."""


@dataclass(frozen=True)
class Literal:
    """One string of a script."""

    text: str
    key: str
    holder: Holder

    @property
    def path(self) -> str:
        """The keys and brackets that lead to it; those of one list lead the same way."""
        return f"{self.holder.path}.{self.key}" if self.key else self.holder.path


def literals(script: str, deep: int = 0, path: str = "") -> Iterator[Literal]:
    """Yield the strings of a script that a person could read, those within strings of JSON too."""
    stack = [Holder(path)]
    key, waiting, calls = "", "", 0
    for match in _TOKEN.finditer(script[:_MOST]):
        token = match[0]
        first = token[0]
        if first in ":=":
            key = (_unquoted(waiting) if waiting[:1] in "\"'" else waiting) if waiting else key
            stack[-1].keys.add(key.lower())
            waiting = ""
            continue
        if waiting[:1] in {'"', "'", "`"}:
            yield from _read(waiting, key, stack[-1], deep)
        waiting = ""
        if first in "[({":
            calls += first == "("
            step = {"[": f"{key}[]", "(": f"{key}({calls})", "{": key}[first]
            if len(stack) < _MOST_DEPTH:
                stack.append(Holder(f"{stack[-1].path}.{step}" if step else stack[-1].path))
            key = ""
        elif first in "])}":
            if len(stack) > 1:
                stack.pop()
            key = ""
        elif first == ",":
            key = ""
        elif not token.startswith(("//", "/*")):
            waiting = token
    if waiting[:1] in {'"', "'", "`"}:
        yield from _read(waiting, key, stack[-1], deep)


def _read(literal: str, key: str, holder: Holder, deep: int) -> Iterator[Literal]:
    if not _READABLE.search(literal):
        return
    text = unquoted(literal)
    if deep < _DEEPEST and _JSON.match(text) and ('"' in text or "'" in text):
        yield from literals(text, deep + 1, f"{holder.path}.{key}")
    else:
        yield Literal(text, key, holder)


def _unquoted(literal: str) -> str:
    return literal[1:-1]


def unquoted(literal: str) -> str:
    """Return the text of a JavaScript string literal; a broken escape stands for itself."""
    quote, inner = literal[:1], literal[1:-1]
    if quote == '"':
        try:
            return str(load_json(literal))
        except ValueError:
            pass
    return clean(_ESCAPE.sub(_unescaped, inner))


def _unescaped(match: re.Match[str]) -> str:
    if code := match[1] or match[2] or match[3]:
        return chr(min(int(code, 16), 0x10FFFF))
    return {"n": "\n", "r": "\r", "t": "\t", "\n": "", "b": "", "f": "", "v": "", "0": ""}.get(match[4], match[4])
