"""What the cluster's failures mean: worth another try, or a reason to stop, in a message that says how to fix it."""

from typing import Any

from elastic_transport import ConnectionError as UnreachableError
from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from elasticsearch import ApiError, TransportError, UnsupportedProductError
from elasticsearch.helpers import ScanError

from core.errors import DeltaNewsError

TEMPORARY_STATUSES = frozenset({429, 502, 503, 504})
CLUSTER_BLOCK = "cluster_block_exception"
INDEX_CLOSED = "index_closed_exception"
MAPPING_LACKS_FIELD = "strict_dynamic_mapping_exception"
OLD_SERVER = "media_type_header_exception"
"""What a server of version 8 says to a client of version 9."""


class BusyError(DeltaNewsError):
    """The cluster is overloaded, restarting or out of reach: worth another try."""


class StoppedError(DeltaNewsError):
    """No further try will help; the message says why and how to fix it."""


_STATUS_MEANINGS = {
    401: "the API key or password is refused ({reason}): check elasticsearch_api_key",
    403: "a privilege is missing ({reason}): `deltanews doctor` prints the roles that are needed",
    404: "the index is missing ({reason}): `deltanews index` creates it with the first story, by an admin's key",
}
_KIND_MEANINGS = {
    CLUSTER_BLOCK: (
        "writing is blocked ({reason}): free disk space on the cluster, or lift the index's block if it was set"
    ),
    INDEX_CLOSED: "the index is closed ({reason}): open it (POST /INDEX/_open), then run `deltanews index`",
    MAPPING_LACKS_FIELD: (
        "the index's mapping is not this DeltaNews's ({reason}): run `deltanews rebuild index`, it rebuilds the index"
    ),
    OLD_SERVER: "the server is older than Elasticsearch 9 ({reason}): upgrade it",
}
"""Causes that are the index's or the server's, whatever the status is."""
_CONNECTION_MEANINGS: tuple[tuple[type[TransportError], type[Exception], str], ...] = (
    (
        TlsError,
        StoppedError,
        "the certificate is not trusted ({reason}): set elasticsearch_ca_certs or elasticsearch_fingerprint",
    ),
    (ConnectionTimeout, BusyError, "no answer in time"),
    (UnreachableError, BusyError, "not reachable: {reason}"),
    (SerializationError, BusyError, "the answer was cut short or is not JSON"),
)
"""By class, the special ones first."""


def failure(error: ApiError | TransportError | ScanError) -> Exception:
    """Return what a failed request means: a BusyError or a StoppedError."""
    if isinstance(error, UnsupportedProductError):
        return StoppedError("what answers is not Elasticsearch (it does not say so): check elasticsearch_hosts")
    if isinstance(error, ApiError):
        return api_failure(error.status_code, error.body)
    if isinstance(error, ScanError):  # its own words are about the scroll
        return BusyError("a shard failed in the middle of reading the index")
    for kind, meaning, message in _CONNECTION_MEANINGS:
        if isinstance(error, kind):
            return meaning(message.format(reason=error.message))
    return BusyError(str(error))


def api_failure(status: int, body: Any) -> Exception:
    """Return what an error status means, of a whole request or of one item of a bulk: a BusyError or a StoppedError."""
    kind, reason = kind_and_reason(body)
    if is_of_the_whole(kind):
        return StoppedError(_KIND_MEANINGS[kind].format(reason=reason))
    if status in TEMPORARY_STATUSES:
        return BusyError(f"{status} {reason}")
    return StoppedError(_STATUS_MEANINGS.get(status, f"{status} {kind}: {{reason}}").format(reason=reason))


def is_of_the_whole(kind: str) -> bool:
    """Tell whether an error of that kind is the index's or the server's and no story's, whatever its status is."""
    return kind in _KIND_MEANINGS


def kind_and_reason(body: Any) -> tuple[str, str]:
    """Return Elasticsearch's name of an error and its reason, from an answer's body or a bulk item's error."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return "", " ".join(str(error).split())[:300]
    cause = error.get("caused_by") or {}
    deeper = f": {cause['reason']}" if isinstance(cause, dict) and cause.get("reason") else ""
    return str(error.get("type", "")), f"{error.get('reason', '')}{deeper}"[:1000]
