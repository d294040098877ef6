"""The service's log: for a person on a terminal, for a machine elsewhere."""

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from core.time import format_time
from tests.deadline import DEADLINE
from tests.product import Product
from tests.scheduler.history import pretend_run
from tests.scheduler.service import RunningService


def test_a_pipe_gets_one_json_object_a_line_in_utc(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    with RunningService(product) as service:
        service.wait_for("indexed", job="index", level="info")
        assert service.end() == 0
        assert len(service.events) == len(service.lines)
    assert {datetime.fromisoformat(event["timestamp"]).utcoffset() for event in service.events} == {timedelta(0)}
    assert service.process.communicate() == ("", "")


def test_a_terminal_gets_lines_in_shanghai_time(product: Product, one_source: str) -> None:
    pretend_run(product, one_source, datetime.now(UTC))
    ours, its = pty.openpty()
    began = datetime.now(UTC)
    process = subprocess.Popen(
        [sys.executable, "-m", "deltanews", "run"], cwd=product.folder, env=product.environment, stdin=its, stderr=its
    )
    os.close(its)
    said = ""
    try:
        while "indexed" not in said:
            said += os.read(ours, 4096).decode()
        process.terminate()
        assert process.wait(DEADLINE) == 0
    finally:
        process.kill()
        os.close(ours)
    assert "{" not in said
    assert format_time(began)[5:13] in said or format_time(datetime.now(UTC))[5:13] in said
