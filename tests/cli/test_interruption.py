"""Ctrl-C ends a command at once: no traceback, exit status 130."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.deadline import DEADLINE
from tests.interrupts import heard_by_children


def test_ctrl_c_ends_a_command_that_waits_for_a_server(tmp_path: Path, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(DEADLINE)
        settings = {
            "DELTANEWS_INDEXER_INDEX": "elasticsearch",
            "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": f"http://127.0.0.1:{silent.getsockname()[1]}",
        }
        with heard_by_children():
            command = subprocess.Popen(
                [sys.executable, "-m", "deltanews", "doctor"],
                env=environment | settings,
                cwd=tmp_path,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        waiting, _ = silent.accept()  # the command has asked, and will never be answered
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=DEADLINE)
        waiting.close()
    assert command.returncode == 130
    assert "Traceback" not in errors
