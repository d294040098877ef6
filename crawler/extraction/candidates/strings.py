"""The texts in a script: every string literal with where it stands, and the strings that belong together.

No parser of a language: states of pages are JSON, JavaScript, arguments of a function or JSON within a string, and all
of them are strings, keys and brackets. Strings belong together where the same keys and lists lead to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.sanitize import clean, load_json
from crawler.extraction.beside import Beside, names_title

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
_SHORT = 400
"""Characters of a string that may be a field of an object."""
_EDITS = re.compile("edit|编辑|责编", re.IGNORECASE)
"""The role of one of several authors."""
_HIGH = 5
"""How many objects and lists around a string are looked at."""
_MOST = 1_000_000
"""Characters of one script that are read."""


@dataclass(eq=False, slots=True)
class Holder:
    """An object, list or call that holds strings."""

    path: str
    name: str = ""
    """The key that it stands behind."""
    parent: "Holder | None" = None
    keys: set[str] = field(default_factory=set)
    """Names of what it holds, in lower case."""
    written: dict[str, list[str]] = field(default_factory=dict)
    """Its own short strings by key, as they are written, quotation marks and all."""
    children: "list[Holder]" = field(default_factory=list)


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


def literals(script: str, deep: int = 0, path: str = "", within: Holder | None = None) -> Iterator[Literal]:
    """Yield the strings of a script that a person could read, those within strings of JSON too."""
    stack = [Holder(path, parent=within)]
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
                holder = Holder(f"{stack[-1].path}.{step}" if step else stack[-1].path, key, stack[-1])
                stack[-1].children.append(holder)
                stack.append(holder)
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
    if len(literal) <= _SHORT:
        holder.written.setdefault(key, []).append(literal)
    if not _READABLE.search(literal):
        return
    text = unquoted(literal)
    if deep < _DEEPEST and _JSON.match(text) and ('"' in text or "'" in text):
        yield from literals(text, deep + 1, f"{holder.path}.{key}", holder)
    else:
        yield Literal(text, key, holder)


def beside(literal: Literal, *, one_of_many: bool) -> Beside:
    """Return the fields that stand beside a string: of its own object, and around it up to the one that has a title.

    `one_of_many` says that the string is a piece of a text: then its own object is a piece, too.
    """
    around: list[Holder] = []
    holder: Holder | None = literal.holder.parent if one_of_many else literal.holder
    while holder is not None and len(around) < _HIGH:
        around.append(holder)
        if any(map(names_title, holder.written)):
            break
        if head := next((child for child in holder.children if any(map(names_title, child.written))), None):
            around.append(head)  # {"head": {"title": …, "source": …}, "blocks": […]}
            break
        holder = holder.parent
    else:
        around = around[:1]
    texts: dict[str, tuple[str, ...]] = {}
    for holder in around:
        for key, written in holder.written.items():
            texts.setdefault(key, tuple(map(unquoted, written)))
        for name, named in _names_within(holder):
            texts.setdefault(name, named)
    return Beside({key: values for key, values in texts.items() if key})


def _names_within(holder: Holder) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the objects and lists within one are called by, by their key; editors among authors by themselves."""
    for child in holder.children:
        named: dict[str, list[str]] = {}
        for each in (child, *child.children):
            roles = (text for key in ("role", "type") for text in each.written.get(key, ()))
            name = "editor" if any(_EDITS.search(unquoted(role)) for role in roles) else child.name
            called = [text for key in ("", "name", "title") for text in each.written.get(key, ())]
            named.setdefault(name, []).extend(map(unquoted, called))
        yield from ((name, tuple(texts)) for name, texts in named.items() if texts)


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
