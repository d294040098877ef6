"""Layouts of 2003 to 2012, forums and blogs; and further forms of the kinds, written before the rules met them."""

import json

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
    MENU,
    NEWEST,
    TEA,
    Page,
    bare,
    breaks,
    editor,
    modern,
    paragraphs,
    tables,
)

_NL = "\n"
_TITLE = "梅浦大桥合龙"
_CELLS = "".join(f"<TR><TD><A HREF='/list{n}.asp'>栏目{n}</A></TD></TR>" for n in range(15))
_TOOLS = "【字体：<A href='#'>大</A> <A href='#'>中</A> <A href='#'>小</A>】【<A href='#'>打印本稿</A>】【<A href='#'>关闭窗口</A>】"
_ABOVE = f"<HTML><HEAD><TITLE>{_TITLE}_江畔网</TITLE></HEAD><BODY><TABLE WIDTH=100%><TR><TD>{MENU}</TD></TR></TABLE>"
_BELOW = "<HR><CENTER><A HREF='/about'>关于本站</A> - <A HREF='/ad'>广告服务</A><BR>江畔网 版权所有 2001-2006</CENTER></BODY></HTML>"


def _years() -> dict[str, Page]:
    rows = "".join(f"<tr><td height=24>　　{text}</td></tr>" for text in LIBRARY)
    never = "".join(f"<P align=justify>　　{text}" for text in TEA)
    advert = "<TABLE align=right><TR><TD><A HREF='/ad'><IMG SRC=ad.gif></A></TD></TR></TABLE>"
    index = (
        "<table><tr><td>索 引 号：</td><td>00331-2009-0012</td><td>发文机关：</td><td>平湖县文化局</td></tr>"
        "<tr><td>标　　题：</td><td colspan=3>关于乡镇图书馆通借通还的通知</td></tr></table>"
    )
    asked = (
        "问：这座桥什么时候能走？",
        "答：明年二月做完试验就开放。",
        "问：公交车过桥吗？",
        "答：过，第一批有三条线。",
        "问：收费吗？",
        "答：不收。",
    )
    verse = ("桥影落在水上", "像一把打开的折扇", "船从扇骨间过去", "带走一个冬天的雾", "岸上的人", "数着灯火回家")
    return {
        "a page of fonts": Page(
            f"{_ABOVE}<TABLE WIDTH=760><TR><TD WIDTH=150><TABLE>{_CELLS}</TABLE></TD><TD><TABLE><TR><TD ALIGN=center><FONT SIZE=4 COLOR=red>"
            f"<B>{_TITLE}</B></FONT></TD></TR><TR><TD ALIGN=center>2004-11-20 08:15:00 江畔网 {_TOOLS}</TD></TR><TR><TD><FONT SIZE=3>{advert}"
            f"{breaks(BRIDGE)}</FONT><BR><BR>（责任编辑：许安）</TD></TR></TABLE></TD></TR></TABLE>{_BELOW}",
            BRIDGE,
        ),
        "a row each": Page(tables(f"<table>{rows}</table>"), LIBRARY),
        "never closed": Page(
            f"{_ABOVE}<CENTER><H2>{_TITLE}</H2></CENTER><CENTER>2003年11月20日</CENTER>{never}{_BELOW}", TEA
        ),
        "text in the page itself": Page(
            f"{_ABOVE}<H3>{_TITLE}</H3>2003年11月20日 08:15<BR><BR>{breaks(BRIDGE)}<BR>{_BELOW}", BRIDGE
        ),
        "a notice with its index": Page(
            modern(
                f"{index}<div id=zoom>{paragraphs(LIBRARY)}<p align=right>平湖县文化局</p><p align=right>2009年3月2日</p></div>"
            ),
            (*LIBRARY, "平湖县文化局", "2009年3月2日"),
        ),
        "questions and answers": Page(tables(breaks((BRIDGE[0], *asked))), (BRIDGE[0], *asked)),
        "a poem": Page(bare(paragraphs((TEA[0],)) + "<p>" + "<br>".join(verse) + "</p>"), (TEA[0], *verse)),
        "heads and parts": Page(
            modern(
                "".join(
                    f"<h3>{n}、{head}</h3><p>{text}</p>"
                    for n, head, text in zip("一二三四五", ("缘起", "花费", "稻草", "算账", "提醒"), TEA, strict=True)
                )
            ),
            tuple(
                line
                for n, head, text in zip("一二三四五", ("缘起", "花费", "稻草", "算账", "提醒"), TEA, strict=True)
                for line in (f"{n}、{head}", text)
            ),
        ),
    }


