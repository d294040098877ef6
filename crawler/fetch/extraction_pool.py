"""Extraction in processes of its own: both cores work, and a page that hangs or swells takes nothing with it.

pebble kills the one worker whose task runs over its time, which the standard library's pool cannot do.
"""

import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from concurrent.futures import TimeoutError as TaskTimeoutError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Semaphore
from pathlib import Path
from typing import Self

from pebble import ProcessExpired, ProcessPool

from crawler.fetch.page_task import PageRead, PageTask
from crawler.settings import CrawlerSettings

TRIES = 3
"""How often a page is given to the workers whose pool broke: whose fault that was, nobody can say."""

START_SECONDS = 10.0
"""How long the end of a crawl waits for a worker that is still starting."""


class ExtractionFailedError(Exception):
    """A page could not be read within its limits; the message says which limit or what went wrong."""


class PoolBrokenError(Exception):
    """No page can be read: the worker processes cannot be started. Pages that are kept wait for the next crawl."""


class ExtractionPool:
    """Worker processes; one pool serves every spider of a process. Use it as a context manager, or close it."""

    def __init__(self, settings: CrawlerSettings) -> None:
        self._seconds = settings.extraction_seconds
        self._megabytes = settings.extraction_megabytes
        self._gazetteers = settings.gazetteers
        self._workers = settings.workers
        self._context = multiprocessing.get_context("spawn")
        self._ready = self._context.Semaphore(0)
        self._pool: ProcessPool | None = None  # started with the first page: a crawl of unchanged lists needs none
        self._broken = False

    async def read(self, task: PageTask) -> PageRead:
        """Read one page in a worker.

        ExtractionFailedError where it takes too long or too much, or breaks its worker; PoolBrokenError where there are
        no workers.
        """
        for _ in range(TRIES):
            try:
                return await self._read_once(task)
            except BrokenProcessPool:  # all tasks fail with it, most of them innocent; each is tried anew
                continue
        raise ExtractionFailedError(f"broke the extraction processes {TRIES} times")

    async def _read_once(self, task: PageTask) -> PageRead:
        pool = self._working_pool()
        try:
            future = pool.schedule(_read, args=[task, self._gazetteers], timeout=self._seconds)
        except RuntimeError as error:
            raise PoolBrokenError(f"the extraction processes cannot be started: {error}") from error
        try:
            result: PageRead = await asyncio.wrap_future(future)
        except BrokenProcessPool:
            self._broken = True
            raise
        except TaskTimeoutError:
            raise ExtractionFailedError(f"took more than {self._seconds:g} s") from None
        except ProcessExpired as error:
            raise ExtractionFailedError(f"ended its process (exit code {error.exitcode})") from error
        except MemoryError:
            raise ExtractionFailedError("took more memory than a page may") from None
        except Exception as error:  # one page's fault, whatever it is, must not end the crawl; it is recorded
            raise ExtractionFailedError(f"{type(error).__name__}: {error}") from error
        return result

    def _working_pool(self) -> ProcessPool:
        """Return the pool, made anew where the last one broke: pebble gives a pool up whose idle worker died."""
        if self._broken or self._pool is None:
            self.close()
            self._ready = self._context.Semaphore(0)
            self._pool = ProcessPool(
                max_workers=self._workers,
                context=self._context,
                initializer=_prepare_worker,
                initargs=(self._megabytes, self._gazetteers, self._ready),
            )
            self._broken = False
        return self._pool

    def close(self) -> None:
        """End the workers; what they were reading is read in the next crawl."""
        if self._pool is None:
            return
        for _ in range(self._workers):  # one that is ended while it starts prints a traceback
            self._ready.acquire(timeout=0 if self._broken else START_SECONDS)
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves its signature bare
        self._pool.join()
        self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


def _read(task: PageTask, gazetteers: tuple[Path, ...]) -> PageRead:
    from crawler.fetch.page_reading import read_kept_page  # noqa: PLC0415 - in the worker alone: see there

    return read_kept_page(task, gazetteers)


def _prepare_worker(megabytes: int, gazetteers: tuple[Path, ...], ready: Semaphore) -> None:
    """Ready a worker: it leaves signals to its parent, ends with it, and may grow by so much and no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from crawler.fetch.page_reading import known_gazetteer  # noqa: PLC0415 - in the worker alone: see there

    known_gazetteer(gazetteers)
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere the time limit alone has to do
        in_use = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (in_use + megabytes * 1024 * 1024, hard))
    ready.release()


def _end_with_parent() -> None:
    """Wait for the parent's pipe to close, as it does on SIGKILL too, and end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
