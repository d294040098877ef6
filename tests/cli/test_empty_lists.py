"""A list without an entry says so on a terminal, in one line with what to do next; a pipe and a script get nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from archive.database import Database
from tests.cli.conftest import REPOSITORY
from tests.product import Product

SAID = {
    "sources list": "`deltanews sources add` writes one",
    "deadletters list": "there is no dead letter",
    "events": "there are no events yet: `deltanews crawl`",
    "gaps --province 安徽": "there are no events yet: `deltanews crawl`",
    "standing": "there are no events yet: `deltanews crawl`",
    "why": "no list has given an address yet: `deltanews crawl` reads them",
    "health": "no source is on: `deltanews sources list` says why",
    "pages retry": "no page waits to be read again",
    "rebuild remove-old": "no rebuild has left an old search index",
    "dedupe /dev/null": "there is no article in it",
    "events /dev/null": "/dev/null holds no article",
}
WITHOUT_JSON = {"rebuild remove-old"}


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """A process that runs commands on an archive of no source's."""
    product = Product(tmp_path_factory.mktemp("empty"), crawler={"bundled_sources": False, "workers": 1})
    Database.open(product.archive).close()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.terminals"],
        cwd=REPOSITORY, env=product.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        yield process


def shown(process: subprocess.Popen[str], line: str, columns: int | None) -> str:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"words": line.split(), "columns": columns}) + "\n")
    process.stdin.flush()
    text: str = json.loads(process.stdout.readline())["shown"]
    return text


@pytest.mark.parametrize("line", SAID)
def test_an_empty_list_says_why_on_a_terminal_alone(line: str, commands: subprocess.Popen[str]) -> None:
    on_terminal = shown(commands, line, 80)
    assert SAID[line] in on_terminal
    assert on_terminal.count("\n") == 1
    assert shown(commands, line, None) == ""
    if line not in WITHOUT_JSON:
        assert shown(commands, f"{line} --json", 80) == ""
