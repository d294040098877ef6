"""Run the replica as a process of its own: `python -m tests.replica --directory DIR`."""

import argparse
import json
import os
import shutil
import signal
import sys
import threading
from pathlib import Path

from tests.replica.replica import Replica


def main() -> int:
    """Serve until SIGTERM, SIGINT or the end of stdin; DIR/replica.json is there as soon as it can be asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--directory", type=Path, required=True, help="gets ca.pem, replica.json and requests.jsonl")
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when the parent's pipe closes")
    options = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    folder: Path = options.directory
    folder.mkdir(parents=True, exist_ok=True)
    with Replica() as replica:
        shutil.copyfile(replica.ca_file, folder / "ca.pem")
        (folder / "requests.jsonl").write_text("")
        replica.log.write_to(folder / "requests.jsonl")
        ready = {"proxy": replica.proxy_url, "ca_file": str((folder / "ca.pem").resolve()), "pid": os.getpid()}
        draft = folder / ".replica.json.draft"
        draft.write_text(json.dumps(ready) + "\n")
        draft.replace(folder / "replica.json")
        if options.until_stdin_closes:
            threading.Thread(target=_wait_for_end_of_input, args=(stop,), daemon=True).start()
        stop.wait()
    (folder / "replica.json").unlink(missing_ok=True)
    return 0


def _wait_for_end_of_input(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):  # unbuffered: a buffered reader still held at exit aborts the interpreter
        pass
    stop.set()


if __name__ == "__main__":
    sys.exit(main())
