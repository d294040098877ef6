"""What looks like an article's end, headline or byline, and is its text; boxes within it."""

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
    SHELLS,
    TEA,
    Page,
    bare,
    breaks,
    editor,
    modern,
    paragraphs,
    spans,
    tables,
)

_SENTENCES = (
    "相关报道发出以后，市水务局当天就派人到了现场。",
    "最新消息显示，上游的水位已经回落到警戒线以下。",
    "已有1200人报名参加通车当天的徒步。",
    "特别提示：参加徒步的市民要带好证件，年满七十岁的请由家人陪同。",
    "推荐阅读的三本书都由本地作家写成，馆里各买了四十册。",
    "报名地址：滨河路8号，电话：0573-00000000，周末不休息。",
    "版权声明写进了每一本绘本的扉页，这是馆里第一次这样做。",
    "热门景点的停车位昨天上午就停满了。",
    "评论区里最多的问题是什么时候可以骑车过桥。",
    "标签：这个词在茶农嘴里指的是挂在树上的小竹牌。",
    "上一条这样的桥还是1998年修的。",
    "关注微信公众号的村民比去年多了一倍，通知发出去五分钟就有人回复。",
)
_LAYOUTS = (paragraphs, breaks, paragraphs, spans)


def _within() -> dict[str, Page]:
    found = {}
    for number, sentence in enumerate(_SENTENCES):
        report = (BRIDGE, LIBRARY, TEA)[number % 3]
        body = (*report[: 1 + number % 4], sentence, *report[1 + number % 4 :])
        shell, layout = SHELLS[number % 4], _LAYOUTS[number % 4]
        found[f"a sentence like an end, {number}"] = Page(shell(layout(body)), body)
        found[f"a sentence like an end at the end, {number}"] = Page(
            shell(layout((*report, sentence))), (*report, sentence)
        )
    return found


_HEADED = {
    "comma": ("梅浦大桥合龙", "梅浦大桥合龙，最后一段箱梁在凌晨两点对准了接口。"),
    "after": ("梅浦大桥昨天夜里合龙", "梅浦大桥昨天夜里合龙后，工人们在江心点起了一挂鞭炮。"),
    "quote": ("平湖一张证借遍二十三个分馆", "平湖一张证借遍二十三个分馆的消息传开，上周办证的人比平时多了三倍。"),
    "whole": ("皖南茶农入冬铺草忙", "皖南茶农入冬铺草忙得很，合作社的稻草一到就被领完。"),
    "same": ("皖南茶农入冬铺草忙", "皖南茶农入冬铺草忙。"),
}


def _heads() -> dict[str, Page]:
    found = {}
    for number, (name, (title, first)) in enumerate(_HEADED.items()):
        body = (first, *TEA[1:])
        inner = (paragraphs, breaks, spans)[number % 3](body)
        found[f"a headline begins the sentence, {name}"] = Page(SHELLS[number % 4](inner, title=title), body, title)
    return found


_DATED = (
    ("日期：本周六上午九点到下午四点，遇到下雨顺延一天。", "地点：平湖市文化馆一楼的大厅，进门请走东侧。"),
    ("时间：11月28日14:00—16:30，提前半小时进场。", "地点：嘉善县图书馆报告厅，凭借书证入座。"),
    ("活动时间：2026年12月1日至12月20日，每天9:00开门。", "活动地点：祁门县茶博园，门票三十元。"),
    ("发布会时间定在本月最后一天，地点在滨江厅，市民可以旁听。", "来源单一是过去最大的难处，馆里的书大半靠捐。"),
)


def _dates() -> dict[str, Page]:
    found = {}
    for number, lines in enumerate(_DATED):
        body = (*lines, *LIBRARY[:3])
        shell = (modern, bare, tables, editor)[number]
        found[f"a first paragraph like a byline, {number}"] = Page(shell((paragraphs, breaks)[number % 2](body)), body)
    return found


_LINK = "<a href='/a/{0}.html'>{1}</a>"
_OTHERS = [_LINK.format(number, text) for number, text in enumerate(("太浦河的闸口为什么夜里开", "三地巡河员的一天"))]
_BOXES = {
    "lines": "<p><b>相关阅读：</b></p>" + paragraphs(_OTHERS),
    "list": f"<div><h4>延伸阅读</h4><ul>{paragraphs(_OTHERS, 'li')}</ul></div>",
    "table": f"<table align=right><tr><td><b>相关新闻</b></td></tr><tr><td>{_OTHERS[0]}</td></tr><tr><td>{_OTHERS[1]}</td></tr></table>",
    "breaks": "<p><strong>更多报道</strong><br>" + "<br>".join(_OTHERS) + "</p>",
    "quote": f"<blockquote>推荐阅读：{_OTHERS[0]}</blockquote>",
    "one line": f"<p>相关报道：{_OTHERS[1]}</p>",
    "dotted": "<p>【相关链接】</p><p>· " + _OTHERS[0] + "</p><p>· " + _OTHERS[1] + "</p>",
    "topic": "<p>点击进入专题：" + _LINK.format(9, "运河上的桥") + "</p>",
}


def _boxes() -> dict[str, Page]:
    found = {}
    for number, (name, box) in enumerate(_BOXES.items()):
        report = (TEA, BRIDGE, LIBRARY)[number % 3]
        for cut in (2, 4):
            inner = paragraphs(report[:cut]) + box + paragraphs(report[cut:])
            found[f"a box of links within, {name} {cut}"] = Page(SHELLS[number % 4](inner), report)
    return found


PAGES = {**_within(), **_heads(), **_dates(), **_boxes()}
