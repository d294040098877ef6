"""Bytes of a page to its text: the encoding that is true rather than the one that is claimed.

Chinese pages lie about their encoding in every way: gb2312 that is GBK, UTF-8 under a GB2312 meta (republishers), a few
illegal bytes in the middle, no declaration at all. A page that is valid UTF-8 is UTF-8 whatever it says, since GB text
almost never is by accident; only then the declarations count, and gb2312 always means its superset gb18030.
"""

import codecs
import re
from collections.abc import Sequence
from typing import NamedTuple

from core.sanitize import clean, clean_references

MOST_BYTES = 4_000_000
"""What is read of one page; the largest real news page measured is 772 kB, the rest would only feed a tag bomb."""

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class _Pairs(NamedTuple):
    encoding: str
    tag: bytes
    """How `<` is written."""


_PAIRS = {
    "utf-16le": _Pairs("utf-16-le", b"<\x00"),
    "utf-16be": _Pairs("utf-16-be", b"\x00<"),
    "utf-16": _Pairs("utf-16-le", b"<\x00"),
}
"""As browsers take them: plain utf-16 is the one with the lower byte first."""
_LOOKED_AT = 1_000
"""Bytes among which a tag stands."""
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "hz", "euc_cn", "cp936", "936", "x-gbk", "gb18030"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_CONTROL_PAIRS = re.compile(rb"\xc2[\x80-\x9f]")
"""The same in UTF-8: of one byte, and of two."""
_NO_CHARACTERS = ("\ufffe", "\uffff")
"""Apart from the others: with them every character of the page would be looked up in a table twice as slow."""
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
"""What servers send when nobody has told them the encoding."""
_NO_PAGE = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode-escape",
    "unicode_escape",
    "raw-unicode",
    "raw_unicode",
)
"""What no page declares itself in: Python's own codecs, and those that a page which is read so far cannot be in."""
_DOUBLE_BYTES = re.compile(rb"[\x80-\xff]{2,}")
_FEW_CHARACTERS = 8
"""With fewer characters beyond ASCII, GB text can pass for UTF-8 by accident (联通 does): the declaration decides."""
_TOLERATED = 0.02
"""Share of illegal bytes up to which an encoding is still believed."""


class Decoded(NamedTuple):
    """The text of a page, the encoding it was read in, and what spoke for that encoding."""

    text: str
    encoding: str
    origin: str


def decode(html: bytes, *, content_type: str | None = None, charset: str | None = None) -> Decoded:
    """Return the text of a page; never raises.

    `content_type` is the HTTP header as it came; `charset` is the source's own word, which goes before everything but
    a byte order mark. Control characters, NUL among them, and lone surrogates, those that are references (`&#xD83D;`)
    included, are dropped; bytes beyond MOST_BYTES are not read.
    """
    html = clean_references(html[:MOST_BYTES])
    text, encoding, origin = _choose(html, content_type, charset)
    text = _without_controls(clean(text))
    for character in _NO_CHARACTERS:
        text = text.replace(character, "")
    return Decoded(text, encoding, origin)


def _without_controls(text: str) -> str:
    """Return the text without control characters; that there are none, as on most pages, is soon known of bytes."""
    encoded = text.encode()
    if len(encoded.translate(None, _CONTROL_BYTES)) == len(encoded) and _CONTROL_PAIRS.search(encoded) is None:
        return text
    return _CONTROL.sub("", text)


def _choose(html: bytes, content_type: str | None, charset: str | None) -> Decoded:
    declared = _declared(html, content_type, charset)
    return (
        _by_mark(html)
        or _in_pairs(html, content_type)
        or _by_hint(html, declared)
        or _as_valid_utf8(html, sure=not declared)
        or _strictly(html, (*declared, ("utf-8", "valid UTF-8"), ("gb18030", "valid gb18030")))
        or _leniently(html, declared)
    )


