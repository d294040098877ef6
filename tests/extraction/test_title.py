"""The headline, however the page names it."""

import pytest

from crawler.extraction.extract import extract
from tests.extraction.layouts import FOOTER, MENU, RELATED
from tests.extraction.reports import PARAGRAPHS

TITLE = "长三角三省一市共建创新联合体"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def title_of(head: str, above: str, body: str = BODY) -> str:
    html = (
        f"<html><head>{head}</head><body><div class='nav'><ul>{MENU}</ul></div>{above}<div>{body}</div>"
        f"<ul>{RELATED}</ul>{FOOTER}</body></html>"
    )
    return extract(html.encode(), "https://news.example.cn/a/1.html").title


def test_symbols_of_an_icon_font_are_no_part_of_it() -> None:
    assert title_of(f"<title>\ue604 {TITLE}_某某网</title>", f"<h1>\ue604 {TITLE} \uf0a3</h1>") == TITLE


@pytest.mark.parametrize("tag", ["h1", "h2", "h3", 'div class="title"', 'p class="con-title"', "td", "div"])
def test_the_visible_line_that_the_page_is_named_after(tag: str) -> None:
    assert title_of(f"<title>{TITLE}_某某频道_某某网</title>", f"<{tag}>{TITLE}</{tag.split(maxsplit=1)[0]}>") == TITLE


@pytest.mark.parametrize(
    "suffix",
    [
        "_某某网",
        "_新闻_某某网",
        "-某某网",
        " - 某某网",
        "|某某新闻",
        "_某某频道-某某电视台",
        "--时政--某某网",
        "——某某在线",
        " | News Site",
    ],
)
def test_site_and_column_are_taken_off_where_no_headline_is_shown(suffix: str) -> None:
    assert title_of(f"<title>{TITLE}{suffix}</title>", "") == TITLE


@pytest.mark.parametrize(
    "title", ["对话|长三角怎样共建创新联合体", "G60-科创走廊走过十年", "沪苏湖铁路：55分钟从上海到湖州"]
)
def test_a_separator_within_the_headline_stays(title: str) -> None:
    assert title_of(f"<title>{title}_某某网</title>", f"<h1>{title}</h1>") == title
    assert title_of(f"<title>{title}_某某网</title>", "") == title


def test_the_sites_own_heading_is_not_the_headline() -> None:
    assert title_of(f"<title>{TITLE}</title>", f"<h1>某某省人民政府网站</h1><div class='bt'>{TITLE}</div>") == TITLE


def test_a_column_name_is_not_the_headline() -> None:
    assert title_of(f"<title>{TITLE}_要闻聚焦_某某网</title>", f"<h2>要闻聚焦</h2><div>{TITLE}</div>") == TITLE


def test_where_the_title_is_the_sites_the_heading_above_the_body_is_taken() -> None:
    assert title_of("<title>某某日报</title>", f"<h2>{TITLE}</h2>") == TITLE


def test_a_title_cut_at_a_quotation_mark_is_completed_by_the_page() -> None:
    quoted = '奖金百万！"长三角之星"首位得主啥来头？'
    head = f'<title>{quoted}_某某网</title><meta property="og:title" content="奖金百万！"长三角之星"首位得主啥来头？">'
    assert title_of(head, f"<h1>{quoted}</h1>") == quoted


def test_a_headline_in_two_lines_is_one() -> None:
    long = "长三角三省一市共建创新联合体首批四十家企业签约入驻"
    assert title_of(f"<title>{long}_某某网</title>", f"<h1>{long[:14]}<br>{long[14:]}</h1>").replace(" ", "") == long


def test_the_same_headline_in_a_list_of_others_does_not_win() -> None:
    other = f'<ul class="hot"><li><a href="/1">{TITLE}又有新进展</a></li></ul>'
    assert title_of(f"<title>{TITLE}_某某网</title>", f"{other}<h1>{TITLE}</h1>") == TITLE


def test_json_ld_and_og_title_serve_a_page_without_title() -> None:
    assert title_of(f'<meta property="og:title" content="{TITLE}-某某网">', "") == TITLE


