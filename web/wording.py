"""Wording: what stored values are called on the page, and times as readers of the delta write them."""

from datetime import datetime
from typing import Any

from archive.article import Precision
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
}
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
