"""Dates that only machines read: metadata, JSON-LD, attributes of the byline, scripts, the address."""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.beside import Beside
from crawler.extraction.dates import Date, compact_dates, dates_in, epochs_in
from crawler.extraction.document import SCRIPT, Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found
from crawler.extraction.layout import PageLayout
from crawler.extraction.page_names import page_names
from text.width import squash

_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publishtime",
    "publish_time",
    "published_time",
    "weibo:article:create_at",
    "og:release_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "apub:time",
    "dc.date",
    "dc.date.issued",
    "dateupdate",
    "date",
)
_PUBLICATION = re.compile(
    r"(?:pub|publish|published|release|issue|creat|create|created|post|posted|news|article|doc|show|display|input|insert|add|write|orig|first|fb|fabu|online)"
    r"[a-z]{0,8}?(?:time|date|at|stamp|day|sj|rq|riqi|shijian)|^(?:ptime|ctime|ct|pdate|dateline|fbsj|fbrq|pub|pubday)$|datepub|pubdate"
)
"""A name, in small letters alone, of the time of publication."""
_IN_PROGRAMS = re.compile(r"\\?/Date\((\d{10,13})(?:[+-]\d{4})?\)\\?/")
"""A moment as .NET writes it in JSON; the zone changes nothing of it."""
_NO_PUBLICATION = re.compile(
    r"updat|modif|edit|expir|end|start|begin|server|now|deadline|current|last|load|version|upload"
)
_OF_A_DRAFT = re.compile(r"creat|^ctime|input|insert|add|write")
"""Names of the time at which somebody began to write: only where no time of publication stands beside it."""
_SENTENCE = re.compile(r"[，。！？；]")
_OPENING = 3
"""Lines of the body that may still be its byline."""
_LONGEST_LABEL = 6
"""Characters of an attribute beside its date."""
_SCRIPT_DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?(?:[T\s+]*\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|20\d{6}(?:\d{6})?|1\d{9}(?:\d{3})?)(?!\d)"
)
_NAME_BEFORE = re.compile(
    r"(?P<name>[A-Za-z_][\w-]{0,40})\s*(?:\\*[\"'`]?\]?\s*[:=]|\\*[\"'`]\s*\)\s*\.\s*\w+\s*[(=]|\\*[\"'`]\s*\)\s*\.\w+\s*=|[\"'`]\s*,)"
    r"\s*(?:new\s+Date\s*\(\s*|\w{1,30}\(\s*)?\\*[\"'`]?(?:\\*/Date\()?\s*$"
)
_BEFORE = 70
"""Characters before a date of a script within which its name stands."""
_NEAR_THE_HEADLINE = 1_500
_DRAFT_COSTS = 6
"""What a script's date loses whose name says that somebody began to write then, against that of publication."""
_OBJECT = 400
"""Characters that the end of an object counts for."""
_MOST_OF_SCRIPTS = 60
"""Dates of scripts that are looked at."""
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d)[-/_]?(?P<month>0[1-9]|1[0-2])[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)


def in_metadata(document: Document) -> Iterator[Found[Date]]:
    """Yield the dates of `meta` elements and JSON-LD."""
    for place, name in enumerate(_METAS):
        for content in document.metas.get(name, ()):
            for date in _any(content):
                yield Found(date, f"meta:{name}", 75 - place * 0.5)
    for name, contents in document.metas.items():
        if name not in _METAS and _is_publication(name):
            yield from (Found(date, f"meta:{name}", 64) for content in contents for date in _any(content))
    for item in document.data:
        for key, rank in (("datePublished", 74), ("pubDate", 72), ("uploadDate", 60), ("dateCreated", 58)):
            for date in dates_in(str(item.get(key) or "")):
                yield Found(date, f"json-ld:{key}", rank)


def in_fields(beside: Beside) -> Iterator[Found[Date]]:
    """Yield the dates that stand beside the body in the page's data."""
    for key, texts in beside.texts.items():
        if _is_publication(key):
            rank = 78.5 if _OF_A_DRAFT.search(key.lower()) else 79
            yield from (Found(date, f"beside the body: {key}", rank) for text in texts for date in _any(text))


