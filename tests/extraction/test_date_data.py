"""Dates that machines read: attributes of the byline, scripts."""

import pytest

from tests.extraction.test_date_forms import FETCHED, minute
from tests.extraction.test_published import read

RIGHT = "2025-07-01 09:31"


@pytest.mark.parametrize(
    "byline",
    [
        "<span class='time' title='2025-07-01 09:31:00'>3天前</span>",
        "<b title='2025-07-01 09:31'>刚刚更新</b>",
        "<span data-time='1751333460'>2025-07-01</span>",
        "<span data-timestamp='1751333460000'>昨天</span>",
        "<i class='t' data-pubtime='2025-07-01T09:31:00+08:00'></i>",
        "<time datetime='2025-07-01T09:31:00+08:00'>7月1日</time>",
        "<abbr title='2025年7月1日 09:31'>前天</abbr>",
        "<span timestamp='1751333460'>2025-07-01</span>",
        "<em itemprop='datePublished' content='2025-07-01T09:31:00+08:00'>两天前</em>",
    ],
)
def test_an_attribute_of_the_byline_tells_the_minute(byline: str) -> None:
    assert minute(read(f"<div class='info'>{byline} <span>某某网</span></div>", fetched_at=FETCHED)) == RIGHT
    assert minute(read(f"<div class='info'>{byline} <span>某某网</span></div>")) == RIGHT


def test_attributes_of_other_articles_tell_nothing() -> None:
    others = "".join(
        f"<p><a href='/{n}'>长三角又一铁路开通</a><time datetime='2025-06-0{n}T08:00:00+08:00'>前天</time></p>"
        for n in range(1, 9)
    )
    assert read(beside=others, fetched_at=FETCHED).published_at is None
    assert minute(read("<div>2025-07-01</div>", beside=others.replace("06-0", "07-0"))) == "2025-07-01"


@pytest.mark.parametrize(
    "script",
    [
        "var pageInfo={'id':88,'publishTimeStamp':1751333460000,'channel':'yw'};",
        'var article = {"ptime":"2025-07-01 09:31:00","lmodify":"2025-07-04 10:00:00"};',
        "var fbsj='2025-07-01 09:31';",
        'window.__DATA__={"modifyTime":1751593600,"pubTimeLong":1751333460};',
        "$('#pubtime').text('2025-07-01 09:31:00');",
        "document.getElementById('publish-date').innerHTML = '2025年07月01日 09:31';",
        'var docpubtime = "2025-07-01 09:31"; var now = "2025-07-03 10:20";',
        'window.info={\\"publishTime\\":\\"2025-07-01 09:31:00\\"};',
    ],
)
def test_a_script_tells_the_minute_under_any_name_of_publication(script: str) -> None:
    assert minute(read("<div>来源：某某网</div>", head=f"<script>{script}</script>")) == RIGHT


@pytest.mark.parametrize(
    "script",
    [
        'document.write(formatTime("2025-07-01 09:31:00"))',
        "document.write(new Date(1751333460000).toLocaleString())",
        "showDate('2025/07/01 09:31');",
        'writeln("2025年7月1日 09:31")',
    ],
)
def test_a_script_in_the_byline_prints_the_minute(script: str) -> None:
    assert minute(read(f"<div class='info'><script>{script}</script> 来源：某某网</div>")) == RIGHT


@pytest.mark.parametrize(
    "script",
    ["var serverTime='2025-07-03 10:20';", "var expireTime=1751333460000;", "deadline='2025-07-01 09:31'"],
)
def test_other_times_of_scripts_are_not_taken(script: str) -> None:
    assert read("<div>来源：某某网</div>", head=f"<script>{script}</script>").published_at is None


def test_of_several_articles_in_a_script_the_one_with_the_headline_counts() -> None:
    others = ",".join(f'{{"title":"另一条消息{n}","publishTime":"2025-06-0{n} 08:00:00"}}' for n in range(1, 9))
    script = f'x={{"list":[{others}],"detail":{{"title":"长三角三省一市共建创新联合体","publishTime":"{RIGHT}:00"}}}}'
    assert minute(read(head=f"<script>{script}</script>")) == RIGHT


def test_the_time_of_publication_goes_before_that_of_the_draft_beside_it() -> None:
    script = '{"title":"长三角三省一市共建创新联合体","createTime":"2025-06-30 17:02","publishTime":"2025-07-01 09:31"}'
    assert minute(read("<div>来源：某某网</div>", head=f"<script>var page={script}</script>")) == RIGHT
