"""Runs of short or formulaic lines, tables and lists of links, galleries: all of it is the article."""

from itertools import pairwise

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
    tables,
)

_ROADS = ("解放", "人民", "滨河", "建设", "东门", "长虹", "学院", "沙家", "虎丘", "桃坞", "平江", "南门")
_TOWNS = (
    "南京",
    "苏州",
    "无锡",
    "常州",
    "镇江",
    "扬州",
    "泰州",
    "南通",
    "盐城",
    "淮安",
    "宿迁",
    "徐州",
    "合肥",
    "芜湖",
)
_FORMULAS = {
    "weather": [
        f"{town}：多云转晴，东南风三到四级，气温{low}到{low + 9}度，相对湿度百分之{60 + low}。"
        for low, town in enumerate(_TOWNS)
    ],
    "league": [
        f"第{rank}名是{town}队，踢了{20 + rank}场，积{60 - rank}分，净胜球{30 - 2 * rank}个。"
        for rank, town in enumerate(_TOWNS, 1)
    ],
    "trains": [
        f"G{7000 + n}次列车由{a}站开往{b}站，06:{10 + n}开车，票价{39 + n}元，途中停靠两站。"
        for n, (a, b) in enumerate(pairwise(_TOWNS))
    ],
    "fines": [
        f"{town}一家食品公司因为标签不合格被罚款{n + 1}万元，并被责令在三十天之内完成整改。"
        for n, town in enumerate(_TOWNS)
    ],
    "winners": [
        f"{town}市第{n + 3}小学的学生获得全省少年科技创新大赛一等奖，指导老师同时受到表彰。"
        for n, town in enumerate(_TOWNS)
    ],
}


def _formulas() -> dict[str, Page]:
    found = {}
    for number, (name, lines) in enumerate(_FORMULAS.items()):
        body = (TEA[0], *lines)
        found[f"lines of one formula, {name}"] = Page(SHELLS[number % 4]((paragraphs, breaks)[number % 2](body)), body)
    return found


_SHORT_LINES = {
    "places": [f"{_ROADS[n % 12]}路{n * 7 + 3}号" for n in range(160)],
    "names": [
        f"{'赵钱孙李周吴郑王冯陈'[n % 10]}{'小大志文海晓国'[n % 7]}{'明华军丽平芳强林'[n % 8]}" for n in range(240)
    ],
    "figures": [f"{_TOWNS[n % 14]}{n} {2431 - 7 * n}.6 {n % 9}.{n % 10}%" for n in range(120)],
    "stops": [f"{_ROADS[n % 12]}{'桥站园村街'[n % 5]}{n}站" for n in range(90)],
    "items": [f"{n}. {_ROADS[n % 12]}{'新村花园公寓'[n % 5]}{n}幢" for n in range(1, 200)],
}


def _tag(lines: list[str], kind: str) -> str:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    return {
        "p": paragraphs(lines),
        "br": "<p>" + "<br>".join(lines) + "</p>",
        "li": f"<ul>{paragraphs(lines, 'li')}</ul>",
        "td": f"<table>{rows}</table>",
        "div": paragraphs(lines, "div"),
        "span": "".join(f"<section><span>{line}</span></section>" for line in lines),
    }[kind]


def _short() -> dict[str, Page]:
    found = {}
    kinds = ("p", "br", "li", "td", "div", "span")
    for number, (name, lines) in enumerate(_SHORT_LINES.items()):
        lead = (BRIDGE, LIBRARY, TEA)[number % 3]
        unique = list(dict.fromkeys(lines))
        for more in (0, 1):
            kind = kinds[(number + 3 * more) % 6]
            inner = paragraphs(lead[:1]) + _tag(unique, kind) + paragraphs(lead[1 : 1 + more])
            body = (lead[0], *unique, *lead[1 : 1 + more])
            found[f"a lead and short lines, {name} in {kind}"] = Page(SHELLS[(number + more) % 4](inner), body)
    return found


def _linked(name: str, at: int = 0) -> str:
    return f"<a href='/c/{at}.html'>{name}</a>"


