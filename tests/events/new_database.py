"""The type of the fixture that opens another, empty archive each time."""

from collections.abc import Callable

from archive.database import Database

NewDatabase = Callable[[], Database]
