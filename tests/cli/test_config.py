"""`deltanews config` shows what is in force and where each value comes from, and keeps secrets to itself."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def rows(output: str) -> dict[str, tuple[str, str]]:
    return {name: (value, origin) for name, value, origin in (line.split("\t") for line in output.splitlines())}


def test_value_and_origin_of_every_setting(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "deltanews.toml"
    file.write_text("[archive]\ndirectory = 'news'\n")
    shown = rows(run("config", DELTANEWS_ARCHIVE_URL="sqlite:////tmp/a.sqlite").stdout)
    assert shown["archive.directory"] == (str(tmp_path / "news"), str(file))
    assert shown["archive.url"] == ("sqlite:////tmp/a.sqlite", "DELTANEWS_ARCHIVE_URL")


def test_a_named_file_is_used(tmp_path: Path, run: Run) -> None:
    (tmp_path / "mine.toml").write_text("[archive]\ndirectory = '/news'\n")
    shown = rows(run("--config", "mine.toml", "config").stdout)
    assert shown["archive.directory"] == ("/news", str(tmp_path / "mine.toml"))


def test_a_variable_that_overrides_the_file_says_so(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "deltanews.toml"
    file.write_text('[archive]\ndirectory = "/file"\n', encoding="utf-8")
    shown = rows(run("config", DELTANEWS_ARCHIVE_DIRECTORY="/variable").stdout)
    assert shown["archive.directory"] == ("/variable", f"DELTANEWS_ARCHIVE_DIRECTORY, which overrides {file}")


@pytest.mark.parametrize("arguments", [["config"], ["config", "--json"]])
def test_secrets_and_the_passwords_of_addresses_are_masked(arguments: list[str], run: Run) -> None:
    shown = run(
        *arguments,
        DELTANEWS_ARCHIVE_URL="postgresql://delta:hunter2@db.example/news",
        DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS="http://a.example:9200,http://delta:hunter2@b.example:9200",
        DELTANEWS_INDEXER_ELASTICSEARCH_API_KEY="hunter2",
    ).stdout
    assert "hunter2" not in shown
    assert "postgresql://delta:**********@db.example/news" in shown
    assert "http://a.example:9200" in shown
    assert "http://delta:**********@b.example:9200" in shown


def test_json_is_one_object_a_line_with_the_variable_and_the_explanation(run: Run) -> None:
    lines = [json.loads(line) for line in run("config", "--json").stdout.splitlines()]
    settings = {line["name"]: line for line in lines}
    url = settings["archive.url"]
    assert (url["value"], url["origin"], url["variable"]) == (None, "default", "DELTANEWS_ARCHIVE_URL")
    assert all(line["help"] for line in lines)
