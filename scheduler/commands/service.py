"""`deltanews service`: what the running service is told to do."""

from typing import Annotated

import typer

from archive.settings import ArchiveSettings
from core.console import print_line
from crawler.sources.completion import complete_source
from scheduler.control import give_order

SourceName = Annotated[
    str, typer.Argument(metavar="SOURCE", autocompletion=complete_source, help="Name of the source.")
]


def crawl(name: SourceName) -> None:
    """Have the running service crawl a source now; its interval begins anew.

    Where a crawl of it is at work, it is crawled once more after that; where all places are taken, or its domain is in
    use, it is the next. Exit status: 0; 1 where no service runs; 2 where the service does not crawl this source.

    Examples:
      deltanews service crawl jstv
    """
    print_line(give_order(ArchiveSettings.load(), "crawl", name))


def pause(name: SourceName) -> None:
    """Have the running service leave a source alone until it is resumed, over restarts too.

    A crawl of it that is at work ends after the page in work; what is left stays pending. `deltanews crawl SOURCE`
    still crawls it. Exit status: 0; 1 where no service runs; 2 where the service does not crawl this source.

    Examples:
      deltanews service pause jstv
    """
    print_line(give_order(ArchiveSettings.load(), "pause", name))


def resume(name: SourceName) -> None:
    """Have the running service crawl a paused source again, at once where it is due.

    `deltanews sources resume SOURCE` does the same where no service runs, and lifts a rate limit. Exit status: 0; 1
    where no service runs; 2 where the source is not paused.

    Examples:
      deltanews service resume jstv
    """
    print_line(give_order(ArchiveSettings.load(), "resume", name))


def reload() -> None:
    """Have the running service read the source files and its settings again, without a restart.

    New sources are crawled, those that are off or gone are not; a changed interval counts from the last crawl on. What
    is wrong, in any table that the service, its crawls, its index runs or its page read, is said, and nothing changes
    then. Exit status: 0; 1 where no service runs; 2 where something is wrong.

    Examples:
      deltanews service reload
    """
    print_line(give_order(ArchiveSettings.load(), "reload"))
