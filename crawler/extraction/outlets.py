"""Outlets in a text: the value behind a label of the credit (来源：新京报), a bare name, and what looks like one.

A label's word alone ends no name: 上海发布, 江苏手机报, 时间视频 and 今日关注 are outlets.
"""

import re

from crawler.extraction.names import is_person, tidied
from text.width import squash, tidy, without_icons

LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])(?:信息|文章|本文|新闻|稿件|资料|内容|发布|消息|作品|媒体|原文|文稿|图文)?"
    r"(?:(?:[来來]\s*自(?=\s*[:：])|[来來]\s*源|稿\s*源|出\s*[处處]|发布机构|发布单位|發布機構|发文机关|发文机构|发稿单位|(?:来稿|供稿|投稿|报送|上报|上传|提供|发布)(?:单位|部门|机构)|(?:信息|稿件|资料)提供|供稿|信源|媒体|原载"
    r"|首发|(?<![A-Za-z])[Ss]ource)(?:于|自)?"
    r"|转自|轉自|转载自|轉載自|转载于|转[贴帖]自|摘自|选自)\s*(?:[:：|｜丨/／]|$)\s*"
)
_TAKEN_FROM = re.compile(
    r"(?:^|[\s（(【])(?:信息|文章|本文|新闻|稿件|内容)?(?:转自|轉自|转载自|轉載自|摘自|来源于"
    r"|来源自)\s*[:：]?\s*(?:\d{4}年\d{1,2}月\d{1,2}日(?:出版的?)?)?(?=[\u4e00-\u9fffA-Za-z“《\"])"
)
"""A label that needs no colon."""
_TAKEN = re.compile(
    r"[(（【—\-\s]*(?:本文)?(?:据|摘自|选自|转自|转载自|原载|载|刊)于?[《“](?P<outlet>[^》”]{2,16})[》”][^，。]{0,14}[)）】]?"
)
_EDITION = re.compile(
    r"[（(]?《?(?P<outlet>[\u4e00-\u9fff]{2,14}[报刊])》?\s*[（(]?\s*(?:19|20)\d\d\s*[年.\-/][^，。！？星周]{2,16}[)）]{0,2}"
)
"""A line that names an edition, and nothing else: （江东晚报 2005年3月1日）."""
_BY = re.compile(r"(?:发布者|发布人|发稿人|作者|供稿者?|撰稿)\s*[:：]\s*")
_OFFICE = re.compile(
    r"(?:[局厅处委办院镇乡]|[县市区镇]委|宣传部|政府|街道|委员会|办公室|中心|公司|协会|学会|大学|[支大]队)$"
)
"""How the names of offices end that give news of their own."""
_GIVEN = re.compile(r"(?:^|[\s（(【])(?P<office>[\u4e00-\u9fff]{2,16})供稿(?=$|[\s)）】])")
"""An office that says without a label that the text is its own: 县粮食局供稿."""
_WRITERS = re.compile(
    r"^[（(【□■●◆▲△]?\s*(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,16}?)"
    r"(?:[/／·][\u4e00-\u9fffA-Za-z]{2,12}?)?(?:全媒体|融媒体|首席|见习|实习|特约|高级|资深|驻[\u4e00-\u9fff]{2,4}){0,3}\s*[记記]者(?=[\s:：/／|]|[\u4e00-\u9fff])"
)
"""The medium whose reporters a line names: 江东晚报首席记者 甲."""
_ACCOUNT = re.compile(r"(?<=[报网社台闻心])的?官方[帐账]号$")
"""What a platform adds to the name of an outlet that writes there."""
_UNKNOWN = re.compile(r"(?:未知|不详|佚名|匿名|暂无|无|null|none|undefined)", re.IGNORECASE)
_SPACED_TITLE = re.compile(r"《\s*([^《》]{1,24}?)\s*》")
_BULLETS = "□■●◆▲△▷►☆★"
NO_COLON = re.compile(r"^(?:来源|来自|转自|转载自)\s*(?=[\u4e00-\u9fffA-Za-z])")
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
_PLACE = re.compile(_PLACES)
STOPS = re.compile(
    rf"^(?:(?:原创|转载|本[报网台站刊社]|时长|片长|编辑|大|中|小|正文|首页|昨天|前天|今天|刚刚|时间|日期|更新|作者|记者|来源|更多|返回"
    rf"|广告|推荐|播放|赞|踩|点赞|查看|全文|标签|优质原创|原创作者"
    r"|(?:企鹅|百家|头条|搜狐|网易|大鱼|一点|公众|订阅|视频)号|新浪看点"
    r"|.*(?:创作者|爱好者|(?:领域|优质|知名|资深).{0,8}(?:作者|达人|专家|博主)|官方[帐账]号|自媒体人?)"
    rf"|收听|朗读|(?:发布|发表|更新|发稿|上传)(?:时间|日期)|只看.*|楼主|沙发|回复|倒序看帖|听新闻|字|号|视频"
    rf"|图片|要闻|听|发布|发表|提交|回复|录入|添加|上传|{_PLACES})$"
    r"|[\d.]*[wk万]?\+?\s*(?:阅读|浏览|播放|观看|点击|人气)"
    r"|字号|字体|分享|收藏|评论$|举报|阅读$|阅读[\s\d:：]|浏览|微信|微博|打印|关注$|我有话说|缩小字体|放大字体"
    r"|发布[时日于]|发表于|更新时间|最后更新|最新消息|责任编辑|登录|注册|订阅|手机[看版]|傍晚|清晨|凌晨|中午|上午|下午|晚上?|晚间|深夜|夜间|.*热线$|.*投稿$"
    r"|(?:创建|修改|发表|发布|更新|编辑|写)[于在]|第?[A-Z]?[\d一二三四五六七八九十]+[期版号]$|版[次名面]|.{0,4}分类$|.{2,}(?:编|编印|编发|主编)$|(?:updated"
    r"|posted|published|by|at|on)$"
    r"|(?:星期|周|礼拜)[一二三四五六日天]|[甲乙丙丁戊己庚辛壬癸].年|农历|今天是|现在是|欢迎|您好|你好|IP|.{0,6}(?:℃|°|多云|晴|阴|雨|雪)"
    r"|.{0,4}\d+小?[时分天]?前?$)",
    re.IGNORECASE,
)
OUTLET = re.compile(
    r"(?:网|網|报|報|社|台|臺|新闻|新聞|周刊|週刊|[日晚早晨月旬导]刊|杂志|雜誌|客户端|在线|广播|广电|传媒|财经|科技|频道|电视|卫视|融媒(?:体(?:中心)?)?|(?:传媒|新闻)中心|观察|视频|联播|发布"
    r"|报道|号|Knews|News|Post|Times)(?:[·\-—][^\s]{1,12})?$"
)
_OUTLETS_NAME = re.compile(
    r"[《(]?[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|晨报|商报|都市报|快报|时报|新闻网|在线|周刊|电视台|电台|通讯社)[》)]?"
)
_SHORTEST, LONGEST = 2, 36
_ABBREVIATED = 2
"""Characters up to which reporters' medium is no whole name: 苏报记者, 融媒记者."""


