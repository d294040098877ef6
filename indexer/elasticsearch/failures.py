"""What the cluster's failures mean: worth another try, or a reason to stop, in words that say how to mend it."""

from typing import Any

from elastic_transport import ConnectionError as UnreachableError
from elastic_transport import ConnectionTimeout, SerializationError, TlsError
from elasticsearch import ApiError, TransportError, UnsupportedProductError

TEMPORARY_STATUSES = frozenset({429, 502, 503, 504})
CLUSTER_BLOCK = "cluster_block_exception"
OLD_SERVER = "media_type_header_exception"
"""What a server of version 8 says to a client of version 9."""


class BusyError(Exception):
    """The cluster is overloaded, restarting or out of reach: worth another try."""


class StoppedError(Exception):
    """No further try will help; the message says why and how to mend it."""


_STATUS_MEANINGS = {
    401: "the API key or password is refused ({reason}): check elasticsearch_api_key",
    403: "a privilege is missing ({reason}): `deltanews doctor` prints the roles that are needed",
    404: "the index is missing ({reason}): `deltanews index` creates it with the first story, by an admin's key",
}
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


def failure(error: ApiError | TransportError) -> Exception:
    """Return what a failed request means: a BusyError or a StoppedError."""
    if isinstance(error, UnsupportedProductError):
        return StoppedError("what answers is not Elasticsearch (it does not say so): check elasticsearch_hosts")
    if isinstance(error, ApiError):
        return api_failure(error.status_code, error.body)
    for kind, meaning, words in _CONNECTION_MEANINGS:
        if isinstance(error, kind):
            return meaning(words.format(reason=error.message))
    return BusyError(str(error))


def api_failure(status: int, body: Any) -> Exception:
    """Return what an error status means, of a whole request or of one item of a bulk: a BusyError or a StoppedError."""
    kind, reason = kind_and_reason(body)
    if kind == CLUSTER_BLOCK:
        return StoppedError(
            f"writing is blocked ({reason}): free disk space on the cluster, or lift the index's block if it was set"
        )
    if status in TEMPORARY_STATUSES:
        return BusyError(f"{status} {reason}")
    if kind == OLD_SERVER:
        return StoppedError(f"the server is older than Elasticsearch 9 ({reason}): upgrade it")
    return StoppedError(_STATUS_MEANINGS.get(status, f"{status} {kind}: {{reason}}").format(reason=reason))


def kind_and_reason(body: Any) -> tuple[str, str]:
    """Return Elasticsearch's name of an error and its reason, from an answer's body or a bulk item's error."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return "", " ".join(str(error).split())[:300]
    cause = error.get("caused_by") or {}
    deeper = f": {cause['reason']}" if isinstance(cause, dict) and cause.get("reason") else ""
    return str(error.get("type", "")), f"{error.get('reason', '')}{deeper}"[:1000]
