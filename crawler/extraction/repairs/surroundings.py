"""Lines around the article: the headline and byline above it, boilerplate within, everything below its end."""

from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.lines import reads_as_prose
from crawler.extraction.repairs import Paragraphs
from text.width import squash

_TOLD_APART = 8
"""Characters from which a headline at the start of a paragraph is no chance."""
_BARE = 8
_HEAD = 12
"""Lines at the top that may be headline and byline."""


def drop_end(paragraphs: Paragraphs, boilerplate: Boilerplate) -> Paragraphs:
    """Cut the body where it ends: at 责任编辑, 相关阅读, 上一篇, a notice of rights.

    An end that has more prose after it than before it is none (an editor named above the text).
    """
    while (cut := _first_end(paragraphs, boilerplate)) is not None:  # a cut can make an earlier line the end
        paragraphs = paragraphs[:cut]
    return paragraphs


def _first_end(paragraphs: Paragraphs, boilerplate: Boilerplate) -> int | None:
    sizes = [len(paragraph) if reads_as_prose(paragraph) else 0 for paragraph in paragraphs]
    before, everything = 0, sum(sizes)
    for index, paragraph in enumerate(paragraphs):
        if boilerplate.is_end(paragraph) and before > 0 and before >= everything - before - sizes[index]:
            return index
        before += sizes[index]
    return None


def drop_lines(paragraphs: Paragraphs, boilerplate: Boilerplate) -> Paragraphs:
    """Take boilerplate lines out, wherever they stand, and bare headings of parts that are not there (相关新闻：)."""
    kept = tuple(
        paragraph
        for paragraph in paragraphs
        if not boilerplate.is_line(paragraph) and not (len(paragraph) <= _BARE and boilerplate.is_end(paragraph))
    )
    return kept or paragraphs


def drop_head(paragraphs: Paragraphs, title: str, boilerplate: Boilerplate) -> Paragraphs:
    """Take the headline and the byline off the top; it ends where the first sentence begins.

    A headline that is run into the first paragraph is taken off it.
    """
    while (shorter := _without_head(paragraphs, title, boilerplate)) != paragraphs:
        paragraphs = shorter
    return paragraphs


def _without_head(paragraphs: Paragraphs, title: str, boilerplate: Boilerplate) -> Paragraphs:
    wanted = squash(title)
    start = 0
    for index, paragraph in enumerate(paragraphs[:_HEAD]):
        squashed = squash(paragraph)
        if wanted and (squashed == wanted or (len(squashed) > _TOLD_APART and squashed in wanted)):
            start = index + 1
        elif len(title) >= _TOLD_APART and paragraph.startswith(title):
            return (paragraph[len(title) :].strip(), *paragraphs[index + 1 :])
        elif boilerplate.is_head(paragraph):
            start = index + 1
        elif reads_as_prose(paragraph):
            break
    return paragraphs[start:] or paragraphs
