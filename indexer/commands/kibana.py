"""`deltanews kibana export` and `deltanews kibana import`: the assets for Kibana's users."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from core.console import print_line, print_rows
from core.errors import UsageError, system_reason
from core.mistakes import plain_mistake
from indexer.kibana.assets import kibana_assets, space_settings
from indexer.kibana.client import Kibana
from indexer.kibana.saved_object import ASSETS_VERSION, ndjson
from indexer.settings import IndexerSettings


def export_assets(
    *,
    file: Annotated[Path, typer.Argument(help="File to write; its name should end in .ndjson. - is standard output.")],
) -> None:
    """Write data view, saved searches and dashboard into a file that Kibana's own page for saved objects imports.

    The file is the same for Kibana 8.19 and 9.x, and the same every time.

    Examples:
      deltanews kibana export deltanews.ndjson
      deltanews kibana export - | head -n 1
    """
    assets = kibana_assets(IndexerSettings.load().elasticsearch_alias)
    content = ndjson(assets)
    if str(file) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {system_reason(error)}") from error
    sys.stderr.write(f"{len(assets)} objects in {file}\n")


def import_assets(
    *,
    url: Annotated[str | None, typer.Option(help="Kibana's address, in place of the setting kibana_url.")] = None,
    space: Annotated[str | None, typer.Option(help="Space, in place of the setting kibana_space.")] = None,
    api_key: Annotated[
        str | None, typer.Option(help="Encoded API key; the setting kibana_api_key keeps it off the command line.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace our own objects, edits included, also those of this version.")
    ] = False,
    set_defaults: Annotated[
        bool,
        typer.Option("--settings", help="Set language, operator, zone and data view of the space, where nobody has."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the assets and Kibana, and change nothing.")
    ] = False,
) -> None:
    """Put data view, saved searches and dashboard into Kibana, as far as they are missing there or of an older version.

    An upgrade replaces the objects that it changes: to edit one for good, copy it first. Prints one object a line. Exit
    status 1 where Kibana has not taken all of them, with each reason.

    Examples:
      deltanews kibana import --settings
      deltanews kibana import --url https://kibana.example:5601 --space news --dry-run
    """
    settings = IndexerSettings.load()
    changes = {"url": url, "space": space, "api_key": api_key}
    kibana = Kibana.configured(_changed(settings, changes))
    assets = kibana_assets(settings.elasticsearch_alias)
    version = kibana.check()
    present = {} if overwrite else kibana.versions()
    wanted = [one for one in assets if present.get((one.type, one.id), 0) < ASSETS_VERSION]
    if wanted and not dry_run:
        result = kibana.import_objects(ndjson(wanted))
        if not result.success:
            for error in result.errors:
                print_line(f"deltanews: {error}", stderr=True)
            sys.stderr.write("deltanews: Kibana has not taken the assets as a whole; fix that and import again\n")
            raise typer.Exit(1)
    print_rows(("type", "title"), ((one.type, str(one.attributes["title"])) for one in wanted))
    done = "would be imported" if dry_run else "imported"
    left = f", {len(assets) - len(wanted)} are there already" if len(wanted) < len(assets) else ""
    sys.stderr.write(f"{len(wanted)} objects {done} into {kibana.url}, space {kibana.space}, version {version}{left}\n")
    if set_defaults and not dry_run:
        defaults = space_settings(settings.elasticsearch_alias)
        done_now = kibana.set_missing(defaults)
        sys.stderr.write(
            "".join(f"{name} {'set' if name in done_now else 'is set already, left'}\n" for name in defaults)
        )


def _changed(settings: IndexerSettings, changes: dict[str, str | None]) -> IndexerSettings:
    """Return the settings with those of the options; UsageError names the option of one that is wrong."""
    given = {f"kibana_{name}": value for name, value in changes.items() if value is not None}
    try:
        return IndexerSettings(**(settings.model_dump() | given)) if given else settings
    except ValidationError as error:
        problem = error.errors()[0]
        option = str(problem["loc"][0]).removeprefix("kibana_").replace("_", "-")
        raise UsageError(f"--{option}: {plain_mistake(problem)}") from error
