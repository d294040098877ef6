"""`deltanews`: the command line, composed of the packages' commands."""

import inspect
import os
import textwrap
from importlib import import_module
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from core.settings import CONFIG_VARIABLE
from deltanews.command_table import COMMANDS, GROUPS, Command
from deltanews.interruption import ended_by_interrupt

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
"""Context settings of every command and group."""


class _ListedCommand(TyperCommand):
    """A command as the help page lists it; the function itself is imported when it is called."""

    def __init__(self, command: Command) -> None:
        *group, name = command.name.split()
        panel = None if group else command.panel
        look: dict[str, Any] = {"rich_help_panel": panel, "rich_markup_mode": "markdown"}
        super().__init__(name, help=command.summary, context_settings=HELP, **look)
        self.command = command

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # Any: typer hides the types of its click
        return imported(self.command).make_context(*args, **kwargs)


def imported(command: Command) -> TyperCommand:
    """Import a command's function and return the command with its options and its whole help."""
    module, name = command.target.split(":")
    with ended_by_interrupt():
        function = getattr(import_module(module), name)
    app = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    explanation = _with_code_block(inspect.getdoc(function) or "")
    app.command(command.name.split()[-1], context_settings=HELP, help=explanation)(function)
    whole = typer.main.get_command(app)
    assert isinstance(whole, TyperCommand)
    return whole


def _with_code_block(explanation: str) -> str:
    """Make the examples at the end of a docstring a code block of Markdown, which keeps their lines."""
    words, heading, examples = explanation.partition("Examples:\n")
    return f"{words}{heading}\n```sh\n{textwrap.dedent(examples)}\n```" if heading else words


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer's signature of an option's callback
    if wanted:
        typer.echo(f"deltanews {installed_version('deltanews')}")
        raise typer.Exit


def _program(
    *,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings file, in place of ./deltanews.toml or the user's own.")
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Watch the broadcasters of 上海, 江苏, 浙江 and 安徽 for news of 长三角一体化.

    `deltanews COMMAND --help` explains a command. Settings are read from `deltanews.toml` and `DELTANEWS_…` variables.
    """
    if config is not None:
        os.environ[CONFIG_VARIABLE] = str(config.absolute())  # where every package and child process looks for it


def program() -> TyperGroup:
    """Return the whole command line."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", context_settings=HELP)
    app.callback()(_program)
    whole = typer.main.get_command(app)
    assert isinstance(whole, TyperGroup)
    for command in COMMANDS:
        *group, _ = command.name.split()
        parent = _group(whole, group[0]) if group else whole
        parent.add_command(_ListedCommand(command))
    return whole


def _group(whole: TyperGroup, name: str) -> TyperGroup:
    """Return the group of that name; its first command makes it, so that the help page keeps the table's order."""
    if name not in whole.commands:
        panel, summary = GROUPS[name]
        look: dict[str, Any] = {"rich_help_panel": panel, "rich_markup_mode": "markdown", "no_args_is_help": True}
        whole.add_command(TyperGroup(name=name, help=summary, context_settings=HELP, **look))
    found = whole.commands[name]
    assert isinstance(found, TyperGroup)
    return found