HEADLINE = "盐城百头麋鹿昨天放归黄海滩涂"
DEER = "".join(
    f"<p>{text}</p>"
    for text in (
        "昨天上午，盐城的一百头麋鹿跑出围场，奔向黄海边的滩涂，这是保护区第七次实施麋鹿野生放归，也是规模最大的一次。",
        "工作人员介绍，放归的麋鹿从去年十一月起挑选出来，每头都戴上了项圈，用太阳能充电，每半小时回传一次位置。",
    )
)


@pytest.mark.parametrize(
    "head",
    [
        "<title>New Page 1</title>",
        "<title>无标题文档</title>",
        "<title>海角手机报</title>",
        "<title>海角广电网 视频新闻</title>",
        "<title>海角视频</title><meta property='og:title' content='海角视频 - 看见身边 记录时代'>",
        "<title>海角农业大学新闻网</title>",
        "<title>盐城大学</title>",
        "<title>盐城市麋鹿保护区管理处--新闻动态--详细内容</title>",
        "<title>盐城日报电子版-第A03版：民生</title>",
    ],
)
@pytest.mark.parametrize(
    "above",
    [
        f"<p>看见身边 记录时代</p><h2>{HEADLINE}</h2><p>2025-07-01 09:31</p>",
        f"<h3>图片新闻</h3><h3>点击排行</h3><div class='title'>{HEADLINE}</div><div>2025-07-01 09:31</div>",
        f"<p>海 角 政 务 信 息</p><p>第21期（总第187期）</p><p>{HEADLINE}</p><p>县林业局供稿 2025年7月1日</p>",
        f"<table><tr><td><font size=4>{HEADLINE}</font></td></tr><tr><td>[海角晚报] 2025-07-01 09:31</td></tr></table>",
    ],
)
def test_where_the_page_is_named_after_its_site_the_line_about_the_text_is_taken(head: str, above: str) -> None:
    assert title_of(head, above, DEER) == HEADLINE


def test_a_title_that_no_line_shows_stays_beside_headings_about_something_else() -> None:
    assert title_of(f"<title>{HEADLINE}</title>", "<h3>点击排行</h3><h2>图片新闻</h2>", DEER) == HEADLINE


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (HEADLINE, f"·{HEADLINE}"),
        (f"【转帖】{HEADLINE} - 海角社区", f"【转帖】{HEADLINE}"),
        (f"{HEADLINE}--图片--海角网", f"{HEADLINE}（1/6）"),
    ],
)
def test_marks_of_lists_forums_and_series_are_no_part_of_it(named: str, shown: str) -> None:
    assert title_of(f"<title>{named}</title>", f"<h1>{shown}</h1>", DEER) == HEADLINE


def test_a_table_of_what_a_document_is_may_stand_between_the_page_and_its_headline() -> None:
    rows = "<tr><td>内容概述</td><td>盐城百头麋鹿放归滩涂。</td></tr><tr><td>有效性</td><td>有效</td></tr>"
    body = f"<table>{rows}</table><table><tr><td class='bt_title'>{HEADLINE}</td></tr><tr><td>{DEER}</td></tr></table>"
    assert title_of(f"<title>海角县政府信息公开 部门动态 {HEADLINE}</title>", "", body) == HEADLINE


def test_the_line_under_the_headline_and_a_byline_are_none() -> None:
    above = (
        "<p>本报“民生在线”系列报道之三</p>"
        f"<p style='font-size:20px'>{HEADLINE}</p><p>——一百头麋鹿放归黄海滩涂记</p>"
        "<p>盐城日报 2025年7月1日 许小舟 文/图</p>"
    )
    assert title_of("<title>盐城日报电子版</title>", above, DEER) == HEADLINE


def test_a_headline_that_shares_no_word_with_its_text_stays_where_title_and_heading_agree() -> None:
    above = "<h1>人间四月</h1><h3>盐城百头麋鹿放归黄海滩涂记</h3><p>2025-07-01 09:31</p>"
    assert title_of("<title>人间四月_海角网</title>", above, DEER) == "人间四月"


