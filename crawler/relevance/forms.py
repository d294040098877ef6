"""Forms of a sentence: how the places in it stand to each other, whatever words join them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.relevance.entry import EntryKind, Match
from crawler.relevance.sentences import Sentence

_JOINED = re.compile(r"[^,。;:!?\d]{0,8}?(?:与|和|同|跟|及|以及|、|—|-|–|·)[^,。;:!?\d]{0,8}")
_BODY = re.compile(
    "[^,。;:!?]{0,8}?(?:局(?![面势部限])|厅|委(?![托婉])|办公室|合作办|联席办|汛办|侨办|外办|管理处|办事处|部门|机关|政府|院|馆|公司|集团|站|中心|协会"
    "|队(?![员友长形])|派出所|研究所|监管所|交易所|事务所|校(?![园区])|大学|中学|小学|校长|单位|公安|警方|民警|海关|税务|干部|人大|企业|园区|港口|银行"
    "|气象台|电视台|电台)"
)
_PLACES_OF_BOTH_WAYS = 4
_PRONOUN = re.compile("[他她我俩]|两个人|小两口|夫妻|兄弟俩|姐妹俩")
_NATIVE = re.compile("人(?![大社民才力文口均工])")
_WITH = frozenset("与和同跟")
_LOCATIVES = frozenset("在到从于赴去往至来飞经自向为给对")
_NUMBER = re.compile(r"[^,。;、:!?\d]{0,6}\d")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|度|元|万|亿|人|件|个百分点|:)")


def has_figures(sentence: Sentence, text: str) -> bool:
    """Tell whether the places stand with a figure each, as in a table."""
    numbered = sum(bool(_NUMBER.match(text, match.end)) for match in sentence.acting)
    return numbered >= 2 or len(_FIGURE.findall(text, sentence.start, sentence.end)) >= 3


def subject_pairs(sentence: Sentence, text: str) -> Iterator[tuple[Match, Match]]:
    """Yield neighbours of different provinces that are one subject."""
    for first, second in pairwise(sentence.acting):
        if not first.entry.provinces & second.entry.provinces and _JOINED.fullmatch(text, first.end, second.start):
            yield first, second


def one_province_acts(sentence: Sentence, text: str) -> bool:
    """Tell whether the only places that are one subject are of one province: 南京大学与东南大学共建, 上海的媒体报道."""
    joined = [
        bool(first.entry.provinces & second.entry.provinces)
        for first, second in pairwise(sentence.acting)
        if _JOINED.fullmatch(text, first.end, second.start)
    ]
    return bool(joined) and all(joined) and (not sentence.parties or sums_up(sentence))


def acts_with(others: tuple[Match, ...], sentence: Sentence, text: str) -> bool:
    """Tell whether a place of the delta is one subject with one of elsewhere, or somebody acts with that (与哈尔滨)."""
    return any(text[other.start - 1 : other.start] in _WITH for other in others) or any(
        _JOINED.fullmatch(text, *((ours.end, other.start) if ours.start < other.start else (other.end, ours.start)))
        for other in others
        for ours in sentence.acting
    )


def names_their_bodies(sentence: Sentence, text: str) -> bool:
    """Tell whether bodies of the places act: 两市医保部门, 沪苏浙皖体育局, 溧阳和郎溪的客运公司."""
    if any(_BODY.match(text, match.start) for match in sentence.parties):
        return True
    if any(match.entry.provinces and _BODY.match(text, match.end) for match in sentence.names):
        return True
    return any(_BODY.match(text, second.end) for _, second in subject_pairs(sentence, text))


def have_body_each(sentence: Sentence, text: str) -> bool:
    """Tell whether places of two provinces have a body each, wherever they stand."""
    provinces = frozenset[str]()
    for match in sentence.acting:
        entry = match.entry
        if not entry.provinces <= provinces and (entry.kind is EntryKind.INSTITUTION or _BODY.match(text, match.end)):
            provinces |= entry.provinces
    return len(provinces) >= 2


def sums_up(sentence: Sentence) -> bool:
    """Tell whether places are summed up at once: 苏州、嘉兴两市."""
    ends = {match.end for match in sentence.acting}
    return any(match.start in ends or match.start - 1 in ends for match in sentence.parties)


def has_person(sentence: Sentence, text: str) -> bool:
    """Tell whether a pronoun speaks of a person."""
    return _PRONOUN.search(text, sentence.start, sentence.end) is not None


def names_natives(sentence: Sentence, text: str) -> bool:
    """Tell whether people are told apart by their places (江苏人, 安徽人)."""
    return sum(_NATIVE.match(text, match.end) is not None for match in sentence.acting) >= 2


def subject_provinces(sentence: Sentence, text: str) -> frozenset[str]:
    """Return the provinces of those places that are not only where something happens (在上海, 到南京、杭州)."""
    return frozenset[str]().union(
        *(match.entry.provinces for match, located in _located(sentence, text) if not located)
    )


def go_both_ways(sentence: Sentence, text: str) -> bool:
    """Tell whether something goes from one place to the other and back: 松江的干部到金华上班，金华的干部也来松江."""
    if len(sentence.acting) < _PLACES_OF_BOTH_WAYS:
        return False
    ways = {
        (first.entry.provinces, second.entry.provinces)
        for (first, stays), (second, is_goal) in pairwise(_located(sentence, text))
        if is_goal and not stays
    }
    return any((there, here) in ways for here, there in ways if here != there)


def _located(sentence: Sentence, text: str) -> Iterator[tuple[Match, bool]]:
    """Yield who may act, and whether it is only where something happens."""
    end, located = -1, False
    for match in sentence.acting:
        joined = located and _JOINED.fullmatch(text, end, match.start) is not None
        located = joined or text[match.start - 1 : match.start] in _LOCATIVES
        yield match, located
        end = match.end
