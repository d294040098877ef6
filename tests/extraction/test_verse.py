"""A poem: lines without a full stop are the body where the page has no prose."""

import pytest

from crawler.extraction.extract import extract
from crawler.extraction.model import Verdict

TITLE = "渡口五首"
STANZAS = (
    ("从县城到老渡口", "班车走了两个小时", "车上的人都抱着纸花", "像抱着一个不哭的孩子", "司机把收音机关小"),
    ("锄柄上有三个浅浅的坑", "是他的手指，握了四十年", "我把自己的手放进去", "正好", "在我还没有长大的时候"),
    ("雨停了，青草比去年高", "女儿走在前面，一路数蜗牛", "数到十七，忽然回头", "满山的蕨", "正在慢慢松开拳头"),
)
LINES = tuple(line for stanza in STANZAS for line in stanza)
NOTE = "<p class='note'>（许小舟，一九七四年生，海角县人，中学教师。）</p>"


def page(inner: str) -> str:
    return (
        f"<html><head><title>{TITLE}_副刊_海角网</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
        f"<div class='main'><h2>{TITLE}</h2><div>来源：海角日报 作者：许小舟 2025-07-01 09:31</div>"
        f"<div class='text'>{inner}</div>{NOTE}</div><div class='foot'>海角日报社版权所有</div></body></html>"
    )


@pytest.mark.parametrize(
    "inner",
    [
        "".join(f"<p>{line}</p>" for line in LINES),
        "<br>".join(LINES),
        "".join(f"<div>{''.join(f'<p>{line}</p>' for line in stanza)}</div>" for stanza in STANZAS),
    ],
)
def test_a_poem_is_read_line_by_line(inner: str) -> None:
    extraction = extract(page(inner).encode(), "https://news.example.cn/a/1.html")
    assert extraction.paragraphs == LINES
    assert (extraction.verdict, extraction.title, extraction.credit) == (Verdict.ARTICLE, TITLE, "海角日报")


def test_a_list_of_names_and_prose_are_no_poem() -> None:
    names = "".join(f"<li>{line}</li>" for line in LINES)
    assert extract(page(f"<ul>{names}</ul>").encode(), "https://news.example.cn/a/1.html").winner != "verse"
    prose = "<p>昨天上午，海角县的老渡口最后一次开船，三百多名街坊站在岸边，看着船慢慢走远，直到看不见为止。</p>"
    verses = "".join(f"<p>{line}</p>" for line in LINES)
    assert extract(page(prose + verses).encode(), "https://news.example.cn/a/1.html").winner != "verse"
