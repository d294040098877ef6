"""One job in a process of its own: `python -m scheduler.child ID crawl NAME`, `ID index` or `ID health`.

Exit status 0: the job was done, and the archive has its result. Anything else: the process itself failed. What a job
needs is imported when it is done, since the extraction's workers import this module too.
"""

import sys
from dataclasses import asdict

from core.errors import DeltaNewsError
from core.log import get_logger

log = get_logger("scheduler.child")

CRASHED = 1
"""Exit status of a process that could not do its job; its log says why."""


def work(task: str, *names: str, job_id: str | None = None) -> None:
    """Do a job in this process; it may be done only once, since a crawl takes the process's reactor."""
    if task == "crawl":
        _crawl(*names, job_id=job_id)
    elif task == "health":
        _health()
    else:
        _index()


def main() -> None:
    """Do the job that the arguments name, end with the parent, and say in the log how it went."""
    from archive.settings import ArchiveSettings  # noqa: PLC0415
    from core.log import configure_log, log_file, log_into  # noqa: PLC0415
    from core.parent import end_with_parent  # noqa: PLC0415
    from scheduler.settings import SchedulerSettings  # noqa: PLC0415

    job_id, *args = sys.argv[1:]
    context = {"job": " ".join(args), "run": job_id}
    configure_log(**context)
    try:
        if args[:1] == ["crawl"]:
            log_into(log_file(ArchiveSettings.load().logs, job_id), **context)
        end_with_parent(SchedulerSettings.load().grace)
        work(*args, job_id=job_id)
    except DeltaNewsError as error:
        log.error("crashed", error=str(error))  # noqa: TRY400 - where it happened explains nothing to a user
        sys.exit(CRASHED)
    except Exception as error:
        log.exception("crashed", error=str(error))
        sys.exit(CRASHED)


def _crawl(name: str, *, job_id: str | None) -> None:
    from archive.runs import Origin  # noqa: PLC0415
    from crawler.crawl.options import CrawlOptions  # noqa: PLC0415
    from crawler.crawl.run import crawl_sources  # noqa: PLC0415

    for outcome in crawl_sources([name], CrawlOptions(origin=Origin.SERVICE, job_id=job_id)):
        counts = {key: count for key, count in asdict(outcome.counts).items() if count}
        if outcome.failure:
            log.warning("crawl failed", failure=outcome.failure, **counts)
        else:
            log.info("crawled", **counts)


def _health() -> None:
    from archive.settings import ArchiveSettings  # noqa: PLC0415
    from scheduler.health.round import run_round  # noqa: PLC0415

    run_round(ArchiveSettings.load())


def _index() -> None:
    from archive.settings import ArchiveSettings  # noqa: PLC0415
    from indexer.indexing import index_changes  # noqa: PLC0415
    from indexer.settings import IndexerSettings  # noqa: PLC0415

    summary = index_changes(ArchiveSettings.load(), IndexerSettings.load(), respect_backoff=True)
    clustered, drained = summary.clustered, summary.drained
    counts = {"articles": clustered.articles, "written": drained.acknowledged, "waiting": drained.waiting}
    if drained.requeued:
        log.warning("the index was empty and is filled again", stories=drained.requeued)
    if drained.refused:
        log.warning("stories refused; see `deltanews deadletters list`", refused=drained.refused)
    if summary.retention_error:
        log.warning("old tombstones stay in the index", reason=summary.retention_error)
    if drained.unavailable:
        log.warning("index unavailable", reason=drained.unavailable, next_try=str(drained.next_try_at), **counts)
    else:
        log.info("indexed", **counts)


if __name__ == "__main__":
    main()
