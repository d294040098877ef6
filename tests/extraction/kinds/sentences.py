"""Furniture of further sites beside sentences that resemble it, tool bars, notices of one line; written before a trial."""

from collections.abc import Sequence

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
    SHELLS,
    TEA,
    Page,
    bare,
    breaks,
    modern,
    paragraphs,
    spans,
    tables,
)

PAGES: dict[str, Page] = {}


def _add(name: str, html: str, texts: Sequence[str]) -> None:
    PAGES[f"beside sentences, {name}"] = Page(html, tuple(texts))


_add(
    "n1",
    modern(paragraphs(BRIDGE) + "<div class=tools><a href=1>微博</a> <a href=2>微信</a> <a href=3>空间</a></div>"),
    BRIDGE,
)
_add(
    "n2",
    modern(
        paragraphs(BRIDGE[:2])
        + "<div><a href=1>分享</a><a href=2>收藏</a><a href=3>打印</a></div>"
        + paragraphs(BRIDGE[2:])
    ),
    BRIDGE,
)
_add(
    "n3",
    modern(paragraphs(BRIDGE), after="<div>标签：<a href=1>桥</a> <a href=2>运河</a> <a href=3>交通</a></div>"),
    BRIDGE,
)
_add("n4", modern(paragraphs(BRIDGE) + "<p><a href=1>桥</a> <a href=2>运河</a> <a href=3>交通</a></p>"), BRIDGE)
_add(
    "n5",
    modern(
        f"<div class=lead>导读：{LIBRARY[0]}</div>" + paragraphs(LIBRARY[1:]),
        after="<div style='display:none'><p>登录之后才能查看更多内容，请先登录您的账号。</p></div><p><a>展开全文</a></p>",
    ),
    (f"导读：{LIBRARY[0]}", *LIBRARY[1:]),
)
_add(
    "n6",
    bare(paragraphs(TEA), after="<ul>" + "".join(f"<li><a href={i}>新闻{i}</a></li>" for i in range(8)) + "</ul>"),
    TEA,
)
_add(
    "n7",
    tables(
        breaks(TEA)
        + "<table><tr><td><a href=1>首页</a></td><td>|</td><td><a href=2>新闻</a></td><td>|</td><td><a href=3>财经</a></td></tr></table>"
    ),
    TEA,
)
_add(
    "n9",
    modern(
        paragraphs(TEA),
        after="<div class=b><h4>热点</h4>"
        + "".join(
            f"<div><a href={i}>古镇的早市又热闹起来了{i}</a><p>早上五点不到，河边的石阶上已经坐满了卖菜的人，船一靠岸就有人上前问价。</p></div>"
            for i in range(6)
        )
        + "</div>",
    ),
    TEA,
)
for i, s in enumerate(
    [
        "举报/反馈",
        "赞(12)",
        "原标题：运河上的一夜",
        "本文来自【平湖日报】，仅代表作者观点。全国党媒信息公共平台提供信息发布传播服务。",
        "ID：jrtt",
        "（文中图片由受访者提供）",
        "责编 | 许安",
        "审核：程立 责编：许安",
        "校对 顾蕙",
        "版权归原作者所有，如有侵权请联系我们删除",
        "下载APP 看更多",
        "分享到微信朋友圈",
        "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
        "本文编辑：许安",
        "转载请注明来源",
        "【版权声明】本文著作权归江畔网独家所有，未经授权，不得转载。",
        "返回搜狐，查看更多",
        "阅读 10万+",
        "特别声明：本文为江畔号作者上传并发布，仅代表作者观点，江畔网仅提供信息发布平台。",
        "点击关注，每天精彩不断！",
        "▼点击下方卡片，关注我们",
        "监制：许安 编辑：程立",
        "声明：转载此文是出于传递更多信息之目的。若有来源标注错误或侵犯了您的合法权益，请作者持权属证明与本网联系，我们将及时更正、删除，谢谢。",
        "免责声明：以上内容仅供参考，不构成投资建议。",
    ]
):
    if i == 5:
        continue
    _add(f"u{i}", SHELLS[i % 4]((paragraphs, breaks, paragraphs, spans)[i % 4]((*BRIDGE, s))), BRIDGE)
for i, s in enumerate(
    [
        "举报电话公布后，半天接到四十个来电。",
        "他在微信朋友圈里晒出了第一张通车证。",
        "点赞的人里有一半住在对岸。",
        "本文作者许安在桥头住了半年。",
        "“打开手机就能预约，”馆员说。",
        "字号太小是老人抱怨最多的一件事。",
        "返回的书车要在晚上八点前进库。",
        "阅读量最大的是一本讲桥的绘本。",
        "审核标准今年放宽了两条。",
        "声明发出的当晚，桥头的灯亮了。",
        "全部评论都由志愿者逐条答复。",
        "图片展将持续到月底，共展出八十张照片。",
        "共有12页的说明书被缩成一张卡片。",
        "更多的人选择骑车过桥。",
        "第3页登着大桥的结构图，旁边是施工日志。",
    ]
):
    _add(
        f"s{i}",
        SHELLS[i % 4]((paragraphs, breaks, paragraphs, spans)[i % 4]((*BRIDGE[:3], s, *BRIDGE[3:]))),
        (*BRIDGE[:3], s, *BRIDGE[3:]),
    )
_add(
    "z1",
    modern(paragraphs(("平湖今晨有雾，轮渡停航。",)), title="平湖今晨有雾 轮渡停航"),
    ("平湖今晨有雾，轮渡停航。",),
)
_add("z2", tables("　　梅浦渡口今天关闭，请走大桥。", title="渡口关闭通知"), ("梅浦渡口今天关闭，请走大桥。",))
_add(
    "t1",
    modern(
        paragraphs(BRIDGE[:1])
        + "<table><tr><th>年份</th><th>流量</th></tr>"
        + "".join(f"<tr><td>{2000 + i}</td><td>{i * 13}</td></tr>" for i in range(20))
        + "</table>"
        + paragraphs(BRIDGE[1:2])
    ),
    (BRIDGE[0], "年份", "流量", *(x for i in range(20) for x in (str(2000 + i), str(i * 13))), BRIDGE[1]),
)
_add(
    "m1",
    modern(paragraphs((BRIDGE[0], "The bridge will open in March next year, the county said on Friday.", *BRIDGE[1:]))),
    (BRIDGE[0], "The bridge will open in March next year, the county said on Friday.", *BRIDGE[1:]),
)
_SAID = ["“几点开门？”", "“八点。”", "“周末呢？”", "“也是八点。”"]
_add("d1", modern(paragraphs((LIBRARY[0], *_SAID, *LIBRARY[1:]))), (LIBRARY[0], *_SAID, *LIBRARY[1:]))
_add(
    "r1",
    modern(paragraphs((LIBRARY[0], "这本书可以还。", "这本书可以还。", *LIBRARY[1:]))),
    (LIBRARY[0], "这本书可以还。", "这本书可以还。", *LIBRARY[1:]),
)