def _by_mark(html: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if html.startswith(mark):
            return Decoded(html[len(mark) :].decode(encoding, "replace"), encoding, "byte order mark")
    return None


def _in_pairs(html: bytes, content_type: str | None) -> Decoded | None:
    """Return UTF-16 without a mark, where the header says it and tags are written so; a page cannot say it itself."""
    match = _HEADER.search(content_type or "")
    named = _PAIRS.get(match[1].lower()) if match else None
    if named is None or named.tag not in (html[place : place + 2] for place in range(0, _LOOKED_AT, 2)):
        return None
    return Decoded(html.decode(named.encoding, "replace"), named.encoding, "HTTP header")


def _by_hint(html: bytes, declared: Sequence[tuple[str, str]]) -> Decoded | None:
    for encoding, origin in declared[:1]:
        if origin == "hint":
            return Decoded(html.decode(encoding, "replace"), encoding, origin)
    return None


def _as_valid_utf8(html: bytes, *, sure: bool) -> Decoded | None:
    """Return valid UTF-8; of a few characters beyond ASCII only if nothing else is declared (`sure`)."""
    try:
        text = html.decode("utf-8")
    except UnicodeDecodeError:
        return None
    beyond = _beyond_ascii(html, text)
    return Decoded(text, "utf-8", "valid UTF-8") if sure or beyond == 0 or beyond >= _FEW_CHARACTERS else None


def _strictly(html: bytes, encodings: Sequence[tuple[str, str]]) -> Decoded | None:
    for encoding, origin in encodings:
        try:
            return Decoded(html.decode(encoding), encoding, origin)
        except UnicodeDecodeError:
            continue
    return None


def _leniently(html: bytes, declared: Sequence[tuple[str, str]]) -> Decoded:
    """Return the page in the encoding that leaves the fewest illegal bytes, UTF-8 first, then the declared ones."""
    as_utf8 = html.decode("utf-8", "replace")
    wrong = as_utf8.count("\ufffd")
    if wrong <= _TOLERATED * _beyond_ascii(html, as_utf8):
        return Decoded(as_utf8, "utf-8", "UTF-8 with a few illegal bytes")
    best = Decoded(as_utf8, "utf-8", "fewest illegal bytes")
    for encoding, origin in (*declared, ("gb18030", "fewest illegal bytes")):
        text = html.decode(encoding, "replace")
        illegal = text.count("\ufffd")
        if illegal <= _TOLERATED * len(text) and origin != "fewest illegal bytes":
            return Decoded(text, encoding, f"{origin}, with illegal bytes")
        if illegal < wrong:
            best, wrong = Decoded(text, encoding, origin), illegal
    return best


def _beyond_ascii(html: bytes, as_utf8: str) -> int:
    """Return about how many Han characters UTF-8 text has: each takes two bytes more than an ASCII character."""
    return (len(html) - len(as_utf8)) // 2


def _declared(html: bytes, content_type: str | None, charset: str | None) -> list[tuple[str, str]]:
    """Return the encodings that are claimed for the page, each with who claims it, in the order of trust."""
    claims = [(charset or "", "hint")]
    if content_type and (match := _HEADER.search(content_type)):
        claims.append((match[1], "HTTP header"))
    head = html[:8192]
    in_page = (pattern.search(head) for pattern in (_META, _XML))
    claims += [(found[1].decode("ascii"), "meta") for found in in_page if found]
    known: list[tuple[str, str]] = []
    for claim, origin in claims:
        encoding = _known(claim)
        if encoding in _LATIN and _looks_double_byte(html):
            continue
        if encoding and encoding not in {name for name, _ in known}:
            known.append((encoding, origin))
    return known


def _known(claim: str) -> str | None:
    """Return Python's name of an encoding that text can be in, gb18030 for the whole GB family, or None."""
    name = claim.strip().lower()
    if name in _GB:
        return "gb18030"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and not info.name.startswith(_NO_PAGE) else None


def _looks_double_byte(html: bytes) -> bool:
    """Tell whether bytes beyond ASCII stand together, as in GB text; in Latin text they mostly stand alone."""
    beyond = len(html) - len(html.translate(None, bytes(range(0x80, 0x100))))
    together = sum(len(run) for run in _DOUBLE_BYTES.findall(html))
    return beyond > 0 and together / beyond > 0.8