def credit_in(text: str) -> str | None:
    """Return the value behind a credit label, 新京报 of `本文来源：新京报 责任编辑：…`; None without one."""
    text = tidy(without_icons(text))
    for pattern in (LABEL, _TAKEN_FROM):
        for match in pattern.finditer(text):
            if (value := outlet_at_start(text[match.end() :])) and not ("供稿" in match[0] and is_person(value)):
                return value
    return None


def without_account(outlet: str) -> str:
    """Return an outlet's name without what a platform adds to it: 江岸晚报官方账号."""
    return _ACCOUNT.sub("", outlet)


def outlet_behind_author(text: str) -> str | None:
    """Return the outlet or office that a line names as its author (作者：苏城日报); a person is none."""
    value = next((outlet_at_start(text[match.end() :]) for match in _BY.finditer(text)), None)
    named = value and (OUTLET.search(value) or _OFFICE.search(value))
    return value if named and not is_person(value or "") else None


def office_that_gave(text: str) -> str | None:
    """Return the office that says in a line that it gave the text: 县粮食局供稿; a person is none."""
    match = _GIVEN.search(tidy(text)) if "供稿" in text else None
    return match["office"] if match and not is_person(match["office"]) else None


def outlet_of_reporters(text: str) -> str | None:
    """Return the medium whose reporters a line of roles and names is about: 江东晚报首席记者 甲 乙."""
    match = _WRITERS.match(tidied(text))
    if match is None or OUTLET.search(match["outlet"]) is None or STOPS.match(match["outlet"]):
        return None
    return match["outlet"] if len(match["outlet"]) > _ABBREVIATED else None


