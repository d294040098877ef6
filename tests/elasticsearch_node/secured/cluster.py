"""A running node with security on: TLS by a certificate of its own, one user, and the keys that this user makes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from filelock import FileLock

from tests.deadline import DEADLINE
from tests.elasticsearch_node.home import CACHE, elasticsearch_home
from tests.elasticsearch_node.node import Node
from tests.elasticsearch_node.recording import record_start
from tests.elasticsearch_node.secured.home import PASSWORD, USER, secured_home
from tests.search.certificate import Certificate, make_certificate

SECURITY = {
    "xpack.security.enabled": "true",
    "xpack.security.autoconfiguration.enabled": "false",
    "xpack.security.http.ssl.enabled": "true",
}


@dataclass(frozen=True)
class SecuredCluster:
    """Where it is, what vouches for it, and a client that may do everything."""

    url: str
    certificate: Certificate
    client: Elasticsearch

    def key(self, **roles: Mapping[str, Any]) -> str:
        """Return a new API key with these role descriptors by name."""
        answer = self.client.security.create_api_key(name="test", role_descriptors=roles, refresh="true")
        return str(answer.body["encoded"])


@contextmanager
def secured_cluster(folder: Path) -> Iterator[SecuredCluster]:
    """Start a node in an empty folder for as long as it is needed (3 s; 10 s more the very first time)."""
    CACHE.mkdir(exist_ok=True)
    with FileLock(CACHE / "elasticsearch.lock"):
        ordinary = elasticsearch_home()
        record_start(ordinary)
        home = secured_home(ordinary)
    certificate = make_certificate(folder)
    tls = {
        "xpack.security.http.ssl.certificate": str(certificate.pem),
        "xpack.security.http.ssl.key": str(certificate.private),
    }
    node = Node(home, folder, **SECURITY, **tls)
    try:
        url = node.url.replace("http:", "https:")
        with Elasticsearch(
            url, basic_auth=(USER, PASSWORD), ca_certs=str(certificate.pem), request_timeout=DEADLINE
        ) as client:
            yield SecuredCluster(url, certificate, client)
    finally:
        node.close()
