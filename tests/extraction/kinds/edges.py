"""Lines at the edges of a body that are none of it: players, signatures of systems, readers' words, related reading."""

from tests.extraction.kinds.shells import BRIDGE, LIBRARY, SHELLS, TEA, Page, bare, breaks, modern, paragraphs, tables

_REPORTS = (BRIDGE, LIBRARY, TEA)
_LAYOUTS = (paragraphs, breaks)

_BELOW: dict[str, tuple[tuple[str, ...], ...]] = {
    "player": (
        ("视频时长：02:13", "播放量 1.2万", "点赞 308 分享 收藏"),
        ("时长 00:45", "12,308次播放", "赞 12 | 踩 0"),
        ("播放：3402次", "时长：1分20秒", "顶：31 踩：2"),
        ("已播放 5.6万 次", "点赞数：120", "弹幕 32"),
    ),
    "old system": (
        ("（责任编辑：admin）", "顶一下", "(12)", "92.3%", "踩一下", "(1)", "7.7%"),
        ("责任编辑：许安", "------分隔线----------------------------", "顶一下 (0) 0% 踩一下 (0) 0%"),
        ("(责任编辑：织梦)", "织梦内容管理系统", "好文章，顶一下(3)", "文章真差，踩一下(0)"),
        ("【打印此文】 【收藏】 【关闭窗口】", "录入：admin", "更新日期：2009-03-02"),
    ),
    "original title": (
        ("原标题：大桥昨夜合龙",),
        ("（原题：《大桥昨夜合龙，六车道明年通车》）",),
        ("原文标题：大桥昨夜合龙 明年二月通车",),
        ("【原标题】大桥昨夜合龙",),
    ),
    "statement": (
        ("免责声明：本文来自江畔号作者，不代表江畔网的观点和立场。", "如有问题请联系客服投诉"),
        (
            "声明：转载此文是出于传递更多信息之目的，若有来源标注错误或侵犯了您的合法权益，请作者持权属证明与本网联系，我们将及时更正、删除，谢谢。",
        ),
        ("投诉建议：邮箱 help@river.example", "本站文章均由网友上传，如涉及版权问题请与我们联系处理。"),
        ("本文仅代表作者观点，不代表本站立场。", "文章内容仅供参考，不构成投资建议"),
    ),
    "app": (
        ("打开江畔新闻APP，查看更多精彩图片",),
        ("江畔新闻客户端 有温度的本地新闻", "下载"),
        ("更多城市资讯，尽在江畔APP",),
        ("点击下载江畔新闻客户端，看更多身边事",),
    ),
    "keywords": (
        ("关键词：大桥 运河 合龙",),
        ("本文标签：大桥,运河",),
        ("Tags: 大桥 运河", "分类：城市 | 标签：桥梁"),
        ("#运河大桥# #城市建设#",),
    ),
    "signed": (
        ("（记者 陆小舟 通讯员 程立）",),
        ("[记者 陆小舟]",),
        ("（江畔晚报记者 陆小舟 文/摄）",),
        ("【文字：陆小舟 摄影：程立】",),
    ),
    "follow": (
        ("关注江畔视角，每天读一个身边的故事",),
        ("欢迎关注微博@江畔视角，私信提供线索",),
        ("点点“在看”，让更多人看到", "觉得不错，请点赞转发"),
        ("喜欢就点个赞吧！", "↓↓↓ 更多好文请点击阅读原文"),
    ),
}
_WITHIN: dict[str, tuple[str, ...]] = {
    "follow": (
        "点击上方“江畔视角”关注我们",
        "欢迎关注江畔视角，获取更多资讯",
        "（长按下图二维码 关注江畔视角）",
        "关注公众号：江畔视角，回复“大桥”看更多",
    ),
    "gallery": ("图1/6", "[第3张/共8张]", "2 / 9 查看原图", "（3/12）"),
}


def _lines() -> dict[str, Page]:
    found = {}
    for kind, forms in _BELOW.items():
        for number, lines in enumerate(forms):
            report = _REPORTS[number % 3]
            layout = _LAYOUTS[number % 2]
            found[f"{kind} below, {number}"] = Page(SHELLS[number % 4](layout((*report, *lines))), report)
    for kind, furniture in _WITHIN.items():
        for number, line in enumerate(furniture):
            report = _REPORTS[number % 3]
            inner = _LAYOUTS[number % 2]((*report[:2], line, *report[2:]))
            found[f"{kind} within, {number}"] = Page(SHELLS[number % 4](inner), report)
    return found