def closed_up(text: str) -> str:
    """Return a text without the blanks within the marks around a name: 《 江岸日报 》."""
    return _SPACED_TITLE.sub(r"《\1》", text)


def is_place(text: str) -> bool:
    """Tell whether a text is the name of a province: what follows 来自 may be where a writer is."""
    return _PLACE.fullmatch(text) is not None


def outlet_taken_from(text: str) -> str | None:
    """Return the outlet in a last line that says no more than from where a text was taken: （据《苏城日报》）."""
    match = _TAKEN.fullmatch(text.strip()) or _EDITION.fullmatch(text.strip())
    return match["outlet"] if match else None


def is_outlets_name(text: str) -> bool:
    """Tell whether a line is the name of a newspaper, station or site and nothing else."""
    return _OUTLETS_NAME.fullmatch(squash(text)) is not None


def credit_label(text: str) -> str:
    """Return a line without its credit labels and their values."""
    while (match := LABEL.search(text)) and (value := outlet_at_start(text[match.end() :])):
        end = text.index(value, match.end()) + len(value)
        text = f"{text[: match.start()]} {text[end:]}"
    return text


def bare_outlet(text: str) -> str | None:
    """Return the outlet that a text without a label names; persons, places, counters and buttons are none."""
    value = re.sub(r"(?:全媒体|首席|见习|特约)?(?:记者|記者)$", "", outlet_at_start(text) or "")
    if re.match(rf"\W*{re.escape(value)}\s*[:：]", text):
        return None  # a label
    if len(value) < _SHORTEST or ":" in value or "：" in value or STOPS.match(value) or STOPS.match(tidy(text)):
        return None
    is_outlet = OUTLET.search(value) is not None
    return None if is_person(value, sure=True) and not is_outlet else value


def outlet_at_start(text: str) -> str | None:
    """Return the outlet's name at the start of a text, without what follows it; None where there is none."""
    text = closed_up(tidy(without_icons(text))).lstrip(f'：:|｜丨/／·>》《“”" {_BULLETS}')
    text = re.sub(r"^(?:微信)?公众号\s*[:：“\"《]\s*", "", text)
    text = re.split(r"[》”]|(?<=[\u4e00-\u9fff])[，,](?=[\u4e00-\u9fff])", text, maxsplit=1)[0]
    cut = _NEXT_LABEL.search(text)
    if cut:
        text = text[: cut.start()] if cut.start() > 0 else ""
    words = text.split()
    if len(words) > 1 and re.search(r"[\u4e00-\u9fff]", words[0]):
        text = words[0]
    parts = re.split(r"[/／]", text)
    if len(parts) > 1 and any(is_person(part, sure=True) for part in parts):  # 苏城日报/甲
        text = next((part for part in parts if not is_person(part, sure=True)), "")
    text = text.strip("　 ，,。.;；:：)）】]》>、|-—_")
    text += "》" * (text.count("《") > text.count("》"))  # 江东卫视《江东新闻联播》
    if _UNKNOWN.fullmatch(text):
        return None
    if not _SHORTEST <= len(text) <= LONGEST or re.fullmatch(r"[\W\d_]+", text) or re.search(r"[。！？，]", text):
        return None
    return text
