"""`deltanews relevance`: what a text has to do with the integration of the delta, and the terms that decide it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from archive.article import Relevance, Term
from core.console import Cell, print_facts, print_json_lines, print_line, stdout_console
from core.errors import UsageError
from core.json_lines import checked_lines
from crawler.relevance.gazetteer import load_gazetteer
from crawler.relevance.input import ArticleInput, read_input, read_json_lines
from crawler.relevance.rules import judge
from crawler.settings import CrawlerSettings

STYLES = {
    "region": "bold red",
    "integration": "bold red",
    "vehicle": "bold red",
    "document": "bold red",
    "body": "bold red",
    "institution": "cyan",
    "ambiguous": "cyan",
    "predicate": "bold green",
    "together": "bold green",
    "cooperation": "bold green",
    "topic": "bold green",
    "province": "cyan",
    "city": "cyan",
}
"""How a term looks on a terminal, by the table of the gazetteer that it stands in."""


def relevance(
    given: Annotated[
        str | None, typer.Argument(metavar="TEXT|FILE|URL", help="What to classify; a text's first line is its title.")
    ] = None,
    *,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Judge each line of JSON, by its title and body, and print one line of JSON for each; - is stdin.",
        ),
    ] = None,
    gazetteer: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Terms of your own to try, beside those in the settings.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Print the text with the deciding words marked.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object; --jsonl does so anyway.")] = False,
) -> None:
    """Say what a text has to do with 长三角一体化: level, score, topics, and the words that decide it.

    Levels are core, related, mention and none; the first two are indexed unless the settings say otherwise. One
    passage that reports what places or bodies of two provinces do together makes a text related. A line of --jsonl
    that holds no article is reported, the others are judged, and the exit status is 1.

    Examples:
      deltanews relevance 安徽携手沪苏浙共建创新生态圈 --explain
      deltanews relevance report.txt --json
      deltanews relevance --jsonl articles.jsonl
      deltanews relevance report.txt --gazetteer my-terms.toml
    """
    if (given is None) == (jsonl is None):
        raise UsageError("give one of both: a TEXT, FILE or URL to classify, or --jsonl FILE")
    if jsonl is not None and explain:
        raise UsageError("--explain goes with one text, not with --jsonl")
    terms = load_gazetteer((*CrawlerSettings.load().gazetteers, *(gazetteer or ())))
    if given is not None:
        article = read_input(given)
        _print_one(article, judge(article.title, article.body, terms), explain=explain, as_json=as_json)
        return
    refused: list[UsageError] = []
    judged = ((article, judge(article.title, article.body, terms)) for article in _lines(jsonl, refused.append))
    print_json_lines(found.model_dump(mode="json") | {"title": article.title} for article, found in judged)
    for error in refused:
        print_line(f"deltanews: {error}", stderr=True)
    if refused:
        raise typer.Exit(1)


def _lines(path: Path | None, refuse: Callable[[UsageError], None]) -> Iterator[ArticleInput]:
    if path is None or str(path) == "-":
        yield from read_json_lines(checked_lines(sys.stdin.buffer, "stdin"), "stdin", refuse)
        return
    if not path.is_file():
        raise UsageError(f"--jsonl: {path} does not exist")
    with path.open("rb") as lines:
        yield from read_json_lines(checked_lines(lines, str(path)), str(path), refuse)


def _print_one(article: ArticleInput, found: Relevance, *, explain: bool, as_json: bool) -> None:
    if as_json:
        print_json_lines([found.model_dump(mode="json") | {"title": article.title}])
        return
    print_facts(_facts(article, found))
    if explain:
        sys.stdout.write("\n")
        for field, text in (("title", article.title), ("body", article.body)):
            if text:
                stdout_console().print(marked(text, [term for term in found.terms if term.field == field]))


def _facts(article: ArticleInput, found: Relevance) -> Iterator[tuple[str, Cell]]:
    yield "level", found.level
    yield "score", f"{found.score:g}"
    yield "reason", found.reason
    if passage := found.passage:
        text = article.title if passage.field == "title" else article.body
        yield "passage", " ".join(text[passage.start : passage.end].split())
    for name in ("topics", "provinces", "cities", "vehicles"):
        if values := getattr(found, name):
            yield name, ", ".join(values)


def marked(text: str, terms: Sequence[Term]) -> Text:
    """Return the text with each term in brackets, which a pipe shows too, and in the colour of its kind."""
    result = Text()
    end = 0
    for term in terms:
        result.append(text[end : term.start])
        result.append(f"【{term.text}】", STYLES.get(term.kind, "bold"))
        end = term.end
    return result.append(text[end:])
