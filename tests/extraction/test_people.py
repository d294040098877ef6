"""Reporters and editors in every writing and place, and words that are no names."""

from typing import Any

import pytest

from tests.extraction.test_credit import read

WECHAT = (
    '<div id="meta_content"><span class="rich_media_meta rich_media_meta_text">江上客</span>'
    '<span class="rich_media_meta rich_media_meta_nickname"><a id="js_name">滨江城事</a></span></div>'
)

TIME = "2025-07-01 09:31 来源：某某网"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        # spread to the width of three
        ({"byline": f"<div>{TIME}　记者：许　舟　王小川</div>"}, ("许舟", "王小川")),
        ({"byline": f"<div>{TIME} 记者 许　舟 王　川</div>"}, ("许舟", "王川")),
        ({"first": "本报讯（记者 许　舟 通讯员 王小川）"}, ("许舟", "王小川")),
        ({"byline": "<div><span>作者：许&nbsp;舟</span> <span>2025-07-01 09:31</span></div>"}, ("许舟",)),
        ({"byline": "<div>记者：许  舟、王  川</div>"}, ("许舟", "王川")),
        # bare beside the time
        ({"byline": "<div>许小舟 2025-07-01 09:31</div>"}, ("许小舟",)),
        (
            {"byline": "<div><span>2025-07-01 09:31</span> <span>来源：某某网</span> <span>许小舟</span></div>"},
            ("许小舟",),
        ),
        ({"byline": "<div class='author'>许小舟</div><div>2025-07-01 09:31</div>"}, ("许小舟",)),
        ({"byline": "<div>某某网 许小舟 2025-07-01 09:31</div>"}, ("许小舟",)),
        # with an institution
        ({"byline": "<div>作者：许小舟（同济大学经济学院教授）</div>"}, ("许小舟",)),
        ({"byline": f"<div>{TIME}</div><div>作者：同济大学教授 许小舟</div>"}, ("许小舟",)),
        ({"last": "（作者许小舟系同济大学经济学院教授）"}, ("许小舟",)),
        ({"last": "（作者：许小舟，单位：同济大学）"}, ("许小舟",)),
        ({"last": "（作者为同济大学教授 许小舟）"}, ("许小舟",)),
        ({"last": "作者单位：同济大学"}, ()),
        # commentators
        ({"byline": "<div>某某报评论员 许小舟</div>"}, ("许小舟",)),
        ({"byline": "<div>本报特约评论员　许小舟</div><div>2025-07-01 09:31</div>"}, ("许小舟",)),
        ({"byline": "<p>◎本报评论员 许小舟</p>"}, ("许小舟",)),
        ({"byline": "<div>许小舟/某某青年报</div><div>2025-07-01 09:31</div>"}, ("许小舟",)),
        ({"byline": "<div>执笔/江上姐、李大刀&王小川</div>"}, ("江上姐", "李大刀", "王小川")),
        ({"head": '<meta property="article:author" content="许小舟">'}, ("许小舟",)),
        ({"head": '<meta name="author" content="许小舟">'}, ()),
        (
            {"head": '<script type="application/ld+json">{"author":[{"@type":"Person","name":"许小舟"}]}</script>'},
            ("许小舟",),
        ),
        ({"last": "（许小舟，作者为某某大学教授）"}, ("许小舟",)),
        ({"byline": "<div>2025-07-01 09:31</div><div>许小舟（某某大学教授）</div>"}, ("许小舟",)),
        ({"byline": "<div>评论员 许小舟</div><div>2025-07-01</div>"}, ("许小舟",)),
        ({"byline": "<p>□王川 许小舟</p>"}, ("王川", "许小舟")),
        ({"last": "（中央社記者許小舟台北20日電）"}, ("許小舟",)),
        ({"head": '<meta name="author" content="某某网">'}, ()),
        # the names before the word for text
        ({"byline": "<div>某某报记者 许小舟 王川/文</div>"}, ("许小舟", "王川")),
        ({"last": "记者 许小舟/文 王川/摄"}, ("许小舟",)),
        ({"last": "（许小舟/文 王川/图）"}, ("许小舟",)),
        ({"last": "文：许小舟 图：王川"}, ("许小舟",)),
        ({"byline": "<div>文/记者 许小舟 图/记者 王川</div>"}, ("许小舟",)),
        ({"last": "文字：许小舟 摄影：王川 编辑：李大山"}, ("许小舟",)),
        ({"byline": "<div>□本报记者 许小舟 王川</div>"}, ("许小舟", "王川")),
        ({"byline": "<div>■ 许小舟</div><div>2025-07-01 09:31</div>"}, ("许小舟",)),
        # Latin letters and nicknames
        ({"byline": "<div>作者：Lily Xu</div>"}, ("Lily Xu",)),
        ({"byline": "<div>某某报记者 Lily Xu 2025-07-01</div>"}, ("Lily Xu",)),
        ({"byline": "<div>作者：@江上客 2025-07-01</div>"}, ("江上客",)),
        ({"byline": "<div>作者：某某市气象台 许小舟</div>"}, ("许小舟",)),
        ({"last": "记者丨许 舟 王 川"}, ("许舟", "王川")),
        ({"byline": "<div>By Lily Xu | 2025-07-01 09:31</div>"}, ("Lily Xu",)),
        ({"byline": "<div>作者：江上客　2025-07-01 09:31</div>"}, ("江上客",)),
        ({"byline": "<div>文 | 阿Q</div>"}, ("阿Q",)),
        ({"byline": "<div>作者：kingfisher</div>"}, ("kingfisher",)),
        ({"byline": "<div>文丨江上清风明月客</div>"}, ("江上清风明月客",)),
        ({"byline": "<div>记者：阿卜杜拉·买买提</div>"}, ("阿卜杜拉·买买提",)),
        # traditional script
        ({"byline": "<div>記者 許小舟／上海報導</div>"}, ("許小舟",)),
        ({"byline": "<div>記者許小舟／綜合報導</div>"}, ("許小舟",)),
        ({"first": "（記者許小舟、王川）"}, ("許小舟", "王川")),
        ({"byline": "<div>特約記者：許小舟</div>"}, ("許小舟",)),
        # at the end, in brackets
        ({"last": "（记者 许小舟 王川）"}, ("许小舟", "王川")),
        ({"last": "（本报记者 许小舟 通讯员 王川）"}, ("许小舟", "王川")),
        ({"last": "下一步还将开放更多仪器。（某某报记者许小舟）"}, ("许小舟",)),
        ({"last": "【记者】许小舟 王川"}, ("许小舟", "王川")),
        ({"last": "本报记者 许小舟 王川"}, ("许小舟", "王川")),
        ({"last": "见习记者 许小舟 实习生 王川"}, ("许小舟", "王川")),
        ({"last": "新闻记者：许小舟，通讯员：王川"}, ("许小舟", "王川")),
        ({"last": "（新华社记者许小舟、王川参与采写）"}, ("许小舟", "王川")),
        # behind tables and galleries
        (
            {
                "tail": "<table><tr><td>上海</td><td>120</td></tr><tr><td>苏州</td><td>98</td></tr></table>"
                "<p>记者 许小舟</p>"
            },
            ("许小舟",),
        ),
        (
            {
                "tail": "".join(f"<p><img src='/{n}.jpg'></p><p>图{n}：车站</p>" for n in range(1, 8))
                + "<p>记者：许小舟</p>"
            },
            ("许小舟",),
        ),
        ({"tail": "<div class='pic'>1/5</div><div>作者：许小舟</div><div>编辑：李大山</div>"}, ("许小舟",)),
        # in elements of their own
        ({"byline": "<div><span>记者：</span><span>许小舟</span></div>"}, ("许小舟",)),
        ({"byline": "<dl><dt>作者</dt><dd>许小舟</dd><dt>来源</dt><dd>某某网</dd></dl>"}, ("许小舟",)),
        (
            {"byline": "<table><tr><td>作者：</td><td>许小舟</td><td>来源：</td><td>某某网</td></tr></table>"},
            ("许小舟",),
        ),
        ({"byline": "<div>记者</div><div>许小舟</div><div>2025-07-01</div>"}, ("许小舟",)),
        # agencies' first words
        ({"first": "新华社上海7月1日电（记者许小舟、王川）"}, ("许小舟", "王川")),
        ({"first": "中新网上海7月1日电 (许小舟 王川)"}, ("许小舟", "王川")),
        ({"first": "本报上海7月1日电（记者许小舟、实习生王川）"}, ("许小舟", "王川")),
        ({"first": "某某网讯 记者许小舟 王川 "}, ("许小舟", "王川")),
        ({"byline": "<div>\ue601许小舟 2025-07-01 09:31</div>"}, ("许小舟",)),
        ({"byline": WECHAT}, ("江上客",)),
        # counters beside the names
        (
            {"byline": "<div><span>阅读 1.2万</span> <span>来源：某某网</span> <span>作者：许小舟</span></div>"},
            ("许小舟",),
        ),
        ({"byline": "<div>作者：许小舟 点击：123 次</div>"}, ("许小舟",)),
    ],
)
def test_reporters_are_read(page: dict[str, Any], names: tuple[str, ...]) -> None:
    assert read(**page).reporters == names


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ({"tail": "<p>责任编辑：许　舟　王小川</p>"}, ("许舟", "王小川")),
        ({"last": "（责任编辑：许小舟）"}, ("许小舟",)),
        ({"last": "（责任编辑 许小舟）"}, ("许小舟",)),
        ({"last": "[责编：许小舟]"}, ("许小舟",)),
        ({"tail": "<p>责任编辑</p><p>许小舟</p>"}, ("许小舟",)),
        ({"tail": "<p><span>责编</span><span>许小舟</span></p>"}, ("许小舟",)),
        ({"tail": "<div>編輯：許小舟</div>"}, ("許小舟",)),
        ({"tail": "<div>責任編輯：許小舟</div>"}, ("許小舟",)),
        ({"byline": f"<div>{TIME} 编辑：许小舟</div>"}, ("许小舟",)),
        ({"byline": f"<div>{TIME} 责任编辑：许小舟 作者：王川</div>"}, ("许小舟",)),
        ({"tail": "<p>编辑丨许小舟 审核丨王川</p>"}, ("许小舟",)),
        ({"tail": "<p>一审：王川 编辑：许小舟 监制：李大山</p>"}, ("许小舟",)),
        ({"tail": "<p>值班主任：王川 本期编辑 许小舟</p>"}, ("许小舟",)),
        ({"tail": "<p>编辑：Lily</p>"}, ("Lily",)),
        ({"tail": "<p>新媒体编辑：许小舟</p>"}, ("许小舟",)),
        ({"tail": "<p>文字编辑：许小舟 | 校对：王川</p>"}, ("许小舟",)),
        ({"tail": "<p>网编：许小舟</p>"}, ("许小舟",)),
        ({"tail": "<p>来源：某某网 | 编辑：许小舟 | 责编：王川</p>"}, ("许小舟", "王川")),
        ({"tail": "<table><tr><td>上海</td><td>120</td></tr></table><p>责任编辑：许小舟</p>"}, ("许小舟",)),
        ({"tail": "<p>(编辑 许小舟)</p>"}, ("许小舟",)),
        ({"tail": "<p>【编辑:许小舟】</p>"}, ("许小舟",)),
        ({"tail": "<p>（许小舟 编辑）</p>"}, ("许小舟",)),
    ],
)
def test_editors_are_read(page: dict[str, Any], names: tuple[str, ...]) -> None:
    assert read(**page).editors == names


