"""`deltanews doctor` finds what is broken, says how to fix it, and does not cry over what is well."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from archive.database import Database
from archive.runs import Origin, start_run
from archive.schema import runs
from deltanews.checks import State, check_folder
from tests.cli.conftest import Run


def findings(run: Run, **variables: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = run("doctor", "--json", **variables)
    assert done.stderr == ""
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {line["name"]: line for line in lines}


def test_a_fresh_machine_is_well_but_for_the_contact(tmp_path: Path, run: Run) -> None:
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert status == 0
    assert {name for name, check in found.items() if check["state"] != "ok"} == {"contact"}
    assert found["contact"]["state"] == "warning"
    assert found["database"]["finding"] == "not created yet; the first crawl creates it"
    assert not (tmp_path / "archive").exists()


def test_every_finding_that_is_not_ok_says_how_to_fix_it(run: Run) -> None:
    _, found = findings(run, DELTANEWS_CRAWLER_CA_FILE="/nowhere.pem")
    assert all(check["fix"] for check in found.values() if check["state"] != "ok")


def test_wrong_settings_are_the_only_finding(tmp_path: Path, run: Run) -> None:
    (tmp_path / "deltanews.toml").write_text("[crawler]\ndelay = -1\n")
    status, found = findings(run)
    assert (status, list(found)) == (1, ["settings"])
    assert found["settings"]["state"] == "broken"
    assert f"{tmp_path}/deltanews.toml: [crawler] delay: " in found["settings"]["finding"]


def test_a_contact_is_enough(run: Run) -> None:
    _, found = findings(run, DELTANEWS_CRAWLER_CONTACT="desk@example.org")
    assert (found["contact"]["state"], found["contact"]["finding"]) == ("ok", "desk@example.org")


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("")
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="file/archive")
    assert (status, found["folder"]["state"]) == (1, "broken")
    assert f"{tmp_path}/file cannot be written to" in found["folder"]["finding"]


def test_an_archive_that_opens(archive: Database, run: Run) -> None:
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (status, found["database"]["finding"]) == (0, "opens, and has the present schema")


def test_an_archive_of_a_newer_deltanews(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (status, found["database"]["state"]) == (1, "broken")
    assert "another version of DeltaNews" in found["database"]["finding"]


def test_an_archive_that_is_no_database(tmp_path: Path, run: Run) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/archive.sqlite").write_bytes(b"not a database, and longer than a header " * 100)
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (status, found["database"]["state"]) == (1, "broken")


def test_a_clock_that_stands_before_the_last_crawl(archive: Database, run: Run) -> None:
    with archive.write() as connection:
        start_run(connection, "jstv", origin=Origin.COMMAND)
        connection.execute(update(runs).values(started_at=datetime.now(UTC) + timedelta(days=1)))
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    assert (status, found["clock"]["state"]) == (1, "broken")


def test_a_wrong_source_file_of_the_user(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "mine.toml").write_text("name = 'mine'\n")
    status, found = findings(run, DELTANEWS_CRAWLER_SOURCE_FOLDERS="sources")
    assert (status, found["sources"]["state"]) == (1, "broken")
    assert str(folder / "mine.toml") in found["sources"]["finding"]


def test_every_wrong_source_file_is_told(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("mine", "yours"):
        (folder / f"{name}.toml").write_text("nmae = 1\n")
    _, found = findings(run, DELTANEWS_CRAWLER_SOURCE_FOLDERS="sources")
    assert all(str(folder / f"{name}.toml") in found["sources"]["finding"] for name in ("mine", "yours"))


def test_no_source_at_all(tmp_path: Path, run: Run) -> None:
    (tmp_path / "sources").mkdir()
    variables = {"DELTANEWS_CRAWLER_BUNDLED_SOURCES": "false", "DELTANEWS_CRAWLER_SOURCE_FOLDERS": "sources"}
    status, found = findings(run, **variables)
    assert (status, found["sources"]["finding"]) == (1, "none of 0 is on")


def test_a_wrong_gazetteer(tmp_path: Path, run: Run) -> None:
    (tmp_path / "terms.toml").write_text("nonsense = 1\n")
    status, found = findings(run, DELTANEWS_CRAWLER_GAZETTEERS="terms.toml")
    assert (status, found["gazetteer"]["state"]) == (1, "broken")
    assert "terms.toml" in found["gazetteer"]["finding"]


def test_a_proxy_that_answers_and_one_that_does_not(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        url = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        assert findings(run, DELTANEWS_CRAWLER_PROXY=url)[1]["proxy"]["state"] == "ok"
    status, found = findings(run, DELTANEWS_CRAWLER_PROXY=url)
    assert (status, found["proxy"]["state"]) == (1, "broken")


def test_a_file_of_authorities_that_holds_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN NOTHING-----\n")
    status, found = findings(run, DELTANEWS_CRAWLER_CA_FILE="ca.pem")
    assert (status, found["authorities"]["state"]) == (1, "broken")


def test_an_elasticsearch_that_does_not_answer(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"http://127.0.0.1:{closed.getsockname()[1]}"
    variables = {"DELTANEWS_INDEXER_INDEX": "elasticsearch", "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": host}
    status, found = findings(run, **variables)
    assert (status, found["index: Elasticsearch"]["state"]) == (1, "broken")
    assert "elasticsearch_hosts" in found["index: Elasticsearch"]["fix"]


def test_an_embedded_index_of_another_version(tmp_path: Path, run: Run) -> None:
    (tmp_path / "archive/index").mkdir(parents=True)
    (tmp_path / "archive/index/format.json").write_text('{"format": 9999}')
    status, found = findings(run, DELTANEWS_ARCHIVE_DIRECTORY="archive")
    (index,) = (check for name, check in found.items() if name.startswith("index"))
    assert (status, index["state"]) == (1, "broken")
    assert "deltanews rebuild" in index["fix"]


def test_piped_it_is_one_row_a_check(run: Run) -> None:
    rows = [line.split("\t") for line in run("doctor").stdout.splitlines()]
    assert {len(row) for row in rows} == {4}
    assert ["ok", "proxy", "none", ""] in rows


def test_a_full_disk_is_broken_not_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTANEWS_ARCHIVE_DIRECTORY", str(tmp_path))
    for free, state in ((0, State.BROKEN), (1024**3, State.WARNING), (10 * 1024**3, State.OK)):
        monkeypatch.setattr("shutil.disk_usage", lambda _path, free=free: SimpleNamespace(free=free))  # none to fill
        assert check_folder().state is state
