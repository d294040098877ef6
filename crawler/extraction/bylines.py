"""Who made the report: reporters, editors, and the programme (栏目) it was made for.

Names are read only where names stand: in the byline, in brackets of the first sentences and of the last, in the last
lines, and bare beside the time. In running text 记者 is followed by a verb (记者近日来到…): that names nobody.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from crawler.extraction.beside import Beside
from crawler.extraction.dates import written_in
from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.layout import PageLayout, heads_others
from crawler.extraction.lines import Line
from crawler.extraction.names import is_outlet, is_person, tidied
from crawler.extraction.outlets import credit_label
from crawler.extraction.people import Person, Role, is_of_pictures, people_in
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.signed import office_people, people_at_end, people_in_last_words

_PROGRAMME = re.compile(r"(?:栏目|节目|首播栏目)\s*[:：]\s*[《]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16})[》]?")
_LEAD_PROGRAMME = re.compile(
    r"^[【（(]?(?:央视网|央视|[\u4e00-\u9fff]{2,8})(?:消息|讯"
    r"|报道)\s*[（(][《]?(?P<name>[\u4e00-\u9fff]{2,12}?)[》]?[）)]"
)
_NAMED_PROGRAMME = re.compile(r"(?:新闻联播|联播|晚间新闻|新闻夜线|夜线|早新闻|午间新闻|第一时间|大直播)$")
_BRACKETED = re.compile(r"[（(【\[](?P<inside>[^（()）【】]{2,60})[）)】\]]")
_AGENCY = re.compile(r"(?:电|讯|消息)\s*[（(](?P<inside>[\u4e00-\u9fff·、 　]{2,20})[）)]")
_LEAD_REPORTER = re.compile(
    r"^[\u4e00-\u9fffA-Za-z0-9]{0,16}(?:讯|电|消息)?\s*[\u4e00-\u9fffA-Za-z]{0,8}(?:记者"
    r"|記者)\s*(?P<names>[\u4e00-\u9fff·、 ]{2,20}?)"
    r"(?=\s|\d|报道|從|$)"
)
_LABEL_IN_BRACKETS = re.compile(r"^【(?:记者|作者|编辑)】.{2,40}$")
_AFTER_LABEL = re.compile(r"\s*[:：]\s*")
"""A name behind it is no bare one: 审核：甲."""
_ENDS_IN_ROLE = re.compile(r"(?:[记記]\s*者|作\s*者|通讯员|责任编辑|責任編輯|责\s*编|编\s*辑|編\s*輯)\s*[:：|｜】]?$")
_SAID = re.compile(r"[。！？!?]")
_AUTHOR_NAME = re.compile(r"author|writer|reporter|byline|zuozhe|jizhe", re.IGNORECASE)
_ACCOUNT_AUTHOR = etree.XPath("//div[@id='meta_content']//*[contains(@class, 'rich_media_meta_text')][not(*)]")
_LEAD = 200
_LINE = 80
"""Characters of the longest line that is read as one of roles and names."""
_FIRST_LINES, _LAST_LINES = 2, 3
_NO_FIELDS = Beside()
_BEHIND, _LINKS = 60, 3
"""Lines below the body that are read (tables and galleries stand between), up to so many links."""


def find_reporters(
    document: Document,
    layout: PageLayout,
    paragraphs: Paragraphs,
    beside: Beside = _NO_FIELDS,
    *,
    signatures: Paragraphs = (),
    hints: Sequence[str] = (),
) -> Found[tuple[str, ...]]:
    """Return the reporters' names in the page's order, and where they were read.

    `signatures` are lines that were taken off the body since they say who made it.
    """
    if named := _at_hints(document, hints, Role.REPORTER):
        return named
    head = [*(text[:_LEAD] for text in paragraphs[:_FIRST_LINES]), *(line.spaced for line in layout.opening)]
    end = [text[-_LEAD:] for text in paragraphs[-_LAST_LINES:]]
    behind = _texts(_behind(layout))
    signatures = tuple(text for text in signatures if len(text) < _LINE)
    labelled = (
        ("beside the body", [person for text in beside.reporters for person in _labelled(text, "作者")]),
        ("byline", [person for text in _texts(layout.below) for person in people_in(text)]),
        ("byline", [person for text in _aloft(layout) for person in people_in(text)]),
        ("first lines", [person for text in head for person in [*_in_prose(text), *_in_the_lead(text)]]),
        ("last lines", [person for text in [*end, *signatures] for person in _in_prose(text)]),
        ("last lines", [person for text in behind for person in _in_prose(text)]),
        ("last words", [person for text in end[-1:] for person in people_in_last_words(text)]),
        ("byline", [Person(Role.REPORTER, name) for name in _of_the_account(document)]),
    )
    unlabelled = (
        ("last lines", [person for text in [*end, *signatures, *behind] for person in office_people(text)]),
        ("last lines", [person for text in [*end[-1:], *signatures] for person in people_at_end(text)]),
        ("byline", [person for text in _texts(layout.below) for person in _alone(text)]),
        ("bare in the byline", [Person(Role.REPORTER, name) for name in _bare(layout)]),
        ("data", [Person(Role.REPORTER, name) for name in _in_data(document)]),
    )
    told = [Found(names, place) for place, people in labelled if (names := _of(Role.REPORTER, people))]
    if told:
        return next((found for found in reversed(told) if _names_all(found, told[0])), told[0])
    for place, people in unlabelled:
        if names := _of(Role.REPORTER, people):
            return Found(names, place)
    return Found(None, "no reporter named")


def _names_all(found: Found[tuple[str, ...]], first: Found[tuple[str, ...]]) -> bool:
    """Tell whether a place names everybody whom the first does: the signature may name more than the byline."""
    return set(first.value or ()) <= set(found.value or ())


def find_editors(
    document: Document,
    layout: PageLayout,
    paragraphs: Paragraphs,
    beside: Beside = _NO_FIELDS,
    *,
    hints: Sequence[str] = (),
) -> Found[tuple[str, ...]]:
    """Return the editors' names (责编, 编辑, 责任编辑, 选稿), and where they were read; a page may well have none."""
    if named := _at_hints(document, hints, Role.EDITOR):
        return named
    end = [text[-_LEAD:] for text in paragraphs[-_LAST_LINES:]]
    byline = [*_texts(layout.below), *_aloft(layout), *_texts(layout.opening)]
    places = (
        ("beside the body", [person for text in beside.editors for person in _labelled(text, "编辑")]),
        (
            "below the body",
            [person for text in _texts([*layout.ending, *_behind(layout)]) for person in _in_prose(text)],
        ),
        ("below the body", [person for text in end for person in _in_prose(text)]),
        ("byline", [person for text in byline for person in people_in(text)]),
    )
    for place, people in places:
        if names := _of(Role.EDITOR, people):
            return Found(names, place)
    return Found(None, "no editor named")


