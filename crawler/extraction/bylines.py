"""Who made the report: reporters, editors, and the programme (栏目) it was made for.

Names are read only where names stand: in the byline, in brackets of the first sentence, in the last lines. In running
text 记者 is followed by a verb (记者近日来到…): words that begin such sentences are no names.
"""

import re
from collections.abc import Iterable, Sequence

from crawler.extraction.document import Document
from crawler.extraction.found import Found
from crawler.extraction.reading import Reading
from crawler.extraction.repairs import Paragraphs

_NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,6})?"
_NAMES = rf"(?:{_NAME})(?:(?:\s*[、，,/／&]\s*|\s+)(?:{_NAME}))*(?![\u4e00-\u9fff]|\s*[:：])"
_REPORTER_WORDS = r"(?:记者|通讯员|见习生|实习生|采写|撰文|文字|作者)"
_LABELLED = re.compile(rf"(?:本文)?{_REPORTER_WORDS}\s*[:：/／|｜丨]\s*(?P<names>{_NAMES})")
_LONE = re.compile(
    rf"^[（(【]?(?:文/|图/|文、图/)?[\u4e00-\u9fffA-Za-z]{{0,14}}(?:记者|通讯员|实习生)\s*(?P<names>{_NAMES})\s*[】)）]?$"
)
_WRITTEN = re.compile(
    rf"^[（(【]?(?:文|文图|图文|采写|撰稿)\s*[/／|｜:：]\s*(?:[\u4e00-\u9fffA-Za-z]{{0,12}}(?:记者|特约作者|专栏作者)\s*)?(?P<names>{_NAMES})"
)
_BRACKETED = re.compile(r"[（(【][^（()）【】]{0,12}?(?:记者|通讯员|见习记者)(?P<names>[^（()）【】]{2,40})[）)】]")
_REPORTED = re.compile(rf"^[\u4e00-\u9fffA-Za-z]{{2,10}}记者(?P<names>{_NAME}?)(?:\d+月\d+日)(?:报道|摄)")
_EDITOR = re.compile(
    rf"(?:责任编辑|责任编缉|责编|网络编辑|值班编辑|本文编辑|执行编辑|编辑|选稿)\s*[:：/／|｜丨]?\s*(?P<names>{_NAMES})"
)
_PROGRAMME = re.compile(r"(?:栏目|节目|首播栏目)\s*[:：]\s*[《]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,16})[》]?")
_LEAD_PROGRAMME = re.compile(
    r"^[【（(]?(?:央视网|央视|[\u4e00-\u9fff]{2,8})(?:消息|讯|报道)\s*[（(][《]?(?P<name>[\u4e00-\u9fff]{2,12}?)[》]?[）)]"
)
_NAMED_PROGRAMME = re.compile(r"(?:新闻联播|联播|晚间新闻|新闻夜线|夜线|早新闻|午间新闻|第一时间|大直播)$")
_NO_NAME = re.compile(
    r"近日|获悉|了解|从|在|看到|走访|注意|来到|采访|随|发现|昨|今|日前|就|对|将|与|和|向(?=[有相市当工警记])|到|于(?=[近昨今当现日上])|也|还|再次|联系|致电|查询|梳理|表示|提问|电话|现场|报道|专访"
    r"|问|手记|站|按|观察|调查|通过|独家|前往|进行|探访|实地|一行|第一|多方|随机|登录|当日|跟|为|是|被|有|说|编辑|整理|综合|整合|未知|网络|佚名|匿名"
)
"""Words that follow 记者 in running text."""
_SPLIT = re.compile(r"[\s、，,/／&|｜]+")
_ROLE = re.compile(
    r"^(?:(?:见习|实习|全媒体|首席|特派|本报|本网)?(?:记者|通讯员|实习生|编辑|摄影|摄像|校对|审核|责编|作者)|[文图]$)"
)
_ROLE_END = re.compile(r"(?:记者|通讯员|作者|编辑)$")
_OTHER_ROLE = re.compile(r"^(?:校对|审核|摄像|监制|责编|来源|供图)$")
_LEAD = 200
_FIRST_LINES, _LAST_LINES = 2, 3


