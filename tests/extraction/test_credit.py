"""The credit in every form, and who made the report."""

from typing import Any

import pytest

from crawler.extraction.extract import extract
from crawler.extraction.model import Extraction, Hints
from tests.extraction.layouts import FOOTER, MENU, RELATED

TITLE = "长三角三省一市共建创新联合体"
SENTENCES = (
    "为推动长三角地区科技创新跨区域协同，三省一市近日签署合作协议，共建创新联合体，首批四十家企业入驻。",
    "下一步，三省一市将继续推进规则衔接、平台共用和人才互认，为一体化高质量发展提供更多可以复制的经验。",
)


def read(
    byline: str = "", *, tail: str = "", first: str = "", last: str = "", head: str = "", hints: Hints | None = None
) -> Extraction:
    body = "".join(f"<p>{text}</p>" for text in (first + SENTENCES[0], SENTENCES[1], last) if text)
    html = (
        f"<html><head><title>{TITLE}_某某网</title>{head}</head><body><div class='nav'><ul>{MENU}</ul></div>"
        f"<h1>{TITLE}</h1>{byline}<div class='content'>{body}</div>{tail}<ul>{RELATED}</ul>{FOOTER}</body></html>"
    )
    return extract(html.encode(), "https://news.example.cn/a/1.html", hints or Hints())


@pytest.mark.parametrize(
    "byline",
    [
        "<div>来源：上观新闻</div>",
        "<div>来源: 上观新闻</div>",
        "<div>2025-07-01 09:31 来源：上观新闻 作者：王小明</div>",
        "<div>2025-07-01 09:31来源：上观新闻责任编辑：王小明</div>",
        "<div>2025年07月01日09:31 | 来源：<a href='/'>上观新闻</a> | 字号</div>",
        "<div><span>来源：</span><span>上观新闻</span></div>",
        "<div>来源：</div><div>上观新闻</div>",
        "<div>信息来源：上观新闻 浏览次数：120</div>",
        "<div>稿源：上观新闻</div>",
        "<div>出处：上观新闻 人气：5380 次</div>",
        "<p>文章来源：上观新闻 打印</p>",
        "<div>2025-07-01 09:31 上观新闻</div>",
        "<div>上观新闻 2025-07-01 09:31</div>",
        "<div><span>原创</span> <span>上观新闻</span> <span>2025-07-01 09:31</span></div>",
        "<div>2025-07-01 09:31</div><div>上观新闻</div>",
        "<div>2025-07-01 · 上观新闻</div>",
        "<div>2025-07-01 09:31 上观新闻 我有话说(1307人参与) 收藏本文</div>",
        "<p class='author-name'>上观新闻</p><div>2025-07-01 09:31</div>",
        "<div>王小明/上观新闻</div><div>2025-07-01 09:31</div>",
    ],
)
def test_the_credit_is_read_from_the_byline(byline: str) -> None:
    assert read(byline).credit == "上观新闻"


@pytest.mark.parametrize(
    "byline",
    [
        "<p>来源：<a href='/'><img src='a.gif' alt='海角时讯'></a> 点击：25 次 时间：2005-3-1</p>",
        "<p>7月1日　海角时报　第三版</p>",
        "<dl><dt>注册时间</dt><dd>2004-6-1</dd></dl><p>发表于 2005-7-9 22:41</p><p>2005年7月7日　海角时报</p>",
        "<table><tr><td>【报名】</td><td>海角时报</td></tr><tr><td>【日期】</td><td>20050701</td></tr></table>",
        "<table><tr><td>供稿单位</td><td>海角县水利局</td></tr><tr><td>发布日期</td><td>2005-03-01</td></tr></table>",
        "<p>海角晨刊 记者：王小明　摄影：李大山</p>",
        "<p>【海角時報記者王小明報導】</p>",
        "<h2>海角新闻</h2><p>2005-7-1 09:31　海角时报</p>",
        "<p>报送单位：海角县水利局</p>",
        "<p>信息提供：海角县水利局</p>",
        "<p>转帖自：海角时报</p>",
        "<p>媒体来源：海角时报</p>",
        "<p>发布人：海角县水利局 发布时间：2005-3-1</p>",
        "<p>原载《海角时报》2005年3月1日</p>",
        "<p>（海角时报 2005年3月1日 第2版）</p>",
    ],
)
def test_the_credit_as_papers_offices_and_forums_write_it(byline: str) -> None:
    outlets = {"海角时讯", "海角时报", "海角县水利局", "海角晨刊", "海角時報"}
    assert read(byline).credit == next(outlet for outlet in outlets if outlet in byline)


