"""Lines that are no text of the article: captions, signatures, tables of a document, furniture of forums and WAP."""

import pytest

from crawler.extraction.extract import extract

TITLE = "盐城百头麋鹿放归黄海滩涂"
TEXT = (
    "昨天上午，盐城的一百头麋鹿跑出围场，奔向黄海边的滩涂，这是保护区第七次实施麋鹿野生放归，也是规模最大的一次。",
    "工作人员介绍，放归的麋鹿从去年十一月起挑选出来，每头都戴上了项圈，用太阳能充电，每半小时回传一次位置。",
    "随着数量增长，保护区还将同邻近的湿地打通廊道，让麋鹿走得更远，过去靠人在堤上拿望远镜数，一遇大雾就跟丢。",
)
P = [f"<p>{text}</p>" for text in TEXT]
CREDITED = "麋鹿奔向滩涂（许小舟 摄）"


def body_of(inner: str, title: str = TITLE) -> tuple[str, ...]:
    html = (
        f"<html><head><title>{title}_某某网</title></head><body><h1>{TITLE}</h1><div>2025-07-01 09:31</div>"
        f"<div class='content'>{inner}</div></body></html>"
    )
    return extract(html.encode(), "https://news.example.cn/a/1.html").paragraphs


@pytest.mark.parametrize(
    "picture",
    [
        f"<p style='text-align: center'><img src=/1.jpg></p><p style='text-align: center'>{CREDITED}</p>",
        f"<p align=center><img src=/1.jpg><br>{CREDITED}</p>",
        f"<p><img src=/1.jpg></p><p style='color:#999'>{CREDITED}</p>",
        f"<div class=pic><img src=/1.jpg><span>{CREDITED}</span></div>",
        f"<figure><img src=/1.jpg><figcaption>{CREDITED}</figcaption></figure>",
        "<p class=photo_alt>△围栏打开后的麋鹿（资料图片）</p>",
        "<p>↑7月1日，麋鹿在滩涂上。海角社记者 许小舟 摄</p>",
        "<p align=center>麋鹿在试验田里（摄影：许小舟）</p>",
        "<p align=center>麋鹿奔向滩涂 村民供图</p>",
        "<table><tr><td><img src=/1.jpg></td></tr><tr><td>居民在水边看麋鹿</td></tr></table>",
    ],
)
def test_what_the_page_sets_as_a_caption_is_no_text(picture: str) -> None:
    assert body_of(P[0] + picture + P[1] + P[2]) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "<p>雨中的麋鹿照样开心。城市摄影队 许小舟 摄</p>",  # set as a paragraph of the text
        "<p align=center>麋鹿的家</p>",  # a heading in the middle
        "<p align=center>老人说，这些是他一生所摄，全都留给了保护区的孩子们。</p>",
    ],
)
def test_what_is_not_set_so_or_has_no_credit_stays(text: str) -> None:
    assert len(body_of(P[0] + text + P[1] + P[2])) == len(TEXT) + 1


def test_a_report_told_by_its_pictures_keeps_their_captions() -> None:
    captions = [f"<p align=center><img src=/{n}.jpg><br>第{n}群麋鹿正在走过滩涂 许小舟 摄</p>" for n in range(6)]
    assert len(body_of(P[0] + "".join(captions))) == 1 + len(captions)


@pytest.mark.parametrize(
    "line",
    [
        "江岸晚报/大江新闻记者 许小舟 王川 见习记者 李帆",
        "记者 许　舟 王　川 通讯员 李帆 文/图",
        "（县民政局 许小舟）",
        "值班编委：徐 进 编辑：许小舟",
        "（供稿：县发展和改革局）",
        "[第1/1页]",
        "(本文共1页)",
        "图丨受访者提供",
        "投稿邮箱：news@example.cn",
        "海角县融媒体中心 许小舟 王一川",
        "视频：王一川",
        "《 海角日报 》（ 2025年07月01日 13 版）",
        "图为村民在岸边看麋鹿。许小舟 摄",
        "主办：海角县人民政府 技术支持：某某公司 蒙ICP备05001888号",
        "最佳分辨率1024×768 建议使用IE6.0以上版本浏览",
        "您是第 位读者",
        "发：各乡镇人民政府，县直各单位 （共印120份）",
    ],
)
def test_lines_below_the_text_that_are_none_of_it(line: str) -> None:
    assert body_of("".join(P) + f"<p>{line}</p>") == TEXT


@pytest.mark.parametrize(
    "lines",
    [
        "<p>本报记者 许小舟</p><p>海角县委报道组 王川 通讯员 李 帆</p>",
        "<p>[海角晚报] 08-03-05 18:20</p><p>(阅读2311次)</p>",
        "<p>□本报记者 许小舟 文/图</p><p>《 海角日报 》（ 2009年3月5日 第 04 版）</p>",
        "<p>（2017年2月21日）</p>",
        "<p>[ 作者：许小舟 | 转贴自：本站原创 | 点击数：356 | 更新时间：2006-7-1 | 文章录入：admin ]</p>",
        "<p>2017年02月21日 海角日报 作者：</p>",
        "<p>县粮食局供稿 二○○三年六月九日 录入：孙</p>",
        "<table><tr><td>主题分类</td><td>环保 / 湿地</td></tr><tr><td>文 号</td><td></td></tr></table>",
        # a line over the headline
        f"<p>“过去靠望远镜数，一遇大雾就跟丢”</p><p>{TITLE}</p><p>本报记者 许小舟</p>",
        f"<table><tr><td>内容概述</td><td>一百头麋鹿放归滩涂，戴上了项圈。</td></tr></table><p>{TITLE}</p>",
    ],
)
def test_lines_above_the_text_that_are_none_of_it(lines: str) -> None:
    assert body_of(lines + "".join(P)) == TEXT


def test_the_promotion_of_an_app_is_no_text_though_it_is_a_sentence() -> None:
    promotion = "众多达人分享独到生活经验，快来体验最好玩的产品吧！下载客户端还能获得专享福利哦！"
    assert body_of("".join(P) + f"<p>{promotion}</p>") == TEXT


ENGLISH = (
    "HAIJIAO, July 1 -- More than fifty thousand villagers in Haijiao County have turned on their taps this year.",
    "The county has spent thirty million yuan on four water plants and on 180 kilometres of pipes since last autumn.",
    "The local water bureau said on Thursday that every village would have a person of its own to look after them.",
)


def test_an_english_page_named_after_its_paper_has_its_headline_and_no_captions() -> None:
    p = [f"<p>{text}</p>" for text in ENGLISH]
    caption = "<p align=center><img src=/1.jpg><br>A villager turns on a tap. (Photo by Wang Yichuan)</p>"
    html = (
        "<html><head><title>Haijiao Daily</title></head><body><h1>Villagers say goodbye to carrying water</h1>"
        f"<div>By Xu Xiaozhou | Updated: 2010-07-01 09:31</div><div>{p[0]}{caption}{p[1]}{p[2]}</div></body></html>"
    )
    extraction = extract(html.encode(), "https://news.example.cn/a/1.html")
    assert extraction.paragraphs == ENGLISH
    assert extraction.title == "Villagers say goodbye to carrying water"
    assert extraction.reporters == ("Xu Xiaozhou",)
