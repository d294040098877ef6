"""Further forms of the kinds: bodies that wait in scripts, data and templates, or stand in one block; as `further`."""

import json
from collections.abc import Sequence

from tests.extraction.kinds.shells import (
    BRIDGE,
    LIBRARY,
    TEA,
    Page,
    bare,
    editor,
    modern,
    paragraphs,
    tables,
)

PAGES: dict[str, Page] = {}


def _add(name: str, html: str, texts: Sequence[str]) -> None:
    PAGES[f"further, {name}"] = Page(html, tuple(texts))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_APP = "<div id=app></div>"
_add(
    "w1",
    modern(
        _APP
        + "<script>window.__INITIAL_STATE__="
        + _json(
            {
                "detail": {"title": "梅浦大桥合龙", "content": [{"cnt_type": 1, "desc": t} for t in BRIDGE]},
                "hot": [{"title": "古镇早市又热闹起来了", "desc": TEA[0], "url": "/1"}] * 8,
            }
        )
        + "</script>"
    ),
    BRIDGE,
)
_add(
    "w2",
    modern(
        _APP
        + "<script>var data="
        + _json(
            {
                "code": 0,
                "data": {
                    "article": {"richText": paragraphs(LIBRARY), "summary": LIBRARY[0]},
                    "comments": [{"user": "a", "text": TEA[1]} for _ in range(9)],
                },
            }
        )
        + "</script>"
    ),
    LIBRARY,
)
_add("w3", bare(_APP + "<script>$(function(){$('#c').html('" + paragraphs(TEA) + "');})</script>"), TEA)
_add(
    "w4",
    modern(_APP + "<script type='text/x-handlebars-template'><h2>{{title}}</h2>" + paragraphs(LIBRARY) + "</script>"),
    LIBRARY,
)
_add("w5", modern(f"<textarea class=hide>{paragraphs(LIBRARY)}</textarea>{_APP}"), LIBRARY)
_add(
    "w6",
    modern(
        _APP
        + "<script id=__NUXT_DATA__ type='application/json'>"
        + _json(
            [
                {"a": 1},
                {"list": 2},
                [3, 5, 7],
                {"t": 4},
                BRIDGE[0],
                {"t": 6},
                BRIDGE[1],
                {"t": 8},
                BRIDGE[2],
                "版权所有",
                "梅浦大桥合龙",
            ]
        )
        + "</script>"
    ),
    BRIDGE[:3],
)
_add(
    "w7",
    modern(
        _APP
        + "<script>window.__NUXT__=(function(a,b,c,d,e,f){a.body=[{p:b},{p:c},{p:d}];return {state:a}}({},"
        + ",".join(_json(t) for t in LIBRARY[:3])
        + ",true,null))</script>"
    ),
    LIBRARY[:3],
)
_add("w8", modern(_APP + "<script>var s=" + _json(_json({"x": {"paras": list(TEA)}})) + ";</script>"), TEA)
_add("b1", modern("<div style='white-space:pre-wrap'>" + "\n\n".join(TEA) + "</div>"), TEA)
_add("b2", modern("<p>" + "\n".join("　　" + t for t in TEA) + "</p>"), TEA)
_add("b3", tables("".join("&emsp;&emsp;" + t for t in TEA)), TEA)
_add("b4", modern("<pre><code>" + "\r\n".join(TEA) + "</code></pre>"), TEA)
_add(
    "x1",
    modern(
        paragraphs(BRIDGE[:2])
        + "<div id=more><a onclick=f()>展开阅读全文</a></div><div id=hide_content style='display:none'>"
        + paragraphs(BRIDGE[2:])
        + "</div>"
    ),
    BRIDGE,
)
_add(
    "x2",
    modern(
        f"<div class=fold-wrap style='max-height:300px;overflow:hidden'>{paragraphs(BRIDGE)}</div><div class=fold-btn>展开全文 ∨</div>"
    ),
    BRIDGE,
)
_add(
    "x3",
    editor(
        paragraphs(BRIDGE[:1])
        + "<span class=more>全文</span><span class=less style='display:none'>收起</span><div style='display: none;'>"
        + paragraphs(BRIDGE[1:])
        + "</div>"
    ),
    BRIDGE,
)
_add(
    "p1",
    modern(
        "".join(
            f"<div class=part><p>{a}</p></div><div class=gg><a href=1><img src=a.jpg></a><em>广告</em></div>"
            for a in BRIDGE
        )
    ),
    BRIDGE,
)
_add(
    "p2",
    modern(
        f"<div class=art-1>{paragraphs(BRIDGE[:3])}</div><div class=rel><a href=1>运河边新开了一家书店很安静</a></div><div class=art-2>{paragraphs(BRIDGE[3:])}</div>"
    ),
    BRIDGE,
)
_add(
    "f1",
    modern(paragraphs(("地点：梅浦渡口旧址，坐三路公交到终点。", "时间：本周日下午两点半。", *BRIDGE[:2]))),
    ("地点：梅浦渡口旧址，坐三路公交到终点。", "时间：本周日下午两点半。", *BRIDGE[:2]),
)
_add(
    "f2",
    bare(paragraphs(("2026年11月20日凌晨两点，最后一段箱梁落位。", *BRIDGE[1:]))),
    ("2026年11月20日凌晨两点，最后一段箱梁落位。", *BRIDGE[1:]),
)
_add(
    "f3",
    modern(paragraphs(("发布时间定在周五，是因为当天船最少。", *BRIDGE[1:]))),
    ("发布时间定在周五，是因为当天船最少。", *BRIDGE[1:]),
)
