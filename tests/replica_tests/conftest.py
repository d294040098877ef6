"""A client that goes through a replica and trusts its authority."""

from collections.abc import Iterator

import pytest
import urllib3

from tests.deadline import DEADLINE
from tests.replica import Replica


@pytest.fixture
def client(replica: Replica) -> Iterator[urllib3.ProxyManager]:
    with urllib3.ProxyManager(
        replica.proxy_url, ca_certs=str(replica.ca_file), retries=False, timeout=DEADLINE, maxsize=4
    ) as manager:
        yield manager
