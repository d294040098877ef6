from dataclasses import replace

from archive.article import Precision
from indexer.stories.credit import names
from indexer.stories.in_memory import cluster
from indexer.stories.item import Item
from tests.stories.reports import MORNING, REPORT, item

PARAGRAPHS = REPORT.split("\n")


def original(*items: Item) -> tuple[str, str]:
    [story] = cluster(items)
    return story.original.url[8:].split(".")[0], "; ".join(story.reasons)


def test_whom_the_others_credit() -> None:
    elected, reasons = original(
        item(REPORT, name="late", hours=5, source="安徽卫视"),
        item(REPORT, name="first", source="东方网", credit="安徽卫视"),
        item(REPORT, name="second", hours=1, source="新蓝网", credit="来源：安徽卫视"),
    )
    assert elected == "late"
    assert "2 of 2 other articles credit 安徽卫视" in reasons


def test_the_earliest_where_nobody_credits() -> None:
    assert original(item(REPORT, name="second", hours=1), item(REPORT, name="first"))[0] == "first"


def test_a_minute_before_a_day_alone() -> None:
    day = item(REPORT, name="day", at=MORNING.replace(hour=0), precision=Precision.DAY)
    assert original(day, item(REPORT, name="minute"))[0] == "minute"


def test_a_copy_without_a_credit_is_no_original_for_that() -> None:
    source = item(REPORT, name="source", source="ahtv", credit="安徽新闻联播")
    assert original(source, item(REPORT, name="copy", hours=1, source="dongfang"))[0] == "source"
    silent = item(REPORT, name="silent", source="ahtv")
    assert original(silent, item(REPORT, name="self", hours=1, source="东方网", credit="东方网"))[0] == "silent"


def test_own_production_before_a_page_that_credits_an_agency() -> None:
    elected, reasons = original(
        item(REPORT, name="copy", source="东方网", credit="新华社"),
        item(REPORT, name="own", hours=1, source="安徽网络广播电视台", credit="安徽新闻联播"),
    )
    assert elected == "own"
    assert "it credits 安徽新闻联播" in reasons


def test_never_an_excerpt_where_there_is_the_whole() -> None:
    excerpt = item("\n".join(PARAGRAPHS[:3]), name="excerpt")
    assert original(excerpt, item(REPORT, name="whole", hours=1))[0] == "whole"


def test_credits_that_name_a_source() -> None:
    assert names("荔枝新闻", "jstv", "荔枝新闻")
    assert names("来源: 江苏卫视·荔枝新闻", "jstv", "荔枝新闻")
    assert names("jstv", "jstv", "荔枝新闻")
    assert names("安徽新闻联播", "ahtv", "安徽网络广播电视台")
    assert not names("安徽日报", "ahtv", "安徽网络广播电视台")
    assert not names("新华社", "jstv", "荔枝新闻")
    assert not names(None, "jstv", "荔枝新闻")
    assert not names("", "jstv", "荔枝新闻")


def test_never_one_whose_text_is_doubtful_where_another_is_not() -> None:
    doubtful = replace(item(REPORT, name="doubtful", source="安徽卫视"), doubtful=True)
    credits_it = item(REPORT, name="copy", hours=5, source="东方网", credit="安徽卫视")
    assert original(doubtful, credits_it)[0] == "copy"
    elected, reasons = original(doubtful, replace(credits_it, doubtful=True))
    assert elected == "doubtful"
    assert "its text may not be whole" in reasons
