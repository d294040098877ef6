"""A round of health, every ten minutes: judge, record what changed, deliver what is due, write the feed, ping."""

import urllib3

from archive.database import Database
from archive.findings import Delivery, begin_delivery, due_deliveries, end_delivery, newest_findings
from archive.settings import ArchiveSettings
from core.clock import CLOCK
from core.log import get_logger
from scheduler.health.canary import are_due
from scheduler.health.channels import Channel, ChannelError, configured_channels
from scheduler.health.feed import ENTRIES, FILE, atom_feed
from scheduler.health.finding import Level
from scheduler.health.heartbeat import Heartbeat, beat, read_heartbeat, write_atomically
from scheduler.health.ledger import Change, record
from scheduler.health.look import look
from scheduler.health.messages import RECOVERED
from scheduler.settings import SchedulerSettings

log = get_logger("scheduler.health")

PING_SECONDS = 10


def run_round(archive: ArchiveSettings) -> None:
    """Do one round. SettingsError, SourceError, ArchiveError."""
    settings = SchedulerSettings.load()
    channels = configured_channels(settings)
    last = read_heartbeat(archive)
    heartbeat = beat(archive)
    database = Database.open(archive)
    try:
        with database.read() as connection:
            are_canaries_due = are_due(connection)
        if are_canaries_due:
            from scheduler.health.canary_reading import read_canaries  # noqa: PLC0415 - rare, and half of a crawl

            read_canaries()
        seen = Heartbeat(last.at if last else heartbeat.at, heartbeat.since)
        history, judgement = look(archive, database, CLOCK.now(), heartbeat=seen)
        with database.write() as connection:
            changes = record(connection, history, judgement, channels, told_from=Level(settings.notify_level))
        for change in changes:
            _log(change)
        deliver(database, channels)
        with database.read() as connection:
            feed = atom_feed(newest_findings(connection, limit=ENTRIES), CLOCK.now())
        write_atomically(archive.directory / FILE, feed)
    finally:
        database.close()
    if settings.health_ping:
        _ping(settings.health_ping)


def deliver(database: Database, channels: list[Channel]) -> None:
    """Hand over what is due; after a channel that does not take a message, the others for it wait for a later round.

    A try is recorded before it is made: where this process dies in between, a message may come twice, and none is lost.
    """
    by_key = {channel.key: channel for channel in channels}
    with database.read() as connection:
        due = due_deliveries(connection, list(by_key))
    silent: set[str] = set()
    for delivery in due:
        if delivery.channel in silent:
            continue
        with database.write() as connection:
            begin_delivery(connection, delivery)
        failure = _try(by_key[delivery.channel], delivery)
        with database.write() as connection:
            end_delivery(connection, delivery, failure)
        if failure is not None:
            silent.add(delivery.channel)


def _try(channel: Channel, delivery: Delivery) -> str | None:
    """Send a message; return why it was not taken, or None."""
    try:
        channel.send(delivery.message)
    except ChannelError as error:
        log.warning("message not delivered", channel=channel.shown, tries=delivery.tries + 1, reason=str(error))
        return str(error) or "it was not taken"
    log.info("message delivered", channel=channel.shown, title=delivery.message["title"])
    return None


def _log(change: Change) -> None:
    row = change.row
    say = log.info if change.event == RECOVERED else log.warning
    say(
        "health changed",
        state=change.event,
        rule=row["rule"],
        source=row["source"] or None,
        since=row["since"].isoformat(),
        summary=row["summary"],
        command=row["command"],
    )


def _ping(url: str) -> None:
    """Tell an outer service that somebody watches; that it does not answer is its own affair to notice."""
    try:
        answer = urllib3.request("GET", url, timeout=PING_SECONDS, retries=False)
    except urllib3.exceptions.HTTPError as error:
        log.warning("ping failed", reason=type(error).__name__)
        return
    if answer.status >= 400:
        log.warning("ping failed", reason=f"HTTP {answer.status}")
