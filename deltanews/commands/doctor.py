"""`deltanews doctor`: what is configured, what answers, what does not and how to fix it."""

from dataclasses import asdict
from typing import Annotated

import typer

from core.console import print_json_lines, print_rows
from deltanews.checks import State, examine


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a check.")] = False,
) -> None:
    """Say what is configured, what answers, what does not and how to fix it.

    No site is visited. Exit status: 0; 1 where something is broken; warnings do not count.

    Examples:
        deltanews doctor
        deltanews doctor --json
    """
    checks = list(examine())
    if as_json:
        print_json_lines(asdict(check) for check in checks)
    else:
        print_rows(
            ("state", "check", "finding", "how to fix it"),
            ((each.state, each.name, each.finding, each.fix) for each in checks),
        )
    if any(check.state is State.BROKEN for check in checks):
        raise typer.Exit(1)
