"""What holds for whatever any command prints: its times are those of Shanghai, and no width cuts what is used again.

Every command is run on one installation that has seen everything: articles, stories and copies, a failed list, a link
and a page that failed, a pause, a refused story.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from archive.database import Database
from archive.links import NewLink, add_links, due_links, mark_failed
from archive.lists import ListTarget, record_list_problem
from archive.rate_limits import limit_domain
from archive.schema import articles, pages
from archive.story_tables import dead_letters, stories
from core.time import format_time
from crawler.extraction.version import extraction_version
from deltanews.command_table import COMMANDS
from tests.cli.conftest import REPOSITORY
from tests.crawl.small_site import SmallSite, article, product_of

DEEP = "/a-folder-whose-name-alone-is-nearly-as-wide-as-a-terminal/of-eighty-columns/2026/11/18"
TITLE = "长三角生态绿色一体化发展示范区执委会发布新规：沪苏浙三地统一标准，要素自由流动，惠及区内企业和居民"
LATE = datetime(2026, 11, 17, 23, 42, tzinfo=UTC)
"""In Shanghai it is the 18th, 07:42."""

COMMAND_LINES = {
    "crawl": "crawl",
    "sources list": "sources list",
    "sources show": "sources show local",
    "sources check": "sources check local",
    "sources resume": "sources resume local",
    "sources add": "sources add {site}/list --folder {folder}/drafts --replace",
    "index": "index",
    "search": "search 长三角",
    "story": "story {site}/a/1.html",
    "extract": "extract {folder}/page.html --url {site}{deep}/a/1.html",
    "relevance": "relevance 安徽携手沪苏浙共建长三角G60科创走廊创新生态圈",
    "dedupe": "dedupe {folder}/articles.jsonl",
    "kibana import": "",
    "kibana export": "kibana export {folder}/kibana.ndjson",
    "archive export": "archive export",
    "archive backup": "archive backup {folder}/backup",
    "archive restore": "",
    "archive forget": "",
    "reextract": "reextract --dry-run",
    "reclassify": "reclassify --dry-run",
    "rebuild stories": "rebuild stories",
    "rebuild index": "rebuild index",
    "rebuild remove-old": "rebuild remove-old",
    "status": "status",
    "doctor": "doctor",
    "pages retry": "pages retry",
    "deadletters list": "deadletters list",
    "deadletters show": "deadletters show {story}",
    "deadletters retry": "deadletters retry --all",
    "deadletters drop": "deadletters drop --all",
    "config": "config",
    "events": "events",
    "event": "event {site}/a/1.html --explain",
    "correct": "correct {site}/a/1.html",
    "corrections list": "corrections list",
    "corrections undo": "",
    "corrections export": "corrections export",
    "gaps": "gaps --province 浙江 --since 2026-11",
    "standing": "standing --since 2026-11",
    "rebuild events": "rebuild events",
    "run": "",
    "web": "",
    "tokens add": "",
    "tokens list": "",
    "tokens revoke": "",
    "why": "why {site}/a/1.html",
    "health": "health",
    "runs": "runs",
    "service crawl": "",
    "service pause": "",
    "service resume": "",
    "service reload": "",
    "dedupe --explain": "dedupe --explain {site}/a/1.html {site}/a/2.html",
}
"""How each command is called. Left out: `run`, whose log is no table, `web`, which serves pages,
`service …`, which tell one that runs, `corrections undo`, whose numbers nothing has here, `kibana import`, which prints
what `kibana export` does, and `archive restore` and `archive forget`, which need an archive that is not there or take
from it what is."""

TELL_TIMES = {
    "crawl": "",
    "sources check": "",
    "sources resume": "--json",
    "search": "--json",
    "story": "--json",
    "extract": "--json",
    "archive export": "",
    "status": "--json",
    "doctor": "",
    "deadletters list": "--json",
    "deadletters show": "",
    "dedupe --explain": "",
    "events": "--json",
    "event": "--json",
    "gaps": "--json",
    "why": "--json",
    "health": "--json",
    "runs": "--json",
}
"""Those whose output holds times, and the option for JSON where there is one that holds them."""


SLOW = {"crawl", "sources check", "sources add"}
"""Those that ask the site each time they are called."""


class Installation:
    """An archive that has seen everything, and a process that runs commands on it."""

    def __init__(self, folder: Path, site: SmallSite) -> None:
        self.site = site
        self.limited_until = datetime.now(UTC) + timedelta(days=2)
        site.put("/list", "".join(f'<a href="/a/{n}.html">{TITLE}</a>' for n in (1, 2)))
        for number in (1, 2):
            page = article(TITLE).replace("2026-11-18 09:30", "2026-11-18 07:42")
            site.put(f"/a/{number}.html", page.replace("要素自由流动", "要素自由流动，" * number))
        self.product = product_of(folder, site)
        (folder / "product/articles.jsonl").write_text(
            "".join(
                json.dumps({"id": f"{site.url}{DEEP}/{n}", "title": TITLE, "body": TITLE * 5}) + "\n" for n in (1, 2)
            ),
            encoding="utf-8",
        )
        (folder / "product/page.html").write_text(page, encoding="utf-8")
        self.product.crawl()
        self.product.run("index")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.terminals"],
            cwd=REPOSITORY, env=self.product.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def shown(self, name: str, option: str = "", columns: int | None = None) -> tuple[str, int]:
        """Put everything into its place again, run a command, and return what it shows and its exit status."""
        places = {"site": self.site.url, "folder": str(self.product.folder), "deep": DEEP}
        places["story"] = self._make_trouble()
        words = [word.format(**places) for word in f"{COMMAND_LINES[name]} {option}".split()]
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"words": words, "columns": columns}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return answer["shown"], answer["status"]

    def _make_trouble(self) -> str:
        """Have each kind of trouble once; return the id of the story that is refused."""
        bad = f"{self.site.url}{DEEP}/report.html"
        with closing(Database.open(self.product.archive)) as database, database.write() as connection:
            add_links(connection, "local", "news", [NewLink(url=bad, canonical_url=bad)])
            for link in due_links(connection, "local", limit=1):
                mark_failed(connection, link.id, "HTTP 503 from the site, see /var/log/" + "deltanews" * 5)
            target = ListTarget("local", "news", f"{self.site.url}{DEEP}/list.html", {}, depth=0)
            record_list_problem(connection, target, "no article in the list; see `deltanews sources check local`")
            limit_domain(connection, "127.0.0.1", self.limited_until, "Retry-After")
            first = select(articles.c.id).order_by(articles.c.id).limit(1).scalar_subquery()
            changed = {"title": "另一题目", "level": "mention"}
            connection.execute(update(articles).where(articles.c.id == first).values(**changed))
            unread = {"extracted_at": LATE, "verdict": "failed", "tries": 4, "reason": "a limit of memory"}
            version = {"extraction_version": extraction_version()}
            connection.execute(update(pages).where(pages.c.url.endswith("/2.html")).values(**unread, **version))
            story: str = connection.scalars(
                select(stories.c.story_id).where(stories.c.deleted.is_(False)).limit(1)
            ).one()
            connection.execute(dead_letters.delete())
            letter = {"index_name": "embedded", "story_id": story, "revision": 1, "refused_at": LATE}
            reason = f"a field is too long: {bad}"
            connection.execute(dead_letters.insert().values(**letter, reason=reason, dropped=False))
        return story

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with SmallSite() as site, closing(Installation(tmp_path_factory.mktemp("everything"), site)) as installation:
        yield installation


def test_every_command_is_walked() -> None:
    assert {name.partition(" --")[0] for name in COMMAND_LINES} == {command.name for command in COMMANDS}


JSON_TIME = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\d[^"]*)"')
SHOWN_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


WALKED = pytest.mark.parametrize("name", [name for name, line in COMMAND_LINES.items() if line])


@WALKED
def test_every_time_is_that_of_shanghai(name: str, installation: Installation) -> None:
    table, _ = installation.shown(name)
    objects, _ = installation.shown(name, TELL_TIMES.get(name, ""))
    in_json = [datetime.fromisoformat(text) for text in JSON_TIME.findall(objects)]
    in_table = SHOWN_TIME.findall(table)
    assert bool(in_json or in_table) == (name in TELL_TIMES)
    assert {time.utcoffset() for time in in_json} <= {timedelta(hours=8)}
    if in_json and in_table:
        assert set(in_table) & {format_time(time) for time in in_json}
    if name not in {"sources resume", "doctor", "status"}:  # which tell of today
        assert "2026-11-17" not in table + objects
    if name not in {"crawl", "sources resume", "doctor", "status", "why", "runs"} and name in TELL_TIMES:
        assert "2026-11-18" in table + objects


USED_AGAIN = re.compile(
    r"https?://[!-~]+|(?<![\w/])/[\w.-]+/[\w./-]+|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\d \d\d:\d\d|`[^`]+`"
)
"""What a reader types, opens or looks up: addresses, paths, ids of stories, times, commands."""


@WALKED
def test_no_width_cuts_what_is_used_again(name: str, installation: Installation) -> None:
    piped, status = installation.shown(name)
    if name == "sources check":  # a terminal says what was expected only of what is wrong
        piped = "\n".join(without_what_was_expected(line) for line in piped.splitlines())
    whole = {part for part in USED_AGAIN.findall(piped) if not is_of_this_run(part)}
    for columns in (80,) if name in SLOW else (60,):  # what fits there fits a wider terminal
        shown, ended_with = installation.shown(name, "", columns)
        assert ended_with == status
        assert {part for part in whole if part not in shown} == set(), (columns, shown)
        assert shown.count("…") == piped.count("…"), (columns, shown)


def without_what_was_expected(line: str) -> str:
    """Return a step's line without its fifth cell, where the step is well."""
    cells = line.split("\t")
    return "\t".join(cells[:4] + cells[5:]) if cells[1] in {"ok", "note"} else line


def is_of_this_run(part: str) -> bool:
    """Whether it is a time that another run of the command tells otherwise."""
    return bool(SHOWN_TIME.fullmatch(part)) and part > format_time(datetime.now(UTC) - timedelta(hours=1))