@pytest.mark.parametrize(
    "byline", ["<h2>本地新闻</h2><p>2005-7-1 09:31</p>", "<p>第61期　海角航道局宣传科编　2005年8月5日</p>"]
)
def test_a_column_and_who_edits_a_paper_of_offices_are_no_credit(byline: str) -> None:
    assert read(byline).credit is None


def test_the_source_in_a_readers_floor_is_not_the_posts() -> None:
    floor = "<table><tr><td>IP：已记录</td></tr><tr><td>洛水客</td></tr><tr><td>出处：亲身经历</td></tr></table>"
    assert read("<p>海角晨刊 记者：王小明</p>", tail=floor).credit == "海角晨刊"


def test_the_credit_is_read_at_the_end_of_the_text() -> None:
    assert read(last="（来源：上观新闻）").credit == "上观新闻"
    assert read(tail="<p>本文来源：上观新闻 责任编辑：王小明_NB123</p>").credit == "上观新闻"
    assert read(tail="<div>来源:上观新闻</div>").credit == "上观新闻"


def test_the_credit_is_read_from_data_and_first_words_at_last() -> None:
    assert read(head='<meta name="source" content="上观新闻">').credit == "上观新闻"
    assert read(first="新华社北京7月1日电 ").credit == "新华社"
    assert read(first="央广网安庆3月19日消息（记者周然 徐秋韵）").credit == "央广网"


def test_a_named_outlet_goes_before_a_vague_word_and_the_label_before_the_data() -> None:
    assert (
        read("<div>2025-07-01 09:31 来源：上观新闻</div>", head='<meta name="source" content="某某网">').credit
        == "上观新闻"
    )
    assert read("<div>2025-07-01 09:31 华夏观察</div>", last="来源：网络").credit == "华夏观察"


@pytest.mark.parametrize(
    "byline", ["<div>2025-07-01 09:31 字号：大 中 小</div>", "<div>分享到：微信 微博</div>", "<div>来源：</div>"]
)
def test_without_a_credit_there_is_none(byline: str) -> None:
    assert read(f"<div>{byline}</div>").credit is None


def test_a_source_in_a_sentence_is_no_credit() -> None:
    assert read(last="专家认为，增长的主要来源：一是创新，二是开放，三是协同，四是改革。").credit is None


def test_the_hint_is_taken() -> None:
    assert read("<i id='s'>来源：上观新闻</i><b>来源：某某网</b>", hints=Hints(credit=("#s",))).credit == "上观新闻"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ({"first": "央广网安庆3月19日消息（记者周然 徐秋韵）"}, ("周然", "徐秋韵")),
        ({"first": "浙江在线杭州12月16日讯（记者 叶海）"}, ("叶海",)),
        ({"first": "本报讯（全媒体记者李文刚）"}, ("李文刚",)),
        ({"first": "新华社电（记者 王小明、李大山，通讯员 赵一鸣）"}, ("王小明", "李大山", "赵一鸣")),
        ({"first": "东方网记者王泳婷3月3日报道："}, ("王泳婷",)),
        ({"last": "大皖新闻记者 姚一鸣"}, ("姚一鸣",)),
        ({"last": "某某报记者 于晓 向雪妮 文天明"}, ("于晓", "向雪妮", "文天明")),
        ({"last": "采写：南都记者 余毅菁"}, ("余毅菁",)),
        ({"last": "荔枝新闻上海工作部记者/常瓅"}, ("常瓅",)),
        ({"byline": "<div>看看新闻Knews记者 谢丹青 郭浩</div><div>2019-11-01 14:57:30</div>"}, ("谢丹青", "郭浩")),
        ({"byline": "<div>2025-07-01 09:31 来源：某某网 作者：苏喻</div>"}, ("苏喻",)),
        ({"byline": "<div>记者：王小明 李大山 编辑：赵一鸣</div>"}, ("王小明", "李大山")),
    ],
)
def test_reporters_are_read_where_names_stand(page: dict[str, Any], names: tuple[str, ...]) -> None:
    assert read(**page).reporters == names


