"""Pages that a program builds: an empty frame, and the article with its fields in a script or in JSON-LD."""

from datetime import datetime

import pytest

from core.time import SHANGHAI
from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction

URL = "https://www.example.cn/detail/7"
FIRST = "入夜之后，湿地东岸的栈道忽然暗了下来，沿线三公里的景观灯一律熄灭，要到十二月十日才会重新点亮。"
SECOND = "去年第一次试行关灯，志愿者在巡护中捡到的伤鸟只有九只，前年同期是三十一只，附近居民也渐渐习惯。"
TITLE = "湿地为候鸟关灯四十天"


def read(page: str) -> Extraction:
    return extract(page.encode(), URL)


def test_a_frame_that_says_loading_in_english_is_a_chinese_page() -> None:
    body = "".join(f"\\u{ord(each):04x}" for each in f"<p>{FIRST}</p><p>{SECOND}</p>")
    state = f'{{"data":{{"newsTitle":"{TITLE}","origin":"北河日报","writer":"记者 崔岩","newsBody":"{body}"}}}}'
    found = read(
        f'<html lang="zh-CN"><title>北河发布</title><body><div>Loading...</div>'
        f'<script type="application/json">{state}</script></body></html>'
    )
    assert (found.title, found.body, found.credit) == (TITLE, f"{FIRST}\n{SECOND}", "北河日报")
    assert found.reporters == ("崔岩",)


def test_the_fields_of_pieces_stand_in_an_object_beside_them() -> None:
    state = (
        f'{{"app":{{"name":"灵溪融媒"}},"content":{{"head":{{"main_title":"{TITLE}","source_name":"灵溪县融媒体中心",'
        f'"release_time":"2022-06-21T17:30:00.000+08:00","reporter":["费翔宇","舒雅"],"editor":["韩小满"]}},'
        f'"blocks":[{{"type":"text","value":"{FIRST}"}},{{"type":"ad","value":"banner_1"}},'
        f'{{"type":"text","value":"{SECOND}"}}]}},"hot":[{{"title":"首条智慧公路亮灯了"}}]}}'
    )
    found = read(f"<title>灵溪融媒</title><body><div id='app'></div><script>window.__S__={state};</script></body>")
    assert (found.title, found.body, found.credit) == (TITLE, f"{FIRST}\n{SECOND}", "灵溪县融媒体中心")
    assert found.reporters == ("费翔宇", "舒雅")
    assert found.published_at == datetime(2022, 6, 21, 17, 30, tzinfo=SHANGHAI)


def test_when_it_was_published_goes_before_when_it_was_begun_and_editors_among_authors_are_none() -> None:
    state = (
        f'{{"detail":{{"title":"{TITLE}","createTime":"2025-08-21 06:58:10","publishTime":"2025-08-21 07:40:00",'
        '"authors":[{"name":"车晓","role":"reporter"},{"name":"卜一","role":"editor"}],'
        f'"content":"<p>{FIRST}</p><p>{SECOND}</p>"}}}}'
    )
    found = read(f"<title>{TITLE}</title><body><div id='app'></div><script>window.__S__={state};</script></body>")
    assert found.published_at == datetime(2025, 8, 21, 7, 40, tzinfo=SHANGHAI)
    assert found.reporters == ("车晓",)


def test_a_video_is_called_by_its_json_ld_where_the_title_is_the_site_s() -> None:
    data = f'{{"@type":"VideoObject","name":"视频丨{TITLE}","uploadDate":"2024-06-30T16:18:00+08:00"}}'
    found = read(
        f'<title>浔阳视频</title><script type="application/ld+json">{data}</script><body><div><span>倍速</span></div>'
        f"<div><strong>浔阳新闻客户端</strong><h2>视频丨{TITLE}</h2>"
        f"<div>2024-06-30 16:18 · 浔阳</div><div>{FIRST}</div>"
        "<div>来源：浔阳新闻客户端 ｜ 记者 翟玉 端木晴 ｜ 剪辑 阿布</div><div>赞 2.2万</div>"
        "<ul><li><b>山里人</b>：好样的！<i>06-30 17:02</i></li></ul></div></body>"
    )
    assert (found.title, found.body) == (f"视频丨{TITLE}", FIRST)
    assert (found.credit, found.reporters) == ("浔阳新闻客户端", ("翟玉", "端木晴"))


