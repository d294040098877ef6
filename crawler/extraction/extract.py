"""The steps from a page's bytes to its Extraction: decode, parse, find the body, repair it, read the fields, judge."""

from datetime import datetime
from typing import Any

from archive.article import Precision
from crawler.extraction.body import BodySearch
from crawler.extraction.boilerplate import bundled_boilerplate
from crawler.extraction.bylines import find_editors, find_programme, find_reporters
from crawler.extraction.candidates.by_density import by_density
from crawler.extraction.credit import find_credit
from crawler.extraction.decoding import decode
from crawler.extraction.document import parse
from crawler.extraction.explanation import Explanation
from crawler.extraction.found import Found
from crawler.extraction.language import language_of
from crawler.extraction.layout import PageLayout, body_span
from crawler.extraction.media import find_canonical, find_image, find_video
from crawler.extraction.model import Extraction, Hints
from crawler.extraction.paging import find_pages
from crawler.extraction.proximity import proximity
from crawler.extraction.published import SEEN_BY_THE_READER, find_published
from crawler.extraction.repairs.pagers import without_pager
from crawler.extraction.text_blocks import assigned_lines
from crawler.extraction.title import find_title, headlines, likely_headline, title_beside
from crawler.extraction.verdict import judge_page
from text.glosses import has_gloss_habit

_NO_HINTS = Hints()


def extract(
    html: bytes,
    url: str,
    hints: Hints = _NO_HINTS,
    *,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    listed_at: datetime | None = None,
) -> Extraction:
    """Return what a page says: clean body, fields with their origin, and a verdict; a pure function.

    `content_type` is the HTTP header as it came. `fetched_at` (aware) is when the page was fetched: no date later than
    ten minutes after it is believed, dates without a year are read as the last ones before it, and relative ones
    are counted from it. `listed_at` (aware) is what the list says of this article, for a page that says nothing better.
    """
    return explain(html, url, hints, content_type=content_type, fetched_at=fetched_at, listed_at=listed_at)[0]


def explain(
    html: bytes,
    url: str,
    hints: Hints = _NO_HINTS,
    *,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    listed_at: datetime | None = None,
) -> tuple[Extraction, Explanation]:
    """Return the extraction of a page and why it is what it is; see `extract`."""
    decoded = decode(html, content_type=content_type, charset=hints.charset)
    document = parse(decoded.text, url, remove=hints.remove)
    lines = assigned_lines(document.tree)
    language = language_of(document, "\n".join(line.text for line in lines if line.is_prose) or document.head_title)
    boilerplate = bundled_boilerplate()

    plain = lines
    if has_gloss_habit("\n".join(line.text for line in lines)):
        plain = [line.without_glosses() for line in lines]
    found = headlines(document, plain, boilerplate)
    likely = likely_headline(found)
    near = proximity(plain, likely)
    density = by_density(lines, near, boilerplate, likely)
    begin, _ = body_span(lines, density.paragraphs if density else ())
    title, headline = find_title(document, plain, found, begin, boilerplate, hints=hints.title)
    body = BodySearch(document, plain, near, title.value or "", language, boilerplate).find(density, hints)
    if not hints.title:  # the frame of a body that waits in a script may show a headline of something else
        title = title_beside(body.beside) or title
    first, last = body_span(plain, body.paragraphs)
    layout = PageLayout(plain, headline if headline is not None and headline < first else None, first, last)

    beside = body.beside
    published = find_published(
        document, layout, beside, hints=hints.published_at, fetched_at=fetched_at, listed_at=listed_at
    )
    credit = find_credit(document, layout, beside, signatures=body.signatures, hints=hints.credit)
    reporters = find_reporters(
        document, layout, body.paragraphs, beside, signatures=body.signatures, hints=hints.reporters
    )
    editors = find_editors(document, layout, body.paragraphs, beside, hints=hints.editors)
    programme = find_programme(document, layout, body.paragraphs, credit.value, hints=hints.programme)
    image, video, canonical = find_image(document, layout), find_video(document), find_canonical(document)
    pages = find_pages(document, layout)
    body = without_pager(body, pages)
    judgement = judge_page(
        document,
        layout,
        title.value or "",
        body.paragraphs,
        pages,
        dated=published.value is not None and published.rank >= SEEN_BY_THE_READER,
        video=video.value is not None,
    )
    extraction = Extraction(
        url=url,
        canonical_url=canonical.value,
        title=title.value or "",
        paragraphs=body.paragraphs,
        published_at=published.value.at if published.value else None,
        published_precision=published.value.precision if published.value else Precision.NONE,
        published_from=published.origin,
        credit=credit.value,
        reporters=reporters.value or (),
        editors=editors.value or (),
        programme=programme.value,
        image=image.value,
        video=video.value,
        language=language,
        encoding=decoded.encoding,
        verdict=judgement.verdict,
        reason=judgement.reason,
        winner=body.winner,
        repairs=tuple(effect.name for effect in body.effects),
        doubtful=body.doubts,
        page_count=pages.count,
        page_number=pages.place,
        first_page=pages.first,
        further_pages=pages.further,
        whole_page=pages.whole,
    )
    origins: dict[str, Found[Any]] = {  # Any: a date, a text, names; only where each was read is kept
        "title": title,
        "published_at": published,
        "credit": credit,
        "reporters": reporters,
        "editors": editors,
        "programme": programme,
        "image": image,
        "video": video,
        "canonical_url": canonical,
    }
    return extraction, Explanation(
        encoding=decoded.origin, body=body, origins={name: found.origin for name, found in origins.items()}
    )
