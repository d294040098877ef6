"""Lines around the article: the headline and byline above it, boilerplate within, everything below its end."""

import re

from crawler.extraction.lines import reads_as_prose
from crawler.extraction.repairs import Paragraphs
from crawler.extraction.repairs.page_context import PageContext
from crawler.extraction.repairs.signatures import is_signature
from text.width import squash

_TOLD_APART = 8
"""Characters from which a part of the headline is no chance."""
_BARE = 8
_HEAD = 24
"""Lines at the top that may be headline and byline."""
_OVER = 0.2
"""Share of a body that may stand above its headline."""
_LABEL = re.compile(
    r"索引号|(?:主题|信息|组配)分类|(?:发布|发文|制发|公开)(?:机构|机关|主体|单位)|(?:成文|发布|发文|生成|生效|公开|印发)日期"
    r"|公开(?:方式|范围|时限|形式)|(?:发文)?[文字]号|有效性|效力状态|内容概述|主题词|体裁|服务对象|责任部门|名称"
)
"""A label of the table that says what an official document is, in a cell of its own."""
_BRACKETED = re.compile(
    r"【(?:[报刊]名|日期|版[号次名面]|标题|引题|副题|肩题|栏目|专栏|作者|记者|字数|正文|全文|附注|出处|来源|分类|关键词)】"
)
"""A label as archives of newspapers set it."""
_BEHIND_DASH = re.compile(r"—{1,2}[^—]|--[^-]")
_SECOND = 40
"""Characters of the longest line under a headline that explains it."""
_SENTENCE = re.compile(r"[。！？!?…]")
_PROVES, _LONG = 12, 60
"""Characters from which a sentence proves that the text goes on, and from which a line does so without a full stop."""
_TEASER = 0.15
"""Share of the prose before an end that one last sentence of the same container may have: a teaser, not the article."""


def drop_end(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    """Cut the body where it ends: at 责任编辑, 相关阅读, 上一篇, a notice of rights.

    Prose of the article's own container after the line disproves the end (a box of links within the text, an editor
    named after each item); so does more prose elsewhere than there was before it (an editor named above the text).
    """
    while (cut := _first_end(paragraphs, page)) is not None:  # a cut can make an earlier line the end
        paragraphs = paragraphs[:cut]
    return paragraphs


def _first_end(paragraphs: Paragraphs, page: PageContext) -> int | None:
    ends = [index for index, paragraph in enumerate(paragraphs) if page.boilerplate.is_end(paragraph)]
    if not ends:
        return None
    prose = [
        index
        for index, paragraph in enumerate(paragraphs)
        if reads_as_prose(paragraph) and not page.boilerplate.is_any(paragraph)
    ]
    for index in ends:
        before = [paragraphs[place] for place in prose if place < index]
        after = [paragraphs[place] for place in prose if place > index]
        if before and _ends(paragraphs[index], before, after, page):
            return index
    return None


def _ends(end: str, before: list[str], after: list[str], page: PageContext) -> bool:
    size = sum(map(len, before))
    if sum(map(len, after)) > size:
        return False
    own = [
        paragraph
        for paragraph in after
        if _proves(paragraph) and any(page.together(paragraph, other) for other in before)
    ]
    if page.position(end).heads_links:
        return not own
    return len(own) <= 1 and sum(map(len, own)) <= _TEASER * size


def _proves(paragraph: str) -> bool:
    return len(paragraph) >= _LONG or (len(paragraph) >= _PROVES and _SENTENCE.search(paragraph) is not None)


def drop_lines(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    """Take boilerplate lines out, wherever they stand, and bare headings of parts that are not there (相关新闻：)."""
    following = (*paragraphs[1:], "")
    kept = tuple(
        paragraph
        for paragraph, after in zip(paragraphs, following, strict=True)
        if not _is_furniture(paragraph, after, page)
    )
    return kept or paragraphs


def _is_furniture(paragraph: str, after: str, page: PageContext) -> bool:
    """Tell whether a line is boilerplate; a heading of comments with text of its own below it (网友评论) is not."""
    if page.boilerplate.is_line(paragraph) or page.boilerplate.is_notice_of_rights(paragraph):
        return True
    if page.boilerplate.is_comments(paragraph) and _proves(after) and page.together(paragraph, after):
        return False
    bare = len(paragraph) <= _BARE or page.position(paragraph).heads_links
    return bare and page.boilerplate.is_end(paragraph)


def drop_head(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    """Take the headline and the byline off the top, each a whole line; they end where the first sentence begins."""
    while (shorter := _without_head(paragraphs, page)) != paragraphs:
        paragraphs = shorter
    return paragraphs


def _without_head(paragraphs: Paragraphs, page: PageContext) -> Paragraphs:
    wanted = squash(page.title)
    start = _below_headline(paragraphs, wanted)
    for index, paragraph in enumerate(paragraphs[:_HEAD]):
        if index < start:
            continue
        squashed = squash(paragraph)
        is_headline = wanted and (squashed == wanted or (len(squashed) > _TOLD_APART and squashed in wanted))
        is_byline = page.boilerplate.is_head(paragraph) or page.boilerplate.is_edge(paragraph)
        is_second = index == start and _BEHIND_DASH.match(squashed) and _may_be_second_headline(paragraph)
        if is_headline or is_byline or is_second or is_signature(paragraph) or _is_cells_label(squashed):
            start = index + 1
        elif index and index == start and _is_label(paragraphs[index - 1]) and not reads_as_prose(paragraph):
            start = index + 1  # the value of a label in a cell of its own
        elif reads_as_prose(paragraph) and not _may_be_second_headline(paragraph):
            break
    return paragraphs[start:] or paragraphs


def _below_headline(paragraphs: Paragraphs, wanted: str) -> int:
    """Return the index below the headline, where that stands within the body: above it a table, a line over it."""
    if len(wanted) <= _TOLD_APART:
        return 0
    places = [
        place
        for place, paragraph in enumerate(paragraphs[:_HEAD])
        if (squashed := squash(paragraph)).endswith(wanted) and len(squashed) <= len(wanted) + _TOLD_APART
    ]
    if not places or any(len(paragraph) >= _LONG for paragraph in paragraphs[: places[-1]]):
        return 0
    over = sum(map(len, paragraphs[: places[-1]]))
    return places[-1] + 1 if over <= _OVER * sum(map(len, paragraphs)) else 0


def _may_be_second_headline(paragraph: str) -> bool:
    """Tell whether a line may stand under the headline, above the byline: it has points within, and none at its end."""
    return len(paragraph) <= _SECOND and _SENTENCE.search(paragraph) is None


def _is_label(paragraph: str) -> bool:
    """Tell whether a line is a label whose value stands in the next cell."""
    squashed = squash(paragraph)
    return squashed.endswith(":") or _is_cells_label(squashed)


def _is_cells_label(squashed: str) -> bool:
    return _LABEL.fullmatch(squashed) is not None or _BRACKETED.fullmatch(squashed) is not None
