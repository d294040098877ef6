"""A real cluster with security on: a key does what its role promises and no more; the doctor says what is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.database import Database
from archive.settings import ArchiveSettings
from indexer.indexing import index_changes
from indexer.outbox.rebuild import rebuild_index
from indexer.search.elasticsearch.access import role_descriptors
from indexer.search.index import IndexUnavailableError, SearchIndex, SearchRequest
from indexer.search.opening import check_access, open_search_index
from indexer.search.query.parser import parse_query
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.elasticsearch_node.secured.cluster import SecuredCluster, secured_cluster
from tests.elasticsearch_node.secured.home import PASSWORD, USER
from tests.outbox.archived import article_of, save
from tests.search.certificate import make_certificate
from tests.search.corpus import CORPUS, LIVE
from tests.stories.reports import OTHER, REPORT, item

ALIAS = "news"
ROLES = role_descriptors(ALIAS)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredCluster]:
    with secured_cluster(tmp_path_factory.mktemp("secured")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def keys(cluster: SecuredCluster) -> dict[str, str]:
    """A key for each role that the product prints."""
    return {name: cluster.key(**{name: role}) for name, role in ROLES.items()}


@pytest.fixture(autouse=True)
def _empty(cluster: SecuredCluster) -> Iterator[None]:
    yield
    if names := list(cluster.client.indices.get(index=f"{ALIAS}-v*", allow_no_indices=True).body):
        cluster.client.indices.delete(index=names)
        cluster.client.indices.delete_index_template(name=ALIAS)


def settings(cluster: SecuredCluster, **access: Any) -> IndexerSettings:
    """Return settings that trust the cluster's authority where they name no other way."""
    if "elasticsearch_fingerprint" not in access:
        access = {"elasticsearch_ca_certs": cluster.certificate.pem} | access
    return IndexerSettings(
        index="elasticsearch",
        elasticsearch_hosts=(cluster.url,),
        elasticsearch_alias=ALIAS,
        elasticsearch_retry_seconds=DEADLINE,
        **access,
    )


@pytest.fixture
def held_by(cluster: SecuredCluster, keys: dict[str, str]) -> Iterator[dict[str, SearchIndex]]:
    """The index as the holder of each key has it; made by the admin."""
    opened = {name: open_search_index(settings(cluster, elasticsearch_api_key=key)) for name, key in keys.items()}
    opened["admin"].prepare()
    yield opened
    for index in opened.values():
        index.close()


def test_the_writer_writes_searches_and_removes_tombstones(held_by: dict[str, SearchIndex]) -> None:
    writer = held_by["writer"]
    writer.prepare()
    report = writer.write(CORPUS)
    assert (len(report.acknowledged), report.refused) == (len(CORPUS), {})
    writer.refresh()
    assert writer.count() == len({document.story_id for document in writer.documents()}) == len(LIVE)
    assert writer.remove_tombstones(datetime.now(UTC) + timedelta(days=1)) == len(CORPUS) - len(LIVE)


def test_the_reader_searches_and_writes_nothing(held_by: dict[str, SearchIndex]) -> None:
    held_by["writer"].write(CORPUS)
    held_by["writer"].refresh()
    reader = held_by["reader"]
    found = reader.search(SearchRequest(parse_query("长三角")))
    assert found == held_by["admin"].search(SearchRequest(parse_query("长三角")))
    assert found.total > 0
    with pytest.raises(IndexUnavailableError, match=r"a privilege is missing.*indices:data/write"):
        reader.write(CORPUS)
    assert reader.count() == len(LIVE)


def test_only_the_admin_creates_rebuilds_and_removes(
    cluster: SecuredCluster, keys: dict[str, str], tmp_path: Path
) -> None:
    archive = ArchiveSettings(directory=tmp_path / "archive")
    by = {name: settings(cluster, elasticsearch_api_key=key) for name, key in keys.items()}
    database = Database.open(archive)
    save(database, article_of(item(REPORT, name="one")))
    drained = index_changes(archive, by["writer"]).drained
    assert drained.waiting == 1
    assert "a privilege is missing" in (drained.unavailable or "")
    drained = index_changes(archive, by["admin"]).drained
    assert (drained.acknowledged, drained.waiting, drained.unavailable) == (1, 0, None)
    save(database, article_of(item(OTHER, name="two")))
    indexed = index_changes(archive, by["writer"])
    assert (indexed.drained.waiting, indexed.drained.unavailable, indexed.retention_error) == (0, None, None)
    assert indexed.drained.acknowledged == 2  # both are reports of one event, whose size each document tells
    for name in ("writer", "reader"):
        with pytest.raises(IndexUnavailableError, match="a privilege is missing"):
            rebuild_index(archive, by[name])
    assert rebuild_index(archive, by["admin"]).stories == 2
    writer, admin, reader = (open_search_index(by[name]) for name in ("writer", "admin", "reader"))
    with pytest.raises(IndexUnavailableError, match="a privilege is missing"):
        writer.remove_predecessors()
    assert admin.remove_predecessors() == [f"{ALIAS}-v1"]
    assert reader.count() == 2
    for index in (writer, admin, reader):
        index.close()
    database.close()


