"""What `deltanews doctor` says of the search index: each failure by name, and how to fix it."""

import socket
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer.search.access import AccessCheck
from indexer.search.elasticsearch.access import role_descriptors
from indexer.search.index import IndexUnavailableError
from indexer.search.opening import check_access, open_search_index
from indexer.settings import IndexerSettings
from tests.deadline import DEADLINE
from tests.search.certificate import Certificate, make_certificate
from tests.search.corpus import CORPUS, LIVE
from tests.search.stand_in import PRODUCT, Answer, stand_in

INFO: Answer = (200, PRODUCT, {"version": {"number": "9.4.0"}})
SECRET = "c2VjcmV0OnZlcnktc2VjcmV0"  # made up


def cluster(url: str, **settings: Any) -> IndexerSettings:
    return IndexerSettings(index="elasticsearch", elasticsearch_hosts=(url,), **settings)


def wrong(settings: IndexerSettings) -> AccessCheck:
    """Return the one finding that is not well."""
    (finding,) = [finding for finding in check_access(settings) if not finding.ok]
    assert finding.remedy
    assert SECRET not in f"{finding}"
    return finding


def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert "nothing answers there" in wrong(cluster(url)).remedy


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ((401, PRODUCT, {"error": {"type": "security_exception", "reason": "unable to authenticate"}}), "API key"),
        ((403, PRODUCT, {"error": {"type": "security_exception", "reason": "unauthorized"}}), "monitor"),
        ((503, PRODUCT, {"error": {"type": "master_not_discovered_exception", "reason": "null"}}), "starting"),
        ((200, {"Content-Type": "application/json"}, {"version": {"number": "2.19.0"}}), "not Elasticsearch"),
        ((200, PRODUCT, {"version": {"number": "10.0.0"}}), "use an Elasticsearch 9"),
        (
            (400, PRODUCT, {"error": {"type": "media_type_header_exception", "reason": "Accept version must be 8"}}),
            "older than Elasticsearch 9",
        ),
    ],
)
def test_a_server_that_cannot_be_used(answer: Answer, remedy: str) -> None:
    with stand_in({"*": answer}) as url:
        assert remedy in wrong(cluster(url, elasticsearch_api_key=SECRET)).remedy


def test_a_privilege_is_missing() -> None:
    privileges = {
        "has_all_requested": False,
        "cluster": {"monitor": True},
        "index": {"deltanews-stories": {"index": False, "read": True}},
    }
    answers = {
        "GET /": INFO,
        "HEAD /_alias/deltanews-stories": (404, PRODUCT, {}),
        "POST /_security/user/_has_privileges": (200, PRODUCT, privileges),
    }
    with stand_in(answers) as url:
        finding = wrong(cluster(url))
    assert "index on deltanews-stories" in finding.found
    assert "read" not in finding.found
    assert '"names": ["deltanews-stories", "deltanews-stories-v*"]' in finding.remedy


def test_one_host_of_several_that_is_down_is_no_harm() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    with stand_in({"GET /": INFO}) as url:
        for hosts in ((dead, url), (url, dead), (dead, "http://127.0.0.1:9", url)):
            settings = IndexerSettings(index="elasticsearch", elasticsearch_hosts=hosts)
            assert all(finding.ok for finding in check_access(settings))


def test_a_server_of_version_8_is_named_by_the_index_too() -> None:
    refusal: Answer = (400, PRODUCT, {"error": {"type": "media_type_header_exception", "reason": "must be 8"}})
    with stand_in({"*": refusal}) as url:
        index = open_search_index(cluster(url, elasticsearch_retry_seconds=0))
        with pytest.raises(IndexUnavailableError, match="older than Elasticsearch 9"):
            index.prepare()
        index.close()


def test_a_shard_that_fails_while_all_is_read_is_told() -> None:
    page = {
        "_scroll_id": "x",
        "_shards": {"total": 2, "successful": 1, "skipped": 0, "failed": 1},
        "hits": {"hits": []},
    }
    hit = {"_id": "probe", "_source": {"revision": 1}}
    answers: dict[str, Answer] = {
        "GET /_alias/deltanews-stories": (
            200,
            PRODUCT,
            {"deltanews-stories-v1": {"aliases": {"deltanews-stories": {}}}},
        ),
        "*": (200, PRODUCT, page | {"hits": {"hits": [hit]}}),
    }
    with stand_in(answers) as url:
        index = open_search_index(cluster(url, elasticsearch_retry_seconds=0))
        with pytest.raises(IndexUnavailableError, match="a shard failed"):
            index.remove_tombstones(datetime.now(UTC))
        index.close()
        answers["*"] = (200, PRODUCT, page | {"hits": {"hits": [{"_source": CORPUS[0].model_dump(mode="json")}]}})
        index = open_search_index(cluster(url, elasticsearch_retry_seconds=0))
        with pytest.raises(IndexUnavailableError, match="a shard failed"):
            list(index.documents())
        index.close()


