"""Pages by the place of their fields: in a program's state, in custom elements, in tables and in markup of 2003."""

import json
from dataclasses import dataclass
from typing import Any

from tests.extraction.kinds.shells import BRIDGE, LIBRARY, MENU, NEWEST, TEA, breaks, paragraphs

TITLE = "梅浦大桥合龙"
_END = "<CENTER><A HREF='/about'>关于本站</A> | <A HREF='/ad'>广告服务</A><BR>江畔网 版权所有 2001-2006</CENTER></BODY></HTML>"


@dataclass(frozen=True)
class Fields:
    """A page and some of its fields as they are right, by their name in the Extraction."""

    html: str
    right: dict[str, Any]  # Any: a text, names, paragraphs, a date as text


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("/", "\\u002F")


def _waiting(script: str, title: str = "江畔新闻_身边的事") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><div id=app></div>"
        f"<script>{script}</script></body></html>"
    )


def _states() -> dict[str, Fields]:
    article = {
        "id": 8812,
        "title": TITLE,
        "source": "江畔晚报",
        "editor": "许安",
        "pubTime": "2026-11-20 08:15:00",
        "content": paragraphs(BRIDGE),
    }
    nested = {
        "newsTitle": TITLE,
        "sourceInfo": {"name": "江畔晚报", "id": 3},
        "editors": ["许安", "程立"],
        "author": {"name": "陆小舟"},
        "body": {"html": paragraphs(TEA)},
    }
    above = {
        "headline": TITLE,
        "mediaName": "江畔晚报",
        "responsibleEditor": "责任编辑：许安",
        "detail": {"blocks": [{"type": "p", "text": text} for text in LIBRARY]},
    }
    others = [{"title": f"运河边的第{n}家书店", "source": "江畔商报", "editor": "王志远"} for n in range(3)]
    quoted = {"articleTitle": TITLE, "origin": "江畔晚报", "editorName": "许安", "contentHtml": paragraphs(BRIDGE)}
    inner = json.dumps({"data": quoted, "list": others}, ensure_ascii=False)
    return {
        "state, beside": Fields(
            _waiting(f"window.__STATE__ = {_dumped({'rec': others, 'article': article})};", f"{TITLE} | 江畔生活家"),
            {
                "title": TITLE,
                "credit": "江畔晚报",
                "editors": ("许安",),
                "paragraphs": BRIDGE,
                "published": "2026-11-20 08:15",
            },
        ),
        "state, nested": Fields(
            _waiting(f"var __INIT__ = {_dumped({'page': nested, 'hot': others})};"),
            {
                "title": TITLE,
                "credit": "江畔晚报",
                "editors": ("许安", "程立"),
                "reporters": ("陆小舟",),
                "paragraphs": TEA,
            },
        ),
        "state, above": Fields(
            _waiting(f"window.__INITIAL_DATA__={_dumped({'more': others, 'news': above})}", f"{TITLE}-江畔生活家"),
            {"title": TITLE, "credit": "江畔晚报", "editors": ("许安",), "paragraphs": LIBRARY},
        ),
        "state, in a string": Fields(
            _waiting(f"var page = JSON.parse({json.dumps(inner, ensure_ascii=False)});", "江畔网"),
            {"title": TITLE, "credit": "江畔晚报", "editors": ("许安",), "paragraphs": BRIDGE},
        ),
        "state, of others": Fields(
            _waiting(
                f"window.__STATE__ = {_dumped({'hot': others, 'article': {'content': paragraphs(BRIDGE)}})};",
                f"{TITLE}_江畔网",
            ),
            {"title": TITLE, "credit": None, "editors": (), "paragraphs": BRIDGE},
        ),
    }


def _page(above: str, inner: str = paragraphs(BRIDGE), title: str = f"{TITLE}_江畔网", below: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><div>{MENU}</div>"
        f"{above}<div class=text>{inner}</div>{below}<ul>{NEWEST}</ul><div>江畔网 版权所有 © 2009-2026</div></body></html>"
    )


