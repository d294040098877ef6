"""Errors that are foreseen: each is one line for the user and an exit status, never a traceback."""

import os
from typing import ClassVar


class DeltaNewsError(Exception):
    """Base of every foreseen failure; the message says what failed, where, and what to do about it."""

    exit_status: ClassVar[int] = 1
    """What the command line ends with: 1 something outside failed, 2 wrong use or wrong settings."""


class UsageError(DeltaNewsError):
    """The command was used wrongly; the message says what is wrong and what would be right."""

    exit_status = 2


class SettingsError(DeltaNewsError):
    """A setting is wrong; the message names the file or variable, the key and the reason."""

    exit_status = 2


def system_reason(error: Exception) -> str:
    """Return an error's reason; of the operating system's without number and path, for the caller names the file."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def system_message(error: OSError) -> str:
    """Return an error of the operating system for a person: each file once, and the reason without its number."""
    files = [os.fsdecode(name) for name in (error.filename, error.filename2) if isinstance(name, str | bytes)]
    return ": ".join([*dict.fromkeys(files), system_reason(error)])
