"""The credit (来源): who the page says the report is from, in every form that Chinese pages have for it.

A label and its value (来源：新京报, also in two elements or two lines, or as a link), a bare outlet's name beside the
time, a line at the end of the text (（来源：新华社）), the agency in the first words (新华社北京2月29日电).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lxml.html import HtmlElement

from crawler.extraction.beside import Beside
from crawler.extraction.credit_data import in_data, of_the_account
from crawler.extraction.date_labels import Label, label_of
from crawler.extraction.dates import Written, written_in
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.layout import PageLayout
from crawler.extraction.lines import Line
from crawler.extraction.outlets import (
    LABEL,
    LONGEST,
    NO_COLON,
    OUTLET,
    STOPS,
    bare_outlet,
    closed_up,
    credit_in,
    is_outlets_name,
    is_place,
    office_that_gave,
    outlet_at_start,
    outlet_behind_author,
    outlet_of_reporters,
    outlet_taken_from,
    without_account,
)
from crawler.extraction.people import is_of_pictures, people_in
from crawler.extraction.signed import share_of_people
from text.width import tidy, without_icons

_CELL = re.compile(
    r"(?:信息|文章|稿件)?来源|(?:信息)?(?:发布|发文|公开|制发|供稿|来稿|报送)(?:机构|机关|单位|主体|部门)|责任部门|(?:报|刊|媒体|报刊|报纸)名称?|出处|稿源"
)
"""A label that is a cell or line of its own in a table of what a document is."""
_CELLS = 60
"""Lines above the body within which such a table stands."""
_IN_BRACKETS = re.compile(r"^[（(].{24,}[）)]$")
_BRACKETED = re.compile(r"[（(【\[](?P<inside>[^（()）【】\[\]]{2,20})[)）】\]]")
_TIME_LABEL = re.compile(r"(?:(?:发布|发表|更新|发稿|提交|录入|上传)?(?:时间|日期|于))?[\s·|｜/:：(（【\[]*$")
_SIGNED, _ALL_PEOPLE = 60, 0.6
"""Characters of the longest line that reporters sign, and the share of it that roles and names are."""
_HOLDS_ALL = frozenset({"html", "body", "form"})
_MOST_PICTURES = 4
_SOURCE_NAME = re.compile(
    r"source|origin|laiyuan|from|media|nickname|author|account|user-?name|copyfrom|resource|\bly\b", re.IGNORECASE
)
_VAGUE = re.compile(r"^(?:网络|互联网|网络综合|综合|综合整理|网络整理|本站|未知|其他|原创|转载|无)$")
_LEAD = re.compile(
    r"^[【（(]?(?!本[报网台站])(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,8}?(?:网|社|新闻|日报|晚报"
    r"|台))(?:[\u4e00-\u9fff]{2,8})?"
    r"(?:(?:\d{1,2}月)?\d{1,2}日)?(?:电|讯|消息)(?=[\s（(，,:：】]|$)"
)
_NO_FIELDS = Beside()


def find_credit(
    document: Document,
    layout: PageLayout,
    beside: Beside = _NO_FIELDS,
    *,
    signatures: Sequence[str] = (),
    hints: Sequence[str] = (),
) -> Found[str]:
    """Return the credit and where it was read; without one, the reason.

    `signatures` are lines that were taken off the body since they say who made it.
    """
    accounts = list(of_the_account(document))
    candidates = [
        *_at_hints(document, hints),
        *_beside_the_body(beside),
        *_labelled(layout),
        *_beside_the_time(layout),
        *_below_the_text(layout),
        *accounts,
        *in_data(document),
        *_of_the_reporters(layout, signatures),
        *_in_the_lead(layout),
    ]
    ranked = [Found(found.value, found.origin, _rank(found, accounts)) for found in candidates]
    return best_of(ranked, otherwise="no credit on the page")


def _rank(found: Found[str], accounts: Sequence[Found[str]]) -> float:
    """Return a credit's rank: the account that published a page stands above the text, who wrote it may stand below."""
    rank = next((min(found.rank, account.rank) for account in accounts if account.value == found.value), found.rank)
    return rank - 60 * (_VAGUE.match(found.value or "") is not None)


def _at_hints(document: Document, hints: Sequence[str]) -> Iterator[Found[str]]:
    for place, hint in enumerate(hints):
        for element in document.tree.cssselect(hint):
            text = tidy(element.text_content() or element.get("content") or "")
            if value := credit_in(text) or outlet_at_start(text):
                yield Found(value, f"css:{hint}", 200 - place)


