"""Pages as forums, blogs and portals of 2003 to 2010 built them, written after the rules and before they were tried."""

from tests.extraction.kinds.fields import TITLE, Fields
from tests.extraction.kinds.further_fields import _modern, _old
from tests.extraction.kinds.shells import BRIDGE, LIBRARY, MENU, NEWEST, TEA, breaks, paragraphs

_CREDIT = {"title": TITLE, "credit": "江畔晚报"}
_BIG = f"<CENTER><FONT SIZE=5><B>{TITLE}</B></FONT></CENTER>"


def _texts(texts: tuple[str, ...], **more: object) -> dict[str, object]:
    return {"title": TITLE, "paragraphs": texts, **more}


_SAID = ("支持楼主，写得真好！", "我家就在桥边，每天看着它长起来。", "等通车那天一起去走走吧。", "路过看看，帮你顶。")

CASES = {
    "page, edition": Fields(
        _old(f"{_BIG}<CENTER>《江畔晚报》 (2004年11月20日 第二版)</CENTER><P>{breaks(BRIDGE)}"),
        {**_CREDIT, "paragraphs": BRIDGE},
    ),
    "page, press": Fields(
        _old(
            f"{_BIG}<CENTER>江畔网 ( 2004-11-20 08:15:00 ) 稿件来源：江畔晚报</CENTER><P>{breaks(TEA)}<P>( 责任编辑 : 许安 ) 【字号 大 中 小】【打印本稿】 【关闭】"
        ),
        {**_CREDIT, "paragraphs": TEA, "editors": ("许安",)},
    ),
    "page, electronic": Fields(
        _old(
            f"<TABLE><TR><TD>江畔晚报电子版</TD><TD>2004年11月20日 星期六</TD></TR></TABLE>{_BIG}<CENTER>(江畔晚报 2004-11-20 08:15)</CENTER>{breaks(LIBRARY)}"
        ),
        _CREDIT,
    ),
    "page, reporter of": Fields(
        _modern(f"<h1>{TITLE}</h1><p>2026-11-20 08:15</p><p>江畔晚报记者 陆小舟</p>", paragraphs(BRIDGE)),
        {**_CREDIT, "reporters": ("陆小舟",), "paragraphs": BRIDGE},
    ),
    "page, portal": Fields(
        _old(
            f"<TABLE><TR><TD>{_BIG}<CENTER>NEWS.RIVER.EXAMPLE　　2005年11月20日08:15　　江畔晚报</CENTER>{breaks(BRIDGE)}<BR><BR>（责任编辑：许安）<BR>【<A HREF=#>我来说两句</A>】<BR><B>相关链接</B><BR>"
            + "".join(f"·<A HREF=/{n}>运河边第{n}家书店开门了</A>(11/1{n})<BR>" for n in range(4))
            + "</TD></TR></TABLE>"
        ),
        {**_CREDIT, "paragraphs": BRIDGE, "editors": ("许安",)},
    ),
    "page, site first": Fields(
        _old(f"<B>{TITLE}</B><BR>2004-11-20 08:15<BR>{breaks(TEA)}", title=f"江畔网--城市--{TITLE}"), _texts(TEA)
    ),
    "floors, dates of replies": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE}_城市杂谈_江畔论坛</title></head><body><div>{MENU}</div><h1>『城市杂谈』 {TITLE}</h1>"
        f"<p>作者：江上客 提交日期：2005-3-2 10:11:00 访问：2341 回复：31</p><div>{breaks(BRIDGE)}</div>"
        + "".join(
            f"<p>作者：河畔{n} 回复日期：2005-3-2 11:0{n}:00</p><div>　　{text}</div>" for n, text in enumerate(_SAID)
        )
        + "</body></html>",
        {"paragraphs": BRIDGE},
    ),
    "floors, said": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE} - 木木的空间</title></head><body><h1>{TITLE}</h1><div class=entry>{paragraphs(TEA)}</div><div>木木 发表于 2007-10-28 06:30</div>"
        + "".join(
            f"<div><div>河畔{n} 于 2007-10-28 0{n}:15 说：</div><div>{text}</div></div>"
            for n, text in enumerate(_SAID, 1)
        )
        + "<div>姓名： 邮箱： 验证码：</div></body></html>",
        _texts(TEA, published="2007-10-28 06:30"),
    ),
    "floors, posted": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE} - 江畔论坛</title></head><body><div>{MENU}</div><table>"
        + "".join(
            f"<tr><td>河畔{n}</td><td><div>发表于 2009-5-{n} 10:11</div><div>{text}</div></td></tr>"
            for n, text in enumerate((f"<b>{TITLE}</b><br>{breaks(LIBRARY)}", *_SAID), 1)
        )
        + "</table></body></html>",
        _texts(LIBRARY),
    ),
    "blog, tools": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE}_木木_江畔博客</title></head><body><div>木木的博客</div><h2>{TITLE}</h2><span>(2008-03-02 21:15:09)</span><div>标签： 杂谈</div><div>分类： 随笔</div>"
        f"<div class=a>{paragraphs(TEA)}</div><div>阅读┊ 收藏 ┊转载 ┊喜欢▼ ┊打印┊举报</div><div>已投稿到： 排行榜</div><div>前一篇：旧渡口</div><div>后一篇：新桥</div></body></html>",
        _texts(TEA, published="2008-03-02 21:15"),
    ),
    "blog, trackback": Fields(
        f"<html><head><meta charset=utf-8><title>{TITLE} » 木木小站</title></head><body><div><a href=/>木木小站</a></div><div class=post><h3>{TITLE}</h3>{paragraphs(LIBRARY)}"
        "<p>This entry was posted on 2008年3月2日 21:15 and is filed under 随笔.</p><p>Trackback地址：http://river.example/tb/1</p></div><h3>Leave a Reply</h3></body></html>",
        _texts(LIBRARY),
    ),
    "end, small print": Fields(
        _old(
            f"{_BIG}<CENTER>2004-11-20 08:15 来源：江畔晚报</CENTER>{breaks(BRIDGE)}<BR>共 1 页<BR>【返回】 【我要评论】 【推荐给好友】<BR>本新闻已被浏览 312 次"
        ),
        {**_CREDIT, "paragraphs": BRIDGE},
    ),
    "end, hand": Fields(
        _old(
            f"{_BIG}<CENTER>2004-11-20 08:15 来源：江畔晚报</CENTER>{breaks(TEA)}<BR>（稿件提供：陆小舟 审核：程立）<BR>[返回上一页] [打 印]<BR>阅读次数:31"
        ),
        {**_CREDIT, "paragraphs": TEA},
    ),
    "end, player on top": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>江畔晚报 2026-11-20 08:15</div>",
            f"<div>视频加载失败，请刷新重试</div><div>时长：02:31</div><div>1.3万次播放</div>{paragraphs(BRIDGE)}",
        ),
        {**_CREDIT, "paragraphs": BRIDGE},
    ),
    "end, list of others": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>江畔晚报 2026-11-20 08:15</div>",
            paragraphs(LIBRARY)
            + "<p>往期回顾</p><p>运河边新开了一家书店</p><p>跨省公交的末班车延到十点</p><p>编辑推荐</p>"
            + f"<ul>{NEWEST}</ul>",
        ),
        {**_CREDIT, "paragraphs": LIBRARY},
    ),
    "within, follow and counters": Fields(
        _modern(
            f"<h1>{TITLE}</h1><div>江畔晚报 2026-11-20 08:15</div>",
            paragraphs((*BRIDGE[:2], "1/5 梅浦大桥", "▲ 点击上方蓝字关注江畔视角 ▲", "高清组图", *BRIDGE[2:])),
        ),
        {**_CREDIT, "paragraphs": (*BRIDGE[:2], "1/5 梅浦大桥", *BRIDGE[2:])},
    ),
}
