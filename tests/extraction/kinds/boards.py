"""Boards, spaces and small systems, and bylines in other orders; written after the rules and before they were tried."""

from tests.extraction.kinds.fields import TITLE, Fields
from tests.extraction.kinds.further_fields import _modern, _old
from tests.extraction.kinds.shells import BRIDGE, LIBRARY, MENU, NEWEST, TEA, breaks, paragraphs

_CREDIT = {"title": TITLE, "credit": "江畔晚报"}
_BIG = f"<CENTER><FONT SIZE=5><B>{TITLE}</B></FONT></CENTER>"


def _byline(byline: str, texts: tuple[str, ...] = BRIDGE, below: str = "", **more: object) -> Fields:
    html = _modern(f"<h1>{TITLE}</h1>{byline}", paragraphs(texts) + below)
    return Fields(html, {**_CREDIT, "paragraphs": texts, **more})


_RULES = (
    "<TABLE><TR><TD>发表评论</TD></TR><TR><TD>用户名： 密码： 匿名发表</TD></TR><TR><TD>·尊重网上道德，遵守中华人民共和国的各项有关法律法规<BR>"
    "·承担一切因您的行为而直接或间接导致的民事或刑事法律责任<BR>·本站管理人员有权保留或删除其管辖留言中的任意内容<BR>·您在本站发表的作品，本站有权在网站内转载或引用</TD></TR></TABLE>"
)

CASES = {
    "byline, outlet first": _byline(
        "<div><span>江畔晚报</span> <span>作者：陆小舟</span> <span>2026-11-20 08:15</span></div>",
        reporters=("陆小舟",),
    ),
    "byline, bars": _byline("<p>08:15 | 2026年11月20日 | 江畔晚报 | 陆小舟</p>", published="2026-11-20 08:15"),
    "byline, slash": _byline("<p>2026-11-20 08:15 来源：江畔晚报/陆小舟</p>"),
    "byline, bracket": _byline("<p>来源：江畔晚报（记者 陆小舟）</p><p>2026-11-20 08:15</p>", reporters=("陆小舟",)),
    "byline, by whom": _byline("<p>发布者：江畔晚报 时间：2026-11-20 08:15 点击：31</p>"),
    "byline, after counters": _byline(
        "<div><span>2026-11-20 08:15</span><em>阅读 1.2万</em><a href=/mp/1>江畔晚报</a></div>"
    ),
    "byline, way": Fields(
        _old(f"<TABLE><TR><TD>江畔网 >> 城市新闻 >> 正文 2004-11-20 08:15</TD></TR></TABLE>{_BIG}{breaks(BRIDGE)}"),
        {"title": TITLE, "credit": None, "paragraphs": BRIDGE},
    ),
    "last line, after": _byline("<p>2026-11-20 08:15</p>", TEA, "<p>（据《江畔晚报》）</p>"),
    "last line, dash": _byline("<p>2026-11-20 08:15</p>", TEA, "<p align=right>——摘自《江畔晚报》</p>"),
    "last line, provided": _byline("<p>2026-11-20 08:15</p>", TEA, "<p>（信息来源：江畔晚报）</p>"),
    "comments, rules": Fields(
        _old(f"{_BIG}<CENTER>2004-11-20 08:15 来源：江畔晚报</CENTER>{breaks(BRIDGE)}{_RULES}"),
        {**_CREDIT, "paragraphs": BRIDGE},
    ),
    "comments, rules in the cell": Fields(
        _old(
            f"<TABLE><TR><TD>{_BIG}<CENTER>2004-11-20 08:15 来源：江畔晚报</CENTER><P>{breaks(LIBRARY[:3])}<P>【评论】【推荐】 【大 中 小】 【打印】 【收藏此页】 【关闭】<BR>"
            "· 请遵守国家有关法律、法规，尊重网上道德。<BR>· 您的言论只代表个人观点，与本站立场无关。<BR>昵称： 验证码： 提交</TD></TR></TABLE>"
        ),
        {**_CREDIT, "paragraphs": LIBRARY[:3]},
    ),
    "board, plain": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE}-水边社区</title></head><body><div>{MENU}</div><div class=article><p>发信人: riverman (江上客), 信区: City<br>标&nbsp;&nbsp;题: {TITLE}<br>"
        f"发信站: 水边社区 (Fri Nov 20 08:15:00 2009), 站内<br><br>{breaks(BRIDGE)}<br>--<br>水边的人，心里要有一座桥。<br><br>※ 来源:·水边社区 river.example·[FROM: 10.0.0.*]</p></div></body></html>",
        {"title": TITLE, "paragraphs": BRIDGE, "published": "2009-11-20 08:15"},
    ),
    "board, space": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE}_水边的人_江畔空间</title></head><body><div>水边的人</div><div>主页 博客 相册</div><div><div class=tit>{TITLE}</div><div class=date>2008-03-02 21:15</div>"
        f"<div class=cnt>{breaks(TEA)}</div><div>类别：随笔 | 添加到搜藏 | 浏览(120) | 评论 (3)</div><div>上一篇：旧渡口 下一篇：新桥</div></div><div>最近读者：</div>"
        + "".join(
            f"<div><div>网友：河畔{n}</div><div>2008-03-0{n} 10:1{n}</div><div>写得真好，下次去祁门看看。</div></div>"
            for n in range(3, 7)
        )
        + "</body></html>",
        {"title": TITLE, "paragraphs": TEA, "published": "2008-03-02 21:15"},
    ),
    "board, calendar": Fields(
        f"<html><head><meta charset=utf-8><title>木木小站: {TITLE}</title></head><body><table><tr><td><table><tr><td>日</td><td>一</td><td>二</td><td>三</td></tr><tr><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"
        f"<ul>{NEWEST}</ul></td><td><h3>{TITLE}</h3>{breaks(TEA)}<br><br>木木 发表于 2008-3-2 21:15 | 引用(0) | 评论(2)</td></tr></table></body></html>",
        {"title": TITLE, "paragraphs": TEA, "published": "2008-03-02 21:15"},
    ),
    "system, all in one cell": Fields(
        _old(
            f"<TABLE><TR><TD ALIGN=CENTER>{TITLE}</TD></TR><TR><TD ALIGN=CENTER>江畔晚报 2009-3-2 阅读次数：31</TD></TR><TR><TD>{paragraphs(LIBRARY)}</TD></TR><TR><TD>作者：陆小舟 来源：江畔晚报 责编：许安</TD></TR>"
            "<TR><TD>上一篇：<A HREF=1>旧渡口</A></TD></TR><TR><TD>下一篇：没有了</TD></TR><TR><TD>联系电话：0573-00000000 地址：滨河路8号</TD></TR></TABLE>"
        ),
        {**_CREDIT, "paragraphs": LIBRARY, "reporters": ("陆小舟",), "editors": ("许安",)},
    ),
    "system, more below": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>来源：江畔晚报 2026-11-20 08:15</div>",
            paragraphs(TEA)
            + "<p>更多新闻 &gt;&gt;</p><p>本文共 1 页</p><p>关键字：茶园 铺草</p><p>点击排行</p><p>标签云</p>",
        ),
        {**_CREDIT, "paragraphs": TEA},
    ),
}
