"""Lines that sign a report: which share of them roles and names are, an office with its people, names in brackets."""

import re

from crawler.extraction.names import BETWEEN, HAN, is_outlet, is_person, tidied
from crawler.extraction.people import BEHIND, MARKS, ROLES, Person, Role, people_in

_LAST_NAMES = re.compile(rf"(?:^|[。！？”])\s*[（(](?P<names>[{HAN}·、 \u3000]{{2,20}})[）)]$")
_LAST_WORDS = re.compile(
    rf"(?:^|[。！？”])\s*(?P<signed>[{HAN}]{{0,12}}(?:记者|記者|通讯员|通訊員)"
    rf"[{HAN}·、 ]{{2,30}}(?:报道|報導|采写))。?$"
)
_PHOTOGRAPHERS = re.compile(
    rf"(?:[{HAN}A-Za-z]{{0,14}}[记記]者\s*)?[{HAN}·]{{2,4}}(?:[、\s]+[{HAN}·]{{2,4}}){{0,3}}\s*(?:摄影|摄|图|供图)(?!\s*[/／:：|]|[{HAN}])"
    rf"|(?:摄影|摄像|摄|图片|图)\s*[/／:：|]\s*[{HAN}·]{{2,4}}(?![{HAN}])"
)
"""Who took the pictures, and that somebody did: 甲 摄, 图/乙."""
_OFFICE = re.compile(rf"[{HAN}]{{1,16}}[局委办厅部处院校站所队会组科社台网报心府学镇乡道团]")
_LONGEST_OFFICE = 40
"""Characters of the longest line that names an office and its people."""
_NO_WORD = re.compile(r"[\W_]+")


def people_at_end(text: str) -> list[Person]:
    """Return the persons in brackets that alone end a text, or are all of it: …圆满结束。（许小舟）."""
    match = _LAST_NAMES.search(text)
    names = BETWEEN.split(tidied(match["names"]).strip()) if match else []
    if not all(is_person(name, sure=True) for name in names):
        return []
    return [Person(Role.REPORTER, name) for name in names]


def people_in_last_words(text: str) -> list[Person]:
    """Return whom the last words of a text name as its reporters: …更多经验。海角日报记者许小舟报道."""
    match = _LAST_WORDS.search(text)
    return list(people_in(match["signed"])) if match else []


def office_people(text: str) -> list[Person]:
    """Return the persons in a line that names their office and them, and says nothing else: （县民政局 胡一鸣）."""
    office, *names = tidied(text).strip("（()） ").split() or [""] if len(text) <= _LONGEST_OFFICE else [""]
    if not names or _OFFICE.fullmatch(office) is None or not all(map(is_person, names)):
        return []
    return [Person(Role.REPORTER, name) for name in names]


def share_of_people(text: str) -> float:
    """Return which share of a line's characters roles and names are, 0 to 1; 0 where it names nobody with a role.

    Brackets, blanks and points count for nothing: （记者 甲 通讯员 乙） is nothing else; nor do outlets among them.
    """
    inside = tidied(text).strip("（()）【】[] ")
    people = [*people_in(text), *people_in(inside, bracketed=True)]
    rest = _PHOTOGRAPHERS.sub("", inside)
    if not (people or rest != inside) or MARKS.search(inside):
        return 0.0
    rest = BEHIND.sub("", rest)
    for name in {person.name for person in people}:
        rest = rest.replace(name, "")
    rest = " ".join(word for word in rest.split() if not is_outlet(word))
    letters = len(_NO_WORD.sub("", inside))
    return 1 - len(_NO_WORD.sub("", ROLES.sub("", rest))) / letters if letters else 0.0
