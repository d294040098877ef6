"""`deltanews health`: whether every source is well, judged by its own last 28 days."""

import sys
from collections import Counter
from typing import Annotated, Any

import typer

from archive.database import Database
from archive.settings import ArchiveSettings
from core.clock import CLOCK
from core.console import print_json_lines, print_line, print_rows
from core.errors import UsageError
from core.time import format_time, iso_second
from crawler.sources.completion import complete_source
from scheduler.health.channels import ChannelError, check_channels, configured_channels
from scheduler.health.finding import Finding, Level
from scheduler.health.judge import Judgement
from scheduler.health.look import look
from scheduler.health.messages import test_message
from scheduler.settings import SchedulerSettings

BROKEN = 1
"""Exit status where something is broken."""


def health(
    source: Annotated[
        str | None, typer.Argument(autocompletion=complete_source, help="Judge this source alone.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line, each with its kind.")] = False,
    test_notify: Annotated[
        bool,
        typer.Option("--test-notify", help="Send a test message to every address of the settings, and nothing else."),
    ] = False,
) -> None:
    """Say whether each source is well, judged by its own last 28 days, and what is wrong where it is not.

    Each source is ok, watch, broken or unknown. Each finding says which rule, since when, in which numbers, the page
    that was stored, the likely cause, and the command to look closer; docs/health.md explains the rules. The service
    judges every ten minutes, keeps findings and sends messages; this command judges here and now, stores nothing, and
    needs permission to read alone. Exit status: 0 where nothing is broken, 1 where something is, 2 for wrong use.

    Examples:
        deltanews health
        deltanews health jstv --json
        deltanews health --test-notify
    """
    if test_notify:
        _test_channels()
        return
    archive = ArchiveSettings.load()
    database = Database.open_to_read(archive)
    try:
        _, judgement = look(archive, database, CLOCK.now())
    finally:
        database.close()
    if source is not None and source not in judgement.levels:
        raise UsageError(f"no source {source!r} is on; those that are: {', '.join(judgement.levels)}")
    findings = [finding for finding in judgement.findings if source is None or _concerns(finding, source, judgement)]
    levels = {name: level for name, level in judgement.levels.items() if source in {None, name}}
    if as_json:
        print_json_lines([*_sources(levels, findings), *map(finding_facts, findings)])
    else:
        _print(levels, findings)
    if any(finding.level is Level.BROKEN for finding in findings):
        raise typer.Exit(BROKEN)


def _test_channels() -> None:
    settings = SchedulerSettings.load()
    check_channels(settings)
    channels = configured_channels(settings)
    if not channels:
        raise UsageError("there is nobody to send a message to: set [scheduler] notify or notify_command")
    failures = 0
    for channel in channels:
        try:
            channel.send(test_message())
        except ChannelError as error:
            failures += 1
            print_line(f"{channel.shown}\tfailed: {error}")
        else:
            print_line(f"{channel.shown}\tdelivered")
    if failures:
        raise typer.Exit(BROKEN)


def finding_facts(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it (Any: strings and numbers)."""
    return {
        "kind": "finding",
        "rule": finding.rule,
        "source": finding.source or None,
        "level": finding.level,
        "since": iso_second(finding.since),
        "summary": finding.summary,
        "numbers": dict(finding.numbers),
        "page": finding.page_url,
        "warc": finding.warc,
        "cause": finding.cause,
        "command": finding.command,
    }


def _concerns(finding: Finding, source: str, judgement: Judgement) -> bool:
    return finding.source == source or (finding.rule == "H16" and source in judgement.held)


def _sources(levels: dict[str, Level], findings: list[Finding]) -> list[dict[str, Any]]:
    counts = Counter(finding.source for finding in findings)
    return [
        {"kind": "source", "source": name, "level": level, "findings": counts[name]} for name, level in levels.items()
    ]


def _print(levels: dict[str, Level], findings: list[Finding]) -> None:
    rows = [
        [finding.level, finding.rule, finding.source, format_time(finding.since), finding.summary, finding.command]
        for finding in sorted(findings, key=lambda finding: (-finding.level.rank, finding.source, finding.rule))
    ]
    well = [["", "", name, "", level, ""] for name, level in levels.items() if level in {Level.OK, Level.UNKNOWN}]
    heading = ("level", "rule", "source", "since", "what is wrong", "look closer")
    if not sys.stdout.isatty():
        print_rows(heading, [*rows, *([level, "", name, "", "", ""] for _, _, name, _, level, _ in well)])
        return
    if rows:
        print_rows(heading, rows)
        print()
    names = {level: [name for name, its in levels.items() if its is level] for level in (Level.OK, Level.UNKNOWN)}
    print_rows(
        ("", ""),
        [[level, f"{len(of_level)}: {', '.join(of_level)}"] for level, of_level in names.items() if of_level],
        none="" if rows else "no source is on: `deltanews sources list` says why",
    )