@pytest.mark.parametrize(
    "sentence",
    [
        "记者近日来到示范区，看到一片繁忙。",
        "记者从会上获悉，项目已经开工。",
        "记者获悉，",
        "记者在现场看到，",
        "记者了解到，",
    ],
)
def test_verbs_behind_the_word_reporter_are_no_names(sentence: str) -> None:
    assert read(first=sentence).reporters == ()
    assert read(last=sentence).reporters == ()


@pytest.mark.parametrize(
    ("tail", "names"),
    [
        ("<div>责任编辑：许正文</div>", ("许正文",)),
        ("<div>[责任编辑：韩保林 PK155]</div>", ("韩保林",)),
        ("<div>（责编：汤诗瑶、丁涛）</div>", ("汤诗瑶", "丁涛")),
        ("<div>选稿：王小明</div>", ("王小明",)),
        ("<p>本文来源：新京报 责任编辑：姚立伟_NT6056</p>", ("姚立伟",)),
        ("<p>编辑 刘晓阳 校对 李铭</p>", ("刘晓阳",)),
        ("<p>编辑|禤志杰</p>", ("禤志杰",)),
    ],
)
def test_editors_are_read_below_the_text(tail: str, names: tuple[str, ...]) -> None:
    assert read(tail=tail).editors == names


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (
            {"byline": "<table><tr><td>【作者】</td><td>王小明；李大山</td></tr></table>"},
            ("王小明", "李大山"),
        ),
        ({"byline": "<p>本报记者　王 小 明</p>"}, ("王小明",)),
        ({"byline": "<p>记者 卢 旭 王 健 通讯员 丛大山</p>"}, ("卢旭", "王健", "丛大山")),
        ({"byline": "<p>（王小明　李大山）</p>"}, ("王小明", "李大山")),
        ({"byline": "<p>海角县委宣传部 王小明</p>"}, ("王小明",)),
        ({"byline": "<p>信息员：王小明</p>"}, ("王小明",)),
        ({"byline": "<p>文/图 王小明</p>"}, ("王小明",)),
        ({"byline": "<p>记者：您今年六十一岁了，还出诊吗？</p>", "last": "采写 / 本刊记者 王小明"}, ("王小明",)),
        ({"byline": "<p>视频截图 记者 李大山 剪辑</p>", "last": "海角晚报记者 王小明"}, ("王小明",)),
        ({"byline": "<p>作者：</p><p>昨晚，船靠岸。 本报记者 李大山 摄</p>", "last": "（记者 王小明）"}, ("王小明",)),
        ({"last": "还有一个抱回了家，放在暖气片上面。海角融媒记者王小明、李大山报道"}, ("王小明", "李大山")),
        ({"last": "还有一个抱回了家，放在暖气片上面。记者将持续关注报道"}, ()),
        ({"tail": f"<p>{'-' * 40}</p><p>采菊东篱下，悠然见南山。作者：陶渊明</p>"}, ()),
    ],
)
def test_reporters_are_read_as_papers_and_forums_name_them(page: dict[str, Any], names: tuple[str, ...]) -> None:
    assert read(**page).reporters == names


def test_who_signs_the_text_goes_before_the_accounts_author() -> None:
    account = '<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">小鹿</span></div>'
    assert read(account).reporters == ("小鹿",)
    assert read(account, last="记者丨王小明 李大山").reporters == ("王小明", "李大山")


def test_a_page_may_name_no_editor() -> None:
    assert read().editors == ()


def test_the_programme_is_read_from_its_label_the_lead_or_the_credit() -> None:
    assert read("<div>栏目：《长三角一小时》</div>").programme == "长三角一小时"
    assert read(first="央视网消息（新闻联播）：").programme == "新闻联播"
    assert read("<div>来源：安徽新闻联播</div>").programme == "安徽新闻联播"
    assert read("<div>来源：上观新闻</div>").programme is None
