"""Pages written for the tests: one report in the layouts that Chinese sites and republishers have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MENU = "".join(f'<li><a href="/c{number}/">栏目{number}</a></li>' for number in range(20))
RELATED = "".join(
    f'<li><a href="/n/{number}.html">第{number}届长三角博览会在上海开幕签约项目创新高</a></li>' for number in range(12)
)
FOOTER = (
    '<div class="footer"><p>关于我们 | 联系我们 | 网站声明</p><p>版权所有 某某网 沪ICP备00000000号</p>'
    "<p>2005-2026 地址：某某路1号 电话：021-00000000</p></div>"
)


@dataclass(frozen=True)
class Report:
    """What a page shows: a headline, a byline, paragraphs."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]
    tail: str = ""


def page(body: str, title: str, *, head: str = "") -> str:
    """Return a whole page around a body: menu above, related links and footer below."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_某某网</title>{head}</head><body>'
        f'<div class="nav"><ul>{MENU}</ul></div>{body}<h3>相关推荐</h3><ul>{RELATED}</ul>'
        f"<div>评论列表</div><div>暂无评论，快来发表你的评论吧~</div>{FOOTER}</body></html>"
    )


def heading(report: Report) -> str:
    """Return headline and byline as most sites have them."""
    return f'<h1>{report.title}</h1><div class="info">{report.byline}</div>'


def _in_paragraphs(texts: Sequence[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def plain(report: Report) -> str:
    """Return the report in paragraphs."""
    return f'{heading(report)}<div class="content">{_in_paragraphs(report.paragraphs)}{report.tail}</div>'


def in_sections(report: Report) -> str:
    """Return the report as WeChat's editor writes it: sections and spans, no paragraph."""
    spans = "".join(f"<section><span>{text}</span></section>" for text in report.paragraphs)
    return f"{heading(report)}<section>{spans}</section>{report.tail}"


def with_breaks(report: Report) -> str:
    """Return the report as one block with line breaks."""
    return f"{heading(report)}<div>{'<br>'.join(report.paragraphs)}<br>{report.tail}</div>"


def in_tables(report: Report) -> str:
    """Return the report as pages of 2005 have it: tables in tables."""
    return (
        f"<table><tr><td>首页 &gt; 新闻 &gt; 正文</td></tr><tr><td><table><tr><td>{report.title}</td></tr>"
        f"<tr><td>{report.byline}</td></tr><tr><td>{_in_paragraphs(report.paragraphs)}{report.tail}</td></tr>"
        "</table></td></tr></table>"
    )


def in_a_list_item(report: Report) -> str:
    """Return the report within a list item beside its comments."""
    comments = _in_paragraphs([f"网友{number}：说得好，支持长三角一体化！" for number in range(10)])
    return (
        f'<ul><li class="left-main">{heading(report)}<div class="content">{_in_paragraphs(report.paragraphs)}</div>'
        f'{report.tail}<div class="comment-list">{comments}</div></li></ul>'
    )


LAYOUTS: dict[str, Callable[[Report], str]] = {
    "paragraphs": plain,
    "sections": in_sections,
    "breaks": with_breaks,
    "tables": in_tables,
    "list item": in_a_list_item,
}
"""One report printed once."""


def _block(report: Report) -> str:
    return report.title + "".join(report.paragraphs) + report.tail


TWICE: dict[str, Callable[[Report], str]] = {
    "block, then paragraphs": lambda report: (
        f"{heading(report)}<div><div>{_block(report)}</div>{_in_paragraphs(report.paragraphs)}<p>{report.tail}</p></div>"
    ),
    "block in a part of its own": lambda report: (
        f'{heading(report)}<div class="video-text">{_block(report)}</div>'
        f'<div class="content">{_in_paragraphs(report.paragraphs)}<p>{report.tail}</p></div>'
    ),
    "block with breaks, then paragraphs": lambda report: (
        f"{heading(report)}<div><p>{'<br>'.join(report.paragraphs)}</p>"
        f"{_in_paragraphs(report.paragraphs)}<p>{report.tail}</p></div>"
    ),
    "paragraphs, then block": lambda report: (
        f"{heading(report)}<div>{_in_paragraphs(report.paragraphs)}<p>{report.tail}</p><div>{_block(report)}</div></div>"
    ),
    "paragraphs twice": lambda report: (
        f"{heading(report)}<div>{_in_paragraphs(report.paragraphs * 2)}<p>{report.tail}</p></div>"
    ),
    "sections twice": lambda report: (
        f"{heading(report)}<section>{_in_paragraphs(report.paragraphs * 2, 'section')}</section><p>{report.tail}</p>"
    ),
    "one table of both": lambda report: (
        f"<table><tr><td>{report.title}</td></tr><tr><td>{report.byline}</td></tr><tr><td>{_block(report)}</td></tr>"
        f"<tr><td>{_in_paragraphs(report.paragraphs)}<p>{report.tail}</p></td></tr></table>"
    ),
}
"""One report printed twice, as republishers do."""
