"""`scrapy crawl NAME -a since=7d`: a mistake in the name or an argument is one line that lists the known ones."""

from argparse import Namespace

from scrapy.commands import crawl

from core.console import print_line
from core.errors import DeltaNewsError, UsageError
from crawler.crawl.options import CrawlOptions


class Command(crawl.Command):
    """Scrapy's command, its arguments looked at first."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Crawl a source; exit status 2 for wrong use."""
        try:
            CrawlOptions.parse(opts.spargs)
            assert self.crawler_process is not None
            known = self.crawler_process.spider_loader.list()
            for name in args:
                if name not in known:
                    raise UsageError(f"there is no source {name!r}; known: {', '.join(known)}")
        except DeltaNewsError as error:
            print_line(f"scrapy crawl: {error}", stderr=True)
            self.exitcode = error.exit_status
            return
        super().run(args, opts)
