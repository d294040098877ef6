"""Further forms of fields and edges, written after the rules and before they were tried on them."""

import json

from tests.extraction.kinds.fields import TITLE, Fields
from tests.extraction.kinds.shells import BRIDGE, LIBRARY, MENU, NEWEST, TEA, breaks, paragraphs

_RIGHT = {"title": TITLE, "credit": "江畔晚报"}


def _modern(above: str, inner: str, below: str = "", title: str = f"{TITLE}_江畔网") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><div class=hd>{MENU}</div><div class=wrap>"
        f"{above}<div class=con>{inner}</div>{below}</div><div class=r><ul>{NEWEST}</ul></div><div>版权所有 江畔网</div></body></html>"
    )


def _old(inner: str, title: str = f"{TITLE}-江畔网") -> str:
    return (
        f"<HTML><HEAD><META charset=utf-8><TITLE>{title}</TITLE></HEAD><BODY><TABLE><TR><TD>{MENU}</TD></TR></TABLE>{inner}"
        "<TABLE><TR><TD ALIGN=CENTER><A HREF=/>关于我们</A> | <A HREF=/x>联系方式</A><BR>江畔网版权所有</TD></TR></TABLE></BODY></HTML>"
    )


def _state(data: object, before: str = "window.__PRELOADED__ = ", title: str = "江畔网") -> str:
    script = json.dumps(data, ensure_ascii=False)
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><div id=root></div>"
        f"<script>{before}{script}</script></body></html>"
    )


_BOX = "".join(f"{{}}<a href='/a/{n}.html'>运河边的第{n}家书店开门了</a>{{}}" for n in range(4))

