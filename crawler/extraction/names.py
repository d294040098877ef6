"""Whether a word is built as the name of a person is, as a nickname or as an outlet's name."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, field_validator

from text.width import tidy, without_icons


class NameLists(BaseModel):
    """people.toml: surnames and words that look like names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    surnames: frozenset[str]
    rarely_names: frozenset[str]
    transliterated: frozenset[str]
    compound: frozenset[str]
    no_names: frozenset[str]
    nobody: frozenset[str]

    @field_validator("surnames", "transliterated", mode="before")
    @classmethod
    def _characters(cls, value: str) -> frozenset[str]:
        return frozenset("".join(value.split()))

    @field_validator("rarely_names", mode="before")
    @classmethod
    def _rare(cls, value: str) -> frozenset[str]:
        return frozenset(value)


HAN = "\u4e00-\u9fff"
"""Chinese characters, within the brackets of a pattern."""
_ABROAD = re.compile(rf"[{HAN}]{{1,6}}[·•・‧∙][{HAN}]{{1,8}}(?:[·•・‧∙][{HAN}]{{1,6}})?")
_SHORT_NAME = re.compile(rf"[{HAN}]{{2,4}}(?<![的了着们吗呢吧])")
_NICKNAME = re.compile(rf"(?=.*[{HAN}A-Za-z])[{HAN}\w.·•\-]{{2,16}}")
_ORGAN = re.compile(
    r"(?:网|網|报|報|社|台|臺|新闻|[周日晚早晨月旬导]刊|杂志|客户端|在线|广播|传媒|财经|频道|电视|卫视|融媒|观察|视频|联播|报道|公众号"
    r"|编辑部|办公室|委员会|公司|中心|政府|部|局|厅|处|院|所|协会|学会|集团|支部|工作室)$"
)
_STATION = re.compile(
    r"(?:教授|研究员|主任|院长|所长|博士|博士后|大学|学院|研究院|研究所|研究室|中心|学者|律师|专家|讲师|委员"
    r"|主席|会长|秘书长|书记|记者|工程师|医师|总监|法官|检察官|局|部|系|校|司)$"
)
_NOTICE = re.compile(r"授权|禁止|转载|所有|侵权|请注明")
_SPREAD = re.compile(rf"(?<![{HAN}])[{HAN}](?:\s+[{HAN}])+(?![{HAN}])")
_OF_THREE = 3
_BULLETS = "□■◎●▲◆★☆○※►▶◇△▼✎✍—-*· \u3000"
BETWEEN = re.compile(r"[\s、，,&/／|｜丨;；＆]+")
"""What stands between names."""
_OTHER_PEOPLES, _LONGEST_NAME = 4, 8
"""Characters of a name that is written by its sound, without a surname: those of three mostly are words."""


@cache
def name_lists() -> NameLists:
    """Return the lists that come with DeltaNews."""
    content = files("crawler.extraction").joinpath("people.toml").read_text(encoding="utf-8")
    return NameLists.model_validate(tomllib.loads(content))


def is_person(word: str, *, sure: bool = False) -> bool:
    """Tell whether a word is built as a Chinese name is: a surname and one or two characters more.

    `sure` asks that hardly any other word begins so, for names that no label precedes.
    """
    known = name_lists()
    if word in known.no_names or word.lower() in known.nobody:
        return False
    if _ABROAD.fullmatch(word):
        return True
    by_sound = _OTHER_PEOPLES <= len(word) <= _LONGEST_NAME and known.transliterated.issuperset(word)
    if _ORGAN.search(word) or not (by_sound or _SHORT_NAME.fullmatch(word)):
        return False
    if by_sound and not sure:
        return True
    if word[:2] in known.compound:
        return len(word) > 2
    doubtful = word[0] in known.rarely_names or word[:2] in known.no_names
    of_two_families = len(word) < 4 or (word[1] in known.surnames and not sure and not doubtful)
    return word[0] in known.surnames and of_two_families and not (sure and doubtful)


def tidied(text: str) -> str:
    """Return a line ready to be read: icons gone, names that were spread (许　舟) closed up."""
    text = tidy(without_icons(text)).replace("丨", "|").strip(_BULLETS)  # that bar counts as a Han character
    return _SPREAD.sub(_closed_up, text)


def _closed_up(match: re.Match[str]) -> str:
    """Return characters that each stand by themselves as names: three are one name, more of them names of two."""
    characters = match[0].split()
    size = _OF_THREE if len(characters) == _OF_THREE else 2
    return " ".join("".join(characters[place : place + size]) for place in range(0, len(characters), size))


def is_outlet(word: str) -> bool:
    """Tell whether a word ends as the names of outlets, offices and institutions do."""
    return _ORGAN.search(word) is not None or _STATION.search(word) is not None


def is_nickname(word: str) -> bool:
    """Tell whether a word behind a label of persons may be a name that somebody chose."""
    if word.lower() in name_lists().nobody or "admin" in word.lower():
        return False
    if _NOTICE.search(word) or _ORGAN.search(word) or _STATION.search(word):
        return False
    return bool(_NICKNAME.fullmatch(word) or re.fullmatch(r"[A-Za-z][A-Za-z.' \-]{1,30}", word))
