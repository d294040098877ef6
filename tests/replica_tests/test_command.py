"""The replica as a process of its own."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import urllib3

from tests.deadline import DEADLINE, wait_until
from tests.interrupts import heard_by_children


def read_when_there(path: Path) -> dict[str, str | int]:
    wait_until(path.exists, f"{path.name} is there")
    ready: dict[str, str | int] = json.loads(path.read_text())
    return ready


@pytest.mark.parametrize("end", ["SIGTERM", "SIGINT", "stdin"])
def test_it_says_where_it_is_serves_and_ends(tmp_path: Path, end: str) -> None:
    command = [sys.executable, "-m", "tests.replica", "--directory", str(tmp_path)]
    command += ["--until-stdin-closes"] if end == "stdin" else []
    with heard_by_children():
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        try:
            ready = read_when_there(tmp_path / "replica.json")
            assert ready["pid"] == process.pid
            with urllib3.ProxyManager(str(ready["proxy"]), ca_certs=str(ready["ca_file"])) as client:
                assert client.request("GET", "https://www.cnr.cn/zj/").status == 200
            (record,) = (tmp_path / "requests.jsonl").read_text().splitlines()
            assert json.loads(record)["url"] == "https://www.cnr.cn/zj/"
            if end == "stdin":
                assert process.stdin
                process.stdin.close()
            else:
                process.send_signal(signal.Signals[end])
            assert process.wait(timeout=DEADLINE) == 0
            assert not (tmp_path / "replica.json").exists()
        finally:
            process.kill()
