"""Further forms of the kinds, written after the rules and before they were tried on them."""

from collections.abc import Sequence

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

PAGES: dict[str, Page] = {}


def _add(name: str, html: str, texts: Sequence[str]) -> None:
    PAGES[f"further, {name}"] = Page(html, tuple(texts))


for i, s in enumerate(
    [
        "相关链接显示，这批书早在九月就已经到馆。",
        "延伸服务到村以后，借书的老人多了四成。",
        "猜你喜欢的功能被馆员笑称为“碰运气”。",
        "转载请注明出处的小字印在每张书签背面，是馆长的主意。",
        "编辑：这两个字印在扉页上，底下是七个孩子的名字。",
        "来源：县志卷三，馆里存有影印本。",
        "责任编辑是个退休教师，已经校了十一本书。",
        "扫描书脊上的二维码，就能听到作者自己念的一段。",
        "上一篇写的是渡口，这一篇写桥。",
        "本文写成时，最后一箱书刚刚上架。",
        "THE END是孩子们最先学会的英文。",
        "提示：借书证在省内二十三个馆通用。",
    ]
):
    _add(f"end{i}", SHELLS[i % 4](paragraphs((*LIBRARY[:2], s, *LIBRARY[2:]))), (*LIBRARY[:2], s, *LIBRARY[2:]))
    _add(f"endlast{i}", SHELLS[(i + 1) % 4](paragraphs((*LIBRARY, s))), (*LIBRARY, s))
for i, (s, rest) in enumerate(
    [
        ("责任编辑：许安", ""),
        ("（完）", ""),
        ("【纠错】", ""),
        ("[编辑:程立]", ""),
        ("来源：平湖日报", ""),
        ("（来源：平湖日报 记者 许安）", ""),
        ("更多精彩，请关注“平湖发布”", ""),
        ("相关阅读：", "<ul><li><a href=1>运河沿线的桥有多少座你知道吗</a></li></ul>"),
        (
            "【相关新闻】",
            "<p><a href=1>运河沿线的桥有多少座你知道吗</a></p><p><a href=2>夜里修桥的人们都在想些什么</a></p>",
        ),
        ("版权声明：凡本网注明来源的作品，版权均属于本网，未经授权不得转载。", ""),
        ("本网站转载信息目的在于传递更多信息，不代表本网站观点。", ""),
        ("如需转载，请与本报联系。", ""),
    ]
):
    if s == "（完）":
        continue
    _add(f"realend{i}", SHELLS[i % 4](paragraphs((*BRIDGE, s)) + rest), BRIDGE)
