"""The credit (来源): who the page says the report is from, in every form that Chinese pages have for it.

A label and its value (来源：新京报, also in two elements or two lines, or as a link), a bare outlet's name beside the
time, a line at the end of the text (（来源：新华社）), the agency in the first words (新华社北京2月29日电).
"""

import re
from collections.abc import Iterator, Sequence

from crawler.extraction.dates import dates_in, dates_without_year
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.lines import Line
from crawler.extraction.reading import Reading
from text.width import tidy

_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:信息|文章|本文|新闻|稿件|资料|内容|发布|消息|作品)?(?:[来來]\s*源|稿\s*源|出\s*[处處])(?:于)?\s*(?:[:：|｜丨]|$)\s*"
)
_NO_COLON = re.compile(r"^(?:来源|来自)\s*(?=[\u4e00-\u9fffA-Za-z])")
_NEXT_LABEL = re.compile(
    r"\s*(?:作者|记者|编辑|责任编辑|责编|选稿|编审|审核|校对|摄影|文字|通讯员|时间|日期|发布|发表|更新|浏览|点击|阅读|人气|评论|字号|字体|分享|打印|举报|收藏"
    r"|我要|我有话|关注|手机|扫|订阅|繁体|语音|播放|查看|返回|大\s*中\s*小|T\s|[(（【\[|｜丨]|\d{4}\s*[-年/.]|\d+\s*(?:次|条|人))"
)
_STOPS = re.compile(
    r"^(?:(?:原创|转载|编辑|大|中|小|正文|首页|昨天|前天|今天|刚刚|时间|日期|更新|作者|记者|来源|更多|返回|广告|推荐|播放|赞|踩|点赞|查看|全文|标签|优质原创|原创作者)$"
    r"|字号|字体|分享|收藏|评论|举报|阅读|浏览|微信|微博|打印|关注|我有话说|缩小字体|放大字体|发布[时日于]|发表于|更新时间|最后更新|最新消息|责任编辑|登录|注册|订阅"
    r"|.{0,4}\d+小?[时分天]?前?$)"
)
_IN_BRACKETS = re.compile(r"^[（(].{24,}[）)]$")
_OUTLET = re.compile(
    r"(?:网|报|社|台|新闻|周刊|杂志|客户端|在线|广播|传媒|财经|科技|频道|电视|卫视|融媒|观察|视频|联播|发布|报道|号|Knews|News|Post|Times)(?:[·\-—][^\s]{1,12})?$"
)
_SOURCE_NAME = re.compile(r"source|origin|laiyuan|from|media|nickname|author|copyfrom|resource|\bly\b", re.IGNORECASE)
_VAGUE = re.compile(r"^(?:网络|互联网|网络综合|综合|综合整理|网络整理|本站|未知|其他|原创|转载|无)$")
_LEAD = re.compile(
    r"^[【（(]?(?!本[报网台站])(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,8}?(?:网|社|新闻|日报|晚报|台))(?:[\u4e00-\u9fff]{2,8})?"
    r"(?:(?:\d{1,2}月)?\d{1,2}日)?(?:电|讯|消息)(?=[\s（(，,:：】]|$)"
)
_SHORTEST, _LONGEST = 2, 36
_METAS = (
    "source",
    "contentsource",
    "mediaid",
    "copyfrom",
    "og:article:source",
    "article:source",
    "article:author",
    "author",
)


def find_credit(document: Document, reading: Reading, *, hints: Sequence[str] = ()) -> Found[str]:
    """Return the credit and where it was read; without one, the reason."""
    readings = [
        *_at_hints(document, hints),
        *_labelled(reading),
        *_beside_the_time(reading),
        *_in_data(document),
        *_in_the_lead(reading),
    ]
    return best_of(
        [
            Found(found.value, found.origin, found.rank - 60 * (_VAGUE.match(found.value or "") is not None))
            for found in readings
        ],
        otherwise="no credit on the page",
    )


def credit_in(text: str) -> str | None:
    """Return the value behind a credit label, 新京报 of `本文来源：新京报 责任编辑：…`; None without one."""
    for match in _LABEL.finditer(text):
        if value := _value(text[match.end() :]):
            return value
    return None


def _at_hints(document: Document, hints: Sequence[str]) -> Iterator[Found[str]]:
    for place, hint in enumerate(hints):
        for element in document.tree.cssselect(hint):
            text = tidy(element.text_content() or element.get("content") or "")
            if value := credit_in(text) or _value(text):
                yield Found(value, f"css:{hint}", 200 - place)


def _labelled(reading: Reading) -> Iterator[Found[str]]:
    """Yield values behind a label: in one line, in the next element, or in the next line."""
    near = [(line, 100 - place) for place, line in enumerate(reading.byline)]
    near += [(line, 78 - place) for place, line in enumerate(reading.opening[:2])]
    near += [(line, 74 - place) for place, line in enumerate(reading.tail)]
    near += [(line, 73) for line in reading.ending]
    for line, rank in near:
        value = _in_pieces(line) or credit_in(line.text)
        if not value and _LABEL.search(line.text) and not _LABEL.split(line.text)[-1].strip():
            following = reading.after(line)
            value = _value(following.text) if following and not following.apart else None
        if value:
            yield Found(value, f"css:{described(line.element)}", rank - 10 * line.apart)


