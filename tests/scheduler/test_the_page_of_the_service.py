"""The reader's page as the service's child: opened by a setting, waiting for its port, started again, ended with it."""

import os
import signal
import socket
from datetime import UTC, datetime

import httpx

from core.locks import process_lock
from scheduler.control import give_order
from tests.deadline import DEADLINE
from tests.product import Product
from tests.scheduler.history import pretend_run
from tests.scheduler.service import RunningService, wait_until_alone

OPEN = "the page is open"


def test_the_page_waits_for_its_port_comes_back_and_ends_with_the_service(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        product.configure(scheduler={"web": True}, web={"port": port})
        service = RunningService(product)
        refused = service.wait_for("the page cannot be served")
        assert f"127.0.0.1, port {port}" in refused["error"]
        assert service.wait_for("it is started again", job="web")["after_seconds"] == 1
    with service:
        address = service.wait_for(OPEN)["address"]
        assert httpx.get(f"{address}search", timeout=DEADLINE).status_code == 200
        child = service.matching("job started", job="web")[-1]
        os.kill(child["pid"], signal.SIGKILL)
        service.wait_for("job crashed", job="web", status=-signal.SIGKILL)
        service.wait_for(OPEN, times=2)
        assert httpx.get(f"{address}search", timeout=DEADLINE).status_code == 200
        give_order(product.archive, "reload")
        service.wait_for(OPEN, times=3)
        product.configure(scheduler={"web": False})
        give_order(product.archive, "reload")
        service.wait_for("job finished", job="web", times=2)
        product.configure(scheduler={"web": True})
        give_order(product.archive, "reload")
        service.wait_for(OPEN, times=4)
        assert service.end() == 0
        assert not service.matching("job killed")
    wait_until_alone(product)


def test_status_says_that_the_page_is_not_there(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    product.configure(scheduler={"web": True}, web={"port": port})
    with process_lock(product.archive.locks, "service"):  # a service runs, and its page does not
        [trouble] = [row for row in product.rows("status") if row.get("what") == "page"]
    assert trouble["where"] == f"127.0.0.1, port {port}"
    assert "does not answer" in trouble["why"]
    assert not [row for row in product.rows("status") if row.get("what") == "page"], "without a service there is none"
