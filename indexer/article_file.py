"""Article file: the JSONL file of articles that `dedupe` and `events` read, lines that are none reported."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from core.console import print_line
from core.errors import UsageError, system_reason
from core.json_lines import checked_lines
from indexer.stories.article_lines import read_article_lines
from indexer.stories.item import Item


def read_reported(file: str) -> tuple[dict[str, Item], bool]:
    """Return the articles of a file (- is standard input) by their ids, and whether every line was one.

    A line that is no article is reported on standard error. UsageError where the file cannot be read, or is of another
    kind.
    """
    name = "standard input" if file == "-" else file
    refused: list[UsageError] = []
    with _opened(file, name) as lines:
        items = read_article_lines(lines, name, refused.append)
    for error in refused:
        print_line(f"deltanews: {error}", stderr=True)
    return items, not refused


@contextmanager
def _opened(file: str, name: str) -> Iterator[Iterator[str]]:
    """Yield the lines of a file as text; bytes that are not UTF-8 are left as surrogates, which the reader refuses."""
    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as lines:
            yield (line.decode("utf-8", "surrogateescape") for line in checked_lines(lines, name))
    except OSError as error:
        raise UsageError(f"{file}: {system_reason(error)}") from error
