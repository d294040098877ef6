"""The bodies of the development pages, laid out again in sixteen layouts: how right each of them comes back.

  python -m benchmarks.relaid             body F1 of every layout, and the worst pages
  python -m benchmarks.relaid --witness   instead, prose that a repair takes and two libraries keep

The pages and the tool are third parties' and stand outside the project, in ../shared; without them it ends with a word.
"""

import argparse
import html
import importlib.util
import json
import sys
from collections.abc import Callable, Sequence
from statistics import mean
from typing import Any

from benchmarks.extraction import PAGES, TOOL
from crawler.extraction.extract import extract
from tests.extraction.kinds.shells import MENU, NEWEST, bare, breaks, editor, modern, paragraphs, spans, tables
from tests.extraction.witness import lost_runs

URL = "https://news.river.example/a/1.html"
_BYLINE = "2006-11-20 08:15 江畔网"
_TOP = "<HTML><HEAD><TITLE>{0}_江畔网</TITLE></HEAD><BODY><TABLE WIDTH=100%><TR><TD>" + MENU + "</TD></TR></TABLE>"
_BOTTOM = "<HR><CENTER><A HREF='/about'>关于本站</A><BR>江畔网 版权所有 2001-2006</CENTER></BODY></HTML>"
_SIDE = "".join(f"<TR><TD><A HREF='/list{number}.asp'>栏目{number}</A></TD></TR>" for number in range(15))
_SAID = "".join(
    f"<div><b>网友{number}</b> 2006-1-{number} 10:00<p>支持记者继续追下去，希望能有一个明确的答复。{number}</p></div>"
    for number in range(1, 9)
)
_RELATED = f"<div><b>相关阅读</b><ul>{NEWEST}</ul></div>"
_APP = "<div id=app></div>"


def _halves(texts: Sequence[str], between: str, after: str = "") -> str:
    middle = max(1, len(texts) // 2)
    return paragraphs(texts[:middle]) + between + paragraphs(texts[middle:]) + after


def _listed(texts: Sequence[str]) -> str:
    pieces = [{"type": "text", "text": html.unescape(text)} for text in texts]
    return f"{_APP}<script>var page={json.dumps({'article': {'paras': pieces}}, ensure_ascii=False)}</script>"


def _old(inner: str, title: str) -> str:
    return f"{_TOP.format(title)}<CENTER><H2>{title}</H2>{_BYLINE}</CENTER>{inner}{_BOTTOM}"


LAYOUTS: dict[str, Callable[[Sequence[str], str], str]] = {
    "boxes": lambda texts, title: modern(paragraphs(texts), title),
    "tables": lambda texts, title: tables(breaks(texts), title),
    "one element": lambda texts, title: bare(paragraphs(texts), title),
    "sections": lambda texts, title: editor(spans(texts), title),
    "a row each": lambda texts, title: tables(
        f"<table><tr><td>{'</td></tr><tr><td>'.join(texts)}</td></tr></table>", title
    ),
    "never closed": lambda texts, title: _old("".join(f"<P>　　{text}" for text in texts), title),
    "in the page": lambda texts, title: _old(f"<BR>{breaks(texts)}<BR>", title),
    "pre": lambda texts, title: modern("<pre>" + "\n".join(texts) + "</pre>", title),
    "wide blanks": lambda texts, title: tables("".join(f"　　{text}" for text in texts), title),
    "deep": lambda texts, title: modern("".join(f"<div><div><font>{text}</font></div></div>" for text in texts), title),
    "related below": lambda texts, title: modern(f"{paragraphs(texts)}<p>责任编辑：许安</p>{_RELATED}", title),
    "comments": lambda texts, title: modern(paragraphs(texts), title, after=f"<h3>网友评论</h3>{_SAID}"),
    "a box within": lambda texts, title: modern(_halves(texts, _RELATED), title),
    "columns": lambda texts, title: _old(
        f"<TABLE><TR><TD><TABLE>{_SIDE}</TABLE></TD><TD>{breaks(texts)}</TD><TD><UL>{NEWEST}</UL></TD></TR></TABLE>",
        title,
    ),
    "collapsed": lambda texts, title: modern(
        _halves(texts, "<p>展开全文</p><div style='display:none'>", "</div>"), title
    ),
    "pieces in a script": lambda texts, title: modern(_listed(texts), title),
}


def relaid(cases: Sequence[dict[str, Any]], score: Callable[[str, str], float]) -> None:
    """Print the mean F1 of each layout, how many pages reach 0.9, how many are doubtful, and the worst pages."""
    for name, layout in LAYOUTS.items():
        scores, doubtful = [], 0
        for case in cases:
            texts = [html.escape(line.strip()) for line in case["body"].splitlines() if line.strip()]
            extraction = extract(layout(texts, html.escape(case["title"] or "")).encode(), URL)
            scores.append((score(case["body"], extraction.body), case["id"]))
            doubtful += bool(extraction.doubtful)
        reached = sum(value >= 0.9 for value, _ in scores)
        worst = ", ".join(f"{identity} {value:.2f}" for value, identity in sorted(scores)[:2])
        mean_score = mean(value for value, _ in scores)
        print(f"{name:20} F1 {mean_score:.4f}  ≥ 0.9: {reached}/{len(scores)}  doubtful {doubtful}  worst {worst}")


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--witness", action="store_true")
    options = parser.parse_args()
    if not (TOOL.is_file() and PAGES.is_dir()):
        print(f"the pages and the tool are not there: {PAGES}, {TOOL}", file=sys.stderr)
        return 1
    cases = [json.loads(line) for line in (PAGES / "cases.jsonl").read_text("utf-8").splitlines()]
    if options.witness:
        lost = [(case["id"], *run) for case in cases for run in lost_runs((PAGES / case["file"]).read_bytes(), URL)]
        print("\n".join(map(str, lost)))
        print(f"{len(lost)} runs of prose lost on {len(cases)} pages")
        return 0
    specification = importlib.util.spec_from_file_location("evaluation", TOOL)
    assert specification is not None
    assert specification.loader is not None
    tool = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(tool)
    relaid(cases, lambda gold, body: float(tool.prf(gold, body)[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
