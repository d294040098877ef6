"""Wording: what stored values are called on the page, and times as readers of the delta write them."""

from datetime import datetime
from typing import Any

from archive.article import Precision
from archive.runs import RunStatus
from core.clock import CLOCK
from core.console import printable
from core.time import in_shanghai
from indexer.events.gaps import Coverage
from indexer.search.counts import CountBy

LEVELS = {"core": "核心", "related": "相关", "mention": "提及", "none": "无关"}
FILTERS = {
    CountBy.PROVINCE: "省份",
    CountBy.CITY: "城市",
    CountBy.TOPIC: "主题",
    CountBy.OUTLET: "媒体",
    CountBy.LEVEL: "级别",
}
VERDICTS = {
    Coverage.SILENT: "已完整查看，没有报道",
    Coverage.NOT_SEEN: "未能完整查看，不能断定",
    Coverage.OTHERWISE: "有文章提到，但与长三角关系不够",
    Coverage.SIMILAR: "有相近报道，归入了别的事件",
}
FINDING_LEVELS = {"broken": "异常", "watch": "留意"}
"""The worst first."""
RUN_STATUSES = {
    RunStatus.OK: "正常",
    RunStatus.RUNNING: "抓取中",
    RunStatus.FAILED: "上次抓取失败",
    RunStatus.INTERRUPTED: "上次抓取中断",
}
RULES = {
    "H1": "没有按时抓取",
    "H2": "列表打不开或变了样",
    "H3": "没有新文章",
    "H4": "列表停在旧内容",
    "H5": "站点误报“未改动”",
    "H6": "文章页打不开",
    "H7": "正文读得不对",
    "H8": "几篇读出同样的正文",
    "H9": "缺来源、记者等栏",
    "H10": "发布时间不可信",
    "H11": "正文长短异常",
    "H12": "文章突然增多",
    "H13": "相关的比例异常",
    "H14": "新程序读出的与以前不同",
    "H15": "旧文章打不开了",
    "H16": "网络或站点故障",
    "H17": "站点限制访问",
    "H18": "新报道搜不到",
    "H19": "提醒送不到",
    "H20": "值守中断过",
}
"""What each rule of source health finds; docs/health.md explains them."""
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def shown(text: object) -> str:
    """Return text from outside as a page shows it: without characters that turn the writing round or steer."""
    return printable(str(text or ""))


def when(published: datetime | None, precision: str, seen: datetime) -> str:
    """Write when an article was published, no more exactly than its page tells; else when it was first seen."""
    if published is None or precision == Precision.NONE:
        return f"{day(seen)} 收录"
    return day(published) if precision == Precision.DAY else minute(published)


def minute(time: datetime) -> str:
    """Write a time to the minute, without the year where it is this year's."""
    local = in_shanghai(time)
    return f"{day(time)} {local:%H:%M}"


def day(time: datetime) -> str:
    """Write a day, without the year where it is this year's."""
    local = in_shanghai(time)
    year = "" if local.year == in_shanghai(CLOCK.now()).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"


def iso(time: datetime | None) -> str:
    """Write a time for machines, in Shanghai."""
    return in_shanghai(time).isoformat() if time else ""


def lag(seconds: float) -> str:
    """Write how much later something was: 25 分钟, 3 小时 20 分, 2 天 4 小时."""
    whole = int(seconds)
    if whole < _MINUTE:
        return "同时"
    if whole < _HOUR:
        return f"{whole // _MINUTE} 分钟"
    if whole < _DAY:
        hours, minutes = whole // _HOUR, whole % _HOUR // _MINUTE
        return f"{hours} 小时" + (f" {minutes} 分" if minutes else "")
    days, hours = whole // _DAY, whole % _DAY // _HOUR
    return f"{days} 天" + (f" {hours} 小时" if hours else "")


def article_when(article: Any) -> str:
    """Write when a row of the archive's articles was published."""
    return when(article.published_at, article.published_precision, article.first_seen_at)


def value_name(by: CountBy, value: str, titles: dict[str, str]) -> str:
    """Return what a filter's value is called: an outlet by its title, a level in Chinese."""
    if by is CountBy.OUTLET:
        return titles.get(value, value)
    return LEVELS.get(value, value) if by is CountBy.LEVEL else value