def find_programme(
    document: Document, layout: PageLayout, paragraphs: Paragraphs, credit: str | None, *, hints: Sequence[str] = ()
) -> Found[str]:
    """Return the programme that the report was made for, and where it was read."""
    for hint in hints:
        for element in document.tree.cssselect(hint):
            if text := " ".join(element.text_content().split()):
                return Found(text, f"css:{hint}")
    for line in [*layout.byline, *layout.tail]:
        if len(line.text) < _LINE and (match := _PROGRAMME.search(line.spaced)):
            return Found(match["name"], "byline")
    if paragraphs and (match := _LEAD_PROGRAMME.match(paragraphs[0])) and _NAMED_PROGRAMME.search(match["name"]):
        return Found(match["name"], "first words")
    if credit and _NAMED_PROGRAMME.search(credit):
        return Found(credit, "credit")
    return Found(None, "no programme named")


def _at_hints(document: Document, hints: Sequence[str], role: Role) -> Found[tuple[str, ...]] | None:
    for hint in hints:
        texts = [" ".join(element.text_content().split()) for element in document.tree.cssselect(hint)]
        label = "作者" if role is Role.REPORTER else "编辑"
        names = [name for text in texts for name in _of(role, _labelled(text, label))]
        if names:
            return Found(tuple(dict.fromkeys(names)), f"css:{hint}")
    return None


def _labelled(text: str, label: str) -> Sequence[Person]:
    """Return the persons of a text that names them, its own label before them or none."""
    return people_in(text) or people_in(f"{label}：{text}")


def _of(role: Role, people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.name for person in people if person.role is role))


def _behind(layout: PageLayout) -> Iterator[Line]:
    """Yield the lines below the body up to the first links: names may stand behind tables and galleries."""
    links = 0
    for line in layout.lines[layout.last + 1 : layout.last + 1 + _BEHIND]:
        if heads_others(line):
            return
        links += line.is_link and len(line.text) > _LINKS
        if links > _LINKS:
            return
        if not line.is_link:
            yield line


