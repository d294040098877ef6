"""Ctrl-C ends a command at once: no traceback, exit status 130."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deadline import DEADLINE
from tests.interrupts import heard_by_children


@contextmanager
def waiting_command(
    folder: Path, environment: dict[str, str], *options: str
) -> Iterator[tuple[subprocess.Popen[str], socket.socket]]:
    """Run a command that asks a server, and give it with that server, which will never answer."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(DEADLINE)
        settings = {
            "DELTANEWS_INDEXER_INDEX": "elasticsearch",
            "DELTANEWS_INDEXER_ELASTICSEARCH_HOSTS": f"http://127.0.0.1:{silent.getsockname()[1]}",
        }
        with heard_by_children():
            command = subprocess.Popen(
                [sys.executable, *options, "-m", "deltanews", "doctor"],
                env=environment | settings,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        yield command, silent


def test_ctrl_c_ends_a_command_that_waits_for_a_server(tmp_path: Path, environment: dict[str, str]) -> None:
    with waiting_command(tmp_path, environment) as (command, silent):
        waiting, _ = silent.accept()  # the command has asked
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=DEADLINE)
        waiting.close()
    assert command.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.parametrize("imported", ["typing_extensions", "pydantic.main", "rich.markup", "archive.article"])
def test_ctrl_c_ends_a_command_that_still_loads_its_libraries(
    imported: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    with waiting_command(tmp_path, environment, "-X", "importtime") as (command, _):
        assert command.stderr
        while line := command.stderr.readline():  # a module is named when it is imported, the others are to come
            if line.rpartition("|")[2].strip() == imported:
                break
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=DEADLINE)
    assert line, "the module was never imported"
    assert command.returncode == 130
    assert "Traceback" not in errors
