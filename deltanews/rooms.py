"""The rooms' settings, together: for the commands that look at all of them."""

from archive.settings import ArchiveSettings
from archive.settings_file import RoomSettings

SETTINGS: tuple[type[RoomSettings], ...] = (ArchiveSettings,)
"""Every room's settings, in the order in which an article walks through them."""
