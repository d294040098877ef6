"""The page as a child of the service: `python -m web.child ID web`. It ends with the service; its log is the service's.

The service starts it by this name and imports nothing of it.
"""

import os
import sys

from core.errors import DeltaNewsError
from core.log import configure_log, get_logger
from core.parent import end_with_parent
from web.reading import Reading
from web.server import NICENESS, address_of, listen, serve
from web.settings import WebSettings

log = get_logger("web.child")

FAILED = 1
"""Exit status of a page that could not be served; its log says why."""
_GRACE = 5.0
"""Seconds that requests get to end after the service has died."""


def main() -> None:
    """Serve as `[web]` of the settings says, until SIGTERM."""
    configure_log(job=sys.argv[2], run=sys.argv[1])
    end_with_parent(_GRACE)
    os.nice(NICENESS)
    try:
        settings = WebSettings.load()
        with listen(settings) as listening:
            log.info("the page is open", address=address_of(settings, listening))
            serve(settings, listening, Reading.load())
    except DeltaNewsError as error:
        log.error("the page cannot be served", error=str(error))  # noqa: TRY400 - where it happened explains nothing
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
