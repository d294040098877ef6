"""Which of the dates that a reader sees is the publication's: labels, other times, places, forms."""

import pytest

from crawler.extraction.extract import extract
from tests.extraction.layouts import FOOTER, MENU
from tests.extraction.reports import PARAGRAPHS
from tests.extraction.test_date_forms import FETCHED, minute
from tests.extraction.test_published import BODY, read

RIGHT = "2025-07-01 09:31"


@pytest.mark.parametrize(
    "byline",
    [
        "<dl><dt>更新日期</dt><dd>2025-07-04 17:40</dd><dt>发布日期</dt><dd>2025-07-01 09:31</dd></dl>",
        "<dl><dt>发布日期</dt><dd>2025-07-01 09:31</dd><dt>更新日期</dt><dd>2025-07-04 17:40</dd></dl>",
        (
            "<table><tr><td>修改时间</td><td>2025-07-04 17:40</td></tr><tr><td>发布时间</td>"
            "<td>2025-07-01 09:31</td></tr></table>"
        ),
        "<table><tr><td>成文日期：</td><td>2025-06-20</td><td>发布日期：</td><td>2025-07-01 09:31</td></tr></table>",
        (
            "<table><tr><th>更新时间</th><th>发布时间</th></tr><tr><td>2025-07-04 17:40</td>"
            "<td>2025-07-01 09:31</td></tr></table>"
        ),
        (
            "<div><span>最后更新：</span><span>2025-07-04 17:40</span> <span>发布：</span>"
            "<span>2025-07-01 09:31</span></div>"
        ),
        "<div>更新于 2025-07-04 17:40</div><div>发布于 2025-07-01 09:31</div>",
        "<div>2025-07-04 17:40 更新</div><div>2025-07-01 09:31 发布</div>",
        "<ul><li><b>最近修订</b>：<i>2025-07-04 17:40</i></li><li><b>首次发布</b>：<i>2025-07-01 09:31</i></li></ul>",
        "<p>编辑于2025-07-04 17:40</p><p>2025-07-01 09:31</p>",
        "<div>生成日期：2025-06-20</div><div>公开日期：2025-07-01 09:31</div>",
    ],
)
def test_publication_goes_before_changes_wherever_the_label_stands(byline: str) -> None:
    assert minute(read(byline)) == RIGHT


def test_a_change_in_the_byline_yields_to_publication_in_the_data_or_below() -> None:
    head = '<meta property="article:published_time" content="2025-07-01T09:31:00+08:00">'
    assert minute(read("<div>更新时间：2025-07-04 17:40</div>", head=head)) == RIGHT
    assert minute(read("<div>最后更新：2025-07-04 17:40</div>", tail="<p>发布时间：2025-07-01 09:31</p>")) == RIGHT
    assert minute(read("<div>更新时间：2025-07-01 09:31</div>")) == RIGHT


@pytest.mark.parametrize(
    "other",
    [
        "直播时间：2025-06-30 19:30",
        "拍摄日期：2025年6月28日",
        "会议时间：2025-07-05 14:00",
        "报名截止时间：2025-07-10 18:00",
        "截止2025年7月10日 17:00",
        "截至 2025-06-30 24:00",
        "今天是2025年7月3日 星期四 10:20",
        "现在时间：2025-07-03 10:20",
        "活动时间 2025-07-08 08:00",
        "开标时间：<b>2025-07-09 09:30</b>",
        "首播时间：2025-06-30 20:00",
        "有效期至：2026-12-31",
        "实施日期：2025-08-01",
        "数据截至2025-06-30 12:00",
        "开庭日期|2025-07-09 09:30",
        "<dl><dt>考试时间</dt><dd>2025-07-09 09:30</dd></dl>",
    ],
)
def test_times_of_something_else_are_never_taken(other: str) -> None:
    assert (
        minute(read(f"<div><span>2025-07-01 09:31</span> <span>来源：某某网</span></div><div>{other}</div>")) == RIGHT
    )
    assert (
        minute(read(f"<div>{other}</div><div><span>2025-07-01 09:31</span> <span>来源：某某网</span></div>")) == RIGHT
    )
    assert read(f"<div>{other}</div>").published_at is None


@pytest.mark.parametrize("other", ["备案日期：2019-03-04", "改版时间：2019-03-04 10:00", "建站日期 2009-03-04"])
def test_dates_of_the_site_below_the_article_are_not_its_own(other: str) -> None:
    assert read(tail=f"</div><div><p>{other}</p>").published_at is None


def test_a_visible_minute_goes_before_a_day_in_the_data() -> None:
    head = '<meta name="publishdate" content="2025-07-02"><meta name="PubDate" content="2025-07-02">'
    assert minute(read("<div class='sidebar'>2025-07-01 09:31 某某网</div>", head=head)) == RIGHT
    assert minute(read(above="<div>2025-07-01 09:31</div>", head=head)) == RIGHT
    assert minute(read("<div><a href='/x'>某某网</a> 2025-07-01 09:31</div>", head=head)) == RIGHT


LONG = "长三角生态绿色一体化发展示范区执委会会同两区一县发布今年首批二十四项重点任务清单并公布时间表和路线图请查收"