def _accounts() -> dict[str, Fields]:
    right = {"title": TITLE, "credit": "江畔视角"}
    return {
        "account, description below": Fields(
            _page(
                f"<h2>{TITLE}</h2><div><p class='author-name'>江畔视角</p><p>优质媒体领域创作者</p>"
                "<span class=date>2026-11-20 08:15</span></div>"
            ),
            right,
        ),
        "account, description beside": Fields(
            _page(
                f"<div class=hd>{TITLE}</div><div class=bar><a href='/u/1'>江畔视角</a><span>发布时间：11-20 08:15</span>"
                "<span>江畔视角官方帐号</span></div>"
            ),
            right,
        ),
        "account, description above": Fields(
            _page(
                f"<h1>{TITLE}</h1><div class=account><span class=name>江畔视角</span></div>"
                "<div class=info><span>2026-11-20 08:15</span> <span>知名时事博主，优质原创作者</span></div>"
            ),
            right,
        ),
        "account, description after": Fields(
            _page(
                f"<h1>{TITLE}</h1><div><b class='user-name'>江畔视角</b></div><div>情感领域爱好者</div>"
                "<div>2026-11-20 08:15 · 财经领域优质创作者</div>"
            ),
            right,
        ),
    }


def _custom() -> dict[str, Fields]:
    right = {"title": TITLE, "credit": "江畔晚报", "paragraphs": BRIDGE}
    menu = "<x-nav><x-item>看点</x-item><x-item>城事</x-item></x-nav>"
    texts = "".join(f"<x-para>{text}</x-para>" for text in BRIDGE)
    links = (
        "横跨运河的<x-link>梅浦大桥</x-link><x-link>前天夜里</x-link>完成合龙，最后一段箱梁在凌晨两点对准了接口。",
        "<x-mark>这座桥</x-mark>有六条车道，两侧的慢行道各宽三米半，建成以后梅浦到对岸的车程会从半小时减到六分钟。",
    )
    return {
        "custom, byline": Fields(
            _page(
                f"{menu}<x-title>{TITLE}</x-title><app-byline>来源：江畔晚报 2026-11-20 08:15</app-byline>",
                title=f"{TITLE} - 江畔网",
            ),
            right,
        ),
        "custom, paragraphs": Fields(
            _page(
                f"<news-head><news-title>{TITLE}</news-title><news-source>来源：江畔晚报</news-source><news-time>3天前</news-time></news-head>",
                f"<news-body>{texts}</news-body>",
            ),
            right,
        ),
        "custom, wrapped": Fields(
            _page(
                f"<site-bar><a href='/'>看点</a><a href='/c'>城事</a></site-bar><article-page><h1>{TITLE}</h1>"
                "<span-info>来源：江畔晚报</span-info><share-bar>分享</share-bar></article-page>",
                f"<rich-text>{paragraphs(BRIDGE)}</rich-text>",
            ),
            right,
        ),
        "custom, inline": Fields(
            _page(f"<h1>{TITLE}</h1><div>来源：<x-out>江畔晚报</x-out></div>", paragraphs(links)),
            {
                "title": TITLE,
                "credit": "江畔晚报",
                "paragraphs": tuple(
                    text.replace("<x-link>", "")
                    .replace("</x-link>", "")
                    .replace("<x-mark>", "")
                    .replace("</x-mark>", "")
                    for text in links
                ),
            },
        ),
    }