def in_attributes(document: Document, layout: PageLayout) -> Iterator[Found[Date]]:
    """Yield the dates in attributes of elements around the headline and above the body, seen or not; never a link's."""
    inside = False
    body = layout.lines[layout.first : layout.first + _OPENING]
    sentence = next((line for line in body if _SENTENCE.search(line.text)), body[0] if body else None)
    first = sentence.element if sentence else None
    start = layout.lines[layout.above].element if layout.above < len(layout.lines) else None
    for element in document.tree.iter():
        inside = inside or element is start
        if not inside or not isinstance(element.tag, str):
            continue
        if element is first:
            return
        for name, value in element.items():
            if name == SCRIPT:
                for date in _in_code(value):
                    yield Found(date, "script in the byline", 80)
            elif 8 <= len(value) <= 40 and _may_tell(name) and element.tag not in {"a", "img", "link", "input"}:
                for date in _only(value, epoch=name not in {"title", "content"}):
                    if not _is_in_link(element):
                        exact = 30 * (date.precision == "minute")
                        yield Found(date, f"css:{described(element)}[{name}]", 60 + exact)


def in_scripts(document: Document) -> Iterator[Found[Date]]:
    """Yield the dates that scripts and hidden fields hold under a name of publication.

    Those nearest to the headline first: a page's data hold other articles, too.
    """
    for element in document.tree.iter("input"):
        if _is_publication(f"{element.get('id') or element.get('name') or ''}"):
            yield from (
                Found(date, f"css:{described(element)}[value]", 52) for date in _any(element.get("value") or "")
            )
    text = document.script_text
    headlines = _headlines_in(document, text)
    count = 0
    for match in _SCRIPT_DATE.finditer(text):
        named = _NAME_BEFORE.search(text, max(match.start() - _BEFORE, 0), match.start())
        if named is None or not _is_publication(named["name"]):
            continue
        near = max((_proximity(text, place, match.start()) for place in headlines), default=0.0)
        for date in _any(match[0]):
            draft = _DRAFT_COSTS * (_OF_A_DRAFT.search(named["name"].lower()) is not None)
            yield Found(date, f"script:{named['name']}", 50 - min(count, 20) + 25 * near - draft)
        count += 1
        if count >= _MOST_OF_SCRIPTS:
            return


def _proximity(text: str, headline: int, date: int) -> float:
    """Return how near a script's date stands to the headline, 0 to 1; other objects between them count as distance."""
    start, end = min(headline, date), max(headline, date)
    if end - start > _NEAR_THE_HEADLINE:
        return 0.0
    distance = end - start + _OBJECT * text.count("}", start, end)
    return max(1 - distance / _NEAR_THE_HEADLINE, 0.0)


def in_address(url: str) -> Iterator[Found[Date]]:
    """Yield the days that an address holds."""
    for match in _URL_DAY.finditer(url):
        for date in dates_in(f"{match['year']}-{match['month']}-{match['day']}"):
            yield Found(date, "url", 20)


def _any(text: str) -> list[Date]:
    return [*dates_in(text), *compact_dates(text), *epochs_in(text)]


def _in_code(text: str) -> list[Date]:
    """Return the one time that a script prints; of several, nobody can say which."""
    found = list(_SCRIPT_DATE.finditer(text))
    if len(found) != 1 or _NO_PUBLICATION.search(text[max(found[0].start() - _BEFORE, 0) : found[0].start()].lower()):
        return []
    return _any(found[0][0])[:1]


def _only(value: str, *, epoch: bool) -> list[Date]:
    """Return the date that an attribute's value is, with hardly a word beside it."""
    text = value.strip()
    if written := _IN_PROGRAMS.fullmatch(text):
        return list(epochs_in(written[1]))
    found = list(dates_in(text)) or (epochs_in(text) if epoch and text.isdigit() else [])
    return [date for date in found if date.end - date.start >= len(text) - _LONGEST_LABEL][:1]


def _is_publication(name: str) -> bool:
    name = re.sub(r"[^a-z]", "", name.lower())
    return _PUBLICATION.search(name) is not None and _NO_PUBLICATION.search(name) is None


def _may_tell(name: str) -> bool:
    """Tell whether an attribute may hold the time that its element shows."""
    if name in {"title", "datetime", "content", "timestamp", "time", "date"}:
        return True
    return name.startswith("data-") and _NO_PUBLICATION.search(name.replace("update-time", "update")) is None


def _is_in_link(element: object) -> bool:
    return next(element.iterancestors("a"), None) is not None  # type: ignore[attr-defined]  # an lxml element


def _headlines_in(document: Document, text: str) -> Sequence[int]:
    """Return where scripts hold the page's headline; nowhere, where it is too short to be told."""
    titles = {name.title for name in page_names(document) if len(squash(name.title)) >= 6}
    places: list[int] = []
    for title in titles:
        escaped = title.encode("unicode_escape").decode("ascii")
        for form in (title, escaped):
            at = text.find(form)
            while at >= 0 and len(places) < 8:
                places.append(at)
                at = text.find(form, at + 1)
    return places
