"""What the words around a date say that it is: of publication, of a change, of writing, or of something else."""

import re
from enum import Enum

from lxml.html import HtmlElement


class Label(Enum):
    """What a date is of; the value is what that adds to its rank."""

    PUBLISHED = 8
    NONE = 0
    """No word tells."""
    WRITTEN = -4
    """成文日期, 发文日期: a day that may be long before publication."""
    UPDATED = -8
    OTHER = -1000
    """A time of something else: 直播时间, 截止, 今天是. It is never the page's."""

    @property
    def is_second_hand(self) -> bool:
        """Whether any date of publication goes before it."""
        return self in {Label.UPDATED, Label.WRITTEN}


_WORD = re.compile(r"(?P<word>[\u4e00-\u9fffA-Za-z@ ]{1,16}?)[\s:：|｜丨/>»、·•\-【\[（(“]*$")
_TIME_OF = r"(?:时间|時間|日期|时刻|于|於|在|时|日|自)"
_UPDATED = re.compile(
    r"(?:更新|修改|修订|修訂|编辑时间|编辑日期|编辑于|编辑|變更|变更|改于|抓取|采集|校订|last\s*updated?"
    r"|updated?|modified|edited)"
    rf"{_TIME_OF}?$|(?:更新|修改|修订|updated|modified)\s*(?:on|at)?$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:发布|發布|發佈|发表|發表|刊发|刊登|刊载|上传|发稿|公布|公开|提交|录入|添加|张贴|推送|上网|挂网|登载"
    r"|登出|投稿|来稿"
    rf"|发帖|发贴|首发|转载|发出|签发|播发|入库|创建|上线){_TIME_OF}?$"
    rf"|^(?:(?:文章|新闻|稿件|信息|本文|帖子|消息|报道|北京|页面|内容)?{_TIME_OF}|posted(?: on| at| by)?"
    rf"|published(?: on| at)?|date|time|pub(?:date)?|@|at|on)$"
    r"|(?:posted|published|posted on|published on|posted @)$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(rf"(?:成文|生成|制发|印发|发文|行文|播出|撰写|写作|创作|见报|出版|写){_TIME_OF}?$")
_OTHER = re.compile(
    r"(?:时间|時間|日期)$|截止|直播|首播|开播|拍摄|有效期|期限|备案|注册|登录|登陆|生日|开始|结束|到期|(?:实施"
    r"|施行|生效|成立)日?$"
    r"|^(?:自|从|至|到|于|是|今天|今日|现在|当前)$|(?:今天|今日|现在|当前)是$|[截期止]至$"
    r"|(?:成立|创办|始建|建成|建|定|将|已|摄|生|形成|召开|举行|举办|开业)于$",
)
_NEVER = re.compile(r"截止|直播|首播|开播|拍摄|有效期|备案|注册|[时片]长")
"""Words that no other word beside them makes a publication."""
_TIME_ALONE = re.compile(r"(?:时间|日期)$")
_BEHIND = re.compile(
    r"^\s*(?P<word>最后更新|更新|修改|编辑|发布|发表|上传|提交|首发|播出|播发|刊出|刊登|刊发|刊载|见报|截止|止|之?前|开始|起|开播|首播|直播|举行"
    r"|举办|生效|施行)"
    r"(?!\s*[:：]?\s*\d)(?=$|[\s)）\]】|｜，,。])"
)
_SAID_OF_THE_TEXT = re.compile(r"播出|播发|刊出|刊登|刊发|刊载|见报")
_APART = re.compile(r"(?<=时)\s+(?=间)|(?<=日)\s+(?=期)|(?<=发)\s+(?=[布表])|(?<=更)\s+(?=新)")
_MARKS = " \t:：|｜丨/>»【】[]（("
_LOOKED_AT = 40
_LONGEST_LABEL = 10


def label_of(text: str, start: int, end: int, after: int = 0) -> Label:
    """Return what the words around a date, text[start:end], say that it is; words before `after` are another date's."""
    behind = _BEHIND.match(text[end : end + _LOOKED_AT].split("\n", 1)[0])
    if behind and (label := _named_behind(behind["word"])) is not Label.NONE:
        return label
    return label_before(text[max(after, start - _LOOKED_AT) : start])


def _named_behind(word: str) -> Label:
    """Return what a word behind a date says: 9月18日播出 is said of the text itself, 播出日期 of a programme."""
    return Label.PUBLISHED if _SAID_OF_THE_TEXT.fullmatch(word) else named(word)


def label_before(text: str) -> Label:
    """Return what the last words of a text say of the date that follows it: of its line, or a short line before."""
    lines = _APART.sub("", text).split("\n")
    if own := lines[-1].strip(_MARKS):
        return named(own)
    before = next((line.strip() for line in reversed(lines[:-1]) if line.strip()), "")
    return named(before.rstrip(_MARKS)) if len(before) <= _LONGEST_LABEL or before[-1] in ":：" else Label.NONE


def named(text: str) -> Label:
    """Return what a text that ends in a label names."""
    match = _WORD.search(text)
    if match is None:
        return Label.NONE
    word = re.split(r"[^\u4e00-\u9fffA-Za-z@ ]+", text[: match.end("word")].strip())[-1].strip()
    word = word if word.isascii() else (word.split() or [""])[-1]
    if _NEVER.search(word):
        return Label.OTHER
    if _TIME_ALONE.search(word) and re.search(rf"[:：]\s*{re.escape(word)}", text):
        return Label.PUBLISHED  # 来源：苏城日报时间：… has the label glued to the value before it
    for pattern, label in (
        (_UPDATED, Label.UPDATED),
        (_PUBLISHED, Label.PUBLISHED),
        (_WRITTEN, Label.WRITTEN),
        (_OTHER, Label.OTHER),
    ):
        if pattern.search(word):
            return label
    return Label.NONE


def column_label(element: HtmlElement) -> Label:
    """Return what the head of a table's column says of the dates below it."""
    cell = element if element.tag in {"td", "th"} else next(element.iterancestors("td", "th", "table"), None)
    row = cell.getparent() if cell is not None and cell.tag in {"td", "th"} else None
    if cell is None or row is None or row.tag != "tr":
        return Label.NONE
    place = row.index(cell)
    before = row[place - 1].text_content().strip() if place else ""
    if before and len(before) <= _LONGEST_LABEL and named(before) is not Label.NONE:
        return named(before)
    above = row.getprevious()
    if above is None and (section := row.getparent()) is not None and section.tag == "tbody":
        head = section.getprevious()
        above = head[-1] if head is not None and head.tag == "thead" and len(head) else None
    if above is None or above.tag != "tr" or len(above) != len(row):
        return Label.NONE
    head_text = above[place].text_content().strip()
    return named(head_text) if len(head_text) <= _LONGEST_LABEL else Label.NONE