_READERS = (
    "".join(f"<p>江边人{n}：修得好！</p><p>{n}楼 回复</p>" for n in range(1, 6)),
    "".join(
        f"<div><b>河畔{n}</b> 2026-11-2{n} 10:1{n}<br>终于等到这一天，支持。<br>回复 支持({n})</div>"
        for n in range(1, 6)
    ),
    "<ul>"
    + "".join(f"<li>茶客{n} 浙江杭州网友<span>好事情，点赞！</span><a>举报</a></li>" for n in range(1, 6))
    + "</ul>",
    "<table>"
    + "".join(
        f"<tr><td>[{n}楼] 匿名 2007-1-{n} 发表</td></tr><tr><td>早就该修了，支持一下。</td></tr>" for n in range(1, 6)
    )
    + "</table>",
)
_ABSTRACTS = "".join(
    f"<div class=item><a href='/a/{n}.html'>{name}</a><p>{text}</p><span>2026-11-1{n}</span></div>"
    for n, (name, text) in enumerate(
        (
            ("古镇的早市又热闹起来了", "天还没有亮，古镇的石板路上已经挤满了挑着担子的菜农，他们大多来自河对岸。"),
            ("跨省公交的末班车延到十点", "从下周一起，三条跨省公交线路的末班车都将推迟到晚上十点发车。"),
            ("稻田里来了无人收割机", "三台没有驾驶员的收割机昨天开进了圩区的稻田，一天收了两百亩。"),
        )
    )
)
_NOTICE = ("平湖县文化局", "2009年3月2日")


def _blocks() -> dict[str, Page]:
    found = {}
    for number, readers in enumerate(_READERS):
        report = _REPORTS[number % 3]
        found[f"readers below, {number}"] = Page(
            SHELLS[number % 4](_LAYOUTS[number % 2](report), after=f"<div>{readers}</div>"), report
        )
        found[f"readers in the article, {number}"] = Page(
            SHELLS[(number + 1) % 4](_LAYOUTS[number % 2](report) + readers), report
        )
    found |= {
        "abstracts below, 0": Page(modern(paragraphs(BRIDGE), after=f"<div>{_ABSTRACTS}</div>"), BRIDGE),
        "abstracts below, 1": Page(bare(paragraphs(LIBRARY[:2]), after=f"<h3>看看这些</h3>{_ABSTRACTS}"), LIBRARY[:2]),
        "abstracts below, 2": Page(tables(breaks(TEA) + f"<div>更多</div>{_ABSTRACTS}"), TEA),
        "abstracts below, 3": Page(
            modern(
                paragraphs(TEA),
                after="<dl>"
                + _ABSTRACTS.replace("<div class=item>", "<dt>")
                .replace("<p>", "</dt><dd>")
                .replace("</p>", "")
                .replace("</div>", "</dd>")
                + "</dl>",
            ),
            TEA,
        ),
        "notice, 0": Page(
            modern(paragraphs((*LIBRARY, *_NOTICE)) + "<p>附件：<a href='1.doc'>分馆名单.doc</a></p>"),
            (*LIBRARY, *_NOTICE),
        ),
        "notice, 1": Page(
            tables(breaks((*LIBRARY, *_NOTICE, "【打印】 【关闭】", "扫一扫在手机打开当前页"))), (*LIBRARY, *_NOTICE)
        ),
        "notice, 2": Page(
            bare(paragraphs((*LIBRARY, *_NOTICE)) + "<p>相关附件</p><p><a href=a.pdf>通知全文.pdf</a></p>"),
            (*LIBRARY, *_NOTICE),
        ),
        "notice, 3": Page(
            modern(
                paragraphs((*LIBRARY, "（此件公开发布）", *_NOTICE)) + "<p>分享到：</p><p>主办单位：平湖县文化局</p>"
            ),
            (*LIBRARY, "（此件公开发布）", *_NOTICE),
        ),
        "neighbours, 0": Page(
            modern(paragraphs(BRIDGE) + "<p>上一篇：没有了</p><p>下一篇：古镇的早市又热闹起来了</p>"), BRIDGE
        ),
        "neighbours, 1": Page(
            tables(breaks(TEA) + "<br>上一条：<a href=1>古镇的早市</a><br>下一条：<a href=2>运河书店</a>"), TEA
        ),
        "neighbours, 2": Page(bare(paragraphs(TEA) + "<p>&lt;&lt; 上一篇</p><p>下一篇 &gt;&gt;</p>"), TEA),
        "neighbours, 3": Page(
            modern(
                paragraphs(TEA)
                + "<div><span>上篇：</span>古镇的早市又热闹起来了</div><div><span>下篇：</span>没有了</div>"
            ),
            TEA,
        ),
    }
    return found


_OF_ITS_OWN = (
    "这家公司在1998年的年报里写着“版权所有 翻印必究”八个字，老馆长至今记得。",
    "书的末页印有Copyright字样，下面是七个孩子的名字，也是他们的第一本书。",
    "本网版权所有的照片一共四百张，全部捐给了县档案馆，市民可以免费查阅。",
    "顶一下的习惯来自二十年前的论坛，如今馆员在留言簿上也这样写。",
    "点赞的人多了，许师傅反而不好意思，说自己只是每天多走了几步路。",
    "回复的速度是群众最在意的，文化局承诺三天之内每条都有答复。",
    "声明里写得清楚，这批书不设押金，丢了也不罚款。",
    "关键词：慢，是茶农对这个冬天的总结。",
)


def _own() -> dict[str, Page]:
    found = {}
    for number, sentence in enumerate(_OF_ITS_OWN):
        report = _REPORTS[number % 3]
        for cut in (2, 5):
            body = (*report[:cut], sentence, *report[cut:])
            found[f"a sentence like furniture, {number} {cut}"] = Page(
                SHELLS[number % 4](_LAYOUTS[number % 2](body)), body
            )
    return found


PAGES = {**_lines(), **_blocks(), **_own()}
