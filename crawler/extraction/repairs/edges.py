"""Furniture at the end of a body: a player's words, readers' actions, labels of systems, who signed the report.

At an edge a line needs less to be told from the text than within it: nothing of the article's own follows it.
"""

import re

from crawler.extraction.lines import reads_as_prose
from crawler.extraction.outlets import is_outlets_name
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.page_context import PageContext
from crawler.extraction.repairs.signatures import is_signature
from text.width import squash

_MOST = 16
"""Lines that are looked at."""
_CLOCK = re.compile(r"\d{1,2}[:时]\d\d")
_COUNTER = re.compile(r"[\W\d_万亿wk]{1,12}")
"""A line without a word: a count beside a button; alone it may be the last cell of a table."""
_LABELLED = re.compile(
    r"(?=.*(?:记者|通讯员|编辑|责编|编委|校对|审|监制|主编|后期))"
    r"(?:(?:(?:本报|本网|实习|见习|特约|首席|责任|值班|执行|新媒体|视频|文字|图片|总)?"
    r"(?:记者|通讯员|作者|撰文|撰稿|编辑|责编|校对|审核|审校|[一二三初复终]审|监制|监审|主编|编委|策划|统筹|摄像|摄影|航拍|后期|剪辑|配音|播音|出镜|制图|海报|设计"
    r"|制作|出品|签发|供稿|供图|文|图))+[:/丨|][\u4e00-\u9fff·、,A-Za-z]{2,24}?[|;]?)+"
)
"""A line of labels, each with its names: 记者:阮青毕浩然摄像:滕飞; without blanks."""


def drop_tail(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    """Take furniture off the end, line by line upward to the first that may be the text's; never everything.

    What stands below furniture and in another container than the last sentence goes with it.
    """
    cut = len(paragraphs)
    places = range(max(len(paragraphs) - _MOST, 1), len(paragraphs))
    furniture = [place for place in places if _is_furniture(paragraphs[place], paragraphs[place - 1], page)]
    if not furniture:
        return paragraphs
    sentence = next((line for line in reversed(paragraphs[: furniture[0]]) if reads_as_prose(line)), None)
    for index in reversed(places):
        line = paragraphs[index]
        beyond = index > furniture[0] and not reads_as_prose(line) and sentence is not None
        if index in furniture:
            cut = index
        elif not (_COUNTER.fullmatch(squash(line)) or (beyond and not page.together(line, sentence or ""))):
            break
    return paragraphs[:cut]


def _is_furniture(line: str, before: str, page: PageContext) -> bool:
    if page.boilerplate.is_edge(line):
        return True
    if page.boilerplate.is_head(line) and _CLOCK.search(line):
        return True
    if is_outlets_name(line):
        return reads_as_prose(before)
    if _LABELLED.fullmatch(squash(line)):
        return True
    return is_signature(line)