def _beside_the_body(beside: Beside) -> Iterator[Found[str]]:
    for key, text in beside.credits:
        if value := credit_in(text) or outlet_at_start(text):
            yield Found(value, f"beside the body: {key}", 99)


def _labelled(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield values behind a label: in one line, in the next element, or in the next line."""
    aloft = layout.aloft
    near = [(line, 100 - place) for place, line in enumerate(layout.byline)]
    near += [(line, 78 - place) for place, line in enumerate(layout.opening[:2])]
    near += [(line, 74 - place) for place, line in enumerate(layout.close)]
    near += [(line, 73) for line in layout.ending]
    for line, rank in near:
        taken = None if line in aloft else outlet_taken_from(line.text)  # above the headline it is the site's
        value = taken or _in_pieces(line) or credit_in(line.text)
        if not value and LABEL.search(line.text):
            following = None if LABEL.split(line.text)[-1].strip() else layout.after(line)
            value = _in_picture(line) or (
                outlet_at_start(following.text) if following and not (following.apart or following.is_prose) else None
            )
        if value and not is_place(value):
            yield Found(without_account(value), f"css:{described(line.element)}", rank - 10 * line.apart)
        elif office := office_that_gave(line.text):
            yield Found(office, f"css:{described(line.element)}", rank - 5)
        elif author := outlet_behind_author(line.text):
            yield Found(author, f"css:{described(line.element)}, as author", rank - 40)
    yield from _in_cells(layout)


def _in_cells(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield the office that a table above the document names: a label in one cell, its value in the next."""
    lines = layout.lines[max(layout.first - _CELLS, 0) : layout.first]
    for label, line in pairwise(lines):
        if label.is_link or line.is_prose or not _CELL.fullmatch(label.squashed.strip(":【】[]")):
            continue
        if not _CELL.fullmatch(line.squashed.rstrip(":")) and (value := bare_outlet(line.text)):
            yield Found(value, f"css:{described(line.element)}, beside its label", 71)


def _in_picture(line: Line) -> str | None:
    """Return what a picture in the place of the value says it shows: an outlet's emblem."""
    return next(_shown(line.element), None)


def _shown(element: HtmlElement) -> Iterator[str]:
    """Yield what the pictures in an element say they show."""
    for image in islice(element.iter("img"), _MOST_PICTURES):
        if value := bare_outlet(image.get("alt") or image.get("title") or ""):
            yield value


def _in_pieces(line: Line) -> str | None:
    """Return the value of a line whose label and value are elements of their own, or one element of several."""
    pieces = _tidied(line)
    for place, piece in enumerate(pieces):
        if match := LABEL.search(piece):
            rest = piece[match.end() :]
            following = next((text for text in pieces[place + 1 :] if text not in {":", "："}), "")
            return outlet_at_start(rest) if rest.strip() else outlet_at_start(following)
        if match := NO_COLON.match(piece):
            rest = piece[match.end() :]
            if rest and len(pieces) > 1:
                return outlet_at_start(rest)
    return None


def _tidied(line: Line) -> list[str]:
    return [piece for piece in map(tidy, line.pieces) if piece]


def _beside_the_time(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield bare names in the line of the time, and in the lines around it; links above the headline are navigation."""
    byline, below = layout.byline, len(layout.below)
    timed = [place for place, line in enumerate(byline) if _has_time(line) and not line.is_link]
    if any(place < below for place in timed):
        timed = [place for place in timed if place < below]  # above, the site shows its own name and the day
    for place in dict.fromkeys([*timed[:2], *timed[-2:]]):  # a writer's own days stand above those of the text
        for name, rank in _names(byline[place]):
            above = 8 * (place >= below)
            yield Found(name, f"css:{described(byline[place].element)}, beside the time", rank - place - above)
    for place, line in enumerate(byline[:12]):
        called = _SOURCE_NAME.search(_called(line)) is not None and (place < below or not line.is_link)
        own = not line.linked or (place < below and len(_tidied(line)) == 1)  # of several each leads elsewhere
        beside = own and any(abs(place - other) == 1 for other in timed)
        if not (called or beside) or place in timed or len(line.text) > LONGEST or line.is_prose or line.is_heading:
            continue
        for piece in reversed(_tidied(line)):
            for name in reversed(re.split(r"[/／|｜]", piece)):
                value = bare_outlet(name)
                if value and (called or OUTLET.search(value)):
                    likely = 15 * (OUTLET.search(value) is not None)
                    yield Found(
                        value, f"css:{described(line.element)}", 45 + likely + 20 * called - place - 20 * line.apart
                    )


def _below_the_text(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield the outlet whose name alone ends the text, in a line of its own."""
    for line in [*layout.ending, *layout.close]:
        if outlet := outlet_taken_from(line.text):
            yield Found(outlet, f"css:{described(line.element)}, below the text", 72)
    for line in [*layout.ending[-1:], *layout.close[:1]]:
        if not line.is_link and is_outlets_name(line.text):
            yield Found(outlet_at_start(line.text), f"css:{described(line.element)}, below the text", 42)


def _called(line: Line) -> str:
    """Return the classes and ids of a line's element, and of the one that holds all its text within it."""
    element: HtmlElement | None = line.element
    names = ""
    while element is not None:
        names += f" {element.get('class') or ''} {element.get('id') or ''}"
        element = element[0] if len(element) == 1 and not (element.text or "").strip() else None
    return names


def _has_time(line: Line) -> bool:
    return not _IN_BRACKETS.search(line.text) and next(_times(line.spaced), None) is not None


def _times(text: str) -> Iterator[Written]:
    """Yield what a line says of its article's time; not 今天是2025年7月1日."""
    for written in written_in(text):
        dated = written.has_day and (not written.lacks_year or "月" in text[written.start : written.end])
        if (dated or written.clock is not None) and label_of(text, written.start, written.end) is not Label.OTHER:
            yield written


def _names(line: Line) -> Iterator[tuple[str, float]]:
    """Yield what stands right before and after the time in its line, the likelier first, then outlets further away."""
    spaced = without_icons(line.spaced)
    date = next(_times(spaced))
    people = " ".join(person.name for person in people_in(spaced))
    after = re.sub(r"^[\s·|｜/:：\d]+", "", spaced[date.end :])
    before = closed_up(_TIME_LABEL.sub("", spaced[: date.start]))
    words = before.split() if not re.search(r"[>»›]", before) else []
    ahead = words[-1].lstrip("(（【[《") if words else ""
    links = sum(1 for _ in line.element.iter("a"))
    for name, rank in ((after, 60.0), (ahead, 62.0)):
        if (value := bare_outlet(name)) and not (LABEL.search(name) or NO_COLON.match(name) or value in people):
            if links > 1 and not OUTLET.search(value):  # buttons
                continue
            yield value, rank + 18 * (OUTLET.search(value) is not None)
    if words and (value := bare_outlet(words[0])) and OUTLET.search(value):  # 江岸日报 记者 甲 2025-07-01
        yield value, 57.0
    for match in (_BRACKETED.match(after), next(iter(reversed(list(_BRACKETED.finditer(before)))), None)):
        if match and (value := bare_outlet(match["inside"])) and OUTLET.search(value):
            yield value, 70.0
    if line.element.tag not in _HOLDS_ALL:
        row = next(line.element.iterancestors("tr"), line.element) if line.element.tag == "td" else line.element
        yield from ((value, 58.0) for value in _shown(row) if OUTLET.search(value) and not STOPS.match(value))
    for piece in _tidied(line):
        if (value := bare_outlet(piece)) and OUTLET.search(value) and not any(True for _ in _times(piece)):
            yield value, 55.0


def _of_the_reporters(layout: PageLayout, signatures: Sequence[str]) -> Iterator[Found[str]]:
    """Yield the medium whose reporters sign the text: 江东晚报首席记者 甲."""
    lines = [*layout.below, *layout.opening, *layout.ending, *layout.close]
    for text in [*(line.spaced for line in lines if not line.is_link), *signatures]:
        if len(text) > _SIGNED or is_of_pictures(text) or (outlet := outlet_of_reporters(text)) is None:
            continue
        if share_of_people(text) >= _ALL_PEOPLE:
            yield Found(outlet, "the reporters' medium", 24)


def _in_the_lead(layout: PageLayout) -> Iterator[Found[str]]:
    for line in layout.lines[layout.first : layout.first + 2]:
        if match := _LEAD.match(line.text[:80]):
            yield Found(match["outlet"], "first words", 15)
