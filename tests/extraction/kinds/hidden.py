"""Text that is broken without elements, collapsed, followed by comments, or in parts of its own."""

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
    NEWEST,
    SHELLS,
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


def _typed() -> dict[str, Page]:
    wide = [f"　　{text}" for text in BRIDGE]
    return {
        "typed in pre": Page(modern(f"<pre>{(_NL * 2).join(wide)}</pre>"), BRIDGE),
        "typed in pre, single": Page(tables(f"<pre class=news>{_NL.join(LIBRARY)}</pre>"), LIBRARY),
        "typed in pre-wrap": Page(bare(f"<div style='white-space: pre-wrap'>{_NL.join(TEA)}</div>"), TEA),
        "typed in pre-line": Page(editor(f"<p style='color:#333;white-space:pre-line;'>{_NL.join(TEA)}</p>"), TEA),
        "wide blanks in one paragraph": Page(modern(f"<p>{''.join(wide)}</p>"), BRIDGE),
        "wide blanks in a cell": Page(tables(_NL.join(wide)), BRIDGE),
        "wide blanks in a part": Page(bare(f"<div>{' '.join(f'&#12288;&#12288;{text}' for text in TEA)}</div>"), TEA),
        "four plain blanks": Page(
            modern(f"<div>{''.join(f'&nbsp;&nbsp;&nbsp;&nbsp;{text}' for text in TEA)}</div>"), TEA
        ),
        "source broken by its editor": Page(
            modern("".join(f"<p>\n    {text[:20]}\n    {text[20:]}\n</p>" for text in LIBRARY)),
            tuple(f"{text[:20]} {text[20:]}" for text in LIBRARY),
        ),
    }


def _collapsed() -> dict[str, Page]:
    rest = paragraphs(BRIDGE[2:])
    first = paragraphs(BRIDGE[:2])
    more = "<a href='javascript:;'>展开全文</a>"
    return {
        "collapsed by style": Page(
            modern(f"{first}<p class=open>{more}</p><div style='display:none'>{rest}</div>"), BRIDGE
        ),
        "collapsed by class": Page(modern(f"{first}<div class='rest hide'>{rest}</div><div>{more}</div>"), BRIDGE),
        "collapsed by attribute": Page(bare(f"{first}<button>展开剩余60%</button><div hidden>{rest}</div>"), BRIDGE),
        "collapsed in details": Page(editor(f"{first}<details><summary>阅读全文</summary>{rest}</details>"), BRIDGE),
        "collapsed in a modal": Page(
            tables(
                f"{breaks(BRIDGE[:2])}<br><span onclick=show()>点击展开全文 ↓</span><div id=hiddenText style='DISPLAY: none;'>{breaks(BRIDGE[2:])}</div>"
            ),
            BRIDGE,
        ),
        "paragraphs not shown": Page(
            modern(
                first
                + "".join(f"<p style='display:none'>{text}</p>" for text in BRIDGE[2:])
                + f"<div class=unfold>{more}</div>"
            ),
            BRIDGE,
        ),
        "a hidden pop-up": Page(
            modern(
                paragraphs(TEA)
                + "<div style='display:none'><p>您还没有登录，请先登录后再发表您的看法，谢谢合作。</p></div>"
            ),
            TEA,
        ),
    }


_SAID = (
    "我每天要从梅浦开到对岸上班，绕一大圈堵起来要一个多小时，这座桥我们盼了七八年了，真的不容易。",
    "慢行道宽是好事，希望桥头的红绿灯也能配好，不然电动车上桥下桥还是危险，最好修一条专用的坡道。",
    "夜里吊装声音其实不大，我家离桥只有四百米，基本没有受影响，给师傅们点个赞，江上风大辛苦了。",
    "想问一下通车以后公交会不会过桥？两边的公交现在都是断头的，老人去对岸看病只能打车，来回要八十。",
    "荷载试验一定要做扎实，安全第一，不着急这一两个月，桥上的灯也请不要太亮，河边有候鸟过冬的。",
)


