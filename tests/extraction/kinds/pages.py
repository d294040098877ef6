"""Pages that are one of several of an article, and pages with numbers that are none."""

from tests.extraction.kinds.shells import BRIDGE, LIBRARY, NEWEST, TEA, bare, breaks, modern, paragraphs, tables

_NUMBERS = "".join(f"<a href='/a/8812_{n}.html'>{n}</a> " for n in (2, 3))
_LIST = "".join(f"<a href='/yw/index_{n}.html'>{n}</a> " for n in (2, 3, 4))

PARTS = {
    "numbers": (modern(paragraphs(BRIDGE) + f"<div class=pages><span>1</span> {_NUMBERS}</div>"), "1 of 3"),
    "next alone": (tables(breaks(LIBRARY) + "<br><a href='8812_2.shtml'>下一页</a>"), "1 of 2"),
    "rest of the text": (bare(paragraphs(TEA) + "<p><a href='?page=2'>余下全文&gt;&gt;</a></p>"), "1 of 2"),
    "third of four": (
        modern(
            paragraphs(TEA), after="<p>共4页 " + "".join(f"<a href='a-{n}.html'>[{n}]</a>" for n in (1, 2, 4)) + "</p>"
        ),
        "3 of 4",
    ),
    "list items": (
        modern(
            paragraphs(LIBRARY) + "<ul>" + "".join(f"<li><a href='/a/77/{n}'>{n}</a></li>" for n in (2, 3)) + "</ul>"
        ),
        "1 of 3",
    ),
    "numbers from zero": (
        tables(breaks(BRIDGE) + "<p>" + "".join(f"<a href='t2_{n - 1}.htm'>{n}</a>" for n in (2, 3)) + "</p>"),
        "1 of 3",
    ),
    "head": (
        modern(paragraphs(TEA)).replace("<body>", "<link rel=next href='/a/8812_2.html'><body>"),
        "1 of 2",
    ),
    "script": (modern(paragraphs(TEA) + "<script>createPageHTML(3, 1, 't20261120_8812', 'html');</script>"), "2 of 3"),
}
WHOLE = {
    "a list's numbers": modern(paragraphs(BRIDGE), after=f"<ul>{NEWEST}</ul><p>{_LIST}</p>"),
    "the next article": modern(paragraphs(BRIDGE), after="<p>下一篇：<a href='/a/8813_2.html'>运河边的书店</a></p>"),
    "notes": modern(paragraphs(BRIDGE) + "<p><a href='#n1'>1</a> <a href='#n2'>2</a></p>"),
    "pages of a book": bare(paragraphs((*LIBRARY[:3], "这本书共320页，第1页写着捐书人的名字。", *LIBRARY[3:]))),
    "pages of comments": modern(
        paragraphs(BRIDGE),
        after="<h3>网友评论</h3><p>江边人 10:20</p><p>桥修得真快，等通车那天要去走一走。</p>"
        "<p><a href='?page=2'>2</a> <a href='?page=2'>下一页</a></p>",
    ),
}
