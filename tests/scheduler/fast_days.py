"""A service that a test takes through days within minutes: sites that fail, kills, steps of the clock, a model beside.

Time stands still until every crawl that the model has due is over, then passes to the next one. What is checked on the
way: each of them ran once, and none while another of its source was at work.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from archive.schema import runs
from core.clock import TEST_VARIABLE
from tests.product import Product
from tests.replica import Fault, Kind, Replica
from tests.scheduler.conftest import add_source
from tests.scheduler.history import database_of
from tests.scheduler.model_of_runs import Crawl, ModelOfRuns
from tests.scheduler.service import RunningService, wait_until_alone
from tests.scheduler.stepped_service import CLOCK_WAS_SET
from tests.scheduler.time_of_the_test import START, TimeOfTheTest

BEGIN = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
INTERVALS = {"cnr_anhui": 3, "kankanews": 4, "xhby": 5, "yicai": 6}
"""Hours; sources of one short list each."""

DEEP = 50
"""Pages of a JSON list that are read at most: the replica's hold three articles, and after an outage of hours there are
more than the usual three pages of new ones."""

LONGEST_STEP = 6 * 3600
"""Seconds by which the clock is set at most."""

CHANGES = (Kind.SERVER_ERROR, Kind.HANG, Kind.TRUNCATED, Kind.NEW_MARKUP, Kind.ERROR_PAGE, Kind.UNCHANGED)
"""What happens to lists; pages of articles fail with 5xx alone, so that none is lost by right."""

Act = Callable[[], object]


class FastDays:
    """A service on a fast clock, its sites, and the model of what it has to do."""

    def __init__(self, folder: Path, replica: Replica, hours: Mapping[str, int], dice: random.Random) -> None:
        self.tally: Counter[str] = Counter()
        self.memory: list[tuple[int, float]] = []
        """Process id and resident megabytes of the service, day by day."""
        self._replica, self._dice = replica, dice
        self._hours = hours
        own = {"bundled_sources": False, "source_folders": ["sources"], "workers": 1, "retries": 0, "timeout": 5}
        every_level = {"levels": ["core", "related", "mention", "none"]}
        self.product = Product(folder, replica, crawler=own, indexer=every_level)
        (folder / "sources").mkdir()
        for name, interval in hours.items():
            add_source(self.product, name, 60 * interval)
            file = folder / "sources" / f"{name}.toml"
            file.write_text(file.read_text().replace('kind = "json"', f'kind = "json"\nmax_pages = {DEEP}'))
        self._time = TimeOfTheTest(folder / "clock", BEGIN)
        self.product.variables[TEST_VARIABLE] = str(self._time.path)
        self._model = ModelOfRuns({name: timedelta(hours=interval) for name, interval in hours.items()})
        self._is_news = True
        self._faults: list[tuple[datetime, Fault]] = []
        self._start_service()

    @property
    def passed(self) -> timedelta:
        """How much time has passed, whatever the clock was set to."""
        return timedelta(seconds=self._time.steady - START)

    def goes_on(self, until: timedelta, *, troubles: Mapping[str, float]) -> None:
        """Let time pass; at each crawl each trouble happens with its probability.

        Troubles: `step` of the clock, `fault` of a site, `child` and `service` killed, `end` of the service in order.
        """
        while self.passed < until:
            day = self.passed // timedelta(days=1)
            if self._happens(troubles, "step"):
                self._set_clock()
            self._spoil(self._happens(troubles, "fault"))
            if self._is_news:
                self._publish()
            before = Counter(self._over)  # a crawl of a broken list is over before it can be killed
            self._time.passes(timedelta(seconds=self._model.next_time() - self._time.steady))
            due = self._model.due_at(self._time)
            if self._happens(troubles, "service"):
                self._kill_service(due)
            elif self._happens(troubles, "end"):
                self._end_service(due)
            else:
                if self._happens(troubles, "child"):
                    self._kill_child(self._dice.choice(due))
                self._wait_for(due, before)
            if self.passed // timedelta(days=1) > day:
                self.memory.append((self._service.process.pid, self._megabytes()))

    def ends(self) -> None:
        """Have every source crawled once more without anything new, end the service in order, index what is left."""
        self._is_news = False
        self.goes_on(self.passed + timedelta(hours=max(self._hours.values())), troubles={})
        assert self._service.end() == 0
        wait_until_alone(self.product)
        self.product.run("index")
        self.tally["crawls"] = len(self._model.crawls)

    @property
    def expected_crawls(self) -> Counter[Crawl]:
        """What the model has."""
        return Counter((name, _to_the_second(at)) for name, at in self._model.crawls)

    @property
    def crawls(self) -> Counter[Crawl]:
        """What the archive remembers."""
        with database_of(self.product) as database, database.read() as connection:
            rows = connection.execute(select(runs.c.source, runs.c.started_at)).all()
        return Counter((name, _to_the_second(at)) for name, at in rows)

    @property
    def published(self) -> Counter[str]:
        """The canonical address of each article on the sites."""
        return Counter(article.canonical_url for name in self._hours for article in self._replica.articles(name))

    @property
    def searchable(self) -> Counter[str]:
        """How often a search for everything gives each article, be it as an original or as a copy."""
        canonical = {article["url"]: article["canonical_url"] for article in self.product.articles()}
        stories = self.product.rows("search", "--limit", "100000")
        return Counter(canonical[each["url"]] for story in stories for each in (story, *story["copies"]))

    def stop(self) -> None:
        """Leave no process behind, whatever happened."""
        self._service.process.kill()
        self._service.process.communicate()

    def _start_service(self) -> None:
        self._service = RunningService(self.product)
        self._service.wait_for("started")
        self._model.service_starts(self._time)
        self._seen, self._steps = 0, 0
        self._over: Counter[str] = Counter()
        self._at_work: set[str] = set()

    def _wait_for(self, due: list[str], before: Counter[str]) -> None:
        """Wait until these crawls are over, one more of each than before; no other one may have begun."""
        for name in due:
            self._model.begins(name, self._time)
        self._service.wait_until(lambda: self._read_log() and all(self._over[name] > before[name] for name in due))
        self._service.wait_until(lambda: not self.expected_crawls - self.crawls)  # a death is written late
        assert self.crawls == self.expected_crawls, f"after {self.passed}"

    def _read_log(self) -> bool:
        """Count the crawls that are over; AssertionError where two of a source overlap, or a job dies by itself."""
        events = self._service.events[self._seen :]
        self._seen += len(events)
        for event in events:
            job = str(event.get("job", ""))
            if event["event"] == "job started":
                assert job == "index" or job not in self._at_work, f"{job} overlaps"
                self._at_work.add(job)
            elif event["event"] in {"job finished", "job crashed"}:
                is_ours = event["status"] == -signal.SIGKILL and job.startswith("crawl ")
                assert event["status"] == 0 or is_ours, event
                self._at_work.discard(job)
                self._over[job.removeprefix("crawl ")] += 1
        return True

    def _wait_until_at_work(self, name: str) -> int:
        """Wait until a crawl has begun and asked for some pages, or is over; return its process's id."""
        asked = len(self._replica.log) + self._dice.randrange(4)
        times = self._over[name] + 1
        child = self._service.wait_for("job started", job=f"crawl {name}", times=times)
        self._service.wait_until(
            lambda: self._read_log() and (self._over[name] >= times or len(self._replica.log) >= asked)
        )
        return int(child["pid"])

    def _kill_child(self, name: str) -> None:
        pid = self._wait_until_at_work(name)
        if f"crawl {name}" in self._at_work:
            os.kill(pid, signal.SIGKILL)
            self.tally["crawls killed"] += 1

    def _kill_service(self, due: list[str]) -> None:
        self._wait_until_at_work(self._dice.choice(due))
        assert self._service.end(signal.SIGKILL) == -signal.SIGKILL
        self.tally["services killed"] += 1
        self._restart(due)

    def _end_service(self, due: list[str]) -> None:
        self._wait_until_at_work(self._dice.choice(due))
        assert self._service.end(signal.SIGTERM) == 0
        self.tally["services ended"] += 1
        self._restart(due)

    def _restart(self, due: list[str]) -> None:
        """Start another service once all processes of the last one are gone, as systemd does."""
        wait_until_alone(self.product)
        begun = self.crawls
        for name in due:
            if (name, _to_the_second(self._time.now)) in begun:
                self._model.begins(name, self._time)
        self._start_service()

    def _set_clock(self) -> None:
        seconds = self._dice.choice((-1, 1)) * max(5.0, LONGEST_STEP * self._dice.random() ** 3)
        self._time.is_set(timedelta(seconds=seconds))
        self._steps += 1
        self._service.wait_for(CLOCK_WAS_SET, times=self._steps)
        self.tally["steps of the clock"] += 1

    def _spoil(self, is_new: bool) -> None:
        """End the faults whose time is over, and perhaps begin one for some hours."""
        true_time = BEGIN + self.passed
        for end, fault in self._faults:
            if end <= true_time:
                self._replica.faults.switch_off(fault)
        self._faults = [(end, fault) for end, fault in self._faults if end > true_time]
        if not is_new:
            return
        source = self._dice.choice(list(self._hours))
        articles = self._replica.articles(source)
        host = urlsplit(articles[0].canonical_url).hostname or ""
        if self._dice.random() < 0.3:
            page = self._dice.choice(articles[-3:]).canonical_url.rpartition("/")[2]
            fault = self._replica.faults.switch_on(Kind.SERVER_ERROR, page, status=503)
            kind = "page_error"
        else:
            kind = self._dice.choice(CHANGES)
            times = 1 if kind is Kind.HANG else None  # each costs the crawl its whole patience
            fault = self._replica.faults.switch_on(kind, LISTS[source].format(host=host), times=times)
        self.tally[f"faults: {kind}"] += 1
        self._faults.append((true_time + timedelta(hours=self._dice.uniform(3, 12)), fault))

    def _publish(self) -> None:
        for source in self._hours:
            for _ in range(self._dice.choice((0, 0, 1, 1, 2))):
                number = self.tally["articles published"] = self.tally["articles published"] + 1
                section = self._replica.articles(source)[0].section
                paragraphs = [_sentence(self._dice, number) for _ in range(3)]
                title = f"长三角一体化第{number}号消息：{_sentence(self._dice, number)[:12]}"
                self._replica.publish(source, section, title, paragraphs, BEGIN + self.passed)

    def _happens(self, troubles: Mapping[str, float], name: str) -> bool:
        return self._dice.random() < troubles.get(name, 0.0)

    def _megabytes(self) -> float:
        status = Path(f"/proc/{self._service.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


LISTS = {
    "cnr_anhui": r"{host}/ah/$",
    "kankanews": r"{host}/k24$",
    "xhby": r"{host}/xjiangsu$",
    "yicai": r"{host}/api/ajax/getlatest",
}
"""Where the list of each source stands."""

WORDS = "上海南京杭州合肥苏州宁波芜湖无锡嘉兴绍兴滁州南通港口铁路医保企业居民水质电价机场大桥社区园区高校"
"""Of two characters each."""


def _sentence(dice: random.Random, number: int) -> str:
    places = (2 * dice.randrange(len(WORDS) // 2) for _ in range(28))
    words = "".join(WORDS[place : place + 2] for place in places)
    return f"{words[:20]}，第{number}批{dice.randrange(10**6)}项，{words[20:44]}，{words[44:]}。"


def _to_the_second(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
