"""`deltanews run`: the service."""

from core.log import configure_log
from scheduler.service import serve


def run() -> None:
    """Crawl every source on its interval and index what comes, until it is told to stop.

    Each crawl runs in a process of its own. `crawl`, `index` and `search` may be used meanwhile: what may not happen
    twice at a time waits for its lock. Ctrl-C and SIGTERM let running jobs end first; a restart goes on where it
    stopped. The log goes to stderr: lines on a terminal, one JSON object a line elsewhere. Exit status: 0; 1 where
    a service is running already, or where its scheduler died.

    Examples:
        deltanews run
        deltanews run 2>> deltanews.log
    """
    configure_log()
    serve()