@pytest.mark.usefixtures("held_by")
@pytest.mark.parametrize("name", ["writer", "admin"])
def test_the_doctor_is_content(cluster: SecuredCluster, keys: dict[str, str], name: str) -> None:
    findings = check_access(settings(cluster, elasticsearch_api_key=keys[name]))
    assert [finding.ok for finding in findings] == [True, True, True]
    assert findings[2].found == "all that writing and searching take"


def test_a_user_and_a_fingerprint_do_as_well(cluster: SecuredCluster) -> None:
    access = settings(
        cluster,
        elasticsearch_username=USER,
        elasticsearch_password=PASSWORD,
        elasticsearch_fingerprint=cluster.certificate.fingerprint,
    )
    assert all(finding.ok for finding in check_access(access))


@pytest.mark.usefixtures("held_by")
def test_the_doctor_names_the_privileges_that_a_key_lacks(cluster: SecuredCluster, keys: dict[str, str]) -> None:
    *others, last = check_access(settings(cluster, elasticsearch_api_key=keys["reader"]))
    assert all(finding.ok for finding in others)
    lacking = {f"{what} on {index}" for what in ("create", "delete", "index", "maintenance") for index in names()}
    may, _, missing = last.found.partition("; missing: ")
    assert may == "this key may search and not write"
    assert set(missing.split(", ")) == lacking
    assert json.dumps({"writer": ROLES["writer"]}) in last.remedy


def names() -> tuple[str, str]:
    return ALIAS, f"{ALIAS}-v*"


@pytest.mark.usefixtures("held_by")
def test_the_doctor_of_a_key_for_another_index(cluster: SecuredCluster) -> None:
    key = cluster.key(writer=role_descriptors("weather")["writer"])
    findings = check_access(settings(cluster, elasticsearch_api_key=key))
    assert [finding.ok for finding in findings] == [True, True, False]
    assert "hidden from this key" in findings[1].found, "a cluster does not say what a key may not see"
    assert findings[2].found.startswith("missing: ")
    assert "read on news" in findings[2].found


def test_the_doctor_of_a_withdrawn_key(cluster: SecuredCluster) -> None:
    key = cluster.key(writer=ROLES["writer"])
    cluster.client.security.invalidate_api_key(name="test", owner=True)
    (finding,) = check_access(settings(cluster, elasticsearch_api_key=key))
    assert (finding.ok, "elasticsearch_api_key" in finding.remedy) == (False, True)


@pytest.mark.parametrize("access", [{}, {"elasticsearch_username": USER, "elasticsearch_password": "wrong"}])
def test_the_doctor_of_nobody_and_of_a_wrong_password(cluster: SecuredCluster, access: dict[str, str]) -> None:
    (finding,) = check_access(settings(cluster, **access))
    assert finding.found.startswith("401 security_exception")
    assert "wrong, expired or missing" in finding.remedy


def test_the_doctor_as_a_command_of_a_wrong_key_and_a_wrong_authority(cluster: SecuredCluster, tmp_path: Path) -> None:
    secret = "d3Jvbmc6a2V5LW9mLW5vYm9keQ=="  # made up: wrong:key-of-nobody
    foreign = make_certificate(tmp_path).pem
    for ca, fix in (
        (cluster.certificate.pem, "the API key or password is wrong"),
        (foreign, "elasticsearch_ca_certs"),
    ):
        variables = {
            "DELTANEWS_ARCHIVE_DIRECTORY": str(tmp_path / "archive"),
            "DELTANEWS_INDEXER_INDEX": "elasticsearch",
            "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": cluster.url,
            "DELTANEWS_INDEXER_ELASTICSEARCH_CA_CERTS": str(ca),
            "DELTANEWS_INDEXER_ELASTICSEARCH_API_KEY": secret,
        }
        command = [sys.executable, "-m", "deltanews", "doctor", "--json"]
        result = subprocess.run(
            command, cwd=tmp_path, env=os.environ | variables, capture_output=True, text=True, check=False
        )
        assert result.returncode == 1, result.stderr
        broken = [line for line in map(json.loads, result.stdout.splitlines()) if fix in line["fix"]]
        assert len(broken) == 1, result.stdout
        assert secret not in result.stdout + result.stderr