def _blogs() -> dict[str, Page]:
    profile = "<div><img src=me.jpg><p>水边的人</p><p>博客等级：12</p><p>博客积分：3140</p></div>"
    side = f"<div><h4>最新文章</h4><ul>{NEWEST}</ul><h4>链接</h4><ul>{NEWEST}</ul></div>"
    replies = "".join(
        f"<li>路过{n} 2008-03-0{n} 10:0{n}<div>写得真好，我也想去祁门看看，去年夏天只路过没有停下来。</div></li>"
        for n in range(1, 7)
    )
    post = f"<div><h2>{_TITLE}</h2><span>(2008-03-02 21:15:09)</span><div><font face=宋体>{breaks(TEA)}</font></div>"
    said = "".join(
        f"<table><tr><td width=150>江边人{n}<br>等级：会员<br>帖子：{n * 9}</td><td>发表于 2007-5-{n} 10:1{n}<hr>顶一个，楼主写得好，桥通了一起去走走，看看晚上的灯。</td></tr></table>"
        for n in range(2, 7)
    )
    first = f"<table><tr><td width=150>楼主<br>等级：版主<br>帖子：1200</td><td>发表于 2007-5-1 09:00<hr>{breaks(BRIDGE)}</td></tr></table>"
    return {
        "a blog": Page(
            f"<html><head><title>{_TITLE}_水边的人_新浪博客</title></head><body>{profile}{post}<div>阅读(120) | 评论(6) | 收藏(1)</div>"
            f"<div>前一篇：<a href=1>旧渡口</a></div><div>后一篇：<a href=2>新桥</a></div></div><div><h3>评论</h3><ul>{replies}</ul></div>{side}</body></html>",
            TEA,
        ),
        "a forum": Page(f"{_ABOVE}<h1>{_TITLE}</h1>{first}{said}{_BELOW}", BRIDGE),
    }


def _further() -> dict[str, Page]:
    html = paragraphs(BRIDGE)
    first, rest = paragraphs(BRIDGE[:2]), paragraphs(BRIDGE[2:])
    pushed = json.dumps(
        [1, '7:["$","div",null,' + json.dumps({"html": html}, ensure_ascii=False) + "]"], ensure_ascii=False
    )
    slides = "".join(f"<div><img src={n}.jpg><p>{n}/5</p><p>{text}</p></div>" for n, text in enumerate(LIBRARY, 1))
    quoted = html.replace("<", "&lt;").replace(">", "&gt;")
    fold = "<div class='content content-fold' style='display: none'>"
    return {
        "collapsed, remaining share": Page(
            modern(f"{first}<div class=btn><span>展开剩余70%</span></div>{fold}{rest}</div>"), BRIDGE
        ),
        "collapsed, below": Page(
            modern(f"{first}<div style='display:none;'>{rest}</div><p>点击阅读剩余全文</p>"), BRIDGE
        ),
        "collapsed, everything": Page(
            bare(f"<div class=summary><p>{BRIDGE[0]}</p></div><p>查看全文</p><div hidden>{rest}</div>"),
            (BRIDGE[0], *BRIDGE[2:]),
        ),
        "pushed in pieces": Page(modern(f"<div id=app></div><script>self.__next_f.push({pushed})</script>"), BRIDGE),
        "escaped twice": Page(modern(f'<div id=app></div><script>var d={{"html":"{quoted}"}}</script>'), BRIDGE),
        "written by a program": Page(tables(f"<script>document.write('{html}')</script>"), BRIDGE),
        "slides with text": Page(modern(f"<div class=slides>{slides}</div>"), LIBRARY),
        "a summary above": Page(
            modern(f"<div class=summary>摘要：{TEA[0]}</div>{paragraphs(TEA[1:])}"), (f"摘要：{TEA[0]}", *TEA[1:])
        ),
        "comments in traditional script": Page(
            modern(
                paragraphs(TEA[:2]),
                after="<h3>讀者留言</h3>"
                + "".join(
                    f"<div><b>訪客{n}</b> <i>2026/11/2{n}</i><p>茶園鋪草真的有用，我家也試過，第二年早採了一個星期左右。</p></div>"
                    for n in range(5)
                ),
            ),
            TEA[:2],
        ),
        "comments, everybody says": Page(
            editor(
                paragraphs(TEA[:2]),
                after="<h3>大家都在说</h3>"
                + "".join(
                    f"<div><span>茶客{n} · 浙江 · 3小时前</span><div>铺草这件事我们村也做过，第二年的茶确实早了几天，就是太费人工。</div></div>"
                    for n in range(5)
                ),
            ),
            TEA[:2],
        ),
        "a table of places": Page(
            modern(
                paragraphs(BRIDGE[:1])
                + "<table>"
                + "".join(f"<tr><td>{n}</td><td>滨河路{n}号</td><td>{n * 3}户</td></tr>" for n in range(1, 40))
                + "</table>"
            ),
            (BRIDGE[0], *(cell for n in range(1, 40) for cell in (str(n), f"滨河路{n}号", f"{n * 3}户"))),
        ),
        "an editor after each item": Page(
            modern("".join(f"<p>{text}</p><p>（责编：许安）</p>" for text in LIBRARY)), LIBRARY
        ),
        "a notice of rights in the middle": Page(
            modern(paragraphs(TEA[:3]) + "<p>版权声明：本文版权归江畔网所有，转载请注明。</p>" + paragraphs(TEA[3:])),
            TEA,
        ),
        "one paragraph printed again": Page(modern(paragraphs((*BRIDGE, BRIDGE[0]))), (*BRIDGE, BRIDGE[0])),
        "a lead that the first paragraph repeats": Page(
            modern(f"<div class=lead>{BRIDGE[0]}</div>{paragraphs(BRIDGE)}"), BRIDGE
        ),
    }


PAGES = {**_years(), **_blogs(), **_further()}