def _offices() -> dict[str, Fields]:
    right = {"title": TITLE, "credit": "平湖县文化局"}
    return {
        "office, table": Fields(
            _page(
                "<table><tr><td>索引号</td><td>00331-2009-12</td><td>发布机构</td><td>平湖县文化局</td></tr><tr><td>名称</td>"
                f"<td>{TITLE}</td><td>发文日期</td><td>2009-03-02</td></tr><tr><td>主题词</td><td>桥梁</td><td>文号</td><td></td></tr></table>"
                f"<h2>{TITLE}</h2>"
            ),
            right,
        ),
        "office, headers": Fields(
            _page(
                f"<h1>{TITLE}</h1><table><tr><th>来 源：</th><td>平湖县文化局</td></tr><tr><th>日 期：</th><td>2009-03-02</td></tr></table>"
            ),
            right,
        ),
        "office, pairs": Fields(
            _page(
                "<table><tr><td><b>信息索引：</b></td><td>33-12</td></tr><tr><td><b>公开方式：</b></td><td>主动公开</td></tr><tr><td><b>发文机关：</b></td><td>平湖县文化局</td></tr>"
                "<tr><td><b>发文字号：</b></td><td>平文〔2009〕12号</td></tr><tr><td><b>成文日期：</b></td><td>2009年3月2日</td></tr><tr><td><b>有 效 性：</b></td><td>有效</td></tr></table>"
                f"<p align=center><b>{TITLE}</b></p>"
            ),
            right,
        ),
        "office, list": Fields(
            _page(
                f"<dl><dt>信息类别</dt><dd>通知</dd><dt>发布单位</dt><dd>平湖县文化局</dd><dt>生成日期</dt><dd>2009-03-02</dd></dl><h3>{TITLE}</h3>"
            ),
            right,
        ),
    }


def _fonts(above: str, text: str = breaks(BRIDGE), title: str = f"{TITLE}-江畔网", bar: str = "") -> str:
    return (
        f"<HTML><HEAD><META charset=utf-8><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>{bar}<TABLE WIDTH=760><TR><TD>{MENU}</TD>"
        f"</TR></TABLE>{above}<TABLE><TR><TD><FONT SIZE=3>{text}</FONT></TD></TR></TABLE>{_END}"
    )


def _old() -> dict[str, Fields]:
    right = {"title": TITLE, "credit": "江畔晚报"}
    head = f"<CENTER><FONT SIZE=5 COLOR=#CC0000><B>{TITLE}</B></FONT></CENTER>"
    rows = "".join(f"<TR><TD><FONT SIZE=3>　　{text}</FONT></TD></TR>" for text in BRIDGE)
    return {
        "old, brackets": Fields(
            _fonts(f"{head}<CENTER><FONT SIZE=2>2004年11月20日08:15 (江畔晚报)</FONT></CENTER><HR>"), right
        ),
        "old, taken from": Fields(
            _fonts(f"{head}<CENTER><FONT COLOR=gray>(2004-11-20 08:15 摘自《江畔晚报》)</FONT></CENTER>"), right
        ),
        "old, square": Fields(
            _fonts(f"{head}<P ALIGN=CENTER><FONT FACE=宋体>【江畔晚报】 2004/11/20 08:15</FONT></P>"), right
        ),
        "old, below": Fields(
            _fonts(
                f"{head}<CENTER>2004-11-20</CENTER>", f"{breaks(BRIDGE)}<BR><BR>　　（摘自2004年11月20日《江畔晚报》）"
            ),
            {**right, "paragraphs": BRIDGE},
        ),
        "old, rows": Fields(
            f"<HTML><HEAD><META charset=utf-8><TITLE>{TITLE}</TITLE></HEAD><BODY><TABLE><TR><TD>{MENU}</TD></TR></TABLE><TABLE>"
            f"<TR><TD ALIGN=CENTER><FONT SIZE=5>{TITLE}</FONT></TD></TR><TR><TD>江畔晚报</TD></TR><TR><TD>2004年11月20日</TD></TR>{rows}</TABLE>{_END}",
            {**right, "paragraphs": BRIDGE},
        ),
        "old, rows, last": Fields(
            f"<HTML><HEAD><META charset=utf-8><TITLE>{TITLE}</TITLE></HEAD><BODY><TABLE><TR><TD>{MENU}</TD></TR></TABLE><TABLE>"
            f"<TR><TD ALIGN=CENTER><FONT SIZE=5>{TITLE}</FONT></TD></TR><TR><TD ALIGN=CENTER>2004年11月20日08:15</TD></TR>{rows}"
            f"<TR><TD ALIGN=RIGHT><FONT COLOR=blue>江畔晚报</FONT></TD></TR></TABLE>{_END}",
            {**right, "paragraphs": BRIDGE},
        ),
        "old, emblem": Fields(
            _fonts(f"{head}<CENTER><IMG SRC=/logo/jp.gif ALT=江畔晚报> 2004-11-20 08:15</CENTER>"), right
        ),
        "old, emblem in a cell": Fields(
            _fonts(
                f"{head}<TABLE ALIGN=CENTER><TR><TD>2004年11月20日 08:15</TD><TD><A HREF=/jp><IMG SRC=a.gif ALT='江畔晚报'></A></TD></TR></TABLE>"
            ),
            right,
        ),
        "old, date bar": Fields(
            _fonts(f"{head}<CENTER>2004-11-20 08:15</CENTER>", bar="<DIV>江畔网 2026年11月28日 星期六</DIV>"),
            {"title": TITLE, "credit": None},
        ),
        "old, date bar, today": Fields(
            _fonts(
                f"<TABLE><TR><TD>江畔在线</TD><TD>今天是2026年11月28日</TD></TR></TABLE>{head}<CENTER>发布时间：2004-11-20 08:15 点击：120</CENTER>"
            ),
            {"title": TITLE, "credit": None},
        ),
    }


