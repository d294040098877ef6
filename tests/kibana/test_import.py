"""`deltanews kibana`: the assets reach Kibana whole, or the user is told what is missing and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from core.errors import UsageError
from indexer.commands.kibana import export_assets, import_assets
from indexer.kibana.assets import kibana_assets
from indexer.kibana.client import Kibana, KibanaError
from indexer.kibana.saved_object import VERSION_MARK, ndjson
from tests.kibana.stand_in_kibana import KibanaStandIn, running

ASSETS = kibana_assets("deltanews-stories")
FILE = ndjson(ASSETS)
KEYS = {(one.type, one.id) for one in ASSETS}
SECRET = "a2liYW5hOnNlY3JldA=="  # made up

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "deltanews.toml").write_text("")
    app = typer.Typer()
    app.command("export")(export_assets)
    app.command("import")(import_assets)
    environment = {"DELTANEWS_CONFIG": str(tmp_path / "deltanews.toml")}
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments], env=environment)


def test_everything_arrives_once_and_edits_stay(run: Run) -> None:
    with running(KibanaStandIn()) as kibana:
        assert run("import", "--url", kibana.url).stdout.count("\n") == len(ASSETS)
        objects = kibana.spaces["default"].objects
        assert set(objects) == KEYS
        edited = next(key for key in KEYS if key[0] == "search")
        objects[edited]["attributes"]["title"] = "mine"
        again = run("import", "--url", kibana.url)
        assert (again.exit_code, again.stdout) == (0, "")
        assert f"{len(ASSETS)} are there already" in again.stderr
        assert objects[edited]["attributes"]["title"] == "mine"
        assert run("import", "--url", kibana.url, "--overwrite").exit_code == 0
        assert objects[edited]["attributes"]["title"] != "mine"
    assert kibana.spaces["news"].objects == {}


@pytest.mark.parametrize("older", ["DeltaNews assets 1", ""])
def test_what_is_missing_or_older_is_imported_and_no_more(run: Run, older: str) -> None:
    with running(KibanaStandIn()) as kibana:
        run("import", "--url", kibana.url)
        objects = kibana.spaces["default"].objects
        gone, old, *_ = sorted(key for key in KEYS if key[0] == "search")
        del objects[gone]
        objects[old]["attributes"]["description"] = older
        result = run("import", "--url", kibana.url)
    assert result.stdout.count("\n") == 2
    assert set(objects) == KEYS
    assert VERSION_MARK in objects[old]["attributes"]["description"]


def test_settings_that_nobody_has_set_are_set(run: Run) -> None:
    with running(KibanaStandIn()) as kibana:
        kibana.spaces["default"].settings["dateFormat:tz"] = "UTC"
        result = run("import", "--url", kibana.url, "--settings")
    settings = kibana.spaces["default"].settings
    assert result.exit_code == 0
    assert settings["dateFormat:tz"] == "UTC"
    assert "dateFormat:tz is set already, left" in result.stderr
    assert settings["search:queryLanguage"] == "lucene"
    assert json.loads(settings["query:queryString:options"])["default_operator"] == "AND"
    assert ("index-pattern", settings["defaultIndex"]) in kibana.spaces["default"].objects


def test_space_base_path_and_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(SECRET)
    (tmp_path / "deltanews.toml").write_text('[indexer]\nkibana_api_key_file = "key"\nkibana_space = "news"\n')
    with running(KibanaStandIn(api_key=SECRET, base_path="/analytics")) as kibana:
        result = run("import", "--url", f"{kibana.url}/")
    assert result.exit_code == 0, result.exception
    assert set(kibana.spaces["news"].objects) == KEYS
    assert SECRET not in result.output


def test_a_dry_run_changes_nothing(run: Run) -> None:
    with running(KibanaStandIn()) as kibana:
        result = run("import", "--url", kibana.url, "--dry-run")
    assert result.exit_code == 0
    assert "would be imported" in result.stderr
    assert kibana.spaces["default"].objects == {}


def test_a_success_count_is_not_a_success() -> None:
    orphan = ndjson(one for one in ASSETS if one.type != "index-pattern")
    with running(KibanaStandIn()) as kibana:
        result = Kibana(kibana.url).import_objects(orphan)
    assert not result.success
    assert len(result.errors) == len(ASSETS) - 1
    assert "refers to what is missing: index-pattern" in result.errors[0]
    assert kibana.spaces["default"].objects == {}


def test_a_part_that_is_not_taken_is_told(run: Run) -> None:
    with running(KibanaStandIn(newest_dashboard=(10, 1))) as kibana:
        result = run("import", "--url", kibana.url)
    assert result.exit_code == 1
    assert "dashboard 长三角新闻一览: 422" in result.stderr
    assert len(kibana.spaces["default"].objects) == len(ASSETS) - 1


@pytest.mark.parametrize(
    ("kibana", "says"),
    [
        (KibanaStandIn(version="8.17.3"), "need 8.19"),
        (KibanaStandIn(level="unavailable"), "no Kibana that is ready"),
        (KibanaStandIn(level="critical"), "no Kibana that is ready"),
        (KibanaStandIn(api_key=SECRET), "kibana_api_key"),
        (KibanaStandIn(may_write=False), "docs/kibana.md"),
    ],
)
def test_a_kibana_that_cannot_be_used(run: Run, kibana: KibanaStandIn, says: str) -> None:
    with running(replace(kibana)) as started:
        error = run("import", "--url", started.url).exception
    assert isinstance(error, KibanaError)
    assert says in str(error)


def test_a_space_that_is_not_there(run: Run) -> None:
    with running(KibanaStandIn()) as kibana:
        error = run("import", "--url", kibana.url, "--space", "nowhere").exception
    assert isinstance(error, KibanaError)
    assert "kibana_space" in str(error)


def test_nothing_listens(run: Run) -> None:
    with running(KibanaStandIn()) as kibana:
        url = kibana.url
    error = run("import", "--url", url).exception
    assert isinstance(error, KibanaError)
    assert "does not answer" in str(error)


def test_a_wrong_address_is_wrong_use(run: Run) -> None:
    assert isinstance(run("import", "--url", "kibana:5601").exception, UsageError)


def test_the_exported_file_is_the_same_every_time(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "one.ndjson", tmp_path / "two.ndjson"
    for file in (first, second):
        assert run("export", file).exit_code == 0
    assert first.read_bytes() == second.read_bytes() == FILE
    assert [json.loads(line)["type"] for line in FILE.decode().splitlines()] == [one.type for one in ASSETS]
    assert run("export", "-").stdout_bytes == FILE


def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    assert isinstance(run("export", tmp_path / "nowhere" / "x.ndjson").exception, UsageError)
