"""Extraction in processes of its own: all cores work, and a page that hangs or swells harms no other.

Each worker is a process and a pipe of its own, and each thread of the pool uses one at a time. So the death of a
worker, idle, starting or at work, is seen by the one thread that has it, and nobody else is concerned.
"""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from core.errors import DeltaNewsError
from crawler.pages.extraction_worker import TICK_SECONDS, ExtractionWorker, LimitReachedError, WorkerDiedError
from crawler.pages.task import PageRead, PageTask, UnreadCause
from crawler.settings import CrawlerSettings

TRIES = 3
"""How often a page is read at once whose worker died: most often that was not the page's fault."""

START_DELAYS = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each try to start a worker; after the last one the machine has none to give."""

SHUTDOWN_SECONDS = 5.0
"""How long a page in work may hold up a crawl that is stopped."""


class ExtractionFailedError(DeltaNewsError):
    """A page could not be read within its limits; the message says which limit or what went wrong."""


class PageDamagedError(ExtractionFailedError):
    """The page's record is cut, changed or gone: only fetching it again helps."""


class PoolBrokenError(DeltaNewsError):
    """No page can be read: workers cannot be started, or the crawl was stopped. Pages wait for the next crawl."""


class ExtractionPool:
    """Worker processes; one pool serves every spider of a process. Use it as a context manager, or close it."""

    def __init__(self, settings: CrawlerSettings) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(settings.workers, thread_name_prefix="extraction")
        self._lock = threading.Lock()
        """Held while a worker comes or goes: once the pool is closed, none is started any more."""
        self._alive: set[ExtractionWorker] = set()
        self._idle: list[ExtractionWorker] = []  # started with the first page: a crawl of unchanged lists needs none
        self._shutting_down = threading.Event()
        self._closed = threading.Event()
        self._broken: str | None = None
        """Why no worker can be started: found out once, not again for every page in flight."""

    async def read(self, task: PageTask) -> PageRead:
        """Read one page in a worker.

        ExtractionFailedError where it takes too long or too much, or breaks its worker; PoolBrokenError where there are
        no workers.
        """
        loop = asyncio.get_running_loop()
        try:
            reading = loop.run_in_executor(self._threads, self._read, task)
        except RuntimeError as error:
            raise PoolBrokenError("the extraction processes have been ended") from error
        return await reading

    def begin_shutdown(self) -> None:
        """Let what is in work come to its end, for a few seconds; what it does not end is read in the next crawl."""
        self._shutting_down.set()

    def close(self) -> None:
        """End the workers; what they were reading is read in the next crawl."""
        with self._lock:
            self._closed.set()  # from here on none is started
            for worker in self._alive:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in list(self._alive):
            self._discard(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _read(self, task: PageTask) -> PageRead:
        """Read one page, in a thread."""
        check = _CancelCheck(self._shutting_down, self._closed)
        death = None
        for _ in range(TRIES):
            worker = self._ready_worker(check)
            usable = False
            try:
                answer = worker.read(task, check)
                usable = (
                    isinstance(answer, PageRead) or answer.cause is not UnreadCause.MEMORY
                )  # one that has swollen is replaced
            except WorkerDiedError as error:
                death = error
                continue
            except LimitReachedError as error:
                raise ExtractionFailedError(str(error)) from error
            finally:
                self._give_back(worker, usable=usable)
            if isinstance(answer, PageRead):
                return answer
            raise (PageDamagedError if answer.cause is UnreadCause.LOST else ExtractionFailedError)(answer.reason)
        check()
        raise ExtractionFailedError(f"{death}, {TRIES} times")

    def _ready_worker(self, check: "_CancelCheck") -> ExtractionWorker:
        """Return an idle worker, else a new one; those that died meanwhile are discarded."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
                alive = worker is not None and worker.is_alive
            if worker is None:
                return self._new_worker(check)
            if alive:
                return worker
            self._discard(worker)

    def _new_worker(self, check: "_CancelCheck") -> ExtractionWorker:
        problem: Exception | None = None
        for delay in START_DELAYS:
            self._closed.wait(delay)
            check()
            if self._broken:
                break
            try:
                worker = self._start()
            except OSError as error:
                problem = error
                continue
            try:
                worker.wait_until_ready(check)
            except (WorkerDiedError, LimitReachedError) as error:
                problem = error
                self._discard(worker)
            except BaseException:
                self._discard(worker)
                raise
            else:
                return worker
        check()
        self._broken = self._broken or f"no extraction process can be started: {problem}"
        raise PoolBrokenError(self._broken)

    def _start(self) -> ExtractionWorker:
        settings = self._settings
        with self._lock:
            if self._closed.is_set():
                raise PoolBrokenError("the extraction processes have been ended")
            worker = ExtractionWorker(
                seconds=settings.extraction_seconds,
                megabytes=settings.extraction_megabytes,
                gazetteers=settings.gazetteers,
            )
            self._alive.add(worker)
        return worker

    def _give_back(self, worker: ExtractionWorker, *, usable: bool) -> None:
        if not usable:
            self._discard(worker)
            return
        with self._lock:
            self._idle.append(worker)

    def _discard(self, worker: ExtractionWorker) -> None:
        with self._lock:
            self._alive.discard(worker)
            worker.end()


class _CancelCheck:
    """Ends one page's waiting where the pool is closed, or shuts down and the page takes too long for that."""

    def __init__(self, shutting_down: threading.Event, closed: threading.Event) -> None:
        self._shutting_down = shutting_down
        self._closed = closed
        self._polls = 0

    def __call__(self) -> None:
        """PoolBrokenError where the waiting is over."""
        self._polls += self._shutting_down.is_set()
        if self._closed.is_set() or self._polls * TICK_SECONDS > SHUTDOWN_SECONDS:
            raise PoolBrokenError("stopped while pages were being read; they are read in the next crawl")
