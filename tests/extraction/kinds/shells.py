"""Whole pages around an article, in the ways sites of three decades build them; every text was written for the tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

BRIDGE = (
    "横跨运河的梅浦大桥前天夜里完成合龙，最后一段箱梁在凌晨两点对准了接口，误差不到三毫米。",
    "这座桥有六条车道，两侧的慢行道各宽三米半，建成以后梅浦到对岸的车程会从半小时减到六分钟。",
    "施工单位的总工程师程立说，河道每天有四百多艘货船经过，吊装只能在夜里的三个小时里进行。",
    "桥下的老渡口仍然开着，摆渡了二十一年的陆师傅打算在通车那天带着孙女从桥上走一回。",
    "年底之前工人还要铺完沥青、装好路灯，明年二月做荷载试验，合格之后就向公众开放。",
)
LIBRARY = (
    "平湖的乡镇图书馆从本周开始共用一张借书证，读者在任何一个分馆借的书都可以就近归还。",
    "县里的二十三个分馆去年一共流通图书四十六万册，其中三成读者住在离县城十公里以外的村子。",
    "过去还书要跑回原来的分馆，很多老人嫌麻烦，书一放就是半年，馆员只能挨家挨户去取。",
    "现在每个分馆门口都装了一只还书箱，流动书车每周二和周五把书送回各自的书架。",
    "馆长顾蕙说，下一步打算把嘉善和金山的分馆也接进来，让住在省界边上的孩子少走几里路。",
)
TEA = (
    "入冬以后皖南的茶农并没有闲下来，祁门的几个合作社正忙着给茶园铺草保温。",
    "今年秋天雨水少，茶树的根扎得浅，技术员建议每亩铺四百公斤稻草，既保墒又压住杂草。",
    "稻草来自二十公里外的圩区，那里的种粮大户原来要花钱请人清运，如今一车能卖一百八十元。",
    "合作社负责人算了一笔账，铺草的成本每亩不到三百元，明年春茶却可以早采五天左右。",
    "农业局的专家提醒，铺草之前要先松土，草层不能超过十五厘米，离茶树根部也要留出空隙。",
)
MENU = "".join(f"<a href='/{name}/'>{name}</a> " for name in ("首页", "要闻", "城市", "经济", "文化", "视频", "图片"))
NEWEST = "".join(
    f"<li><a href='/a/{number}.html'>{text}</a></li>"
    for number, text in enumerate(
        ("古镇的早市又热闹起来了", "跨省公交的末班车延到十点", "稻田里来了无人收割机", "运河边新开了一家书店")
    )
)


@dataclass(frozen=True)
class Page:
    """A page and what is right: its article's paragraphs, and what its verdict is."""

    html: str
    paragraphs: tuple[str, ...]
    title: str = "梅浦大桥合龙"
    verdict: str = "article"


def modern(
    inner: str, title: str = "梅浦大桥合龙", byline: str = "2026-11-20 08:15 来源：江畔网", after: str = ""
) -> str:
    """Return a page of boxes: headline, byline and content in parts of their own."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}_江畔网</title></head><body>"
        f"<div class=top>{MENU}</div><div class=main><h1>{title}</h1><div class=info>{byline}</div>"
        f"<div class=article-content>{inner}</div>{after}</div><div class=right><h3>最新</h3><ul>{NEWEST}</ul></div>"
        f"<div class=bottom>江畔网 版权所有 © 2009-2026</div></body></html>"
    )


def tables(
    inner: str, title: str = "梅浦大桥合龙", byline: str = "2006年11月20日 08:15 江畔网", after: str = ""
) -> str:
    """Return a page of tables in tables, as sites were until 2010."""
    return (
        f"<html><head><meta charset=utf-8><title>{title} - 江畔网</title></head><body bgcolor=#ffffff><table width=760>"
        f"<tr><td>{MENU}</td></tr></table><table width=760><tr><td width=560><table><tr><td align=center><font size=5>"
        f"<b>{title}</b></font></td></tr><tr><td align=center>{byline}</td></tr><tr><td class=f14>{inner}</td></tr>"
        f"</table>{after}</td><td width=200><b>最新</b><ul>{NEWEST}</ul></td></tr></table>"
        f"<center>江畔网 版权所有 Copyright &copy; 1999-2006</center></body></html>"
    )


def bare(inner: str, title: str = "梅浦大桥合龙", byline: str = "2026年11月20日 08:15", after: str = "") -> str:
    """Return a page of a small system: everything in one article element."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><header>{MENU}</header><article>"
        f"<h2>{title}</h2><p class=meta>{byline}</p>{inner}{after}</article><footer>江畔网 苏ICP备00000000号</footer></body></html>"
    )


def editor(inner: str, title: str = "梅浦大桥合龙", byline: str = "2026-11-20 08:15 江畔网", after: str = "") -> str:
    """Return a page as an editor for phones writes it: sections within sections, the headline a plain line."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title><meta property='og:title' content='{title}'></head><body>"
        f"<div id=page><div class=rich_title>{title}</div><div class=rich_meta><em>{byline}</em></div>"
        f"<div id=js_content><section>{inner}</section></div>{after}</div><div class=tools>{NEWEST}</div></body></html>"
    )


SHELLS: tuple[Callable[..., str], ...] = (modern, tables, bare, editor)


def paragraphs(texts: Sequence[str], tag: str = "p") -> str:
    """Return each text in an element of its own."""
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def breaks(texts: Sequence[str]) -> str:
    """Return the texts with two line breaks between them, indented by wide blanks."""
    return "<br><br>".join(f"　　{text}" for text in texts)


def spans(texts: Sequence[str]) -> str:
    """Return the texts as an editor for phones nests them."""
    return "".join(f"<section><section><span>{text}</span></section></section>" for text in texts)
