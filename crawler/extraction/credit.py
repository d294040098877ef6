"""The credit (来源): who the page says the report is from, in every form that Chinese pages have for it.

A label and its value (来源：新京报, also in two elements or two lines, or as a link), a bare outlet's name beside the
time, a line at the end of the text (（来源：新华社）), the agency in the first words (新华社北京2月29日电).
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from crawler.extraction.date_labels import Label, label_of
from crawler.extraction.dates import Written, written_in
from crawler.extraction.document import Document
from crawler.extraction.elements import described
from crawler.extraction.found import Found, best_of
from crawler.extraction.layout import PageLayout
from crawler.extraction.lines import Line
from crawler.extraction.people import is_person, people_in
from text.width import tidy, without_icons

_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:信息|文章|本文|新闻|稿件|资料|内容|发布|消息|作品)?"
    r"(?:(?:[来來]\s*源|稿\s*源|出\s*[处處]|发布机构|发布单位|發布機構|发稿单位|来稿单位|供稿单位|供稿|信源|媒体|原载"
    r"|首发)(?:于|自)?"
    r"|转自|轉自|转载自|轉載自|转载于|摘自|选自)\s*(?:[:：|｜丨/／]|$)\s*"
)
_TAKEN_FROM = re.compile(
    r"(?:^|[\s（(【])(?:信息|文章|本文|新闻|稿件|内容)?(?:转自|轉自|转载自|轉載自|摘自|来源于"
    r"|来源自)\s*[:：]?\s*(?=[\u4e00-\u9fffA-Za-z“《\"])"
)
"""A label that needs no colon."""
_NO_COLON = re.compile(r"^(?:来源|来自|转自|转载自)\s*(?=[\u4e00-\u9fffA-Za-z])")
_NEXT_LABEL = re.compile(
    r"\s*(?:(?:作者|记者|編輯|编辑|责任编辑|责编|选稿|编审|审核|校对|摄影|文字|通讯员|(?:发布|发表|更新"
    r"|发稿)?(?:时间|日期)|发布|发表|更新|浏览(?:次数|量)?"
    r"|点击(?:数|量|次数)?|阅读(?:数|量|次数)?|人气|评论(?:数)?|字号|字体|分享|手机|语音|[来來]源|供稿|摄)\s*[:：]"
    r"|责任编辑|我要评论|我有话说|我要分享|浏览次数|点击数|阅读量|分享到|打印本页|关闭窗口|大\s*中\s*小|T\s"
    r"|[(（【\[|｜丨]|\d{4}\s*[-年/.]|(?<=\s)\d|\d+\s*(?:次|条|人))"
)
"""What ends an outlet's name. A word alone does not: 上海发布, 江苏手机报, 时间视频 and 今日关注 are outlets."""
_PLACES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆"
    "|香港|澳门|中国|美国|日本|英国"
)
_STOPS = re.compile(
    rf"^(?:(?:原创|转载|编辑|大|中|小|正文|首页|昨天|前天|今天|刚刚|时间|日期|更新|作者|记者|来源|更多|返回"
    rf"|广告|推荐|播放|赞|踩|点赞|查看|全文|标签|优质原创|原创作者"
    rf"|收听|朗读|(?:发布|发表|更新|发稿|上传)(?:时间|日期)|只看.*|楼主|沙发|回复|倒序看帖|听新闻|字|号|视频"
    rf"|图片|要闻|听|发布|发表|{_PLACES})$"
    r"|字号|字体|分享|收藏|评论$|举报|阅读$|阅读[\s\d:：]|浏览|微信|微博|打印|关注$|我有话说|缩小字体|放大字体"
    r"|发布[时日于]|发表于|更新时间|最后更新|最新消息|责任编辑|登录|注册|订阅|手机[看版]|傍晚|清晨|凌晨|中午|上午|下午|晚上?|晚间|深夜|夜间|.*热线$|.*投稿$"
    r"|(?:创建|修改|发表|发布|更新|编辑|写)[于在]|第?[A-Z]?\d+[期版号]$|版[次名面]|.{0,4}分类$|(?:updated"
    r"|posted|published|by|at|on)$"
    r"|(?:星期|周|礼拜)[一二三四五六日天]|[甲乙丙丁戊己庚辛壬癸].年|农历|今天是|现在是|欢迎|您好|你好|IP|.{0,6}(?:℃|°|多云|晴|阴|雨|雪)"
    r"|.{0,4}\d+小?[时分天]?前?$)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"^[（(].{24,}[）)]$")
_OUTLET = re.compile(
    r"(?:网|报|社|台|新闻|周刊|杂志|客户端|在线|广播|传媒|财经|科技|频道|电视|卫视|融媒|观察|视频|联播|发布"
    r"|报道|号|Knews|News|Post|Times)(?:[·\-—][^\s]{1,12})?$"
)
_SOURCE_NAME = re.compile(r"source|origin|laiyuan|from|media|nickname|author|copyfrom|resource|\bly\b", re.IGNORECASE)
_VAGUE = re.compile(r"^(?:网络|互联网|网络综合|综合|综合整理|网络整理|本站|未知|其他|原创|转载|无)$")
_ACCOUNT = etree.XPath("//a[@id='js_name'] | //strong[@id='js_name' or contains(@class, 'profile_nickname')]")
_LEAD = re.compile(
    r"^[【（(]?(?!本[报网台站])(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,8}?(?:网|社|新闻|日报|晚报"
    r"|台))(?:[\u4e00-\u9fff]{2,8})?"
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


def find_credit(document: Document, layout: PageLayout, *, hints: Sequence[str] = ()) -> Found[str]:
    """Return the credit and where it was read; without one, the reason."""
    candidates = [
        *_at_hints(document, hints),
        *_labelled(layout),
        *_beside_the_time(layout),
        *_of_the_account(document),
        *_in_data(document),
        *_in_the_lead(layout),
    ]
    return best_of(
        [
            Found(found.value, found.origin, found.rank - 60 * (_VAGUE.match(found.value or "") is not None))
            for found in candidates
        ],
        otherwise="no credit on the page",
    )


def credit_in(text: str) -> str | None:
    """Return the value behind a credit label, 新京报 of `本文来源：新京报 责任编辑：…`; None without one."""
    text = tidy(without_icons(text))
    for pattern in (_LABEL, _TAKEN_FROM):
        for match in pattern.finditer(text):
            if (value := _value(text[match.end() :])) and not ("供稿" in match[0] and is_person(value)):
                return value
    return None


def credit_label(text: str) -> str:
    """Return a line without its credit labels and their values."""
    while (match := _LABEL.search(text)) and (value := _value(text[match.end() :])):
        end = text.index(value, match.end()) + len(value)
        text = f"{text[: match.start()]} {text[end:]}"
    return text


def _at_hints(document: Document, hints: Sequence[str]) -> Iterator[Found[str]]:
    for place, hint in enumerate(hints):
        for element in document.tree.cssselect(hint):
            text = tidy(element.text_content() or element.get("content") or "")
            if value := credit_in(text) or _value(text):
                yield Found(value, f"css:{hint}", 200 - place)


def _labelled(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield values behind a label: in one line, in the next element, or in the next line."""
    near = [(line, 100 - place) for place, line in enumerate(layout.byline)]
    near += [(line, 78 - place) for place, line in enumerate(layout.opening[:2])]
    near += [(line, 74 - place) for place, line in enumerate(layout.tail)]
    near += [(line, 73) for line in layout.ending]
    for line, rank in near:
        value = _in_pieces(line) or credit_in(line.text)
        if not value and _LABEL.search(line.text) and not _LABEL.split(line.text)[-1].strip():
            following = layout.after(line)
            value = _in_picture(line) or (
                _value(following.text) if following and not (following.apart or following.is_prose) else None
            )
        if value:
            yield Found(value, f"css:{described(line.element)}", rank - 10 * line.apart)


def _in_picture(line: Line) -> str | None:
    """Return what a picture in the place of the value says it shows: an outlet's emblem."""
    shown = (image.get("alt") or image.get("title") or "" for image in line.element.iter("img"))
    return next((value for text in shown if (value := _value(text))), None)


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


def _beside_the_time(layout: PageLayout) -> Iterator[Found[str]]:
    """Yield bare names in the line of the time, and in the lines around it; links above the headline are navigation."""
    byline, below = layout.byline, len(layout.below)
    timed = [place for place, line in enumerate(byline) if _has_time(line) and not line.is_link]
    for place in timed[:2]:
        for name, rank in _names(byline[place]):
            above = 8 * (place >= below)  # there the site shows its own name and the day
            yield Found(name, f"css:{described(byline[place].element)}, beside the time", rank - place - above)
    for place, line in enumerate(byline[:12]):
        names = f"{line.element.get('class') or ''} {line.element.get('id') or ''}"
        called = _SOURCE_NAME.search(names) is not None and (place < below or not line.is_link)
        beside = any(abs(place - other) == 1 for other in timed) and not line.linked
        if not (called or beside) or place in timed or len(line.text) > _LONGEST or line.is_prose:
            continue
        for piece in reversed(_tidied(line)):
            for name in reversed(re.split(r"[/／|｜]", piece)):
                value = _bare(name)
                if value and (called or _OUTLET.search(value)):
                    likely = 15 * (_OUTLET.search(value) is not None)
                    yield Found(
                        value, f"css:{described(line.element)}", 45 + likely + 20 * called - place - 20 * line.apart
                    )


def _has_time(line: Line) -> bool:
    return not _IN_BRACKETS.search(line.text) and next(_times(line.spaced), None) is not None


def _times(text: str) -> Iterator[Written]:
    """Yield what a line says of its article's time; not 今天是2025年7月1日."""
    for written in written_in(text):
        dated = written.has_day and not written.lacks_year
        if (dated or written.clock is not None) and label_of(text, written.start, written.end) is not Label.OTHER:
            yield written


def _names(line: Line) -> Iterator[tuple[str, float]]:
    """Yield what stands right before and after the time in its line, the likelier first, then outlets further away."""
    spaced = without_icons(line.spaced)
    date = next(_times(spaced))
    people = " ".join(person.name for person in people_in(spaced))
    after = re.sub(r"^[\s·|｜/:：\d]+", "", spaced[date.end :])
    before = re.sub(r"[\s·|｜/:：]+$", "", spaced[: date.start])
    ahead = before.split()[-1] if before.split() and not re.search(r"[>»›]", before) else ""
    links = sum(1 for _ in line.element.iter("a"))
    for name, rank in ((after, 60.0), (ahead, 62.0)):
        if (value := _bare(name)) and not (_LABEL.search(name) or _NO_COLON.match(name) or value in people):
            if links > 1 and not _OUTLET.search(value):  # buttons
                continue
            yield value, rank + 18 * (_OUTLET.search(value) is not None)
    for piece in _tidied(line):
        if (value := _bare(piece)) and _OUTLET.search(value) and not any(True for _ in _times(piece)):
            yield value, 55.0


def _bare(text: str) -> str | None:
    """Return the outlet that a text without a label names; persons, places, counters and buttons are none."""
    value = re.sub(r"(?:全媒体|首席|见习|特约)?(?:记者|記者)$", "", _value(text) or "")
    if re.match(rf"\W*{re.escape(value)}\s*[:：]", text):
        return None  # a label
    shared = re.split(r"[/／]", value)
    if any(is_person(part, sure=True) for part in shared):  # 甲/苏城日报
        value = next((part for part in shared if not is_person(part, sure=True)), "")
    if len(value) < _SHORTEST or ":" in value or "：" in value or _STOPS.match(value) or _STOPS.match(tidy(text)):
        return None
    is_outlet = _OUTLET.search(value) is not None
    return None if is_person(value, sure=True) and not is_outlet else value


def _of_the_account(document: Document) -> Iterator[Found[str]]:
    """Yield the name of the WeChat account that published the page."""
    for element in _ACCOUNT(document.tree)[:1]:
        if value := _value(element.text_content()):
            yield Found(value, f"css:{described(element)}", 72)


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


def _in_the_lead(layout: PageLayout) -> Iterator[Found[str]]:
    for line in layout.lines[layout.first : layout.first + 2]:
        if match := _LEAD.match(line.text[:80]):
            yield Found(match["outlet"], "first words", 15)


def _value(text: str) -> str | None:
    """Return the outlet's name at the start of a text, without what follows it; None where there is none."""
    text = tidy(without_icons(text)).lstrip('：:|｜丨/／·>》《“”" ')
    text = re.sub(r"^(?:微信)?公众号\s*[:：“\"《]\s*", "", text)
    text = re.split(r"[》”]|(?<=[\u4e00-\u9fff])[，,](?=[\u4e00-\u9fff])", text, maxsplit=1)[0]
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
