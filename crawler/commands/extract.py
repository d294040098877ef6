"""`deltanews extract`: what is read out of one page, and why; the tool to fix a source with."""

import codecs
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from archive.article import Precision
from core.console import print_hanging, print_json_lines, print_rows, stdout_console
from core.errors import UsageError
from core.time import format_time, in_shanghai
from crawler.crawl.single_page import fetch_page
from crawler.extraction.explanation import Explanation
from crawler.extraction.extract import explain as explain_page
from crawler.extraction.model import Extraction
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_sources
from crawler.sources.loader import active_sources
from crawler.sources.model import Source

_BEGINNING = 8192
"""Bytes of a file that tell a text from anything else."""
_WIDE_CHARACTERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""How texts begin in which a zero byte is a part of a character (UTF-32-LE begins as UTF-16-LE does)."""
_SHORTENED = 100
"""Characters of a paragraph that an explanation quotes."""


def extract(
    page: Annotated[str, typer.Argument(metavar="URL|FILE", help="A page's address, or a saved page.")],
    *,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=complete_source,
            help="Read it with this source's hints; else with its host's.",
        ),
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="The address that a saved page came from.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show every candidate, each repair's effect, and where fields stand.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole extraction as one JSON object.")] = False,
) -> None:
    """Print what is read out of one page: title, time, credit, names, clean body, and what kind of page it is.

    A file is read as it is, without any network. With --explain you see what each way of looking for the body found,
    how the chooser scored it, what each repair took out, and where every field was read or why it is empty. Piped, each
    row starts with what it is: field, candidate, repair or body. Of an article over several pages this one is read
    alone, and the others that it names are listed.

    Examples:
      deltanews extract saved.html
      deltanews extract saved.html --url https://news.jstv.com/a/20201130/1606733984697.shtml --explain
      deltanews extract https://news.jstv.com/a/20201130/1606733984697.shtml --json
      deltanews extract saved.html --source jstv --explain
    """
    page_input = _input(page, url)
    chosen = _source(source, page_input.url)
    hints = chosen.hints_for(page_input.url) if chosen else None
    extraction, explanation = explain_page(
        page_input.body,
        page_input.url,
        *([hints] if hints else []),
        content_type=page_input.content_type,
        fetched_at=page_input.fetched_at,
    )
    if as_json:
        print_json_lines([_as_json(extraction, explanation if explain else None)])
        return
    rows = [*_facts(extraction, explanation, chosen), *(_reasons(explanation) if explain else ())]
    if sys.stdout.isatty():
        _print_for_a_person(rows, extraction.paragraphs)
        return
    print_rows((), rows)
    print_rows((), (("body", paragraph) for paragraph in extraction.paragraphs))


def _print_for_a_person(rows: Iterable[Sequence[str]], paragraphs: Iterable[str]) -> None:
    """Print the facts, a line or more each, and the whole text under them; nothing is cut."""
    console = stdout_console()
    for kind, name, value, why in rows:
        head = Text(f"{kind:<9} {name:<13} ")
        print_hanging(head, value or why, console)
        if value and why:
            print_hanging(Text(" " * head.cell_len), Text(f"({why})", "dim"), console)
    for paragraph in paragraphs:
        print_hanging(Text(), paragraph, console)
        console.print()


@dataclass(frozen=True)
class _Input:
    """The page as it was handed in."""

    body: bytes
    url: str
    content_type: str | None = None
    fetched_at: datetime | None = None


def _input(page: str, url: str | None) -> _Input:
    if page.startswith(("http://", "https://")):
        if url:
            raise UsageError("--url goes with a saved page; an address is its own")
        fetched = fetch_page(page)
        return _Input(fetched.body, fetched.url, fetched.content_type, fetched.fetched_at)
    path = Path(page)
    if not path.is_file():
        raise UsageError(f"{page}: there is no such file; an address starts with http:// or https://")
    content = path.read_bytes()
    if b"\0" in content[:_BEGINNING] and not content.startswith(_WIDE_CHARACTERS):
        raise UsageError(f"{page}: it is no page: it holds bytes that no text has")
    return _Input(content, url or "")


def _source(name: str | None, url: str) -> Source | None:
    """Return the source that is named, else the one that the address belongs to, if any."""
    sources = configured_sources()
    if name:
        return active_sources(sources, [name])[0]
    return next((source for source in sources.values() if url and source.owns(url)), None)


def _facts(extraction: Extraction, explanation: Explanation, source: Source | None) -> Iterator[tuple[str, ...]]:
    origins = explanation.origins
    day_only = extraction.published_precision is Precision.DAY
    yield "field", "verdict", extraction.verdict, extraction.reason
    yield "field", "title", extraction.title, origins["title"]
    yield "field", "published_at", format_time(extraction.published_at, day_only=day_only), origins["published_at"]
    yield "field", "credit", extraction.credit or "", origins["credit"]
    yield "field", "reporters", "、".join(extraction.reporters), origins["reporters"]
    yield "field", "editors", "、".join(extraction.editors), origins["editors"]
    for name in ("programme", "image", "video", "canonical_url"):
        yield "field", name, getattr(extraction, name) or "", origins[name]
    yield "field", "language", extraction.language, ""
    yield "field", "encoding", extraction.encoding, explanation.encoding
    yield "field", "body", f"{len(extraction.body)} characters", f"{extraction.winner}: {explanation.body.choice}"
    if extraction.page_count > 1:
        yield "field", "page", f"{extraction.page_number} of {extraction.page_count}", "as its pager tells"
    for name, addresses in (
        ("first_page", [extraction.first_page]),
        ("further_page", extraction.further_pages),
        ("whole_page", [extraction.whole_page]),
    ):
        yield from (("field", name, address, "a crawl joins it") for address in addresses if address)
    for doubt in extraction.doubtful:
        yield "field", "doubtful", "", doubt
    yield "field", "hints", source.name if source else "", source.title if source else "no source has this address"


def _reasons(explanation: Explanation) -> Iterator[tuple[str, ...]]:
    for score in explanation.body.scores:
        parts = "  ".join(f"{name} {value:.2f}" for name, value in score.parts.items())
        size = f"{score.candidate.size} characters at {score.candidate.origin}"
        yield "candidate", score.candidate.name, f"{score.total:.3f}", f"{size}  {parts}"
    for effect in explanation.body.effects:
        yield "repair", effect.name, "", effect.why
        for mark, paragraphs in (("-", effect.gone), ("+", effect.new)):
            for paragraph in paragraphs:
                yield "repair", effect.name, mark, _shortened(paragraph)


def _shortened(paragraph: str) -> str:
    return paragraph if len(paragraph) <= _SHORTENED else f"{paragraph[:_SHORTENED]}… ({len(paragraph)})"


def _as_json(extraction: Extraction, explanation: Explanation | None) -> dict[str, Any]:
    """Return the extraction as JSON holds it, with its explanation if asked (Any: its values are of every type)."""
    published = in_shanghai(extraction.published_at).isoformat() if extraction.published_at else None
    result = extraction.model_dump(mode="json") | {"body": extraction.body, "published_at": published}
    if explanation is None:
        return result
    candidates = [
        {
            "name": score.candidate.name,
            "origin": score.candidate.origin,
            "characters": score.candidate.size,
            "score": round(score.total, 4),
            "parts": {name: round(value, 4) for name, value in score.parts.items()},
        }
        for score in explanation.body.scores
    ]
    repairs = [
        {"name": effect.name, "why": effect.why, "gone": list(effect.gone), "new": list(effect.new)}
        for effect in explanation.body.effects
    ]
    return result | {
        "explanation": {
            "encoding": explanation.encoding,
            "choice": explanation.body.choice,
            "candidates": candidates,
            "repairs": repairs,
            "origins": explanation.origins,
        }
    }
