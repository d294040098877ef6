"""Watch: what no due time tells - fixed times of the day, articles to be indexed, sources paused and resumed."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from archive.database import Database
from archive.paused_sources import paused_since
from core.clock import Clock
from core.log import get_logger
from indexer.stories.persistent.batches import has_waiting_articles
from scheduler.timetable import Timetable

log = get_logger("scheduler.watch")

INDEX_WAIT = timedelta(seconds=10)
"""After an article was seen to wait, so that those that come together are one run; with the time between two looks and
the start of a process, an article is in the index half a minute after it was stored at the latest."""


LOOK_SECONDS = 2.0
"""Between two looks: what `deltanews sources resume` resumes is obeyed within that time."""


class Watch:
    """A thread that looks at the clock and into the archive every few seconds.

    Fixed times are those of the wall clock, as it is: who sets it back has them twice, forth past one, at once.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        timetables: Callable[[], Mapping[str, Timetable]],
        crawl: Callable[[str], None],
        index: Callable[[timedelta], None],
        paused: Callable[[frozenset[str]], None],
    ) -> None:
        """Take what to ask for the timetables, and what is done.

        `crawl` is called with the name of a source whose time has come, `index` with how long to wait, `paused` with
        all sources that are paused, at every look.
        """
        self._database, self._clock = database, clock
        self._timetables, self._crawl, self._index, self._paused = timetables, crawl, index, paused
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._looked_at = clock.now()
        self.index_works = True
        """Whether the last index run ended well; one that crashed is not started again every few seconds."""

    def start(self) -> None:
        """Begin to look; what was due before is the plan's."""
        self._looked_at = self._clock.now()
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Ask for what is due now."""
        last, self._looked_at = self._looked_at, self._clock.now()
        for name, timetable in self._timetables().items():
            if timetable.is_due_between(last, self._looked_at):
                self._crawl(name)
        try:
            with self._database.read() as connection:
                waiting, paused = has_waiting_articles(connection), frozenset(paused_since(connection))
        except DBAPIError as error:  # the next look may find it well; crawls tell what is wrong
            log.warning("the archive cannot be read", error=str(error.orig))
            return
        self._paused(paused)
        if waiting and self.index_works:
            self._index(INDEX_WAIT)

    def _run(self) -> None:
        while not self._stopped.wait(min(self._clock.poll_seconds, LOOK_SECONDS)):
            self.look()