def _in_pieces(line: Line) -> str | None:
    """Return the value of a line whose label and value are elements of their own, or one element of several."""
    pieces = _tidied(line)
    for place, piece in enumerate(pieces):
        if match := _LABEL.search(piece):
            rest = piece[match.end() :]
            following = next((text for text in pieces[place + 1 :] if text not in {":", "："}), "")
            return _value(rest) if rest.strip() else _value(following)
        if match := _NO_COLON.match(piece):
            rest = piece[match.end() :]
            if rest and len(pieces) > 1:
                return _value(rest)
    return None


def _tidied(line: Line) -> list[str]:
    return [piece for piece in map(tidy, line.pieces) if piece]


def _beside_the_time(reading: Reading) -> Iterator[Found[str]]:
    """Yield bare names in the line of the time, and in the lines around it."""
    byline = reading.byline
    timed = [place for place, line in enumerate(byline) if _has_time(line) and not line.is_link]
    for place in timed[:2]:
        for name, rank in _names(byline[place]):
            yield Found(name, f"css:{described(byline[place].element)}, beside the time", rank - place)
    for place, line in enumerate(byline[:12]):
        names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}"
        called = _SOURCE_NAME.search(names) is not None
        beside = any(abs(place - other) == 1 for other in timed)
        if not (called or beside) or place in timed or len(line.text) > _LONGEST or line.is_prose:
            continue
        for piece in reversed(_tidied(line)):
            for name in reversed(re.split(r"[/／|｜]", piece)):
                value = _value(name)
                if value and not _STOPS.match(value) and (called or _OUTLET.search(value)):
                    likely = 15 * (_OUTLET.search(value) is not None)
                    yield Found(
                        value, f"css:{described(line.element)}", 45 + likely + 20 * called - place - 20 * line.apart
                    )


def _has_time(line: Line) -> bool:
    if _IN_BRACKETS.search(line.text):
        return False
    return any(True for _ in dates_in(line.spaced)) or any(True for _ in dates_without_year(line.spaced, 2000))


def _names(line: Line) -> Iterator[tuple[str, float]]:
    """Yield what stands right after and right before the time in its line, the likelier first."""
    spaced = line.spaced
    date = next(iter([*dates_in(spaced), *dates_without_year(spaced, 2000)]))
    after = re.sub(r"^[\s·|｜/:：\d]+", "", spaced[date.end :])
    before = re.sub(r"[\s·|｜/:：]+$", "", spaced[: date.start])
    ahead = before.split()[-1] if before.split() else ""
    for name, rank in ((after, 60.0), (ahead, 62.0)):
        value = _value(name)
        if value and not _STOPS.match(value) and _LABEL.search(name) is None and _NO_COLON.match(name) is None:
            yield value, rank + 18 * (_OUTLET.search(value) is not None)


def _in_data(document: Document) -> Iterator[Found[str]]:
    for place, name in enumerate(_METAS):
        content = re.sub(r"^(?:来源|source)\s*[:：]\s*", "", document.meta(name), flags=re.IGNORECASE)
        is_person = "author" in name and _OUTLET.search(content) is None
        if not is_person and "://" not in content and (value := _value(content)):
            yield Found(value, f"meta:{name}", (50 if name not in {"author", "article:author"} else 25) - place)
    for item in document.data:
        for key, rank in (("publisher", 20), ("author", 18)):
            holder = item.get(key)
            named = holder.get("name") if isinstance(holder, dict) else holder
            if isinstance(named, str) and (key == "publisher" or _OUTLET.search(named)) and (value := _value(named)):
                yield Found(value, f"json-ld:{key}", rank)


def _in_the_lead(reading: Reading) -> Iterator[Found[str]]:
    for line in reading.lines[reading.first : reading.first + 2]:
        if match := _LEAD.match(line.text[:80]):
            yield Found(match["outlet"], "first words", 15)


def _value(text: str) -> str | None:
    """Return the outlet's name at the start of a text, without what follows it; None where there is none."""
    text = tidy(text).lstrip("：:|｜丨·>》 ")
    cut = _NEXT_LABEL.search(text)
    if cut:
        text = text[: cut.start()] if cut.start() > 0 else ""
    words = text.split()
    if len(words) > 1 and re.search(r"[\u4e00-\u9fff]", words[0]):
        text = words[0]
    text = text.strip("　 ，,。.;；:：)）】]》>、|-—_")
    if not _SHORTEST <= len(text) <= _LONGEST or re.fullmatch(r"[\W\d_]+", text) or re.search(r"[。！？，]", text):
        return None
    return text