def test_roles_are_least_and_name_the_alias() -> None:
    roles = role_descriptors("news")
    assert set(roles) == {"writer", "admin", "reader"}
    for name, role in roles.items():
        privileges = {privilege for index in role["indices"] for privilege in index["privileges"]}
        assert all(index["names"] == ["news", "news-v*"] for index in role["indices"])
        assert "all" not in privileges
        assert ("manage" in privileges) == (name == "admin")
    assert "index" not in roles["reader"]["indices"][0]["privileges"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def secure_url(certificate: Certificate) -> Iterator[str]:
    with stand_in({"GET /": INFO}, tls=certificate.server) as url:
        yield url


def test_a_certificate_that_nobody_vouches_for(secure_url: str) -> None:
    assert "elasticsearch_ca_certs" in wrong(cluster(secure_url)).remedy
    assert "elasticsearch_ca_certs" in wrong(cluster(secure_url, elasticsearch_fingerprint="ab" * 32)).remedy


def test_a_certificate_is_trusted_by_its_authority_or_its_fingerprint(
    secure_url: str, certificate: Certificate
) -> None:
    for trust in ({"elasticsearch_ca_certs": certificate.pem}, {"elasticsearch_fingerprint": certificate.fingerprint}):
        expected = AccessCheck("Elasticsearch", True, "version 9.4.0 answers")
        assert check_access(cluster(secure_url, **trust))[0] == expected


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"elasticsearch_hosts": ("localhost:9200",)}, "elasticsearch_hosts"),
        ({"elasticsearch_hosts": ()}, "elasticsearch_hosts"),
        ({"elasticsearch_username": "elastic"}, "elasticsearch_password"),
        ({"elasticsearch_username": "elastic", "elasticsearch_api_key": SECRET}, "elasticsearch_username"),
        ({"elasticsearch_api_key_file": Path("/nowhere/key")}, "elasticsearch_api_key_file"),
        ({"elasticsearch_cloud_id": "not a cloud id"}, "settings of Elasticsearch"),
    ],
)
def test_settings_that_contradict_each_other(settings: dict[str, Any], named: str) -> None:
    assert named in wrong(IndexerSettings(index="elasticsearch", **settings)).found


def test_a_real_server(elasticsearch_url: str) -> None:
    alias = f"test-{uuid.uuid4().hex}"
    settings = cluster(elasticsearch_url, elasticsearch_alias=alias)
    findings = check_access(settings)
    assert all(finding.ok for finding in findings)
    assert "not there yet" in findings[1].found
    index = open_search_index(settings)
    index.prepare()
    index.write(CORPUS)
    index.refresh()
    assert f"{len(LIVE)} stories" in check_access(settings)[1].found
    index.close()
    with Elasticsearch(elasticsearch_url, request_timeout=DEADLINE) as client:
        client.indices.delete(index=f"{alias}-v1")
        client.indices.delete_index_template(name=alias)


def test_the_embedded_index(tmp_path: Path) -> None:
    settings = IndexerSettings(directory=tmp_path / "deep" / "index")
    assert "not there yet" in check_access(settings)[0].found
    assert not (tmp_path / "deep").exists()
    index = open_search_index(settings)
    index.write(CORPUS)
    assert check_access(settings)[0].found.startswith(f"{len(LIVE)} stories")
    (settings.index_directory / "format.json").write_text('{"format": 0, "stories": "x"}')
    assert "rebuild" in wrong(settings).remedy


def test_secrets_come_from_files_and_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    settings = IndexerSettings(elasticsearch_api_key_file=tmp_path / "key", elasticsearch_password="hidden-word")
    assert settings.api_key == SECRET
    assert settings.password == "hidden-word"
    assert "hidden-word" not in f"{settings!r} {settings} {settings.model_dump_json()}"