def _texts(lines: Sequence[Line] | Iterator[Line]) -> list[str]:
    """Return the short lines; one that ends in a role goes on in the next."""
    texts: list[str] = []
    for line in lines:
        if texts and _ENDS_IN_ROLE.search(texts[-1]) and len(line.text) < _LINE // 2 and not _SAID.search(line.text):
            texts[-1] = f"{texts[-1].strip(':： |｜【】')}：{line.spaced}"
        elif len(line.text) < _LINE:
            texts.append(line.spaced)
    return texts


def _aloft(layout: PageLayout) -> list[str]:
    return _texts([line for line in layout.aloft if not (line.is_link or line.apart)])


def _of_the_account(document: Document) -> list[str]:
    """Return the author whom a WeChat page names beside its account."""
    found = _ACCOUNT_AUTHOR(document.tree)
    texts = [tidied(element.text_content()) for element in found]
    return [name for text in texts[:1] for name in _of(Role.REPORTER, people_in(f"作者：{text}"))]


def _in_data(document: Document) -> list[str]:
    """Return the authors in JSON-LD and article:author that are called as persons are; meta author may be an editor."""
    names = re.split(r"[\s,，、/]+", document.meta("article:author"))
    for item in document.data:
        authors = item.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            named = author.get("name") if isinstance(author, dict) else author
            names += re.split(r"[\s,，、/]+", named) if isinstance(named, str) else []
    return [name for name in map(tidied, names) if is_person(name, sure=True)]


def _in_prose(text: str) -> list[Person]:
    """Return the persons in the brackets of a text, and of the whole of a short one."""
    found = list(people_in(text)) if len(text) < _LINE else []
    for match in _BRACKETED.finditer(text):
        found += people_in(match["inside"], bracketed=True)
    if _LABEL_IN_BRACKETS.match(text):
        found += people_in(text.strip("【").replace("】", "：", 1))
    return found


def _in_the_lead(text: str) -> list[Person]:
    """Return the persons in an agency's first words: 中新网上海7月1日电 (甲 乙), 某某网讯 记者甲 乙."""
    text = tidied(text)
    if match := _AGENCY.search(text[:60]):
        names = [name for name in re.split(r"[、 　]+", match["inside"].strip()) if name]
        if names and all(is_person(name) for name in names):
            return [Person(Role.REPORTER, name) for name in names]
    if (match := _LEAD_REPORTER.match(text)) and not is_of_pictures(text):
        rest = re.split(r"[、 ]+", text[match.start("names") :][:30])
        found = []
        for word in rest:
            name = re.split(r"\d|报道|報道", word)[0]
            if not is_person(name):
                break
            found.append(Person(Role.REPORTER, name))
            if name != word:
                break
        return found
    return []


def _alone(text: str) -> list[Person]:
    """Return the persons whom a line of the byline names with their office or in brackets, and nothing else."""
    people = [*office_people(text), *people_at_end(text)]
    return people if all(is_person(person.name, sure=True) for person in people) else []


def _bare(layout: PageLayout) -> list[str]:
    """Return names that stand beside the time with no word to tell what they are."""
    byline = [line for line in layout.byline if len(line.text) < _LINE and not line.apart]
    timed = [place for place, line in enumerate(byline) if any(written.has_day for written in written_in(line.spaced))]
    found: list[str] = []
    for place, line in enumerate(byline):
        called = f"{line.element.get('class') or ''} {line.element.get('id') or ''}"
        beside = any(abs(place - other) <= 1 for other in timed)
        if not (beside or _AUTHOR_NAME.search(called)) or (line.linked and place not in timed):
            continue
        text = tidied(line.spaced)
        for written in reversed(written_in(text)):
            text = f"{text[: written.start]} {text[written.end :]}"
        text = _AFTER_LABEL.sub("：", credit_label(text))
        told = {person.name for person in people_in(text)}
        parts = [word for word in re.split(r"[\s|｜丨/／,，、·()（）\[\]【】]+", text) if word]
        names = [word for word in parts if is_person(word, sure=True) and word not in told]
        names = [word for word in names if len(word) > 2 or not line.linked]  # short words that are links are buttons
        if names and (place in timed or all(word in names or is_outlet(word) for word in parts)):
            found += names
    return found