def _homes() -> dict[str, Fields]:
    below = "<P ALIGN=RIGHT>发表于 2007-10-28 06:30"
    return {
        "home, marquee": Fields(
            f"<HTML><HEAD><META charset=utf-8><TITLE>{TITLE} - 小雨的家</TITLE></HEAD><BODY><MARQUEE>欢迎光临小雨的家，今天也要开心</MARQUEE>"
            f"<CENTER><A HREF=/>首页</A> <A HREF=/log>日记</A></CENTER><TABLE><TR><TD>{breaks(TEA)}{below}</TD></TR></TABLE></BODY></HTML>",
            {"title": TITLE, "published": "2007-10-28 06:30", "paragraphs": TEA},
        ),
        "home, shown": Fields(
            f"<html><head><meta charset=utf-8><title>{TITLE} - 听雨轩</title></head><body><div id=banner>听雨轩</div><div><a href=/>首页</a> <a href=/b>相册</a></div>"
            f"<div class=post><div class=t>{TITLE}</div>{paragraphs(TEA)}<div class=foot>听雨 发表于 2007-10-28 06:30 | 评论(3) | 阅读(120)</div></div></body></html>",
            {"title": TITLE, "published": "2007-10-28 06:30", "paragraphs": TEA},
        ),
        "home, only title": Fields(
            f"<html><head><meta charset=utf-8><title>{TITLE} - 老木的小屋</title></head><body><a href=/>回首页</a><br>"
            f"{breaks(TEA)}<br><br>posted @ 2007-10-28 06:30 老木 阅读(120) 评论(3)</body></html>",
            {"title": TITLE, "published": "2007-10-28 06:30", "paragraphs": TEA},
        ),
        "home, name in front": Fields(
            f"<html><head><meta charset=utf-8><title>{TITLE} - 云水间</title></head><body><table><tr><td><marquee>云水间</marquee></td></tr><tr><td>{breaks(TEA)}"
            "<br>时间：2007-10-28 06:30</td></tr></table><center>云水间 2005-2008</center></body></html>",
            {"title": TITLE, "published": "2007-10-28 06:30", "paragraphs": TEA},
        ),
    }