_add(
    "c1",
    modern(
        paragraphs(BRIDGE[:2]),
        after="<div><div>网友留言</div>"
        + "".join(
            f"<div><span>用户{n}</span><span>昨天 10:0{n}</span><p>这桥修得好，我家就在桥边上，每天看着它长起来，心里真高兴。{n}</p><span>回复</span></div>"
            for n in range(5)
        )
        + "</div>",
    ),
    BRIDGE[:2],
)
_add(
    "c2",
    tables(
        breaks(BRIDGE[:2]),
        after="<table><tr><td>相关评论</td></tr>"
        + "".join(
            f"<tr><td>网友：匿名 2007-1-{n}</td></tr><tr><td>这桥修得好，我家就在桥边上，每天看着它长起来，心里真高兴。{n}</td></tr>"
            for n in range(1, 6)
        )
        + "</table>",
    ),
    BRIDGE[:2],
)
_add(
    "c3",
    bare(
        paragraphs(TEA[:2]),
        after="<section><h3>评论 5</h3>"
        + "".join(
            f"<article><header>茶客{n}</header><p>茶园铺草真的有用，我家也试过，第二年早采了一个星期左右，就是费工。{n}</p><footer>3 天前 · 赞 2</footer></article>"
            for n in range(5)
        )
        + "</section>",
    ),
    TEA[:2],
)
_add(
    "c4",
    modern(
        paragraphs(TEA[:2]),
        after="<div class=x><div class=y><b>发表评论</b></div><form><textarea>写下你的看法</textarea></form>"
        + "".join(
            f"<div class=z><em>ID{n}</em><p>茶园铺草真的有用，我家也试过，第二年早采了一个星期左右，就是费工。{n}</p><i>2026-11-2{n}</i></div>"
            for n in range(5)
        )
        + "</div>",
    ),
    TEA[:2],
)
_NAMES = [f"{a}{b}" for a in "赵钱孙李周吴郑王" for b in ("建国", "小红", "志远", "海燕", "明", "文博")]
_add("l1", modern(paragraphs((BRIDGE[0], "获奖名单：", *_NAMES))), (BRIDGE[0], "获奖名单：", *_NAMES))
_add("l2", editor(spans((BRIDGE[0], *_NAMES))), (BRIDGE[0], *_NAMES))
_add("l3", tables(breaks((BRIDGE[0], *_NAMES, BRIDGE[1]))), (BRIDGE[0], *_NAMES, BRIDGE[1]))
_add(
    "l4",
    modern(
        paragraphs(BRIDGE[:1]) + "<div>" + "".join(f"<p>{n}</p>" for n in _NAMES) + "</div>" + paragraphs(BRIDGE[1:2])
    ),
    (BRIDGE[0], *_NAMES, BRIDGE[1]),
)
_add(
    "l5",
    modern(
        paragraphs(BRIDGE[:1]) + "<dl>" + "".join(f"<dt>{n}</dt><dd>{i}票</dd>" for i, n in enumerate(_NAMES)) + "</dl>"
    ),
    (BRIDGE[0], *(x for i, n in enumerate(_NAMES) for x in (n, f"{i}票"))),
)
_add("l6", bare("".join(f"<p>{n}</p>" for n in _NAMES[:40]) + paragraphs(BRIDGE[:2])), (*_NAMES[:40], *BRIDGE[:2]))
_add(
    "l7",
    modern(
        paragraphs(BRIDGE[:1])
        + "<table><tbody>"
        + "".join(f"<tr><td><p><span>{n}</span></p></td><td><p>{i}号</p></td></tr>" for i, n in enumerate(_NAMES))
        + "</tbody></table>"
        + paragraphs(BRIDGE[1:])
    ),
    (BRIDGE[0], *(x for i, n in enumerate(_NAMES) for x in (n, f"{i}号")), *BRIDGE[1:]),
)
_add(
    "l8",
    modern(
        "<p>" + BRIDGE[0] + "</p>" + "".join(f"<p><strong>{n}</strong></p><p>{i * 3}</p>" for i, n in enumerate(_NAMES))
    ),
    (BRIDGE[0], *(x for i, n in enumerate(_NAMES) for x in (n, str(i * 3)))),
)


def _link(name: str) -> str:
    return f"<a href='/t/{name}'>{name}</a>"


_add(
    "k1",
    modern(
        paragraphs((BRIDGE[0], "沿线的五座桥是："))
        + "<ul>"
        + paragraphs([_link(x) for x in ("东门桥", "梅浦大桥", "陆家桥", "新塘桥", "北闸桥")], "li")
        + "</ul>"
        + paragraphs(BRIDGE[1:])
    ),
    (BRIDGE[0], "沿线的五座桥是：", "东门桥", "梅浦大桥", "陆家桥", "新塘桥", "北闸桥", *BRIDGE[1:]),
)
_add(
    "k2",
    modern(
        paragraphs(BRIDGE[:1])
        + "<p>"
        + "、".join(_link(x) for x in ("东门桥", "陆家桥", "新塘桥", "北闸桥"))
        + "</p>"
        + paragraphs(BRIDGE[1:])
    ),
    (BRIDGE[0], "东门桥、陆家桥、新塘桥、北闸桥", *BRIDGE[1:]),
)
_add(
    "k3",
    tables(
        breaks(BRIDGE[:2])
        + "<table>"
        + "".join(
            f"<tr><td>{_link(x)}</td><td>{i}米</td></tr>"
            for i, x in enumerate(("东门桥", "陆家桥", "新塘桥", "北闸桥"))
        )
        + "</table>"
    ),
    (*BRIDGE[:2], "东门桥", "0米", "陆家桥", "1米", "新塘桥", "2米", "北闸桥", "3米"),
)
_add(
    "h1", modern(paragraphs(("平湖：一张证借遍二十三个分馆", *LIBRARY)), title="平湖：一张证借遍二十三个分馆"), LIBRARY
)
_add(
    "h2",
    bare(paragraphs(("一张证，借遍二十三个分馆，这在三年前想都不敢想。", *LIBRARY)), title="一张证，借遍二十三个分馆"),
    ("一张证，借遍二十三个分馆，这在三年前想都不敢想。", *LIBRARY),
)
_add("g1", modern("".join(f"<p><img src={i}.jpg></p><p>{t}</p><p>{i + 1}/5</p>" for i, t in enumerate(BRIDGE))), BRIDGE)
