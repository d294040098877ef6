"""What resembles floors, abstracts and edges and is the article's own; and further edges that are not."""

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
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

_ANSWERS = (
    "网友“江边人”问",
    "桥下的停车场收不收费，晚上能不能停一整夜？",
    "县交通局回复",
    "停车场前两小时免费，之后每小时两元，夜里八点到早上七点不收费。",
    "网友“茶客”问",
    "公交车过桥以后，老渡口的轮渡会不会停？",
    "县交通局回复",
    "轮渡保留，班次按季节调整，老年人免费。",
    "网友“河畔”问",
    "慢行道能不能骑电动车？",
    "县交通局回复",
    "可以，限速十五公里。",
)
_TIMES = (
    "11月20日 08:15",
    "第一艘货船从桥下通过，船长鸣笛致意。",
    "11月20日 10:30",
    "桥面开始铺设沥青，两台摊铺机并排前进。",
    "11月21日 09:00",
    "路灯试亮，岸边站满了拍照的人。",
)
_HOUSES = ("1号楼 96户", "2号楼 88户", "3号楼 102户", "5号楼 64户")
_BOOKS = "".join(
    f"<div><h3>{name}</h3><p>{text}</p></div>"
    for name, text in (
        ("《运河的桥》", "写了四十座桥的来历，每座桥都配了老照片，附有手绘的地图。"),
        ("《渡口》", "一位摆渡人的口述，语言朴素，读来像坐在船上听他说话。"),
        ("《水边的人》", "二十个家庭的故事，时间从一九五八年写到去年冬天。"),
    )
)
_BOOK_LINES = (
    "《运河的桥》",
    "写了四十座桥的来历，每座桥都配了老照片，附有手绘的地图。",
    "《渡口》",
    "一位摆渡人的口述，语言朴素，读来像坐在船上听他说话。",
    "《水边的人》",
    "二十个家庭的故事，时间从一九五八年写到去年冬天。",
)
_LIST = "".join(
    f"<li><a href='/a/{n}.html'>{name}</a><span>2026-11-1{n}</span><div>{text}</div></li>"
    for n, (name, text) in enumerate(
        (
            ("古镇的早市", "天还没有亮，古镇的石板路上已经挤满了挑着担子的菜农，他们大多来自河对岸。"),
            ("末班车延到十点", "从下周一起，三条跨省公交线路的末班车都将推迟到晚上十点发车。"),
            ("无人收割机", "三台没有驾驶员的收割机昨天开进了圩区的稻田，一天收了两百亩。"),
        )
    )
)

PAGES = {
    "keeps, answers of an office": Page(modern(paragraphs((*LIBRARY, *_ANSWERS))), (*LIBRARY, *_ANSWERS)),
    "keeps, answers in breaks": Page(tables(breaks((*BRIDGE[:2], *_ANSWERS))), (*BRIDGE[:2], *_ANSWERS)),
    "keeps, a diary of hours": Page(modern(paragraphs((*BRIDGE, *_TIMES))), (*BRIDGE, *_TIMES)),
    "keeps, houses": Page(modern(paragraphs((*LIBRARY, *_HOUSES))), (*LIBRARY, *_HOUSES)),
    "keeps, houses and then text": Page(
        bare(paragraphs((*LIBRARY[:3], *_HOUSES, *LIBRARY[3:]))), (*LIBRARY[:3], *_HOUSES, *LIBRARY[3:])
    ),
    "keeps, books": Page(modern(paragraphs(LIBRARY) + _BOOKS), (*LIBRARY, *_BOOK_LINES)),
    "keeps, a quotation in brackets": Page(
        modern(paragraphs((*TEA, "（本文作者许安为祁门县茶农，口述整理于二〇二六年冬天。）"))),
        (*TEA, "（本文作者许安为祁门县茶农，口述整理于二〇二六年冬天。）"),
    ),
    "keeps, a list after a colon": Page(
        modern(paragraphs((*BRIDGE, "通车线路如下：", "K101路", "K205路", "旅游3号线"))),
        (*BRIDGE, "通车线路如下：", "K101路", "K205路", "旅游3号线"),
    ),
    "keeps, an address and a telephone": Page(
        editor(paragraphs((*LIBRARY, "报名电话：0573-00000000", "地址：平湖市滨河路8号"))),
        (*LIBRARY, "报名电话：0573-00000000", "地址：平湖市滨河路8号"),
    ),
    "keeps, a poem about likes": Page(
        bare(paragraphs((*TEA, "茶山在雨里", "人在茶山里", "赞一声好茶"))),
        (*TEA, "茶山在雨里", "人在茶山里", "赞一声好茶"),
    ),
    "edges, abstracts in items": Page(tables(breaks(TEA), after=f"<ul>{_LIST}</ul>"), TEA),
    "edges, abstracts under the article": Page(bare(paragraphs(BRIDGE) + f"<ul>{_LIST}</ul>"), BRIDGE),
    "edges, comments of a platform": Page(
        modern(
            paragraphs(LIBRARY),
            after="<div><span>全部评论</span><span>5</span></div>"
            + "".join(
                f"<div><a>茶客{n}</a><p>真方便，老人不用跑远路了</p><span>浙江</span><span>3天前</span><span>回复</span><span>{n}</span></div>"
                for n in range(1, 6)
            ),
        ),
        LIBRARY,
    ),
    "edges, votes": Page(
        modern(paragraphs(TEA) + "<div>您看完此新闻的心情</div><div>高兴 0</div><div>感动 1</div><div>难过 0</div>"),
        TEA,
    ),
    "edges, print and codes": Page(
        tables(breaks(BRIDGE) + "<br>[关闭窗口]<br>文章录入：许安　责任编辑：程立<br>发表评论　告诉好友　打印此文"),
        BRIDGE,
    ),
    "edges, readers also": Page(
        editor(paragraphs(LIBRARY) + f"<p>大家还看了</p><ul>{NEWEST}</ul><p>热门推荐</p>"), LIBRARY
    ),
    "edges, on the phone": Page(
        modern(paragraphs(TEA) + "<p>用手机看新闻</p><p>扫描左侧二维码</p><p>微信“扫一扫”分享到朋友圈</p>"), TEA
    ),
}
