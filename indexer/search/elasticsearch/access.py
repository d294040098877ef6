"""Whether a cluster can be used: reachable, Elasticsearch 9, let in, with the privileges it takes."""

import json
from importlib import resources
from typing import Any

from elastic_transport import ConnectionError as UnreachableError
from elastic_transport import ConnectionTimeout, TlsError
from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError

from core.errors import SettingsError
from indexer.search.access import AccessCheck
from indexer.search.elasticsearch.client import connect
from indexer.search.elasticsearch.failures import OLD_SERVER, kind_and_reason
from indexer.search.elasticsearch.index import ElasticsearchIndex
from indexer.search.index import IndexFormatError, IndexUnavailableError
from indexer.settings import IndexerSettings

SUPPORTED_MAJOR = 9
_SERVER = "Elasticsearch"
_INDEX = "index of stories"
_PRIVILEGES = "privileges"


def role_descriptors(alias: str) -> dict[str, Any]:
    """Return the least that a key needs, by what it is for: `writer`, `admin` (creates and rebuilds), `reader`.

    Each value is what `POST /_security/api_key` takes as one of its `role_descriptors`.
    """
    text = resources.files(__package__).joinpath("roles.json").read_text(encoding="utf-8")
    roles: dict[str, Any] = json.loads(text.replace("{alias}", alias))
    return roles


def check_cluster(settings: IndexerSettings) -> list[AccessCheck]:
    """Check the configured cluster; the first thing that is wrong hides what depends on it."""
    try:
        others = max(0, len(settings.elasticsearch_hosts) - 1)
        client = connect(settings).options(
            max_retries=others, retry_on_timeout=True
        )  # one host that is down is no harm
    except SettingsError as error:
        return [AccessCheck("settings", ok=False, found=str(error), remedy="correct the settings named there")]
    try:
        server = _check_server(client)
        if not server.ok:
            return [server]
        return [server, _check_index(client, settings), *_check_privileges(client, settings.elasticsearch_alias)]
    finally:
        client.close()


def _check_server(client: Elasticsearch) -> AccessCheck:
    try:
        number = str(client.info().body["version"]["number"])
    except (ApiError, TransportError) as error:
        return AccessCheck(_SERVER, ok=False, found=_what(error), remedy=_remedy(error))
    if int(number.split(".", maxsplit=1)[0]) != SUPPORTED_MAJOR:
        remedy = f"use an Elasticsearch {SUPPORTED_MAJOR}, or a DeltaNews made for {number}"
        return AccessCheck(_SERVER, ok=False, found=f"the server is version {number}", remedy=remedy)
    return AccessCheck(_SERVER, ok=True, found=f"version {number} answers")


def _what(error: ApiError | TransportError) -> str:
    if isinstance(error, ApiError):
        kind, reason = kind_and_reason(error.body)
        return f"{error.status_code} {kind} {reason}".strip()
    return f"{type(error).__name__}: {error.message}"


_REMEDIES_BY_CLASS: tuple[tuple[type[Exception], str], ...] = (
    (
        UnsupportedProductError,
        "this is not Elasticsearch (OpenSearch, or a proxy, may be): check elasticsearch_hosts",
    ),
    (
        TlsError,
        "the certificate is not trusted: set elasticsearch_ca_certs or elasticsearch_fingerprint",
    ),
    (ConnectionTimeout, "nothing answers in time: check elasticsearch_hosts, firewalls, and whether the cluster is up"),
    (UnreachableError, "nothing answers there: check elasticsearch_hosts (scheme and port too) and whether it is up"),
)
_REMEDIES_BY_STATUS = {
    401: "the API key or password is wrong, expired or missing: set elasticsearch_api_key or its _file",
    403: "the key may not even ask who answers: it needs the cluster privilege `monitor`",
    404: "this address is not the root of an Elasticsearch: check elasticsearch_hosts",
    503: "the cluster is starting or has no master: wait, or look at its log",
}


def _remedy(error: ApiError | TransportError) -> str:
    if isinstance(error, ApiError) and kind_and_reason(error.body)[0] == OLD_SERVER:
        return f"the server is older than Elasticsearch {SUPPORTED_MAJOR}: upgrade it"
    for kind, remedy in _REMEDIES_BY_CLASS:
        if isinstance(error, kind):
            return remedy
    status = error.status_code if isinstance(error, ApiError) else 0
    return _REMEDIES_BY_STATUS.get(status, "look at the cluster's own log")


def _check_index(client: Elasticsearch, settings: IndexerSettings) -> AccessCheck:
    alias = settings.elasticsearch_alias
    index = ElasticsearchIndex(client, settings.model_copy(update={"elasticsearch_retry_seconds": 0.0}))
    try:
        if not index.check():
            found = (
                f"{alias} is not there yet, or hidden from this key; "
                "`deltanews index` creates it with the first story, by an admin's key"
            )
            return AccessCheck(_INDEX, ok=True, found=found)
        found = f"{index.count():,} stories in {alias}"
        if blocks := index.blocks():
            remedy = "free disk space on the cluster if that set it, else set it to null (PUT /INDEX/_settings)"
            return AccessCheck(_INDEX, ok=False, found=f"{found}, blocked by {', '.join(blocks)}", remedy=remedy)
        return AccessCheck(_INDEX, ok=True, found=found)
    except IndexFormatError as error:
        return AccessCheck(_INDEX, ok=False, found=str(error), remedy="run `deltanews rebuild index`")
    except IndexUnavailableError as error:
        return AccessCheck(
            _INDEX, ok=False, found=str(error), remedy="do what the finding says, or see the roles below"
        )


def _check_privileges(client: Elasticsearch, alias: str) -> list[AccessCheck]:
    """Ask the server what the key may do; a server without security has nothing to ask."""
    roles = role_descriptors(alias)
    writer = roles["writer"]
    try:
        answer = client.security.has_privileges(cluster=writer["cluster"], index=writer["indices"]).body
    except (ApiError, TransportError) as error:
        return [
            AccessCheck(_PRIVILEGES, ok=True, found=f"not checked, the server has no security to ask ({_what(error)})")
        ]
    if answer["has_all_requested"]:
        return [AccessCheck(_PRIVILEGES, ok=True, found="all that writing and searching take")]
    granted = answer["cluster"] | {
        f"{privilege} on {index}": has
        for index, privileges in answer["index"].items()
        for privilege, has in privileges.items()
    }
    missing = ", ".join(sorted(privilege for privilege, has in granted.items() if not has))
    reading = [f"{privilege} on {index}" for index in answer["index"] for privilege in _reading(roles)]
    searches = all(granted.get(each) for each in reading)
    may = "this key may search and not write; " if searches else ""
    remedy = f"create a key with this role: {json.dumps({'writer': writer}, ensure_ascii=False)}"
    return [AccessCheck(_PRIVILEGES, ok=False, found=f"{may}missing: {missing}", remedy=remedy, read_only=searches)]


def _reading(roles: dict[str, Any]) -> list[str]:
    """Return the privileges that searching takes."""
    return [privilege for indices in roles["reader"]["indices"] for privilege in indices["privileges"]]
