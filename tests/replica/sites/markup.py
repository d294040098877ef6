"""Pieces of HTML that several families of pages share."""

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tests.replica.glosses import gloss
from tests.replica.publication import Publication, Trait

TEMPLATES = Path(__file__).parent / "templates"


@cache
def template(name: str) -> Template:
    """Return a template of the templates folder; `$name` stands for a value, `$$` for a dollar."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))


def fill(name: str, /, **values: str) -> str:
    """Fill a template; values that are not HTML must be escaped before."""
    return template(name).substitute(values)


def body_html(publication: Publication, *, indent: str = "") -> str:
    """Return the body as HTML paragraphs, or in the form of its trait."""
    if publication.has(Trait.GLOSSED):
        return _printed_twice(publication)
    lines = (*([publication.byline] if publication.byline else []), *publication.paragraphs)
    return "\n".join(f"<p>{indent}{escape(line)}</p>" for line in lines)


def meta(publication: Publication) -> dict[str, str]:
    """Return the values that almost every template wants, escaped."""
    return {
        "title": escape(publication.title),
        "summary": escape(publication.paragraphs[0][:80]),
        "url": escape(publication.url),
        "canonical": escape(publication.canonical_url),
        "credit": escape(publication.credit or ""),
        "editor": escape(" ".join(publication.editors)),
        "reporter": escape(" ".join(publication.reporters)),
        "reporter_line": escape(f"记者：{' '.join(publication.reporters)}" if publication.reporters else ""),
        "minute": f"{publication.published_at:%Y-%m-%d %H:%M}",
        "second": f"{publication.published_at:%Y-%m-%d %H:%M:%S}",
        "chinese": f"{publication.published_at:%Y年%m月%d日 %H:%M:%S}",
        "day": f"{publication.published_at:%Y-%m-%d}",
    }


def _printed_twice(publication: Publication) -> str:
    lines = [gloss(line, publication.serial) for line in publication.paragraphs]
    title = escape(publication.title)
    block = "<br>\n".join(map(escape, lines))
    paragraphs = "\n".join(f"<p>{escape(line)}</p>" for line in lines)
    credit = f"来源: {escape(gloss(publication.credit or '', publication.serial))}"
    return (
        f'<div class="summary">{title}<br>{title}<br>\n{block}<br>\n{credit}</div>\n<hr>\n'
        f'<div class="txt"><p><strong>{title}</strong></p>\n{paragraphs}\n<p>{credit}</p></div>\n'
        "<h4>相关推荐</h4>\n<h4>评论列表</h4>\n<p>暂无评论,快抢沙发吧~</p>\n<form><p>你 发表评论:</p>欢迎</form>"
    )