def _forums() -> dict[str, Fields]:
    right = {"title": TITLE, "paragraphs": BRIDGE}

    def floor(name: str, n: int, text: str, signed: str = "") -> str:
        return (
            f"<table class=tb><tr><td width=160><b>{name}</b><br>等级：新手上路<br>文章：{n * 9}<br>积分：{n * 31}<br>注册：2006-1-{n}</td>"
            f"<td><a href=#>小大</a> <a href=#>引用</a> <a href=#>回复</a> 第 {n} 楼<hr>{text}{signed}<br><br>"
            f"发贴时间：2007-5-{n} 10:1{n} <a href=#>编辑</a> <a href=#>管理</a> <a href=#>TOP</a></td></tr></table>"
        )

    signed = "<br>----------------------------------------------<br>水边的人，心里要有一座桥。"
    replies = "".join(
        floor(f"江边人{n}", n, "顶一个，楼主写得好，桥通了一起去走走，看看晚上的灯。") for n in range(2, 6)
    )
    wind = "".join(
        f"<div class=t5><div class=r_one><b>河畔{n}</b><div>级别: 侠客</div><div>发帖: {n * 7}</div><div>在线时间:{n}(小时)</div></div>"
        f"<div class=tpc><div class=tiptop>{n}楼 | 发表于: 2009-05-0{n} 10:1{n}</div><div class=tpc_content>{text}</div><div class=tipad>TOP 举报 分享</div></div></div>"
        for n, text in enumerate(
            [breaks(BRIDGE), "好消息啊，等了五年了。", "我家就在桥头，以后上班只要十分钟，开心！"], 1
        )
    )
    head = f"<html><head><meta charset=utf-8><title>{{}}</title></head><body><div>{MENU}</div>"
    return {
        "forum, subject": Fields(
            f"{head.format(f'江畔论坛--{TITLE}')}<table><tr><td>主题：{TITLE}</td></tr></table>"
            f"{floor('陆小舟', 1, breaks(BRIDGE), signed)}{replies}{_END}",
            right,
        ),
        "forum, path": Fields(
            f"{head.format(f'江畔社区 -> 城市话题 -> {TITLE}')}<div>江畔社区 -> 城市话题 -> {TITLE}</div>"
            f"{floor('陆小舟', 1, breaks(BRIDGE))}{replies}{_END}",
            right,
        ),
        "forum, phpwind": Fields(
            f"{head.format(f'{TITLE} - 城市话题 - 江畔社区')}<div>江畔社区 -> 城市话题 -> {TITLE}</div><h1>主题 : {TITLE}</h1>{wind}{_END}",
            right,
        ),
        "forum, board": Fields(
            f"{head.format(f'江畔论坛 » 城市话题 » {TITLE}')}<div>帖子主题：{TITLE}</div>"
            f"{floor('陆小舟', 1, paragraphs(BRIDGE), '<br>__________________<br>桥头看水的人')}{replies}{_END}",
            right,
        ),
    }


def _times() -> dict[str, Fields]:
    at = {"published": "2026-10-17 14:26"}
    milliseconds = 1792218360000
    return {
        "time, /Date/ in an attribute": Fields(
            _page(f"<h1>{TITLE}</h1><div><span class=t data-time='/Date({milliseconds})/'>上周</span></div>"), at
        ),
        "time, /Date/ with a zone": Fields(_page(f"<h1>{TITLE}</h1><i title='/Date({milliseconds}+0800)/'></i>"), at),
        "time, /Date/ in a script": Fields(
            _page(
                f"<h1>{TITLE}</h1>",
                below=f'<script>var news = {{"Title":"{TITLE}","PubDate":"\\/Date({milliseconds}+0800)\\/"}};</script>',
            ),
            at,
        ),
        "time, /Date/ in a byline's script": Fields(
            _page(f"<h1>{TITLE}</h1><div><script>show('/Date({milliseconds})/')</script></div>"), at
        ),
        "time, two digits": Fields(_page(f"<h1>{TITLE}</h1><div>江畔网 '26-10-17 14:26</div>"), at),
        "time, two digits, signs": Fields(_page(f"<h1>{TITLE}</h1><div>26年10月17日 14:26</div>"), at),
        "time, two digits, bracket": Fields(_page(f"<h1>{TITLE}</h1><div>(26年10月17日14时26分)</div>"), at),
        "time, two digits, quote": Fields(_page(f"<h1>{TITLE}</h1><div>’26/10/17 14:26:05</div>"), at),
        "time, twenty-six years": Fields(
            _page(f"<h1>{TITLE}</h1><div>2026-10-17 14:26</div>", paragraphs(("修桥用了26年10个月。", *BRIDGE))), at
        ),
    }


CASES: dict[str, Fields] = {
    **_states(),
    **_accounts(),
    **_custom(),
    **_offices(),
    **_old(),
    **_homes(),
    **_forums(),
    **_times(),
}
