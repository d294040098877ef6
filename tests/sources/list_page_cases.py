"""List pages in the style of real sites of different builds, each with the articles that a draft's pattern must match.

Hosts, numbers and headlines are invented; what is after real sites is the form of addresses and of what stands around.
`SEEN` were looked at while the rule was written, `UNSEEN` were not.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

HEADLINES = (
    "长三角生态绿色一体化示范区发布新一批制度创新成果",
    "沪苏湖高铁开通两周年累计发送旅客再创新高",
    "三省一市签署公共服务便利共享合作协议",
    "太湖流域水环境协同治理今年再投二十亿元",
    "合肥都市圈与南京都市圈共建产业合作园",
    "宁波舟山港集装箱吞吐量稳居世界前列",
    "苏州工业园区生物医药产业再添重大项目",
    "杭州亚运场馆向市民开放惠及百万人次",
)
NAVIGATION = ("首页", "要闻", "专题", "视频", "关于我们")


@dataclass(frozen=True)
class Case:
    """One page, and what of it is an article."""

    name: str
    url: str
    body: str
    articles: tuple[str, ...]
    """Addresses on the page, absolute."""
    unlisted: tuple[str, ...]
    """Articles of tomorrow: the pattern must match them, too."""
    others: tuple[str, ...]
    """What it must not match."""


def page(rows: list[str], *, before: str = "", after: str = "", tag: str = "li") -> str:
    """Return a page with a list: an address a row."""
    items = "".join(
        f'<{tag}><a href="{row}">{HEADLINES[number % len(HEADLINES)]}</a></{tag}>' for number, row in enumerate(rows)
    )
    menu = "".join(f'<a href="/{name}/">{text}</a>' for name, text in zip("abcde", NAVIGATION, strict=True))
    head = "<!DOCTYPE html><html><head><title>新闻_示例网</title></head>"
    return f"{head}<body><div>{menu}</div>{before}<ul>{items}</ul>{after}</body></html>"


def rows_of_json(around: str, row: Callable[[int], dict[str, object]]) -> str:
    """Return JSON with four rows in it."""
    return around % ", ".join(json.dumps(row(number), ensure_ascii=False) for number in range(4))


def topic(*addresses: str) -> str:
    """Return a box of special topics, whose headlines are as long as an article's."""
    return (
        "<div>" + "".join(f'<a href="{a}">专题：学习贯彻全会精神奋力谱写现代化新篇章</a>' for a in addresses) + "</div>"
    )