@pytest.mark.parametrize(
    "text",
    [
        "记者从示范区了解到，项目进展顺利。",
        "记者随机采访了几位居民，他们都说方便。",
        "记者高兴地看到，河水清了。",
        "有记者问，项目什么时候完工？",
        "（记者会现场图）",
        "编辑部收到了许多来信，读者们都很关心。",
        "作者认为，这样的办法值得推广。",
        "记者招待会于下午举行，各方代表出席。",
        "记者手记：江边的一天",
        "本报记者现场直击",
    ],
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_running_text_names_nobody(text: str, place: str) -> None:
    extraction = read(first=text) if place == "first" else read(last=text)
    assert extraction.reporters == ()
    assert extraction.editors == ()


@pytest.mark.parametrize(
    "byline",
    [
        "<div>2025-07-01 09:31 阅读</div>",
        "<div>2025-07-01 09:31 江苏</div>",
        "<div>2025-07-01 09:31 上观新闻</div>",
        "<div>要闻 2025-07-01 09:31</div>",
        "<div>2025-07-01 09:31 字号 分享</div>",
        "<div>2025-07-01 09:31 收听</div>",
        "<div>作者：佚名 2025-07-01</div>",
        "<div>作者：本站编辑</div>",
        "<div>作者：某某网</div>",
        "<div>周末 2025-07-01 09:31</div>",
        "<div>方向 2025-07-01 09:31</div>",
        "<div>于都 <a href='/'>时政</a> 2025-07-01 09:31</div>",
        "<div>作者： 来源：某某网</div>",
    ],
)
def test_what_stands_in_the_byline_may_name_nobody(byline: str) -> None:
    assert read(byline).reporters == ()
