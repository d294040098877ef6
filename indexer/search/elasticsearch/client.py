"""The connection to a cluster, as the settings describe it."""

from typing import Any

from elasticsearch import Elasticsearch

from core.errors import SettingsError
from indexer.settings import IndexerSettings


def connect(settings: IndexerSettings) -> Elasticsearch:
    """Return a client; nothing is sent yet. SettingsError where the settings contradict each other.

    The client itself never tries again: `with_retries` is the one layer that does, for two would multiply.
    """
    options: dict[str, Any] = {
        "request_timeout": settings.elasticsearch_request_seconds,
        "max_retries": 0,
        "retry_on_timeout": False,
        **_address(settings),
        **_identity(settings),
    }
    if settings.elasticsearch_ca_certs:
        options["ca_certs"] = str(settings.elasticsearch_ca_certs)
    if settings.elasticsearch_fingerprint:
        options["ssl_assert_fingerprint"] = settings.elasticsearch_fingerprint
    try:
        return Elasticsearch(**options)
    except (ValueError, OSError) as error:
        raise SettingsError(f"[indexer] the settings of Elasticsearch do not fit: {error}") from error


def _address(settings: IndexerSettings) -> dict[str, Any]:
    if settings.elasticsearch_cloud_id:
        return {"cloud_id": settings.elasticsearch_cloud_id}
    for host in settings.elasticsearch_hosts:
        if not host.startswith(("http://", "https://")):
            raise SettingsError(f"[indexer] elasticsearch_hosts: {host} must start with http:// or https://")
    if not settings.elasticsearch_hosts:
        raise SettingsError("[indexer] elasticsearch_hosts: name at least one, or an elasticsearch_cloud_id")
    return {"hosts": list(settings.elasticsearch_hosts)}


def _identity(settings: IndexerSettings) -> dict[str, Any]:
    if api_key := settings.api_key:
        if settings.elasticsearch_username:
            raise SettingsError("[indexer] elasticsearch_username: give a user or an elasticsearch_api_key, not both")
        return {"api_key": api_key}
    if settings.elasticsearch_username:
        password = settings.password
        if password is None:
            raise SettingsError("[indexer] elasticsearch_password: missing for elasticsearch_username")
        return {"basic_auth": (settings.elasticsearch_username, password)}
    return {}
