"""Channels: where messages about findings go - addresses of Apprise, or a command of the user's own."""

import hashlib
import json
import logging
import shlex
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import DeltaNewsError, SettingsError
from scheduler.settings import SchedulerSettings

COMMAND_SECONDS = 60

Message = Mapping[str, Any]
"""What happened (Any: as JSON has it): `title` and `text` for people, and the finding's fields for programs."""

HOW_TO_NOTIFY = "[scheduler] notify needs the extra `notify`: pip install 'deltanews[notify]'"


class ChannelError(DeltaNewsError):
    """A message could not be handed over; the text says why, without secrets."""


@dataclass(frozen=True)
class Channel:
    """One address."""

    key: str
    """A hash of the address, which may hold a secret."""
    shown: str
    """The address as far as it is no secret."""
    send: Callable[[Message], None]
    """Hands a message over; ChannelError where it was not taken."""


def configured_channels(settings: SchedulerSettings) -> list[Channel]:
    """Return the channels that the settings name."""
    channels = [_channel(url, f"{url.partition('://')[0]}://…", _by_apprise) for url in settings.notify]
    if settings.notify_command:
        shown = shlex.split(settings.notify_command)[0]
        channels.append(_channel(settings.notify_command, shown, _by_command))
    return channels


def check_channels(settings: SchedulerSettings) -> None:
    """Raise SettingsError where the settings name an address that cannot be one, or whose extra is missing."""
    if not settings.notify:
        return
    try:
        import apprise  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SettingsError(HOW_TO_NOTIFY) from error
    for number, url in enumerate(settings.notify, 1):
        if not apprise.Apprise().add(url):
            raise SettingsError(
                f"[scheduler] notify: address {number} ({url.partition('://')[0]}://…) is none of Apprise"
            )


def _channel(address: str, shown: str, send: Callable[[str, Message], None]) -> Channel:
    key = hashlib.sha256(address.encode()).hexdigest()[:16]
    return Channel(key, shown, lambda message: send(address, message))


def _by_apprise(url: str, message: Message) -> None:
    try:
        import apprise  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ChannelError(HOW_TO_NOTIFY) from error
    recipients = apprise.Apprise()
    if not recipients.add(url):
        raise ChannelError("the address is none of Apprise")
    with apprise.LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call]  # Apprise's own
        taken = recipients.notify(title=message["title"], body=message["text"])
        said = [line.strip() for line in log.getvalue().splitlines() if line.strip()]
    if not taken:
        reason = said[-1] if said else "it was not taken"
        raise ChannelError(reason.replace(url, "…"))


def _by_command(command: str, message: Message) -> None:
    line = json.dumps(message, ensure_ascii=False) + "\n"
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            shlex.split(command), input=line, text=True, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ChannelError(str(error)) from error
    if done.returncode:
        said = [part.strip() for part in done.stderr.splitlines() if part.strip()]
        raise ChannelError(f"exit status {done.returncode}" + (f": {said[-1]}" if said else ""))