def _comments() -> dict[str, Page]:
    two = BRIDGE[:2]
    boxes = "".join(
        f"<div class=m><b>浪花{n}号</b> <i>2026-11-2{n} 10:1{n}</i><p>{text}</p></div>" for n, text in enumerate(_SAID)
    )
    items = "".join(
        f"<li><span>网友 水乡{n}</span><p>{text}</p><a href=#>回复</a> <a href=#>赞({n})</a></li>"
        for n, text in enumerate(_SAID)
    )
    rows = "".join(
        f"<tr><td>第{n}楼 江边人{n} 发表于 2006-11-2{n} 09:1{n}</td></tr><tr><td>{text}</td></tr>"
        for n, text in enumerate(_SAID, 1)
    )
    dl = "".join(f"<dt>游客{n} 11月2{n}日 12:0{n}</dt><dd>{text}</dd>" for n, text in enumerate(_SAID))
    plain = "".join(f"<p>江边人{n}（11-2{n} 08:3{n}）</p><p>{text}</p>" for n, text in enumerate(_SAID))
    return {
        "comments in boxes": Page(
            modern(paragraphs(two), after=f"<div class=msgs><h3>网友评论</h3>{boxes}</div>"), two
        ),
        "comments in a list": Page(bare(paragraphs(two), after=f"<h3>最新留言</h3><ul>{items}</ul>"), two),
        "comments in a table": Page(
            tables(breaks(two), after=f"<table><tr><td>我来说两句</td></tr>{rows}</table>"), two
        ),
        "comments as definitions": Page(
            editor(paragraphs(two), after=f"<div><div>全部评论（5）</div><dl>{dl}</dl></div>"), two
        ),
        "comments beside the text": Page(modern(paragraphs(two) + f"<h4>热门跟帖</h4>{plain}"), two),
        "comments with a counter": Page(
            modern(paragraphs(two), after=f"<div class=x9><p>5条评论</p>{boxes}</div>"), two
        ),
        "comments are the subject": Page(
            modern(paragraphs(two) + "<p><strong>网友评论</strong></p>" + paragraphs(TEA[1:4])),
            (*two, "网友评论", *TEA[1:4]),
        ),
    }


def _one_paragraph() -> dict[str, Page]:
    text = ("今天上午九点零三分，梅浦到对岸的最后一班渡船离岸，摆渡了四十年的渡口从此关闭。",)
    many = "".join(f"<li><a href='/b/{n}.html'>运河沿线第{n}座桥的建设进展公布</a></li>" for n in range(30))
    return {
        f"one paragraph among links, {number}": Page(
            shell((paragraphs, breaks)[number % 2](text), title="梅浦渡口今天关闭", after=f"<ul>{many}</ul>"),
            text,
            "梅浦渡口今天关闭",
        )
        for number, shell in enumerate(SHELLS)
    }


def _parts() -> dict[str, Page]:
    advert = "<div class=gg><span>广告</span><a href=/x><img src=/ad.jpg></a></div>"
    a, b, c = (paragraphs(TEA[:2]), paragraphs(TEA[2:3]), paragraphs(TEA[3:]))
    return {
        "parts by an advertisement": Page(modern(f"<div>{a}</div>{advert}<div>{b}</div>{advert}<div>{c}</div>"), TEA),
        "parts by a list": Page(bare(f"<div>{a}</div><ul>{NEWEST}</ul><div>{b}{c}</div>"), TEA),
        "parts by a video": Page(
            verdict="video",
            html=modern(
                f"{a}<div class=player><video src=/a.mp4></video><span>00:00</span>/<span>01:32</span><span>倍速</span><span>全屏</span></div>{b}{c}"
            ),
            paragraphs=TEA,
        ),
        "parts in cells": Page(
            tables(f"<table><tr><td>{breaks(TEA[:2])}</td></tr><tr><td>{breaks(TEA[2:])}</td></tr></table>"), TEA
        ),
    }


PAGES = {**_typed(), **_collapsed(), **_comments(), **_one_paragraph(), **_parts()}