SEEN = (
    Case(
        "TRS, channels as folders",
        "https://www.shili.cn/xw/",
        page(
            [
                "./szyw/202611/t20261120_1234501.shtml",
                "./jjxw/202611/t20261120_1234488.shtml",
                "./szyw/202611/t20261119_1234402.shtml",
                "./shms/202611/t20261119_1234377.shtml",
            ],
            before=topic("/zt/2026/qhjs/", "/zt/2026/csjyth/index.shtml"),
        ),
        ("https://www.shili.cn/xw/szyw/202611/t20261120_1234501.shtml",),
        ("https://www.shili.cn/xw/kjww/202612/t20261201_1300001.shtml",),
        ("https://www.shili.cn/zt/2026/csjyth/index.shtml", "https://www.shili.cn/xw/szyw/"),
    ),
    Case(
        "hex ids",
        "https://nw.shili.cn/zw/",
        page(
            [
                "/zq/zw/20261120/4588ac67a06d1598d4c5c6486cf89dc6.html",
                "/zq/zh/20261120/aa88ac67a06d1598d4c5c6486cf89d01.html",
                "/self/yw/20261119/0088ac67a06d1598d4c5c6486cf89d77.html",
                "/zq/zw/20261119/fe88ac67a06d1598d4c5c6486cf89d7b.html",
            ]
        ),
        ("https://nw.shili.cn/zq/zw/20261120/4588ac67a06d1598d4c5c6486cf89dc6.html",),
        ("https://nw.shili.cn/zq/gn/20261201/cc88ac67a06d1598d4c5c6486cf89def.html",),
        ("https://nw.shili.cn/zq/zw/index.html",),
    ),
    Case(
        "sister hosts",
        "https://www.shili.com.cn/",
        page(
            [
                "https://jsnews.shili.com.cn/jsyw/202611/t20261120_s6971c2b2e4b0.shtml",
                "https://economy.shili.com.cn/cj/202611/t20261120_s6971c2b2e4b1.shtml",
                "https://jsnews.shili.com.cn/shms/202611/t20261119_s6971c2b2e4b2.shtml",
                "https://wm.shili.com.cn/wmjs/202611/t20261118_s6971c2b2e4b3.shtml",
            ],
            after='<p><a href="https://www.elsewhere.cn/202611/t20261120_1.shtml">友情链接：一家别的网站的新闻</a></p>',
        ),
        ("https://economy.shili.com.cn/cj/202611/t20261120_s6971c2b2e4b1.shtml",),
        ("https://jsnews.shili.com.cn/szxw/202612/t20261201_s6991c2b2e4c0.shtml",),
        ("https://www.elsewhere.cn/202611/t20261120_1.shtml", "https://jsnews.shili.com.cn/jsyw/"),
    ),
    Case(
        "Founder, content_",
        "https://hznews.shili.com.cn/chengshi/",
        page(
            [
                "content/2026-11/20/content_9012345.htm",
                "content/2026-11/20/content_9012346.htm",
                "content/2026-11/19/content_9012001.htm",
                "../jingji/content/2026-11/19/content_9011900.htm",
            ],
            before=topic("/zt/node_371234.htm", "/zt/node_371235.htm", "/zt/node_371236.htm"),
        ),
        ("https://hznews.shili.com.cn/chengshi/content/2026-11/20/content_9012345.htm",),
        ("https://hznews.shili.com.cn/shehui/content/2026-12/01/content_9099999.htm",),
        ("https://hznews.shili.com.cn/zt/node_371234.htm",),
    ),
    Case(
        "Discuz-like threads",
        "https://bbs.shili.net/forum-36-1.html",
        page(
            [
                "thread-1182771-1-1.html",
                "thread-1182770-1-1.html",
                "thread-1182765-1-1.html",
                "thread-1182701-1-1.html",
            ],
            after='<a href="forum-36-2.html">下一页</a><a href="space-uid-10233.html">一位很活跃的作者的空间主页</a>',
        ),
        ("https://bbs.shili.net/thread-1182771-1-1.html",),
        ("https://bbs.shili.net/thread-1199999-1-1.html",),
        ("https://bbs.shili.net/forum-36-2.html", "https://bbs.shili.net/space-uid-10233.html"),
    ),
    Case(
        "JSON of ds_, relative addresses",
        "https://js.shili.cn/ds_d4485cbd57154136bf2934ba3fb1796c.json",
        rows_of_json(
            '{"datasource": [%s]}',
            lambda n: {
                "title": HEADLINES[n],
                "publishUrl": f"/2026112{n}/{n}d4485cbd57154136bf2934ba3fb179{n}/c.html",
                "publishTime": f"2026-11-2{n} 08:00:00",
            },
        ),
        ("https://js.shili.cn/20261121/1d4485cbd57154136bf2934ba3fb1791/c.html",),
        ("https://js.shili.cn/20261201/ffd4485cbd57154136bf2934ba3fb17a/c.html",),
        ("https://js.shili.cn/20261201/index.html",),
    ),
)