def find_reporters(
    document: Document, reading: Reading, paragraphs: Paragraphs, *, hints: Sequence[str] = ()
) -> Found[tuple[str, ...]]:
    """Return the reporters' names in the page's order, and where they were read."""
    if named := _at_hints(document, hints):
        return named
    byline = [line.spaced for line in reading.byline if len(line.text) < 80]
    head = [*(text[:_LEAD] for text in paragraphs[:_FIRST_LINES]), *(line.text for line in reading.opening)]
    end = [*(text[-_LEAD:] for text in paragraphs[-_LAST_LINES:]), *(line.spaced for line in reading.tail)]
    places: tuple[tuple[str, Iterable[str], tuple[re.Pattern[str], ...]], ...] = (
        ("byline", byline, (_LABELLED, _LONE, _WRITTEN)),
        ("first lines", head, (_BRACKETED, _REPORTED, _LONE, _WRITTEN)),
        ("last lines", end, (_LABELLED, _LONE, _WRITTEN)),
    )
    for place, texts, patterns in places:
        names = [name for text in texts for pattern in patterns for name in _names(pattern, text)]
        if names:
            return Found(tuple(dict.fromkeys(names)), place)
    return Found(None, "no reporter named")


def find_editors(document: Document, reading: Reading, *, hints: Sequence[str] = ()) -> Found[tuple[str, ...]]:
    """Return the editors' names (责编, 编辑, 责任编辑, 选稿), and where they were read; a page may well have none."""
    if named := _at_hints(document, hints):
        return named
    for place, lines in (("below the body", [*reading.tail, *reading.ending]), ("byline", reading.byline)):
        names = [
            name
            for line in lines
            if len(line.text) < 80
            for name in _names(_EDITOR, re.sub(r"_?[A-Z]{2,}\d+", "", line.spaced))
        ]
        if names:
            return Found(tuple(dict.fromkeys(names)), place)
    return Found(None, "no editor named")


def find_programme(
    document: Document, reading: Reading, paragraphs: Paragraphs, credit: str | None, *, hints: Sequence[str] = ()
) -> Found[str]:
    """Return the programme that the report was made for, and where it was read."""
    for hint in hints:
        for element in document.tree.cssselect(hint):
            if text := " ".join(element.text_content().split()):
                return Found(text, f"css:{hint}")
    for line in [*reading.byline, *reading.tail]:
        if len(line.text) < 80 and (match := _PROGRAMME.search(line.spaced)):
            return Found(match["name"], "byline")
    if paragraphs and (match := _LEAD_PROGRAMME.match(paragraphs[0])) and _NAMED_PROGRAMME.search(match["name"]):
        return Found(match["name"], "first words")
    if credit and _NAMED_PROGRAMME.search(credit):
        return Found(credit, "credit")
    return Found(None, "no programme named")


def _at_hints(document: Document, hints: Sequence[str]) -> Found[tuple[str, ...]] | None:
    for hint in hints:
        texts = [" ".join(element.text_content().split()) for element in document.tree.cssselect(hint)]
        names = [
            name
            for text in texts
            for word in _SPLIT.split(re.sub(r"^[^:：]{0,8}[:：]", "", text))
            if _is_name(name := _ROLE.sub("", word))
        ]
        if names:
            return Found(tuple(dict.fromkeys(names)), f"css:{hint}")
    return None


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    names = []
    for match in pattern.finditer(text):
        for part in _SPLIT.split(match["names"].strip(" :：/／")):
            if _OTHER_ROLE.match(part):
                break
            name = _ROLE.sub("", part)
            if not name or _ROLE_END.search(name):
                continue
            if not _is_name(name):
                break  # what follows a word that is no name is running text
            names.append(name)
    return names


def _is_name(word: str) -> bool:
    return re.fullmatch(_NAME, word) is not None and _NO_NAME.match(word) is None
