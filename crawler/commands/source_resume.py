"""`deltanews sources resume`: a pause ended, or a rate limit lifted, as where a site asked for a year by mistake."""

from typing import Annotated

import typer

from archive.database import Database
from archive.paused_sources import resume_source
from archive.rate_limits import lift_rate_limits, shorten_rate_limits
from archive.settings import ArchiveSettings
from core.console import print_json_lines, print_rows
from core.time import format_time, in_shanghai
from crawler.downloader.domains import registered_domains
from crawler.sources.completion import complete_source
from crawler.sources.configured import configured_source


def resume(
    name: Annotated[str, typer.Argument(metavar="SOURCE", autocompletion=complete_source, help="Name of the source.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a domain.")] = False,
) -> None:
    """End a source's pause and lift its rate limit: crawl it again before the time that its site asked to wait for.

    A site that answers with a long Retry-After is backed off from as long as it says, a week at most; `deltanews
    status` shows until when. A source that `deltanews service pause` has paused is crawled by the service again, within
    seconds where it runs. Rate limits belong to registered domains: other sources there go on, too. Each domain
    whose limit was lifted is printed.

    Examples:
      deltanews sources resume jstv
    """
    source, _ = configured_source(name)
    database = Database.open(ArchiveSettings.load())
    try:
        with database.write() as connection:
            shorten_rate_limits(connection)
            resume_source(connection, name)
            lifted = lift_rate_limits(connection, registered_domains(source.hosts))
    finally:
        database.close()
    if as_json:
        print_json_lines(
            {"domain": domain, "limited_until": in_shanghai(until).isoformat()} for domain, until in lifted.items()
        )
    else:
        print_rows(
            ("domain", "was rate-limited until"),
            ((domain, format_time(until)) for domain, until in lifted.items()),
            none=f"{name} is not rate-limited: `deltanews crawl {name}` may be run at any time",
        )
