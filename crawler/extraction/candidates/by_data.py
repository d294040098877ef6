"""Bodies that stand in a page's data: JSON-LD, the state of a page that a script builds, a source's own script hint."""

import re
from collections.abc import Iterator

from lxml import etree, html

from crawler.extraction.candidates import Candidate
from crawler.extraction.candidates.strings import Literal, literals, unquoted
from crawler.extraction.document import Document
from crawler.extraction.lines import reads_as_prose
from crawler.extraction.text_blocks import assigned_lines
from crawler.extraction.typed_breaks import mark_typed_breaks
from text.characters import plain
from text.width import han_count, tidy

_LONG_STRING = re.compile(
    r"""(?P<key>[\w$]{1,40})["']?\s{0,3}[:=]\s{0,3}(?P<text>"(?:[^"\\\n]|\\.){80,200000}"|'(?:[^'\\\n]|\\.){80,200000}')"""
)
_MARKUP = re.compile(r"<(?:p|div|br|span|section)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|<%.*?%>|\$\{.*?\}", re.DOTALL)
_FULL_STOP = re.compile(r"[。！？]|\\u3002|[a-z]\.")
_NAMES_ANOTHER = frozenset(
    {
        "url", "href", "link", "title", "headline", "weburl", "linkurl", "newstitle", "jumpurl",
        "user", "userid", "username", "nick", "nickname", "uid", "avatar", "floor", "likes", "replies",
    }
)  # fmt: skip
"""Keys of an object that is another article, or a reader's comment, in a list of them."""
_OTHERS_COUNT = 0.2
"""What the prose of such a list counts, beside prose of the article's own."""
_ONE_IS_ALL = 0.8
"""Share of what stands together that one string must hold to be the article alone."""
_NAMED = re.compile(r"\w(?:\[\])*$")
"""A path that ends in a name, or in a list that has one."""
_MOST_STRINGS = 20_000
_WAITING = ("textarea", "template", "noscript", "xmp")
"""Elements whose content is shown, if ever, by a program."""


def by_json_ld(document: Document) -> Candidate | None:
    """Return the longest `articleBody` of the page's JSON-LD."""
    bodies = [body for item in document.data if isinstance(body := item.get("articleBody"), str)]
    paragraphs = paragraphs_of(max(bodies, key=len)) if bodies else ()
    return Candidate("json-ld", paragraphs, "articleBody") if paragraphs else None


def by_state(document: Document) -> Candidate | None:
    """Return the string of a script, or the strings in one list of it, that hold the most prose.

    `__NEXT_DATA__`, `contentHtml = "…"`, a list of pieces, the arguments of Nuxt's function, JSON within a string.
    """
    best: tuple[float, str, tuple[str, ...]] = (0, "", ())
    for script in document.scripts:
        if _FULL_STOP.search(script):
            for worth, key, paragraphs in _bodies(script):
                if worth > best[0]:
                    best = worth, key, paragraphs
    worth, key, paragraphs = best
    return Candidate("state", paragraphs, f"script:{key}") if worth else None


def by_waiting(document: Document) -> Candidate | None:
    """Return the markup with the most prose that waits in a template, a textarea or the like to be shown."""
    waiting = [("script[type]", text) for text in document.templates]
    waiting += [(element.tag, _inner(element)) for element in document.tree.iter(*_WAITING)]
    best: tuple[int, str, tuple[str, ...]] = (0, "", ())
    for origin, text in waiting:
        if han_count(text) or "." in text:
            paragraphs = paragraphs_of(_PLACEHOLDER.sub("", text))
            best = max(best, (_prose(paragraphs), origin, paragraphs))
    prose, origin, paragraphs = best
    return Candidate("waiting", paragraphs, origin) if prose else None


def by_description(document: Document) -> Candidate | None:
    """Return the summary in the page's head: the only text of many a video page."""
    for name in ("og:description", "description"):
        if paragraphs := paragraphs_of(document.meta(name)):
            return Candidate("description", paragraphs, f"meta:{name}")
    return None


def by_script_hint(document: Document, pattern: str) -> Candidate | None:
    """Return the body that a source's `body_script` pattern names by its one group."""
    for script in document.scripts:
        if match := re.search(pattern, script):
            paragraphs = paragraphs_of(unquoted(f'"{match[1]}"'))
            if paragraphs:
                return Candidate("hint", paragraphs, "body_script")
    return None


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a string that is HTML, escaped HTML or plain text."""
    text = plain(text)
    if "&lt;" in text and not _MARKUP.search(text):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    if not _MARKUP.search(text):
        return tuple(line for line in map(tidy, re.split(r"[\r\n]+|(?<=[。！？”])(?=\u3000\u3000)", text)) if line)
    try:
        tree = html.document_fromstring(f"<div>{text}</div>")
    except (etree.ParserError, ValueError):
        return ()
    mark_typed_breaks(tree, text)
    return tuple(line.text for line in assigned_lines(tree) if not line.is_link)


def _bodies(script: str) -> Iterator[tuple[float, str, tuple[str, ...]]]:
    """Yield what may be an article in a script: its worth, where it stands, its paragraphs."""
    together: dict[str, list[Literal]] = {}
    for number, literal in enumerate(literals(script)):
        if number >= _MOST_STRINGS:
            break
        together.setdefault(literal.path, []).append(literal)
    found = False
    for path, strings in together.items():
        read = [(literal, paragraphs_of(literal.text)) for literal in strings]
        sizes = [_prose(paragraphs) for _, paragraphs in read]
        if not any(sizes):
            continue
        found = True
        largest = max(range(len(read)), key=lambda index: sizes[index])
        if len(read) == 1 or sizes[largest] >= _ONE_IS_ALL * sum(sizes):
            yield sizes[largest], path, read[largest][1]
            continue
        others = sum(not _NAMES_ANOTHER.isdisjoint(literal.holder.keys) for literal in strings) * 2 > len(strings)
        worth = sum(sizes) * (_OTHERS_COUNT if others else 1)
        yield worth, path, _joined(read, sizes, named=bool(_NAMED.search(path)))
    if not found:  # quotation marks in a program's text mislead the reading above
        for match in _LONG_STRING.finditer(script):
            paragraphs = paragraphs_of(unquoted(match["text"]))
            yield _prose(paragraphs), match["key"], paragraphs


def _joined(read: list[tuple[Literal, tuple[str, ...]]], sizes: list[int], *, named: bool) -> tuple[str, ...]:
    """Return the paragraphs of strings that stand together.

    A list without a name, or the arguments of a call, also hold names and numbers of everything else: of them the
    prose alone is taken.
    """
    return tuple(
        paragraph
        for (_, paragraphs), size in zip(read, sizes, strict=True)
        if size or named
        for paragraph in paragraphs
    )


def _prose(paragraphs: tuple[str, ...]) -> int:
    return sum(len(paragraph) for paragraph in paragraphs if "。" in paragraph or reads_as_prose(paragraph))


def _inner(element: html.HtmlElement) -> str:
    """Return an element's content as markup; of an element that holds text alone, the text."""
    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