_HOSPITALS = ("市第一人民医院", "市中医院", "妇幼保健院", "城北街道卫生服务中心", "滨河医院", "大学附属第二医院")
_NEAR = "从今天起，下面这些医院可以用同一张就诊卡挂号，病历也能互相调看："
_THEN = "市卫生健康委说，明年还会有九家医院加入，名单将分两批公布。"


def _links() -> dict[str, Page]:
    rows = "".join(
        f"<tr><td>{_linked(town, n)}</td><td>{n * 31 + 7}.4</td><td>{n}.2</td></tr>"
        for n, town in enumerate(_TOWNS[:6])
    )
    table = f"<table><tr><th>城市</th><th>增加值</th><th>增长</th></tr>{rows}</table>"
    cells = [cell for n, town in enumerate(_TOWNS[:6]) for cell in (town, f"{n * 31 + 7}.4", f"{n}.2")]
    head = ("城市", "增加值", "增长")
    linked = [_linked(name, n) for n, name in enumerate(_HOSPITALS)]
    return {
        "links in a table": Page(
            modern(paragraphs(TEA[:2]) + table + paragraphs(TEA[2:])), (*TEA[:2], *head, *cells, *TEA[2:])
        ),
        "links in a table of tables": Page(
            tables(breaks(TEA[:2]) + table + breaks(TEA[2:])), (*TEA[:2], *head, *cells, *TEA[2:])
        ),
        "links in paragraphs": Page(bare(paragraphs((_NEAR, *linked, _THEN))), (_NEAR, *_HOSPITALS, _THEN)),
        "links in a list": Page(
            modern(paragraphs((_NEAR,)) + f"<ul>{paragraphs(linked, 'li')}</ul>" + paragraphs((_THEN,))),
            (_NEAR, *_HOSPITALS, _THEN),
        ),
        "links between breaks": Page(
            editor(f"<p>{_NEAR}<br>{'<br>'.join(linked)}<br>{_THEN}</p>"), (_NEAR, *_HOSPITALS, _THEN)
        ),
        "links with a word": Page(
            modern(paragraphs((_NEAR, *(f"{n}. {link}" for n, link in enumerate(linked, 1)), _THEN))),
            (_NEAR, *(f"{n}. {name}" for n, name in enumerate(_HOSPITALS, 1)), _THEN),
        ),
    }


def _pictures() -> dict[str, Page]:
    captions = ("图为合龙现场的吊车。沈言 摄", "陆师傅和他的渡船。", "桥面上正在清扫的工人", "航拍的梅浦大桥。沈言 摄")
    figures = [f"<figure><img src=/{n}.jpg><figcaption>{text}</figcaption></figure>" for n, text in enumerate(captions)]
    boxes = [f"<div class=pic><img src=/{n}.jpg><div class=txt>{text}</div></div>" for n, text in enumerate(captions)]
    centred = [f"<p align=center><img src=/{n}.jpg><br>{text}</p>" for n, text in enumerate(captions)]
    mixed = (*BRIDGE[:3], captions[1], captions[2], *BRIDGE[3:])  # the others name who took the picture

    def inner(pictures: list[str]) -> str:
        p = [f"<p>{text}</p>" for text in BRIDGE]
        return "".join((p[0], pictures[0], p[1], p[2], pictures[1], pictures[2], p[3], p[4], pictures[3]))

    slides = "".join(f"<li><img src=/{n}.jpg><p>{n}/4</p></li>" for n in range(1, 5))
    gallery = f"<div class=swiper><ul>{slides}</ul><a href=javascript:;>上一张</a><a href=javascript:;>下一张</a></div>"
    return {
        "captions in figures": Page(modern(inner(figures)), mixed),
        "captions in boxes": Page(bare(inner(boxes)), mixed),
        "captions in lines": Page(tables(inner(centred)), mixed),
        "captions by phone": Page(editor(inner(figures)), mixed),
        "a gallery within": Page(modern(paragraphs(BRIDGE[:2]) + gallery + paragraphs(BRIDGE[2:])), BRIDGE),
    }


PAGES = {**_formulas(), **_short(), **_links(), **_pictures()}
