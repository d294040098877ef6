"""What kind of page it is: an article, or one of the pages that only look like one, with the reason."""

import re
from collections import Counter
from typing import NamedTuple

from crawler.extraction.document import Document
from crawler.extraction.layout import PageLayout
from crawler.extraction.lines import Line, reads_as_prose
from crawler.extraction.media import article_block
from crawler.extraction.model import Verdict
from crawler.extraction.paging import Pages
from crawler.extraction.repairs import Paragraphs
from text.width import squash

_ERROR = re.compile(
    r"404|403|50[0234]|notfound|页面(?:不存在|没有找到|未找到|找不到|走丢|丢失|已删除|无法访问|出错)|(?:找不到|没有找到|未找到)(?:您|该|这|相关|页面|网页|内容|文章)"
    r"|(?:文章|内容|稿件|新闻|网页|链接|信息|资源|视频)(?:不存在|已(?:经)?(?:被)?(?:删除|下架|下线|失效)|已过期)|您(?:要)?访问的(?:页面|网页|内容|地址)|(?:系统|网站)(?:正在(?:维护|升级)|升级中)|系统(?:繁忙|错误|维护)"
    r"|网站防火墙|已被网站管理员设置拦截|该站点已经被管理员停止运行|可能对网站造成安全威胁|您的访问被阻断|(?:人机|安全)验证|请(?:输入|完成)验证"
    r"|服务器(?:错误|繁忙)|访问(?:出错|过于频繁|被拒绝|受限)|网站(?:维护|暂停)|pagenotfound|accessdenied|forbidden|servererror",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"(?:请|需要?|须)(?:先)?(?:登录|登陆)|(?:登录|登陆|注册|付费|订阅|购买)后(?:可|才能?|即可|方可)?(?:查看|阅读|观看|浏览|继续)|(?:会员|付费)(?:专享|内容|阅读)|用户(?:登录|登陆)|密码登录"
)
_SCRIPT = re.compile(r"(?:启用|开启|打开|支持|enable)(?:您的)?(?:浏览器的?)?javascript", re.IGNORECASE)
_GALLERY = re.compile(r"组图|图集|高清大图|高清图集|写真|图片频道|photo|gallery|album", re.IGNORECASE)
_COUNTER = re.compile(r"^\D{0,16}\d{1,3}/(\d{1,3})\)?$")
"""The number of a picture and of how many there are."""
_SHORT = 200
"""Characters of a body below which a page has to show that it is an article."""
_LITTLE = 40
_LITTLE_PROSE = 80
_NOTICE = 12
"""Characters of text that a video page needs to be searched by."""
_PICTURES = 6
_LINKS = 12
_TITLE_LENGTH = 8
"""Characters from which a link reads as the headline of another article."""


class Judgement(NamedTuple):
    """A verdict and its reason."""

    verdict: Verdict
    reason: str


def judge_page(
    document: Document,
    layout: PageLayout,
    title: str,
    paragraphs: Paragraphs,
    pages: Pages,
    *,
    dated: bool,
    video: bool,
) -> Judgement:
    """Return the verdict on a page; `dated` tells whether its byline dates it, `video` whether it has one."""
    size = sum(len(paragraph) for paragraph in paragraphs)
    prose = sum(len(paragraph) for paragraph in paragraphs if reads_as_prose(paragraph))
    said = squash("\n".join((title, *paragraphs)))
    shows_itself = dated or _is_headed(layout)
    no_article = (
        _refusal(document, said, dated=dated) if size < _SHORT else None,
        _list(layout, prose, shows_itself=shows_itself),
        _video(size) if video and size < 2 * _SHORT else None,
        _gallery(document, layout, title) if prose < _LITTLE_PROSE else None,
        _nothing(document, layout, said, size) if size < _LITTLE and not (prose and shows_itself) else None,
    )
    figures = f"{size} characters in {len(paragraphs)} paragraphs, {_percent(prose, size)} prose"
    article = Judgement(Verdict.ARTICLE, "; ".join(filter(None, (figures, pages.told))))
    return next((judgement for judgement in no_article if judgement), article)


def _refusal(document: Document, said: str, *, dated: bool) -> Judgement | None:
    """Return the verdict on a page that refuses its article: an error, or a log-in before it."""
    if not dated and (match := _ERROR.search(said[:300])):
        return Judgement(Verdict.ERROR, f"an error page served as a page: {match[0]}")
    if _is_login(document, said):
        return Judgement(Verdict.LOGIN, "a form or a notice asks to log in, with no article beside it")
    return None


def _video(size: int) -> Judgement:
    if size >= _NOTICE:
        return Judgement(Verdict.VIDEO, f"a video with {size} characters of text")
    return Judgement(Verdict.EMPTY, "a video without text")


def _nothing(document: Document, layout: PageLayout, said: str, size: int) -> Judgement:
    """Return the verdict on a page with hardly any text of its own."""
    shown = sum(len(line.text) for line in layout.lines)
    if shown < 2 * _SHORT and (document.scripts or _SCRIPT.search(said)):
        return Judgement(Verdict.SCRIPT, f"{size} characters without its scripts: the page is built by them")
    return Judgement(Verdict.EMPTY, f"{size} characters of text")


def _is_login(document: Document, said: str) -> bool:
    asks = _LOGIN.search(said) is not None
    form = any(element.get("type") == "password" for element in document.tree.iter("input"))
    return asks or (form and len(said) < _LITTLE)


def _list(layout: PageLayout, prose: int, *, shows_itself: bool) -> Judgement | None:
    """Return the verdict on a page that lists other articles."""
    body = layout.lines[layout.first : layout.last + 1]
    among = sum(_is_headline_link(line) for line in body)
    if among >= _LINKS // 2 and among * 2 > len(body) - among:
        return Judgement(Verdict.LIST, f"{among} headlines of other articles among {len(body)} lines")
    links = sum(_is_headline_link(line) for line in layout.lines)
    if prose < _SHORT and not shows_itself and links >= _LINKS:
        reason = (
            f"{links} headlines of other articles, {prose} characters of prose, neither headline nor date of its own"
        )
        return Judgement(Verdict.LIST, reason)
    return None


def _is_headed(layout: PageLayout) -> bool:
    """Tell whether a headline stands right above the body, with no link between them."""
    if layout.headline is None or len(layout.lines[layout.headline].text) < _TITLE_LENGTH:
        return False
    return not any(line.is_link for line in layout.lines[layout.headline : layout.first])


def _is_headline_link(line: Line) -> bool:
    return line.is_link and len(line.text) >= _TITLE_LENGTH


def _gallery(document: Document, layout: PageLayout, title: str) -> Judgement | None:
    """Return the verdict on a page that is a series of pictures."""
    block = article_block(layout)
    beside = sum(1 for _ in block.iter("img")) if block is not None else 0
    everywhere = sum(1 for _ in document.tree.iter("img"))
    counters = max(
        Counter(match[1] for line in layout.lines if (match := _COUNTER.search(line.squashed))).values(), default=0
    )
    named = any(_GALLERY.search(name) for name in (title, document.url, document.head_title))
    if beside >= _PICTURES or counters >= _PICTURES or (named and everywhere > 1):
        return Judgement(Verdict.GALLERY, f"{max(beside, counters, 2)} pictures or more, and hardly any text")
    return None


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "0%"