@pytest.mark.parametrize(
    "line",
    [
        "记者：阮青 毕浩然 摄像：滕飞 后期：小鹿",
        "一审：尹小楼 二审：白桦 三审：容止",
        "风险提示：以上内容仅供参考，不构成投资建议。",
        "点个“在看”，转给爱吃夜宵的他",
        "共享此文章：",
        "相关热词搜索：天桥 亮灯",
        "[06:40] 今日多云，最高气温12度",
    ],
)
def test_what_stands_below_a_text_is_none_of_it(line: str) -> None:
    page = f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{line}</p></div></body>"
    assert read(page).body == f"{FIRST}\n{SECOND}"


def test_a_label_with_a_blank_in_a_cell_of_its_own_names_the_reporters() -> None:
    cells = "<tr><td>来 源：</td><td>金水电视台</td></tr><tr><td>记 者：</td><td>闵 捷 屠小川</td></tr>"
    found = read(
        f"<title>{TITLE}</title><body><h1>{TITLE}</h1><table>{cells}</table><p>{FIRST}</p><p>{SECOND}</p></body>"
    )
    assert found.reporters == ("闵捷", "屠小川")


def test_a_title_that_is_the_site_s_short_name_is_no_headline() -> None:
    found = read(
        "<title>智慧银水</title><body><div><img src='a.png'><p>智慧银水</p></div>"
        f"<div class='nd-title'>{TITLE}，市民拍手称好</div><div>来源：银水县气象台 2023-07-21 05:48</div>"
        f"<p>{FIRST}</p><p>{SECOND}</p></body>"
    )
    assert found.title == f"{TITLE}，市民拍手称好"


@pytest.mark.parametrize(
    ("byline", "credit"),
    [
        ("<span>北原云新闻客户端</span><span>2023-04-18 12:41</span><span>3.6w阅读</span>", "北原云新闻客户端"),
        ("<div>石桥县融媒体中心</div><div>2023-03-16 19:40</div><div>阅读 1.2万</div>", "石桥县融媒体中心"),
        ("<p>2023-03-16 19:40 | 查看: 1846 | 来自: 南浦商报</p>", "南浦商报"),
        ("<p>2024-02-19 18:31 来源：江东卫视《江东新闻联播》</p>", "江东卫视《江东新闻联播》"),
    ],
)
def test_the_credit_of_app_pages(byline: str, credit: str) -> None:
    found = read(f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div>{byline}</div><p>{FIRST}</p><p>{SECOND}</p></body>")
    assert found.credit == credit


def test_a_player_that_is_missing_is_no_text() -> None:
    found = read(
        f"<title>{TITLE}</title><body><h1>{TITLE}</h1><div>您尚未安装flash播放器，<a href='#'>点击安装</a></div>"
        f"<ul><li>发布时间：2019年11月02日 12:38</li></ul><div><b>视频简介：</b><p>{FIRST}</p></div></body>"
    )
    assert found.body == FIRST


def test_a_source_below_the_text_goes_before_the_account_that_published_it() -> None:
    found = read(
        f"<title>{TITLE}</title><body><h1 class='rich_media_title'>{TITLE}</h1><div id='meta_content'>"
        "<span class='rich_media_meta_nickname'><a id='js_name'>枫林发布</a></span><em>2023-05-12 09:30</em></div>"
        f"<div id='js_content'><p>{FIRST}</p><p>{SECOND}</p><p>来源：枫林县应急管理局</p></div></body>"
    )
    assert found.credit == "枫林县应急管理局"
