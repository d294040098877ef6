"""Persons of a byline: a line of roles and names read as such, 记者 甲 乙 通讯员 丙 编辑：丁, 甲/文 乙/图.

A role is followed by its names, or follows them behind a slash. What is a name depends on what stands before it: behind
a colon nicknames and Latin letters are names too, elsewhere a name begins with a surname.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from crawler.extraction.dates import written_in
from crawler.extraction.names import BETWEEN, HAN, is_nickname, is_outlet, is_person, tidied
from text.width import tidy


class Role(Enum):
    """What a person did for the report."""

    REPORTER = "reporter"
    EDITOR = "editor"
    OTHER = "other"


class Person(NamedTuple):
    """A name and its role."""

    role: Role
    name: str


_EDITOR = (
    r"(?:责任|責任|网络|值班|本文|本期|执行|新媒体|文字|见习|微信|网页|实习|栏目|首席|高级|融媒体?)?"
    r"(?:编辑|編輯|编缉)(?![部室器于])|责编|責編|网编|选稿|编发"
)
_OTHER = (
    r"(?:美术|视频|图片|视觉|音频|后期|总|副总)(?:编辑|編輯)|美编|主编|总编|编审|校对|校对员|校審|审核|审读"
    r"|审校|[一二三初复终]审|监制|监审|摄影|摄像|摄影记者|供图|制图|图片|图源|视频|剪辑|配音|设计|值班主任"
    r"|值班主编|值班编委"
    r"|签发|策划|统筹|排版|制作|翻译|主持人?|播音|总监制|出品|(?:信息|文章|稿件)?来源|來源|稿源|转自|作者单位"
    r"|单位|时间|日期|点击|阅读|浏览|字号|发布|更新|评论(?!员)|分享|打印|电话|邮箱|微信|微博|关键词|标签|责任校对"
    r"|(?:图|摄)(?=\s*[/／|｜:：丨])"
)
_REPORTER = (
    rf"(?:[{HAN}A-Za-z+·]{{0,14}}?)(?:记者|記者|通讯员|通訊員|评论员|評論員|特派员|特约撰稿人?|撰稿人|专栏作者"
    rf"|专栏作家|特约作者|见习生|实习生|报道员|报道组|通讯组)(?![会站们部团席协招手节证按])"
    r"|文\s*[/／]\s*图|信息员|(?:采访|调查)整理|(?:投稿|来稿|报道|整理)(?=\s*[:：])|采写|采访|撰文|执笔|撰稿|文字|本文作者|作者|主笔|发帖人|楼主|博主|供稿人|供稿(?=\s*[:：])|文图|图文|文、图|图、文"
    r"|(?<![\u4e00-\u9fff])文(?=\s*[/／|｜:：丨])"
    r"|(?:(?:posted|written|reported)\s+by|author|(?<![A-Za-z])(?<![A-Za-z]\s)by)"
    r"(?=\s*[:：]?\s*(?-i:[A-Z\u4e00-\u9fff]))"
)
ROLES = re.compile(rf"(?P<other>{_OTHER})|(?P<editor>{_EDITOR})|(?P<reporter>{_REPORTER})", re.IGNORECASE)
_MARK = re.compile(r"\s*[:：/／|｜丨】\]]+\s*")
BEHIND = re.compile(
    r"(?P<names>[^\s/／:：、，,|（()）]{2,6}(?:[\s、，,]+[^\s/／:：、，,|（()）]{2,6}){0,5})\s*[/／]\s*(?P<role>摄影报道"
    r"|文图|图文|文、图|图、文|文|图|摄影|摄|整理|漫画|制图)(?![\u4e00-\u9fff])"
)
_WRITES = frozenset({"文", "文图", "图文", "文、图", "图、文", "摄影报道", "整理"})
_LAST = re.compile(
    rf"^[（(]?(?P<names>[{HAN}·\s、]{{2,20}}?)\s+"
    r"(?P<role>编辑|編輯|整理|摄影|摄|文|采写|文\s*[/／、并]?\s*[图摄])[）)]?$"
)
_GLUED = re.compile(
    rf"(?P<role>[记記]者|通讯员|通訊員|实习生|见习生)(?P<name>[{HAN}]{{2,4}}?)"
    r"(?=(?:本报|见习|实习|特约|首席)?(?:[记記]者|通讯员|通訊員|实习生|见习生))"
)
"""A name with the next role right behind it: 记者甲通讯员乙."""
_BULLET = re.compile(r"^[□■◎●▲◆★☆○▶]\s*(?P<names>[^□■◎●▲◆★☆○▶]{2,24})$")
_BEFORE_AUTHOR = re.compile(rf"(?:^|[（(])(?P<name>[{HAN}]{{2,4}})[，,]\s*(?:本文)?作者[为系是]")
_AGENCY = re.compile(
    rf"(?:记者|記者)(?P<name>[{HAN}]{{2,3}})(?=[{HAN}]{{2,4}}\d{{1,2}}日(?:电|電|专电|專電|摄|報導|报道))"
)
_CODE = re.compile(r"_?[A-Z]{1,3}\d+")
_VERB = re.compile(r"(?:参与|等)?(?:采写|报道|報導|报导|摄影报道|整理|实习)?$|[/／].{0,4}(?:报道|報導|报导|综合|綜合)$")
_IS = re.compile(r"^(?:系|为|是|供职于|任职于|单位)")
_CALLED = re.compile(rf"^(?P<name>[{HAN}]{{2,4}}?)(?=系|为(?!何)|，|,|是|单位|（|\()")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'\-]*")
_FOREIGN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z.]*)+")
MARKS = re.compile(r"[。！？；!?]|[，,](?!\s*\S{0,4}[:：])")
_SAID = re.compile(r"[。！？!?]")
"""In what stands behind a label: it is what somebody said."""
_PICTURES = re.compile(r"(?<![文图/／、\s])\s*(?:摄|拍摄|摄影|摄像|图|制图|供图|航拍|剪辑)$")
_WORDS_AND_PICTURES = re.compile(rf"(?P<writers>[{HAN}·、\s]{{2,30}}?)\s*(?<![{HAN}])文(?=[\s、，,])")
"""甲 文 乙 摄: who wrote stands before the one, who took the pictures before the other."""
_HINT = re.compile(r"[记記编編作责責文图摄撰采执评通实楼主博网选稿供组员整投报□■◎●▲◆★☆○▶]|by|author", re.IGNORECASE)
"""Without one of them a line names no role."""
_LONGEST_LISTED = 5
"""Characters of a nickname among several."""


def people_in(text: str, *, bracketed: bool = False) -> Sequence[Person]:
    """Return the persons that one line names, or the inside of one bracket, with their roles, in its order."""
    return _people_in(text, bracketed) if _HINT.search(text) else ()


@lru_cache(maxsize=1024)
def _people_in(text: str, bracketed: bool) -> Sequence[Person]:  # noqa: FBT001 - a key of the cache
    bullet = _BULLET.match(tidy(text))
    text = tidied(text)
    found: list[Person] = []
    if bullet and all(map(is_person, names := BETWEEN.split(tidied(bullet["names"])))):
        return [Person(Role.REPORTER, name) for name in names]
    for pattern in (_BEFORE_AUTHOR, _AGENCY):
        if (match := pattern.search(text)) and is_person(match["name"]):
            return [Person(Role.REPORTER, match["name"])]
    if match := _LAST.match(text):
        role = Role.EDITOR if match["role"] in {"编辑", "編輯"} else Role.REPORTER
        role = Role.OTHER if match["role"] in {"摄影", "摄"} else role
        names = [name for name in BETWEEN.split(match["names"].strip()) if name]
        if names and all(map(is_person, names)):
            return [Person(role, name) for name in names]
    text = _GLUED.sub(_apart, text)
    text = BEHIND.sub(lambda match: _take_behind(match, found), text)
    roles = list(ROLES.finditer(text))
    in_sentence = not bracketed and MARKS.search(text) is not None
    chain: Role | None = None
    for place, match in enumerate(roles):
        end = roles[place + 1].start() if place + 1 < len(roles) else len(text)
        if place + 2 == len(roles) and roles[-1]["other"] and roles[-1].end() == len(text):
            end = len(text)  # 记者 甲 剪辑: the word behind the name tells
        region, marked = text[match.end() : end], False
        if mark := _MARK.match(region):
            region, marked = region[mark.end() :], True
        marked = marked or match[0].isascii()  # By, Author
        role = chain or Role(match.lastgroup)
        if not region.strip() and place + 1 < len(roles) and role is not Role.OTHER:
            chain = role  # 文/记者 甲, 采写：记者 乙: the first word tells
            continue
        if not region.strip() and match["other"] in {"图", "摄", "摄影", "图片", "视频"}:
            chain = role
            continue
        chain = None
        if role is Role.OTHER or (in_sentence and not marked):
            continue
        marked = marked and match[0] != "供稿"  # which an office does as often as a person
        marked = marked and not (in_sentence and _SAID.search(region))  # 记者：您今年多大了？
        found += [Person(role, name) for name in _names(region, marked=marked, named=match[0])]
    return found


def is_of_pictures(text: str) -> bool:
    """Tell whether a line ends in who took the pictures."""
    return _PICTURES.search(text.strip(" ）)】]")) is not None


def _apart(match: re.Match[str]) -> str:
    """Return a role and its name with a blank before the next role; as they are where that is no name."""
    return f"{match['role']} {match['name']} " if is_person(match["name"]) else match[0]


def _take_behind(match: re.Match[str], found: list[Person]) -> str:
    """Take the names before 甲 乙/文 out of a line."""
    role = Role.REPORTER if match["role"] in _WRITES else Role.OTHER
    parts = BETWEEN.split(match["names"])
    names = [name for part in parts if is_person(name := re.sub(r"^.*(?:记者|記者|通讯员)", "", part))]
    if not names:
        return match[0]
    found += [Person(role, name) for name in names]
    return " "


def _names(region: str, *, marked: bool, named: str) -> list[str]:
    region = _CODE.sub(" ", region)
    if is_of_pictures(region):
        writers = _WORDS_AND_PICTURES.match(region)
        if writers is None:
            return []
        region = writers["writers"]
    if "作者" in named and not marked and (author := _author_named(region)) is not None:
        return author
    region = re.split(r"[（()）\[【]", region, maxsplit=1)[0].strip(' 　：:】]”“"')
    dates = [written for written in written_in(region) if written.has_day or written.clock]
    return _listed(region[: dates[0].start] if dates else region, marked=marked)


def _author_named(region: str) -> list[str] | None:
    """Return whom a sentence about the author names, 作者甲系…教授, 作者为…教授 甲; None where it is no sentence."""
    if called := _CALLED.match(region.strip()):
        return [called["name"]] if is_person(called["name"]) else []
    if behind := _IS.match(region):
        last = BETWEEN.split(region[behind.end() :].strip(" ）)]】"))[-1]
        return [last] if is_person(last) else []
    return None


def _listed(region: str, *, marked: bool) -> list[str]:
    """Return the names that stand behind a role, up to the first word that is none."""
    names: list[str] = []
    parts = [part for part in BETWEEN.split(_VERB.sub("", region)) if part]
    several = re.search("[、&＆]", region) is not None and all(len(part) <= _LONGEST_LISTED for part in parts)
    while parts:
        word = parts.pop(0).strip("@”“\"'《》.。:：-—_")
        while _LATIN.fullmatch(word.rpartition(" ")[2]) and parts and _LATIN.fullmatch(parts[0]):
            word += f" {parts.pop(0)}"
        word = _VERB.sub("", word)
        if is_person(word):
            names.append(word)
        elif marked and is_nickname(word) and (not names or several):
            names.append(word)
            if not several and not re.fullmatch(rf"[{HAN}]{{2,4}}", word):
                break
        elif not names and _FOREIGN.fullmatch(word):
            names.append(word)
        elif not is_outlet(word):  # 记者 甲 江东台 乙: the next one's outlet
            break
    return names