CASES = {
    "state, snake": Fields(
        _state(
            {
                "detail": {
                    "data": {
                        "news_title": TITLE,
                        "source_name": "江畔晚报",
                        "editor_name": "许安",
                        "text": "\n".join(BRIDGE),
                    }
                }
            }
        ),
        {**_RIGHT, "editors": ("许安",), "paragraphs": BRIDGE},
    ),
    "state, by identity": Fields(
        _state(
            {
                "ROOT": {"user": None},
                "Article:8812": {
                    "__typename": "Article",
                    "headline": TITLE,
                    "media": {"id": 3, "title": "江畔晚报"},
                    "author": "文/陆小舟",
                    "body": paragraphs(TEA),
                },
            },
            title=f"{TITLE}—江畔生活家",
        ),
        {**_RIGHT, "reporters": ("陆小舟",), "paragraphs": TEA},
    ),
    "account, as a card": Fields(
        _modern(
            f"<div class=index-module_headerWrap_x1><div class=index-module_articleTitle_x2>{TITLE}</div><div class=index-module_authorTxt_x3>"
            "<a href=/u><p class=index-module_authorName_x4>江畔晚报</p></a><div class=index-module_articleSource_x5><span>2026-11-20 08:15</span>"
            "<span class=index-module_accountAuthentication_x6>优质媒体领域创作者</span></div></div></div>",
            paragraphs(BRIDGE),
        ),
        _RIGHT,
    ),
    "account, office of the outlet": Fields(
        _modern(
            f"<div class=article-title><h2>{TITLE}</h2></div><div class=author-txt><p class=author-name>江畔晚报</p><div class=article-source>"
            "<span class=date>发布时间：11-20</span><span class=time>08:15</span><span class=account-authentication>江畔晚报社官方帐号</span></div></div>",
            paragraphs(TEA),
        ),
        _RIGHT,
    ),
    "custom, cards": Fields(
        _modern(
            f"<top-bar><nav-link><a href=/>首页</a></nav-link><nav-link><a href=/c>城事</a></nav-link></top-bar><page-head><head-line>{TITLE}</head-line>"
            "<head-meta><meta-item>江畔晚报</meta-item><meta-item>2026-11-20 08:15</meta-item></head-meta></page-head>",
            f"<doc-body>{''.join(f'<doc-p>{text}</doc-p>' for text in LIBRARY)}</doc-body>",
            f"<rec-list>{_BOX.replace('{}', '')}</rec-list>",
        ),
        {**_RIGHT, "paragraphs": LIBRARY},
    ),
    "office, items": Fields(
        _modern(
            f"<ul class=xx><li><b>索 引 号</b><span>33-12</span></li><li><b>发布机构</b><span>平湖县文化局</span></li><li><b>发布日期</b><span>2009-03-02</span></li></ul><h1>{TITLE}</h1>",
            paragraphs(LIBRARY),
        ),
        {"title": TITLE, "credit": "平湖县文化局", "paragraphs": LIBRARY},
    ),
    "office, linked": Fields(
        _modern(
            f"<h1>{TITLE}</h1><table><tr><td>信息来源：</td><td><a href=/wh>平湖县文化局</a></td><td>公开时间：</td><td>2009-03-02 10:15</td></tr></table>",
            paragraphs(LIBRARY),
        ),
        {"title": TITLE, "credit": "平湖县文化局", "paragraphs": LIBRARY},
    ),
    "old, slash": Fields(
        _old(f"<CENTER><H2>{TITLE}</H2>江畔晚报 / 2004-11-20 08:15</CENTER><BR>{breaks(BRIDGE)}"),
        {**_RIGHT, "paragraphs": BRIDGE},
    ),
    "old, one bracket": Fields(
        _old(
            f"<CENTER><FONT SIZE=5>{TITLE}</FONT><BR><FONT SIZE=2>（2004年11月20日 江畔晚报）</FONT></CENTER><P>{breaks(TEA)}"
        ),
        _RIGHT,
    ),
    "old, emblem first": Fields(
        _old(
            f"<TABLE><TR><TD COLSPAN=2><B>{TITLE}</B></TD></TR><TR><TD><IMG SRC=l.gif ALT=江畔晚报></TD><TD>2004年11月20日08:15</TD></TR><TR><TD COLSPAN=2>{breaks(BRIDGE)}</TD></TR></TABLE>"
        ),
        {**_RIGHT, "paragraphs": BRIDGE},
    ),
    "old, welcome": Fields(
        _old(
            f"<TABLE><TR><TD>江畔新闻网欢迎您！ 2026年11月28日</TD></TR></TABLE><H3 ALIGN=CENTER>{TITLE}</H3><CENTER>2004-11-20 08:15:00</CENTER>{breaks(TEA)}"
        ),
        {"title": TITLE, "credit": None},
    ),
    "home, diary": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE} | 木木的博客</title></head><body><h2><a href=/>木木的博客</a></h2><p>{TITLE}</p>{paragraphs(TEA)}"
        "<p>木木 @ 2007-10-28 06:30 | 阅读(31) | 评论(2)</p></body></html>",
        {"title": TITLE, "published": "2007-10-28 06:30", "paragraphs": TEA},
    ),
    "forum, posts": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE} - 城市话题 - 江畔论坛 - Powered by Discuz!</title></head><body><div>{MENU}</div>"
        f"<div id=pt><a href=/>江畔论坛</a> › <a href=/c>城市话题</a></div><h1><span>{TITLE}</span></h1>"
        + "".join(
            f"<div id=post_{n}><table><tr><td class=pls><div>河畔{n}</div><p>主题 {n} 帖子 {n * 3} 积分 {n * 9}</p></td><td class=plc><div>发表于 2010-5-{n} 10:11:12 | 只看该作者 {mark}</div>"
            f"<div class=t_f>{text}</div><div>回复 支持 反对 举报</div></td></tr></table></div>"
            for n, (mark, text) in enumerate(
                (
                    ("楼主", breaks(BRIDGE)),
                    ("沙发", "顶楼主，期待通车！"),
                    ("板凳", "这桥修了五年，总算合龙了。"),
                    ("4#", "路过，帮顶。"),
                ),
                1,
            )
        )
        + "</body></html>",
        {"title": TITLE, "paragraphs": BRIDGE},
    ),
    "forum, heads": Fields(
        f"<html><head><meta charset=utf-8><title>江畔社区 - 城市话题 - {TITLE}</title></head><body><div>{MENU}</div><table><tr><th>* 贴子主题： {TITLE} </th></tr></table>"
        + "".join(
            f"<table><tr><td>河畔{n}<br>头衔：论坛元老<br>帖子：{n * 5}<br>金币：{n * 7}</td><td>[第 {n} 楼]<br>{text}<br><br>{sign}<font>2006-5-{n} 10:1{n}:00</font></td></tr></table>"
            for n, (text, sign) in enumerate(
                (
                    (breaks(TEA), "============================<br>种茶的人不着急。<br>"),
                    ("学习了。", ""),
                    ("我们这里也铺草，早采了三天。", ""),
                    ("好文。", ""),
                ),
                1,
            )
        )
        + "</body></html>",
        {"title": TITLE, "paragraphs": TEA},
    ),
    "edge, video page": Fields(
        _modern(
            f"<div>00:00 / 01:23</div><h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            f"<p>视频简介</p>{paragraphs(BRIDGE)}<p>播放：1.2万 评论：31</p><p>选集</p><p>展开</p>",
        ),
        {**_RIGHT, "paragraphs": BRIDGE},
    ),
    "edge, old system": Fields(
        _old(
            f"<CENTER><B>{TITLE}</B><BR>时间:2009-03-02 10:15来源:江畔晚报 作者:陆小舟 点击:120次</CENTER><DIV>{paragraphs(TEA)}<p>(责任编辑：许安)</p>"
            "<div>顶一下</div><div>(3)</div><div>100%</div><div>踩一下</div><div>(0)</div><div>0%</div></DIV><DIV>------分隔线-----</DIV>"
        ),
        {**_RIGHT, "paragraphs": TEA, "editors": ("许安",)},
    ),
    "edge, readers' places": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            paragraphs(BRIDGE),
            "".join(
                f"<div><span>河畔{n} [江苏省南京市网友]</span><span>2011-05-0{n} 10:1{n}</span><p>总算合龙了，不容易啊，给工人点赞！</p><span>支持[{n}] 回复</span></div>"
                for n in range(1, 6)
            ),
        ),
        {**_RIGHT, "paragraphs": BRIDGE},
    ),
    "edge, others with pictures": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            paragraphs(LIBRARY),
            "<ul>"
            + "".join(
                f"<li><a href=/a/{n}.html><img src={n}.jpg></a><h4><a href=/a/{n}.html>第{n}家书店开门了</a></h4><p>书店开在运河边上，第一天就来了三百多位读者，卖出去两百本书。</p></li>"
                for n in range(1, 5)
            )
            + "</ul>",
        ),
        {**_RIGHT, "paragraphs": LIBRARY},
    ),
    "edge, last words": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            f"{paragraphs(TEA)}<p>（原标题：茶农入冬忙铺草）</p><p>（来源：江畔晚报 记者 陆小舟）</p><p>如发现文章侵犯了您的权利，请联系我们删除。</p><p>江畔晚报客户端</p>",
        ),
        {**_RIGHT, "paragraphs": TEA, "reporters": ("陆小舟",)},
    ),
    "edge, names at the end stay": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            paragraphs((*BRIDGE, "一等奖：许安 程立", "二等奖：陆小舟")),
        ),
        {**_RIGHT, "paragraphs": (*BRIDGE, "一等奖：许安 程立", "二等奖：陆小舟")},
    ),
    "edge, figures at the end stay": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            paragraphs(BRIDGE)
            + "<table><tr><td>主跨</td><td>320米</td></tr><tr><td>进度</td><td>(92)</td><td>97.5%</td></tr></table>",
        ),
        {**_RIGHT, "paragraphs": (*BRIDGE, "主跨", "320米", "进度", "(92)", "97.5%")},
    ),
    "edge, questions of readers stay": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>2026-11-20 08:15 来源：江畔晚报</div>",
            paragraphs(
                (
                    BRIDGE[0],
                    "1楼住户问：桥下的路灯什么时候亮？",
                    "县里回复：年底。",
                    "3楼住户问：夜里会不会吵？",
                    "县里回复：装了隔音屏。",
                    "5楼住户问：公交改道吗？",
                    "县里回复：三条线改走桥上。",
                    *BRIDGE[1:],
                )
            ),
        ),
        {
            **_RIGHT,
            "paragraphs": (
                BRIDGE[0],
                "1楼住户问：桥下的路灯什么时候亮？",
                "县里回复：年底。",
                "3楼住户问：夜里会不会吵？",
                "县里回复：装了隔音屏。",
                "5楼住户问：公交改道吗？",
                "县里回复：三条线改走桥上。",
                *BRIDGE[1:],
            ),
        },
    ),
}