@pytest.mark.parametrize(
    "name",
    [
        f"海角县人民政府网=={HEADLINE}",
        f"海角县人民政府网==新闻=={HEADLINE}",
        f"海角网-{HEADLINE}",
        f"海角新闻中心-国内-国际-社会-体育-{HEADLINE}",
        f"海角晚报-2004年06月11日-第8版-{HEADLINE}",
        f"海角晚报-2004-06-11-第A8版-{HEADLINE}",
        f"海角网--{HEADLINE}--文章内容",
    ],
)
@pytest.mark.parametrize("above", ["", f"<p>{HEADLINE}</p><p>2025-07-01 09:31</p>"])
def test_site_and_columns_before_it_are_taken_off(name: str, above: str) -> None:
    assert title_of(f"<title>{name}</title>", above, DEER) == HEADLINE


@pytest.mark.parametrize(
    "name",
    [
        "海角农报 麋鹿 湿地 饲料 水产 行情 养殖 展会 供求",
        "海角网--麋鹿放归,湿地保护,水产行情,农业展会,供求信息,野生动物",
        "盐城市麋鹿局 工作动态",
        "海角论坛--麋鹿之友--帖子浏览",
    ],
)
@pytest.mark.parametrize(
    "above",
    [
        f"<div align=center><font size=5>{HEADLINE}</font></div><div>海角农报 7月1日</div>",
        f"<table><tr><td>湿地·麋鹿</td></tr><tr><td><b>{HEADLINE}</b></td></tr><tr><td>——放归黄海滩涂记</td></tr></table>",
        f"<table><tr><th>* 帖子主题：{HEADLINE}</th></tr><tr><td>楼主</td></tr></table>",
        (
            f"<table><tr><td>{HEADLINE}</td></tr><tr><td>信息来源：</td><td>盐城市麋鹿局</td>"
            "<td>发布日期：</td><td>2025-07-01</td></tr></table>"
        ),
    ],
)
def test_keywords_an_office_with_a_column_and_a_programs_own_words_are_no_title(name: str, above: str) -> None:
    assert title_of(f"<title>{name}</title>", above, DEER) == HEADLINE


@pytest.mark.parametrize(
    "name",
    ["省际铁路今起调图 高铁增开 站点更新", "One red deer was seen on the wet land today", "海角网_本地新闻"],
)
def test_the_heading_that_readers_see_goes_before_a_name_that_no_line_shows(name: str) -> None:
    above = f"<h2>本地新闻</h2><h1>{HEADLINE}</h1><p>2025-07-01 09:31</p>"
    assert title_of(f"<title>{name}</title>", above, DEER) == HEADLINE


@pytest.mark.parametrize("size", ['<font size="5">', '<span style="font-size: 22pt">', '<font size="+2">'])
def test_of_lines_over_and_under_it_the_headline_is_the_largest(size: str) -> None:
    close = "</span>" if size.startswith("<span") else "</font>"
    above = (
        "<p align=center><font size=4>湿地保护再传捷报</font></p>"
        f"<p align=center>{size}{HEADLINE}{close}</p>"
        "<p align=center><font size=3>一百头麋鹿跑出围场奔向滩涂</font></p><p>本报记者 王小明</p>"
    )
    assert title_of("<title>海角县广播电视台</title>", above, DEER) == HEADLINE


@pytest.mark.parametrize(
    "broken",
    [
        "<p align=center><font size=5>盐城百头麋鹿<br>放归黄海滩涂</font></p>",
        "<div><b>盐城百头麋鹿<br/>放归黄海滩涂</b></div>",
        "<table><tr><td align=middle>盐城百头麋鹿<br>放归黄海滩涂</td></tr></table>",
    ],
)
def test_a_headline_that_is_broken_in_two_is_one(broken: str) -> None:
    above = f"{broken}<p>2025-07-01 09:31</p>"
    assert title_of("<title>海角手机报</title>", above, DEER) == "盐城百头麋鹿 放归黄海滩涂"


def test_a_tag_glued_behind_it_is_no_part_of_it() -> None:
    assert title_of(f"<title>{HEADLINE}_海角晚报</title>", f"<h1>{HEADLINE}<span>原创</span></h1>", DEER) == HEADLINE
