"""Outlets whose names hold a label's word, other labels, and names that are none."""

import pytest

from crawler.extraction.extract import extract
from tests.extraction.test_credit import SENTENCES, TITLE, read

OUTLETS = (
    "上海发布",
    "江苏手机报",
    "时间视频",
    "今日关注",
    "人民网评论频道",
    "苏州发布",
    "浙里阅读",
    "都市快报时间新闻",
    "央视新闻客户端",
    "作者圈",
    "文字江南",
    "中国日报网-语音播报",
    "分享长三角",
    "南京编辑部",
    "摄影中国网",
    "第1财经",
    "36氪",
    "《新民晚报》",
    "CGTN Radio",
    "澎湃新闻·澎湃号·政务",
)


@pytest.mark.parametrize("outlet", OUTLETS)
@pytest.mark.parametrize(
    "byline",
    [
        "<div><span>2025-07-01 09:31</span> <span>来源：{}</span></div>",
        "<div>来源：{}　2025-07-01 09:31</div>",
        "<div>2025-07-01 09:31 来源：{} 作者：王小明 责任编辑：李大山</div>",
        "<div><span>来源：</span><a href='/'>{}</a> <span>字号</span></div>",
        "<table><tr><td>来源</td><td>{}</td></tr></table>",
    ],
)
def test_an_outlet_may_hold_a_labels_word(outlet: str, byline: str) -> None:
    assert read(byline.format(outlet)).credit == outlet.strip("《》")


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-01 09:31　转自：浦江晨报",
        "转载自：浦江晨报 2025-07-01 09:31",
        "文章转自：浦江晨报",
        "本文转载自：浦江晨报",
        "发布机构：浦江晨报　发布日期：2025-07-01",
        "稿源：浦江晨报",
        "稿件来源：浦江晨报",
        "供稿：浦江晨报",
        "供稿单位：浦江晨报",
        "来源于：浦江晨报",
        "来源 | 浦江晨报",
        "来源丨浦江晨报",
        "來源：浦江晨報",
        "信息来源: 浦江晨报 浏览次数：12",
        "来源/浦江晨报",
        "来源：浦江晨报2025-07-01 09:31",
        "发布单位：浦江晨报",
        "<b>转载自</b> <i>浦江晨报</i>",
        "转自浦江晨报",
        "来源：《浦江晨报》",
        "信源：浦江晨报",
        "本文转载自公众号：浦江晨报",
        "来源：浦江晨报》",
        "【来源：浦江晨报】",
        "来源：<img alt='浦江晨报' src='/logo.png'>",
        "来源： \ue601浦江晨报\uf0a3",
        "\ue601 浦江晨报 \ue602 2025-07-01 09:31",
    ],
)
def test_every_label_of_the_source_is_known(written: str) -> None:
    assert read(f"<div class='info'>{written}</div>").credit in {"浦江晨报", "浦江晨報"}


@pytest.mark.parametrize(
    "written",
    [
        "本文转载自“浦江晨报”",
        "（本文转自《浦江晨报》）",
        "文章来源：浦江晨报公众号",
        "（转自浦江晨报，有删节）",
        "来源 | 综合浦江晨报",
    ],
)
def test_a_last_line_names_the_source(written: str) -> None:
    credit = read(last=written).credit or ""
    assert "浦江晨报" in credit
    assert not credit.startswith(("《", "“"))


@pytest.mark.parametrize("name", ["视频", "江岸卫视", "新闻客户端", "江岸网", "要闻", "今日关注", "图片新闻"])
@pytest.mark.parametrize(
    "navigation",
    [
        "<div><a href='/'>首页</a> <a href='/sp/'>{}</a></div>",
        "<ul><li><a href='/a'>要闻</a></li><li><a href='/b'>{}</a></li></ul>",
        "<div class='source'><a href='/b'>{}</a></div>",
        "<div class='pos'>当前位置：<a href='/'>首页</a> &gt; <a href='/b'>{}</a> &gt; 正文</div>",
    ],
)
def test_navigation_is_no_credit(name: str, navigation: str) -> None:
    html = (
        f"<html><head><title>{TITLE}_某某网</title></head><body>{navigation.format(name)}<h1>{TITLE}</h1>"
        f"<div>2025-07-01 09:31</div><div>{''.join(f'<p>{text}</p>' for text in SENTENCES)}</div></body></html>"
    )
    assert extract(html.encode(), "https://news.example.cn/a/1.html").credit is None
    if "source" in navigation:
        return
    below = html.replace(f"{navigation.format(name)}<h1>", "<h1>").replace(
        "09:31</div>", f"09:31</div>{navigation.format(name)}"
    )
    assert extract(below.encode(), "https://news.example.cn/a/1.html").credit is None


@pytest.mark.parametrize(
    "written",
    [
        "今天是2025年7月1日 星期二",
        "2025-07-01 09:31 星期二",
        "2025-07-01 09:31 阅读 1.2万",
        "2025-07-01 09:31 责任编辑：王小明",
        "2025-07-01 09:31 【大 中 小】",
        "2025-07-01 09:31 江苏",
        "2025-07-01 09:31 发布于：上海",
        "2025-07-01 09:31 IP属地：浙江",
        "2025-07-01 09:31 晴 25℃",
        "欢迎您 2025-07-01 09:31",
        "2025-07-01 09:31 收听",
        "发布时间：2025-07-01 09:31 浏览：123",
        "2025-07-01 09:31 | 栏目：<a href='/c'>要闻</a> | 点击：<span></span>次",
    ],
)
def test_what_stands_beside_the_time_may_be_no_outlet(written: str) -> None:
    assert read(f"<div>{written}</div>").credit is None


@pytest.mark.parametrize(
    ("written", "outlet"),
    [
        ("2025-07-01 09:31 东太湖论坛报", "东太湖论坛报"),
        ("许小舟/滨江晚报 2025-07-01 09:31", "滨江晚报"),
        ("<p>01</p><p>2025.07</p><p>09:31 滨江晚报</p>", "滨江晚报"),
        ("<a href='/mp'>滨江那些事</a> <span>2025-07-01 09:31</span>", "滨江那些事"),
        ("<span>2025-07-01 09:31</span><span>发布于：上海</span><span>滨江融媒</span>", "滨江融媒"),
        ("浙江在线 | 2025-07-01 09:31", "浙江在线"),
        ("2025-07-01 09:31 | 浙江在线", "浙江在线"),
        ("<span>滨江发布</span> <span>07-01 09:31</span>", "滨江发布"),
    ],
)
def test_a_bare_outlet_stands_beside_the_time(written: str, outlet: str) -> None:
    assert read(f"<div class='info'>{written}</div>").credit == outlet


def test_wechats_account_is_the_credit_and_never_the_posters_place() -> None:
    head = (
        '<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">江上客</span>'
        '<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" '
        'id="js_name"> 滨江城事 </a></span><em id="publish_time">2025-07-01 09:31</em>'
        '<em id="js_ip_wording_wrp">发表于<span id="js_ip_wording">浙江</span></em></div>'
    )
    extraction = read(head)
    assert extraction.credit == "滨江城事"
    empty = head.replace('<em id="publish_time">2025-07-01 09:31</em>', '<em id="publish_time"></em>')
    assert read(empty).credit == "滨江城事"
