"""A wrong setting is an error that names file or variable, key and reason; never a default in its place."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import SettingsError
from core.settings import masked
from indexer.settings import IndexerSettings
from tests.settings.conftest import Package

Write = Callable[[str], Path]


def message() -> str:
    with pytest.raises(SettingsError) as caught:
        Package.load()
    return str(caught.value)


def complaint() -> str | None:
    try:
        Package.load()
    except SettingsError as error:
        return str(error)
    return None


def test_a_wrong_value_in_the_file(write: Write) -> None:
    path = write("[crawler]\ndelay = -1\n")
    assert message() == f"{path}: [crawler] delay: it must be 0 or more (it is -1)"


def test_a_wrong_value_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CRAWLER_DELAY", "soon")
    assert message() == "DELTANEWS_CRAWLER_DELAY: it must be a number (it is 'soon')"


@pytest.mark.parametrize("written", ["inf", "nan", "1e999"])
def test_a_number_is_finite(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CRAWLER_DELAY", written)
    assert message().startswith("DELTANEWS_CRAWLER_DELAY: it must be a finite number")


def test_a_wrong_part_of_a_list_is_named(write: Write) -> None:
    path = write("[crawler]\nports = [80, 'https']\n")
    assert message().startswith(f"{path}: [crawler] ports.1: ")


def test_all_wrong_values_are_named_at_once(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("[crawler]\ndelay = -1\n")
    monkeypatch.setenv("DELTANEWS_CRAWLER_POLITE", "perhaps")
    assert f"{path}: [crawler] delay: " in message()
    assert "DELTANEWS_CRAWLER_POLITE: " in message()


def test_an_unknown_key_in_the_file_is_answered_with_the_known_ones(write: Write) -> None:
    path = write("[crawler]\ndelays = 1\n")
    expected = "there is no such setting; known: delay, hosts, ports, folder, file, folders, key, polite"
    assert message() == f"{path}: [crawler] delays: {expected}"


def test_a_setting_that_is_gone_is_answered_with_what_to_do(write: Write) -> None:
    write("[indexer]\nlock_seconds = 5\n")
    with pytest.raises(SettingsError, match=r"lock_seconds is no setting any more.*delete it"):
        IndexerSettings.load()


def test_an_unknown_variable_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_CRAWLER_DELAYS", "1")
    assert message().startswith("DELTANEWS_CRAWLER_DELAYS: there is no such setting; known: delay, ")


@pytest.mark.parametrize(
    "variable", ["DELTANEWS_CRAWLR_DELAY", "DELTANEWS_DELAY", "DELTANEWS_CRAWLER", "deltanews_confg", "DELTANEWS_"]
)
def test_an_unknown_variable_of_no_package(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "1")
    assert message().startswith(f"{variable}: there is no such setting; ")


def test_an_unknown_table(write: Write) -> None:
    path = write("[crawlr]\ndelay = 1\n")
    assert message().startswith(f"{path}: [crawlr]: there is no such table; known: archive, crawler, ")


def test_a_key_outside_every_table(write: Write) -> None:
    path = write("delay = 1\n")
    assert message().startswith(f"{path}: [delay]: there is no such table")


def test_a_value_where_a_table_belongs(write: Write) -> None:
    path = write("crawler = 1\n")
    assert message() == f"{path}: crawler must be a table, as in [crawler]"


def test_a_file_that_is_no_toml_is_named_with_the_line(write: Write) -> None:
    path = write("[crawler]\ndelay = \n")
    assert re.match(rf"{re.escape(str(path))}: .*line 2", message())


def test_a_file_in_another_encoding(home: Path) -> None:
    path = home / "deltanews.toml"
    path.write_bytes("[crawler]\nhosts = ['长三角']\n".encode("gbk"))
    assert message().startswith(f"{path}: 'utf-8' codec can't decode")


@pytest.mark.parametrize("where", ["file", "variable"])
def test_a_wrong_secret_is_not_shown(where: str, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    if where == "file":
        write("[crawler]\nkey = ['hunter2']\n")
    else:
        write("[crawler]\nkey = 1\ndelay = -1\n")
        monkeypatch.setenv("DELTANEWS_CRAWLER_KEY", "hunter2")
    assert "hunter2" not in message()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("http://user:hunter2@proxy.example:3128", "http://user:**********@proxy.example:3128"),
        ("http://user:hunt@r2@proxy.example", "http://user:**********@proxy.example"),
        ("http://:hunter2@proxy.example/", "http://:**********@proxy.example/"),
        ("http://proxy.example:3128/a:b@c", "http://proxy.example:3128/a:b@c"),
        ("no address: a@b", "no address: a@b"),
    ],
)
def test_of_an_address_the_password_alone_is_hidden(value: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert masked(value) == shown
    monkeypatch.setenv("DELTANEWS_CRAWLER_DELAY", value)
    assert message().endswith(f"(it is {shown!r})")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(written=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20))
def test_whatever_a_variable_holds_is_a_setting_or_a_named_error(written: str) -> None:
    os.environ["DELTANEWS_CRAWLER_DELAY"] = written
    try:
        problem = complaint()
    finally:
        del os.environ["DELTANEWS_CRAWLER_DELAY"]
    assert problem is None or problem.startswith("DELTANEWS_CRAWLER_DELAY: ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(written=st.binary(max_size=60))
def test_whatever_the_file_holds_is_settings_or_an_error_that_names_it(home: Path, written: bytes) -> None:
    path = home / "deltanews.toml"
    path.write_bytes(b"[crawler]\n" + written)
    problem = complaint()
    assert problem is None or problem.startswith(f"{path}: ")
