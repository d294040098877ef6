"""Whether the page could be served with the settings: `python -m web.check`.

The service starts it by this name and imports nothing of it. Exit status: 0; 2 where a setting is wrong, which standard
output then says.
"""

import sys

from core.errors import DeltaNewsError
from web.app import build_app
from web.reading import Reading
from web.server import check_exposure
from web.settings import WebSettings

WRONG = 2
"""Exit status where a setting is wrong."""


def main() -> None:
    """Make all that the page is made of but its socket, which the page of before may still hold."""
    try:
        settings = WebSettings.load()
        check_exposure(settings)
        reading = Reading.load()
        build_app(settings, reading)
        reading.close()
    except DeltaNewsError as error:
        print(error)
        sys.exit(WRONG)


if __name__ == "__main__":
    main()