def whole(main: str, title: str) -> str:
    html = f"<html><head><title>{title}_某某网</title></head><body><ul>{MENU}</ul>{main}{FOOTER}</body></html>"
    return minute(extract(html.encode(), "https://news.example.cn/a/1.html"))


@pytest.mark.parametrize("tag", ["h1", "h2", "div", "p"])
def test_a_long_headline_loses_no_byline(tag: str) -> None:
    byline = "<div>2025-07-01 09:31 来源：某某网</div>"
    assert whole(f"<{tag}>{LONG}</{tag}>{byline}<div>{BODY}</div>", LONG) == RIGHT
    assert whole(f"<div><{tag}>{LONG}</{tag}>{byline}{BODY}</div>", LONG) == RIGHT
    assert whole(f"<div><{tag}>{LONG}。</{tag}><p>2025-07-01 09:31 来源：某某网</p>{BODY}</div>", LONG) == RIGHT


def test_the_headline_next_to_the_body_counts() -> None:
    title = "三省一市共建创新联合体"
    ticker = f"<div><h2>{title}</h2><p>2025-06-20 08:00 滚动</p></div><div><h3>别的事情也很要紧</h3></div>"
    assert whole(f"{ticker}<h2>{title}</h2><p>2025-07-01 09:31</p><div>{BODY}</div>", title) == RIGHT
    slide = f"<div class='top'><span>{title}</span></div>" + "<div>今日导读</div>" * 35
    assert whole(f"{slide}<h1>{title}</h1><p>2025-07-01 09:31</p><div>{BODY}</div>", title) == RIGHT


def test_the_first_words_next_to_the_body_count() -> None:
    title = "三省一市共建创新联合体"
    summary = f"<div>{PARAGRAPHS[1]}</div><div>2025-06-20 08:00</div>"
    assert whole(f"<h1>{title}</h1>{summary}<p>2025-07-01 09:31</p><div>{BODY}</div>", title) == RIGHT
    before = f"<div>{PARAGRAPHS[0]}</div>"
    assert whole(f"{before}<h1>{title}</h1><p>2025-07-01 09:31</p><div>{BODY}</div>", title) == RIGHT
    assert whole(f"<h1>{title}</h1><p>{PARAGRAPHS[0]}</p><p>2025-07-01 09:31</p><div>{BODY}</div>", title) == RIGHT


@pytest.mark.parametrize(
    "main",
    [
        (
            "<table><tr><td>楼主：江上客</td><td><table><tr><td>发表于：2008-7-1 9:31:00</td></tr><tr>"
            "<td>{title}</td></tr><tr><td>{body}</td></tr></table></td></tr></table>"
        ),
        "<div><h3>{title}</h3></div><div>作者：江上客 提交日期：2008-7-1 9:31:00</div><div>{body}</div>",
        (
            "<div><h2>{title}</h2><span>(2008-07-01 09:31:00)</span></div><div>标签：<a href='/t'>杂谈</a></div>"
            "<div>{body}</div>"
        ),
        "<div>{title}</div><div>2008年07月01日 星期二 上午 09:31</div><div>{body}</div>",
        "<div>{title}</div><div>2008年07月01日 星期二 09:31 A.M.</div><div>{body}</div>",
        "<div>{title}</div><div>2008-07-01 09:31:00|&nbsp; 分类： 默认分类 |&nbsp; 标签： |字号</div><div>{body}</div>",
        (
            "<div>{title}</div><div>{body}</div><div>江上客 发表于 &gt;2008-7-1 9:31:00 [<a href='/'>全文</a>] ["
            "<a href='/'>评论</a>] [<a href='/'>引用</a>] [<a href='/'>推荐</a>]</div>"
        ),
        (
            "<div>{title}</div><div>{body}</div><div>posted on 2008-07-01 09:31 "
            "<a href='/u'>江上客</a> 阅读(1234) <a href='/c'>评论(3)</a> <a href='/e'>编辑</a> "
            "<a href='/s'>收藏</a></div>"
        ),
        (
            "<table><tr><td align=center><font size=4>{title}</font></td></tr><tr>"
            "<td align=center>[2008-7-1 9:31:00] 来源：某某报</td></tr><tr><td>{body}</td></tr></table>"
        ),
        (
            "<table><tr><td>{title}</td></tr><tr><td>www.EXAMPLE.cn 2008年07月01日09:31 某某网</td></tr><tr>"
            "<td>{body}</td></tr></table>"
        ),
        (
            "<table><tr><td>{title}</td></tr><tr>"
            "<td>作者：佚名 文章来源：本站原创 点击数：12 更新时间：2008-7-1 9:31:00</td></tr><tr>"
            "<td>{body}</td></tr></table>"
        ),
        (
            "<table><tr><td>{title}</td></tr><tr>"
            "<td>【 2008-07-01 09:31 】【 作者：佚名 】【 字体：大 中 小 】</td></tr><tr>"
            "<td>{body}</td></tr></table>"
        ),
        "<table><tr><td>{title}</td></tr><tr><td>某某网 08-07-01 09:31</td></tr><tr><td>{body}</td></tr></table>",
        "<table><tr><td>{title}</td></tr><tr><td>录入时间：2008-7-1 9:31:00</td></tr><tr><td>{body}</td></tr></table>",
        (
            "<table><tr><td>江上客<br>注册：2004-3-1<br>发帖：188</td><td>发表于 2008-7-1 09:31 "
            "<a href='/'>只看该作者</a><br>{title}<br>{body}</td></tr></table>"
        ),
        (
            "<div><b>江上客</b> 发布：2008.07.01 09:31 <a href='/'>大</a> <a href='/'>中</a> "
            "<a href='/'>小</a></div><h3>{title}</h3><div>{body}</div>"
        ),
    ],
)
def test_forums_blogs_and_tables_of_their_time(main: str) -> None:
    title = "三省一市共建创新联合体"
    assert whole(main.format(title=title, body=BODY), title) == "2008-07-01 09:31"


