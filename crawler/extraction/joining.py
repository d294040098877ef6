"""Joining an article that is printed over several pages: from what each page says to one Extraction; pure.

What every page repeats (headline, lead, the line of the editors) appears once, and no text is taken but what stands in
what is kept. A page that is missing, changed or a repetition of another is told in the reason, and where text may be
missing for it, in `doubtful`.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from crawler.extraction.lines import reads_as_prose
from crawler.extraction.model import Extraction
from crawler.extraction.page_addresses import MOST_PAGES, is_page_of, page_address
from crawler.extraction.repairs.chain import is_doubt_of
from text.width import squash

_ENDED = re.compile(r"[。！？…；：.!?;:][”’」』）】》)\]\"']*$")
"""How a paragraph ends that is whole: by punctuation, or closing marks after it."""
_TURN = re.compile(r"[（(【\[]?(?:未完待续|(?:上|下)[接转]第?[\d一二三四五六七八九十]{0,3}[页版])[）)】\]]?")
"""A line that only says where the text goes on."""
_OF_A_PAGE = re.compile(r"[（(\[【_-]?(?:第)?[\d一二三四五六七八九十]{1,2}(?:/\d{1,2})?页?[）)\]】]?$")
"""What a site puts behind the headline of a further page: (2), _2, 第2页."""
_REPEATED = 0.9
"""Share of a page's text from which it repeats what came before."""
_WHOLE = -1
"""What stands for the number of a page that shows the whole text."""

UNASKED = "it has not been fetched yet"
"""What stands for the number of a page that shows the whole text."""
UNASKED = "it has not been fetched yet"


@dataclass(frozen=True)
class FurtherPage:
    """A further page of an article, as far as it is there."""

    url: str
    extraction: Extraction | None
    problem: str = ""
    """Why it is not there, or is an older one; in words."""


@dataclass(frozen=True)
class Joined:
    """An article with all pages that are there."""

    extraction: Extraction
    unasked: tuple[str, ...] = ()
    """Addresses of pages that belong to it and are not among those given."""


def join(first: Extraction, pages: Sequence[FurtherPage]) -> Joined:
    """Return the article whose first page is `first`, with the text of its further pages.

    A page that shows the whole text goes before the others. An article of one page is returned as it is.
    """
    known = {_key(page.url): page for page in pages if is_page_of(first.url, page.url)}
    if first.whole_page:
        whole = known.get(_WHOLE)
        if whole is None:
            return Joined(first, (first.whole_page,))
        if whole.extraction is not None and _shows_whole(whole.extraction, first):
            return Joined(_with_text_of(first, whole.extraction))
    named = _named(first, known)
    if not named:
        return Joined(_alone(first))
    unasked = {number: FurtherPage(url, None, UNASKED) for number, url in named.items() if number not in known}
    found = [known.get(number) or unasked[number] for number in named]
    return Joined(_joined(first, found), tuple(page.url for page in unasked.values()))


def _alone(page: Extraction) -> Extraction:
    """Return an article of one page; one that says it has more, and not where, is said to be a part."""
    if page.page_count < 2:
        return page
    doubt = f"it is page {page.page_number} of {page.page_count}; the others are not at its own address"
    return page.model_copy(update={"doubtful": (*page.doubtful, doubt)})


def _named(first: Extraction, known: dict[int, FurtherPage]) -> dict[int, str]:
    """Return the further pages that the pages name, in their order: the number in the address, and the address."""
    named: dict[int, str] = {}
    queue = list(first.further_pages)
    while queue:
        url = queue.pop(0)
        number = _key(url)
        if number in named or number == _WHOLE or not is_page_of(first.url, url):
            continue
        named[number] = url
        page = known.get(number)
        if page and page.extraction and page.extraction.is_article:
            queue += page.extraction.further_pages
    return dict(sorted(named.items())[: MOST_PAGES - 1])


def _joined(first: Extraction, pages: Sequence[FurtherPage]) -> Extraction:
    count = max(first.page_count, first.page_number + len(pages))
    placed = list(enumerate(pages, first.page_number + 1))
    read = {place: page.extraction for place, page in placed if page.extraction and page.extraction.is_article}
    doubts = [f"page {place} of {count} is missing: it is not to be had" for place in range(1, first.page_number)]
    doubts += [f"page {place} of {count} is missing: {_why(page)}" for place, page in placed if place not in read]
    size = sum(len(page.body) for page in (first, *read.values()))
    for place, page in placed:
        if place in read:
            own = [doubt for doubt in read[place].doubtful if is_doubt_of(doubt, len(read[place].body), size)]
            changes = (page.problem, *own, *_changes(first, read[place], count))
            doubts += [f"page {place}: {change}" for change in changes if change]
    body, repeats = _text(first, read)
    joined = [first, *(page for place, page in read.items() if place not in repeats)]
    told = [f"page {place} repeats what came before" for place in repeats]
    if len(joined) > 1:  # the pages of a text's comments repeat the whole of it: nothing is missing there
        doubts, told = [*doubts, *told], []
    said = max(first.page_count, *(page.page_count for page in read.values()), 0)
    if said > MOST_PAGES:
        doubts.append(f"it has {said} pages or more, of which the first {MOST_PAGES} are read")
    figures = f"{sum(map(len, body))} characters in {len(body)} paragraphs on {len(joined)} of {count} pages"
    return first.model_copy(
        update={
            "paragraphs": tuple(body),
            "credit": _first_of(joined, "credit"),
            "reporters": _first_of(joined[::-1], "reporters") or (),
            "editors": _first_of(joined[::-1], "editors") or (),
            "programme": _first_of(joined, "programme"),
            "image": _first_of(joined, "image"),
            "video": _first_of(joined, "video"),
            "page_count": count,
            "reason": "; ".join([figures, *told, *doubts]),
            "repairs": tuple(dict.fromkeys(name for page in joined for name in page.repairs)),
            "doubtful": (*(doubt for doubt in first.doubtful if is_doubt_of(doubt, len(first.body), size)), *doubts),
        }
    )


