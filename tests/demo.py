"""`make demo`: the whole path of an article against the bundled replica of the broadcasters' sites.

It differs from `make crawl` in nothing but the settings file that it writes: a proxy (the replica), the certificate
authority to trust, a shorter delay, and an archive of its own in .demo/, which stays there to be played with.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deadline import DEADLINE, PAUSE

FOLDER = Path(".demo")
SETTINGS = FOLDER / "deltanews.toml"
STEPS = (("crawl",), ("index",), ("status",), ("search", "长三角", "--limit", "5"))


def main() -> int:
    """Run the steps one after the other, even after one that failed in part; return the worst exit status."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    began = time.monotonic()
    try:
        with replica(FOLDER / "replica") as ready:
            write_settings(ready)
            status = max(deltanews(*step) for step in STEPS)
            summary = summed_up()
    except KeyboardInterrupt:
        return 130
    seconds = time.monotonic() - began
    print(f"\n{summary}")
    print(f"Done in {seconds:.0f} s. Go on with: .venv/bin/deltanews --config {SETTINGS} search G60")
    print(f"Or read it in a browser:     .venv/bin/deltanews --config {SETTINGS} web")
    return status


@contextmanager
def replica(folder: Path) -> Iterator[dict[str, str]]:
    """Serve the sites as long as the block runs; give the proxy's address and its certificate authority.

    The replica ends with its standard input, so it cannot outlive this process, whatever ends that.
    """
    command = [sys.executable, "-m", "tests.replica", "--directory", str(folder), "--until-stdin-closes"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # Ctrl-C is ours to handle
    assert process.stdin
    try:
        deadline = time.monotonic() + DEADLINE
        while not (folder / "replica.json").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The replica of the sites did not start; what it said stands above.")
            time.sleep(PAUSE)
        yield json.loads((folder / "replica.json").read_text(encoding="utf-8"))
    finally:
        process.stdin.close()
        process.wait()


def write_settings(ready: dict[str, str]) -> None:
    """Write the settings file that makes a crawl a demo."""
    lines = [
        "# Written by make demo. The replica is gone when the demo ends: crawl needs it, search does not.",
        "[archive]",
        'directory = "archive"',
        "[crawler]",
        f"proxy = {json.dumps(ready['proxy'])}",
        f"ca_file = {json.dumps(ready['ca_file'])}",
        "delay = 0.02",
    ]
    SETTINGS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def summed_up() -> str:
    """Return a line that says what the demo collected, from what the status says."""
    facts = [json.loads(line) for line in run("status", "--json", stdout=subprocess.PIPE).stdout.splitlines()]
    counts = {fact["name"]: fact["count"] for fact in facts if fact["kind"] == "total"}
    sources = sum(bool(fact["articles"]) for fact in facts if fact["kind"] == "source")
    return (
        f"{counts['articles']} articles of {sources} sources, {counts['articles: core']} of them core; "
        f"{counts['stories']} stories, with {counts['stories: copies']} copies."
    )


def deltanews(*words: str) -> int:
    """Run one command, shown as a user would type it; return its exit status."""
    print(f"\n$ deltanews {shlex.join(words)}", flush=True)
    return run(*words).returncode


def run(*words: str, stdout: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command with the demo's settings and no others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DELTANEWS_")}
    command = [sys.executable, "-m", "deltanews", "--config", str(SETTINGS), *words]
    return subprocess.run(command, check=False, env=environment, stdout=stdout, text=True)


if __name__ == "__main__":
    sys.exit(main())
