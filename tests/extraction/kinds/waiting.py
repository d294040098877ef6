"""Articles that wait in scripts and templates until the page's own program shows them."""

import json

from tests.extraction.kinds.shells import BRIDGE, LIBRARY, TEA, Page, bare, modern, paragraphs, tables

_APP = "<div id=app></div>"
_NL = "\n"


def _script(text: str, attributes: str = "") -> str:
    return f"<script {attributes}>{text}</script>"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("/", "\\u002F")


def _pieces() -> dict[str, Page]:
    blocks = [{"type": "text", "text": text} for text in BRIDGE]
    editor = {"blocks": [{"type": "paragraph", "data": {"text": text}} for text in TEA], "version": "2.29"}
    nodes = [{"tag": "p", "children": [text]} for text in LIBRARY]
    mixed = [{"type": "img", "url": "/1.jpg"}, *({"type": "txt", "value": f"<p>{text}</p>"} for text in BRIDGE)]
    noise = {"menu": [{"name": name} for name in ("首页", "要闻")], "footer": "江畔网版权所有。", "id": 8812}
    recommended = [{"title": text[:14], "summary": text} for text in TEA[:2]]
    return {
        "pieces of text": Page(
            modern(
                _APP
                + _script(_dumped({"props": {"contents": blocks, **noise}}), "type=application/json id=__NEXT_DATA__")
            ),
            BRIDGE,
        ),
        "a list of strings": Page(
            modern(_APP + _script(f"window.__DATA__={_dumped({'paragraphs': list(LIBRARY), **noise})};")), LIBRARY
        ),
        "an editor's blocks": Page(
            bare(_APP + _script(f"var state = {_dumped({'article': {'body': editor}, 'rec': recommended})};")), TEA
        ),
        "nodes of a tree": Page(tables(_APP + _script(f"render({_dumped({'nodes': nodes, **noise})})")), LIBRARY),
        "pictures between pieces": Page(
            modern(_APP + _script(f"window.INIT={_dumped({'list': mixed, 'more': recommended})}")), BRIDGE
        ),
    }


def _flat() -> dict[str, Page]:
    html = "".join(f"<p>{text}</p>" for text in BRIDGE)
    escaped = _dumped(html)
    nuxt = f'window.__NUXT__=(function(a,b,c,d){{return {{layout:"default",data:[{{detail:{{id:a,content:d,title:b}}}}],error:c}}}}("8812","大桥",null,{escaped}));'
    lines = f"window.__NUXT__=(function(a,b,c){{return {{data:[{{text:[a,b,c]}}]}}}}({','.join(_dumped(text) for text in TEA)}));"
    flat = json.dumps(
        [["Reactive", 1], {"detail": 2}, {"title": 3, "content": 4}, "梅浦大桥合龙", html], ensure_ascii=False
    )
    pieces = json.dumps([{"paras": 1}, [2, 3, 4, 5, 6], *LIBRARY, "江畔网"], ensure_ascii=False)
    inner = _dumped({"data": {"newsContent": html}})
    return {
        "arguments of a function": Page(modern(_APP + _script(nuxt)), BRIDGE),
        "arguments in pieces": Page(bare(_APP + _script(lines)), TEA),
        "a flat list": Page(modern(_APP + _script(flat, "type=application/json id=__NUXT_DATA__")), BRIDGE),
        "a flat list of pieces": Page(
            modern(_APP + _script(pieces, "type=application/json id=__NUXT_DATA__")), LIBRARY
        ),
        "JSON in a string": Page(
            modern(_APP + _script(f"var page = JSON.parse({json.dumps(inner, ensure_ascii=False)});")), BRIDGE
        ),
        "JSON in a string in quotes": Page(
            tables(_APP + _script("var page = JSON.parse('" + inner.replace("\\", "\\\\").replace("'", "\\'") + "');")),
            BRIDGE,
        ),
        "JSON in JSON": Page(
            modern(
                _APP
                + _script(
                    json.dumps({"state": json.dumps({"body": html}, ensure_ascii=False)}, ensure_ascii=False),
                    "type=application/json",
                )
            ),
            BRIDGE,
        ),
        "half an emoji": Page(
            modern(_APP + _script(f'var news={{"content":"{TEA[0]}\\ud83d\\n{TEA[1]}\\n{TEA[2]}"}};')), TEA[:3]
        ),
        "backticks": Page(modern(_APP + _script(f"const article = {{ content: `{html}` }};")), BRIDGE),
    }


def _markup() -> dict[str, Page]:
    html = paragraphs(LIBRARY)
    escaped = html.replace("<", "&lt;").replace(">", "&gt;")
    return {
        "text/template": Page(modern(_APP + _script(html, "type=text/template id=tpl")), LIBRARY),
        "text/html": Page(tables(_APP + _script(f"<div class=a>{html}</div>", "type='text/html'")), LIBRARY),
        "text/x-template": Page(
            bare(_APP + _script(_NL.join(f"<p>{text}</p>" for text in TEA), "type=text/x-template")), TEA
        ),
        "textarea": Page(modern(f"<textarea style='display:none' id=con>{escaped}</textarea>{_APP}"), LIBRARY),
        "textarea as typed": Page(modern(f"<textarea readonly>{_NL.join(TEA)}</textarea>"), TEA),
        "textarea unescaped": Page(tables(f"<textarea id=txt>{html}</textarea>"), LIBRARY),
        "template": Page(bare(f"{_APP}<template id=t>{html}</template>"), LIBRARY),
        "noscript": Page(modern(f"{_APP}<noscript>{html}</noscript>"), LIBRARY),
        "xmp": Page(modern(f"{_APP}<xmp>{html}</xmp>"), LIBRARY),
    }


PAGES = {**_pieces(), **_flat(), **_markup()}
