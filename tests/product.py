"""The product as a user has it: a folder with a settings file, and commands run in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archive.settings import ArchiveSettings
from tests.commands import COMMANDS_OF_THIS_PROCESS
from tests.deadline import DEADLINE
from tests.interrupts import heard_by_children
from tests.replica import Replica

Table = Mapping[str, Any]
"""A table of the settings file: values as JSON writes them, which TOML reads."""


class Product:
    """An installation of its own: settings, archive and embedded index in one folder."""

    def __init__(
        self, folder: Path, replica: Replica | None = None, *, archive_url: str | None = None, **tables: Table
    ) -> None:
        """Write its settings; with a replica, the crawler is pointed at it and hurries."""
        self.folder = folder
        self.variables: dict[str, str] = {}
        """Environment variables of its processes, beside what every test has."""
        self.tables: dict[str, dict[str, Any]] = {"archive": {"directory": "archive"}}
        if archive_url is not None:
            self.tables["archive"]["url"] = archive_url
        if replica is not None:
            self.tables["crawler"] = {
                "proxy": replica.proxy_url, "ca_file": str(replica.ca_file), "delay": 0.01, "backoff": 0.05,
                "workers": 1,  # a few pages keep one busy, and each takes half a second to start
            }  # fmt: skip
        for table, values in tables.items():
            self.tables.setdefault(table, {}).update(values)
        folder.mkdir(parents=True, exist_ok=True)
        self.configure()

    def configure(self, **tables: Table) -> None:
        """Change settings and write them."""
        for table, values in tables.items():
            self.tables.setdefault(table, {}).update(values)
        lines: list[str] = []
        for table, values in self.tables.items():
            lines += [f"[{table}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
        (self.folder / "deltanews.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of this machine's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DELTANEWS_")}
        return kept | {"DELTANEWS_CONFIG": str(self.folder / "deltanews.toml")} | self.variables

    @property
    def archive(self) -> ArchiveSettings:
        """Its archive, for a test that looks into it."""
        return ArchiveSettings(directory=self.folder / "archive", url=self.tables["archive"].get("url"))

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command; the caller ends it."""
        with heard_by_children():
            return subprocess.Popen(
                [sys.executable, "-m", "deltanews", *words],
                cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip

    def run(self, *words: str, expect: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; its exit status must be one of those expected."""
        if self.variables:  # some are read while modules load
            done = subprocess.run(
                [sys.executable, "-m", "deltanews", *words],
                cwd=self.folder, env=self.environment, text=True, capture_output=True, timeout=DEADLINE, check=False,
            )  # fmt: skip
        else:
            done = COMMANDS_OF_THIS_PROCESS.run(words, folder=self.folder, environment=self.environment)
        told = f"deltanews {' '.join(words)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert done.returncode in expect, told
        assert "Traceback" not in done.stderr, told
        return done

    def rows(self, *words: str, expect: Sequence[int] = (0,)) -> list[dict[str, Any]]:
        """Run a command with --json and return its objects."""
        return [json.loads(line) for line in self.run(*words, "--json", expect=expect).stdout.splitlines()]

    def crawl(self, *words: str, expect: Sequence[int] = (0,)) -> dict[str, dict[str, Any]]:
        """Crawl, and return each source's figures and failure."""
        return {row["source"]: row for row in self.rows("crawl", *words, expect=expect)}

    def articles(self) -> list[dict[str, Any]]:
        """Return what the archive holds."""
        return [json.loads(line) for line in self.run("archive", "export").stdout.splitlines()]