UNSEEN = (
    Case(
        "people, c ids",
        "http://sh.shili.com.cn/GB/138654/index.html",
        page(
            [
                "/n2/2026/1120/c134768-41688348.html",
                "/n2/2026/1120/c138654-41688301.html",
                "/n2/2026/1119/c134768-41687777.html",
                "/n2/2026/1119/c176738-41687001.html",
            ],
            before=topic("/GB/357904/", "/GB/138654/414000/index.html"),
        ),
        ("http://sh.shili.com.cn/n2/2026/1120/c134768-41688348.html",),
        ("http://sh.shili.com.cn/n2/2026/1201/c999999-41699999.html",),
        ("http://sh.shili.com.cn/GB/138654/index2.html", "http://sh.shili.com.cn/GB/138654/414000/index.html"),
    ),
    Case(
        "numbers alone, no date",
        "https://www.shili.com/news/",
        page(
            ["/news/103380019.html", "/news/103380011.html", "/news/103379950.html", "/news/103379871.html"],
            after='<a href="/video/103380000.html">视频：记者带你看长三角最新的高铁站</a>',
        ),
        ("https://www.shili.com/news/103380019.html",),
        ("https://www.shili.com/news/103400000.html",),
        ("https://www.shili.com/news/", "https://www.shili.com/about/contact.html"),
    ),
    Case(
        "query ids",
        "https://www.shili.tv/list.jsp?cid=48",
        page(
            [
                "/detail.jsp?cid=48&id=20261",
                "/detail.jsp?cid=48&id=20260",
                "/detail.jsp?cid=51&id=20255",
                "/detail.jsp?cid=48&id=20251",
            ]
        ),
        ("https://www.shili.tv/detail.jsp?cid=48&id=20261",),
        ("https://www.shili.tv/detail.jsp?cid=53&id=20400",),
        ("https://www.shili.tv/list.jsp?cid=49",),
    ),
    Case(
        "html and shtml, two depths",
        "http://www.sh.shili.com.cn/",
        page(
            [
                "/kjjy/2026-11-20/145637.shtml",
                "/qxdt/2026-11-20/147549.shtml",
                "/chanjing/2026-11-19/136263.shtml",
                "/news/pd/2026-11-19/136001.shtml",
                "/news/pd/2026-11-18/135990.shtml",
            ],
            before=topic("/zhuanti/2026lh/index.shtml", "/zhuanti/2026jbh/index.shtml"),
        ),
        (
            "http://www.sh.shili.com.cn/kjjy/2026-11-20/145637.shtml",
            "http://www.sh.shili.com.cn/news/pd/2026-11-19/136001.shtml",
        ),
        ("http://www.sh.shili.com.cn/wenhua/2026-12-01/150000.shtml",),
        ("http://www.sh.shili.com.cn/zhuanti/2026lh/index.shtml",),
    ),
    Case(
        "letters and digits",
        "https://www.shilinews.com/k24",
        page(
            ["/detail/JR8wQLe1q2X", "/detail/A1bWQLe1q2Y", "/detail/9RbWQLe1qXX", "/detail/Zk3wNLe1q0b"],
            after='<a href="/program/ZkQl8mp0">节目：新闻坊每天傍晚准时与你见面</a>',
        ),
        ("https://www.shilinews.com/detail/JR8wQLe1q2X",),
        ("https://www.shilinews.com/detail/QQ3wNLe1qZb",),
        ("https://www.shilinews.com/k24", "https://www.shilinews.com/program/ZkQl8mp0"),
    ),
    Case(
        "JSON of a Nuxt API, whole addresses",
        "https://api.shili.cn/column/list?page=1",
        rows_of_json(
            '{"code": 0, "data": {"total": 9, "records": [%s]}}',
            lambda n: {
                "id": n,
                "cover": f"https://img.shili.cn/2026/{n}.jpg",
                "shareUrl": f"https://m.shili.cn/a/10{n}2345{n}?f=app",
                "name": HEADLINES[n],
                "pubTime": 1795100000000 + n,
            },
        ),
        ("https://m.shili.cn/a/10123451?f=app",),
        ("https://m.shili.cn/a/19999999?f=app",),
        ("https://m.shili.cn/about",),
    ),
)