def _text(first: Extraction, read: Mapping[int, Extraction]) -> tuple[list[str], list[int]]:
    """Return the paragraphs of the first page and those after it, and which of those hold nothing new."""
    lead = [squash(text) for text in (first.title, *first.paragraphs)]
    seen, own, repeats = {squash(paragraph) for paragraph in first.paragraphs}, {}, []
    for place, page in read.items():
        paragraphs = _without_lead(page.paragraphs, lead)
        if _is_repetition(paragraphs, seen):
            repeats.append(place)
        else:
            own[place] = paragraphs
            seen.update(map(squash, paragraphs))
    tails = _last_lines([first.paragraphs, *own.values()])
    body, before = _without_tail(first.paragraphs, tails, 0), first.page_number
    for index, (place, paragraphs) in enumerate(own.items(), 1):
        body = _appended(body, _without_tail(paragraphs, tails, index), adjoining=place == before + 1)
        before = place
    return body, repeats


def _why(page: FurtherPage) -> str:
    return page.problem if page.extraction is None else f"{page.extraction.verdict}: {page.extraction.reason}"


def _changes(first: Extraction, page: Extraction, count: int) -> list[str]:
    """Return what tells that a further page is not of the same text as the first one."""
    changes = []
    ours, theirs = _headline(first.title), _headline(page.title)
    if ours and theirs and ours not in theirs and theirs not in ours:
        changes.append(f"it has another headline, {page.title!r}")
    if page.page_count > count and count < MOST_PAGES:
        changes.append(f"it says that there are {page.page_count} pages, the first one {count}")
    return changes


def _headline(title: str) -> str:
    return _OF_A_PAGE.sub("", squash(title))


def _without_lead(paragraphs: Sequence[str], lead: Sequence[str]) -> list[str]:
    """Return a further page's paragraphs without those at its beginning that the first page begins with as well."""
    start = 0
    for paragraph in paragraphs:
        if squash(paragraph) not in lead[: start + 2] and not _TURN.fullmatch(squash(paragraph)):
            break
        start += 1
    return list(paragraphs[start:])


def _last_lines(pages: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the lines that end several of the pages, and the last page of them: they count where they stand last."""
    last = [squash(paragraphs[-1]) if paragraphs else "" for paragraphs in pages]
    return {line: index for index, line in enumerate(last) if line and last.count(line) > 1}


def _without_tail(paragraphs: Sequence[str], tails: Mapping[str, int], index: int) -> list[str]:
    """Return a page's paragraphs without the lines at its end that a later page ends with as well."""
    kept = list(paragraphs)
    while len(kept) > 1 and (tails.get(squash(kept[-1]), index) > index or _TURN.fullmatch(squash(kept[-1]))):
        kept.pop()
    return kept


def _is_repetition(own: Sequence[str], before: AbstractSet[str]) -> bool:
    """Tell whether a page holds hardly anything that does not stand in what came before (paragraphs, squashed)."""
    size = sum(len(paragraph) for paragraph in own)
    return sum(len(paragraph) for paragraph in own if squash(paragraph) in before) >= _REPEATED * size


def _appended(body: Sequence[str], more: Sequence[str], *, adjoining: bool) -> list[str]:
    """Return a text with the next page's; a sentence that the page break cut in two is made one."""
    if not adjoining or not body or not more or _ENDED.search(body[-1]) or not reads_as_prose(body[-1]):
        return [*body, *more]
    between = " " if body[-1][-1].isascii() and more[0][0].isascii() else ""
    return [*body[:-1], f"{body[-1]}{between}{more[0]}", *more[1:]]


def _shows_whole(whole: Extraction, first: Extraction) -> bool:
    """Tell whether a page holds the first one's text and more."""
    text = squash("".join(whole.paragraphs))
    held = sum(len(paragraph) for paragraph in first.paragraphs if squash(paragraph) in text)
    size = sum(len(paragraph) for paragraph in first.paragraphs)
    return whole.is_article and held >= _REPEATED * size and len(whole.body) > len(first.body)


def _with_text_of(first: Extraction, whole: Extraction) -> Extraction:
    """Return the article as the page shows it that has the whole text; what it lacks is the first page's."""
    fields = {
        name: getattr(whole, name) or getattr(first, name)
        for name in ("credit", "reporters", "editors", "programme", "image", "video")
    }
    reason = f"{whole.reason}; the whole text stands at {first.whole_page}"
    update = {"paragraphs": whole.paragraphs, "reason": reason, "repairs": whole.repairs, "doubtful": whole.doubtful}
    return first.model_copy(update=fields | update)


def _first_of(pages: Sequence[Extraction], name: str) -> object:
    return next((value for page in pages if (value := getattr(page, name))), None)


def _key(url: str) -> int:
    page = page_address(url)
    return _WHOLE if page is None or page.number == 0 else page.number
