"""Bylines beside peers: minute, credit, reporters and editors over made-up pages whose fields are known.

  python -m benchmarks.bylines                     ours and trafilatura
  python -m benchmarks.bylines --peers PYTHON      GNE as well (it names no editors)

The pages are written for this; no test holds them, and a form that was wrong here belongs into a test in other words.
The scores are printed by the evaluation tool in ../shared, in two tables: in the second one, author means editor.
"""

import argparse
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import NamedTuple

from archive.article import Precision
from benchmarks.extraction import TOOL, run_tool
from crawler.extraction.dates import SHANGHAI
from crawler.extraction.extract import extract as extract_page
from tests.extraction.layouts import FOOTER, MENU, RELATED

TITLE = "东太湖隧道今起试通车 吴江到吴中只要十分钟"
PARAGRAPHS = (
    "全长近十二公里的东太湖隧道今天零点起试通车，小客车从吴江七都到吴中临湖的时间由五十分钟缩短到十分钟左右。",
    "隧道采用围堰明挖，先把湖水隔开，再在湖底筑起双向六车道的管廊，最深处距水面二十一米，施工历时四年零两个月。",
    "首批通过的司机说，洞内的顶灯按湖水的颜色做成渐变，每隔三公里换一种蓝色，开起来不觉得疲劳，手机信号也一直满格。",
    "运营单位提醒，试通车期间禁止货车和危险品车辆驶入，限速八十公里，遇到大雾和七级以上大风时将临时封闭两端入口。",
)
PEERS = ("gne",)


class Form(NamedTuple):
    """One way of printing who reported what when; `page` has places for {title} and {body}."""

    page: str
    published: str | None
    credit: str | None = None
    reporters: str | None = None
    """Names, a blank between two."""
    editors: str | None = None


FORMS = tuple(Form(**form) for form in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["forms"])


def fields(html: bytes, url: str) -> dict[str, str | None]:
    """Return minute, credit and reporters of one page in the form of the evaluation tool."""
    page = extract_page(html, url)
    form = "%Y-%m-%d %H:%M" if page.published_precision is Precision.MINUTE else "%Y-%m-%d"
    return {
        "title": page.title,
        "body": page.body,
        "published": page.published_at.astimezone(SHANGHAI).strftime(form) if page.published_at else None,
        "author": " ".join(page.reporters) or None,
        "source": page.credit,
    }


def editors(html: bytes, url: str) -> dict[str, str | None]:
    """Return the editors in the place of the authors."""
    return fields(html, url) | {"author": " ".join(extract_page(html, url).editors) or None}


def write_pages(folder: Path, forms: tuple[Form, ...], *, of_editors: bool) -> None:
    """Write the pages and what is right of them, as the evaluation tool reads them."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    cases = []
    for number, form in enumerate(forms):
        main = form.page.format(title=TITLE, body=body)
        html = (
            f"<html><head><meta charset='utf-8'><title>{TITLE}_苏城新闻网</title></head><body><ul>{MENU}</ul>{main}"
            f"<ul>{RELATED}</ul>{FOOTER}</body></html>"
        )
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
        cases.append(
            {
                "id": str(number), "file": f"{number}.html", "url": "https://news.example.cn/a/1.html", "title": TITLE,
                "published": form.published, "source": form.credit,
                "author": form.editors if of_editors else form.reporters, "body": "\n".join(PARAGRAPHS),
            }
        )  # fmt: skip
    lines = "\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (folder / "cases.jsonl").write_text(lines, encoding="utf-8")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the peers' environment")
    options = parser.parse_args()
    if not TOOL.is_file():
        sys.exit(f"the evaluation tool is not here: {TOOL}")
    for of_editors, ours in ((False, "benchmarks.bylines:fields"), (True, "benchmarks.bylines:editors")):
        with tempfile.TemporaryDirectory() as folder:
            write_pages(Path(folder), FORMS, of_editors=of_editors)
            run_tool(sys.executable, Path(folder), (ours, "trafilatura"))
            if options.peers:
                run_tool(options.peers, Path(folder), PEERS)


if __name__ == "__main__":
    main()