@pytest.mark.parametrize(
    "below",
    [
        "<div><h3>热门</h3><p>高温黄色预警 2026-11-27 09:00</p><p>地铁延时 2026-11-26</p></div>",
        "<div>网友评论</div><div>清风 2026-11-21 09:00</div><div>好！</div>",
        "<div><span>上一篇：<a href='#'>另一条新闻标题</a></span> <span>2026-11-19</span></div>",
        "<p>版权所有 2009-2026</p><p>Copyright 2026-11-28</p>",
        "<p>地址：江边路1号 电话：0512-20261120</p>",
    ],
)
def test_what_stands_below_the_article_does_not_date_it(below: str) -> None:
    assert (
        whole(f"<h1>江边步道贯通 九公里可骑行</h1><div>{BODY}</div>{below}", "江边步道贯通 九公里可骑行")
        == "no date on the page"
    )


@pytest.mark.parametrize(
    "line", ["比分 3-2", "图片 1/12", "12-05 场次", "浏览量：2026", "第1-5期", "GB 2312-1980", "01/07/2025 09:31"]
)
def test_numbers_that_look_like_days_are_none(line: str) -> None:
    assert read(f"<p>{line}</p>", fetched_at=FETCHED).published_at is None


def test_a_page_that_shows_what_day_it_is_is_not_dated_by_it() -> None:
    assert read(above="<div>2025年7月3日 星期四</div>", fetched_at=FETCHED).published_at is None
    assert read(above="<div>2025年7月3日 多云 31℃</div>").published_at is None
    assert minute(read(above="<div>江边日报 2025年7月1日 星期二</div>", fetched_at=FETCHED)) == "2025-07-01"


@pytest.mark.parametrize(
    "byline",
    [
        "<p>Posted by 江上客 at 2025-07-01 09:31:05 | <a href='#'>评论(0)</a></p>",
        "<p>http://www.example.cn 2025-07-01 09:31:33 江岸在线</p>",
        "<p>2025.07.01. 09:31</p>",
        "<p>2025/7/1(二) 09:31</p>",
        "<p>2025年7月1日09点31分</p>",
        "<p>来源：某某日报时间：2025-07-01 09:31</p>",
        "<p>作者：王川时间：2025-07-01 09:31</p>",
        "<p>创建于 2025-07-01 09:31 / 修改于 2025-07-04</p>",
        "<p>2025 年 07 月 01 日 09 : 31</p>",
        "<p>July 1, 2025 9:31 am</p>",
        "<p>01 Jul 2025 09:31</p>",
    ],
)
def test_more_forms_of_the_minute(byline: str) -> None:
    assert minute(read(byline)) == RIGHT


def test_a_writers_name_and_time_right_below_the_text_date_it() -> None:
    title = "江边步道贯通 九公里可骑行"
    line = "<table><tr><td>江上客 2025-07-01 09:31:01</td></tr></table>"
    assert whole(f"<h2>{title}</h2><div>{BODY}</div>{line}", title) == RIGHT
    several = line.replace("江上客", "路人") + line
    assert whole(f"<h2>{title}</h2><div>{BODY}</div>{several}", title) == "no date on the page"


def test_the_day_of_the_page_with_its_weekday_yields_to_the_articles_time() -> None:
    above = "<div>2025年7月2日 星期三 English</div><p><a href='/b'>首页</a></p><div><a>2025年07月01日09:31</a></div>"
    assert minute(read(above=above)) == RIGHT


@pytest.mark.parametrize("of_it", ["成文日期", "生效日期"])
def test_a_table_far_above_the_headline_tells_the_day_of_publication(of_it: str) -> None:
    rows = [("文号", "浦发〔2025〕7号"), (of_it, "2025-06-26"), ("发布日期", "2025-07-01"), ("公开方式", "主动公开")]
    more = [("效力", "有效"), ("主题词", "科技"), ("体裁", "通知"), ("机构", "某某局")]
    table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in [*rows, *more])
    footer = "<div>最后更新：2025-08-05 17:20</div>"
    assert minute(read(above=f"<table>{table}</table>", tail=footer)) == "2025-07-01"


def test_how_long_a_video_is_is_no_time() -> None:
    assert read("<p>视频加载中… 时长：01:48</p>").published_at is None
