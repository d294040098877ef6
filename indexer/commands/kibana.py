"""`deltanews kibana export` and `deltanews kibana import`: the assets for Kibana's users."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.console import print_line, print_rows
from core.errors import UsageError
from indexer.kibana.assets import kibana_assets
from indexer.kibana.client import Kibana
from indexer.kibana.saved_object import ndjson
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
        raise UsageError(f"{file} cannot be written: {error}") from error
    sys.stderr.write(f"{len(assets)} objects in {file}\n")


def import_assets(
    *,
    url: Annotated[str | None, typer.Option(help="Kibana's address, in place of the setting kibana_url.")] = None,
    space: Annotated[str | None, typer.Option(help="Space, in place of the setting kibana_space.")] = None,
    api_key: Annotated[
        str | None, typer.Option(help="Encoded API key; the setting kibana_api_key keeps it off the command line.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite/--keep", help="Replace our own objects, edits included, or keep what is there.")
    ] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the assets and Kibana, and change nothing.")
    ] = False,
) -> None:
    """Put data view, saved searches and dashboard into Kibana. To change one, copy it first: an import replaces it.

    Prints one object a line. Exit status 1 where Kibana has not taken all of them, with each reason.

    Examples:
      deltanews kibana import
      deltanews kibana import --url https://kibana.example:5601 --space news --dry-run
    """
    settings = IndexerSettings.load()
    changes = {"kibana_url": url, "kibana_space": space, "kibana_api_key": api_key}
    kibana = Kibana.configured(_changed(settings, changes))
    assets = kibana_assets(settings.elasticsearch_alias)
    content = ndjson(assets)
    version = kibana.check()
    if not dry_run:
        result = kibana.import_objects(content, overwrite=overwrite)
        if not result.success:
            for error in result.errors:
                print_line(f"deltanews: {error}", stderr=True)
            sys.stderr.write("deltanews: Kibana has not taken the assets as a whole; fix that and import again\n")
            raise typer.Exit(1)
    print_rows(("type", "title"), ((one.type, str(one.attributes["title"])) for one in assets))
    done = "would be imported" if dry_run else "imported"
    sys.stderr.write(f"{len(assets)} objects {done} into {kibana.url}, space {kibana.space}, version {version}\n")


def _changed(settings: IndexerSettings, changes: dict[str, str | None]) -> IndexerSettings:
    given = {key: value for key, value in changes.items() if value is not None}
    try:
        return IndexerSettings(**(settings.model_dump() | given)) if given else settings
    except ValueError as error:
        raise UsageError(f"{', '.join(given)}: {error}") from error
