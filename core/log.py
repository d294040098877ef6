"""Logs: an event with keys and values everywhere; for a person on a terminal, as JSON elsewhere, a file for each crawl.

A process that configures nothing hands its events to `logging` as one line of text, for whoever listens there.
"""

import logging
import secrets
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from core.clock import CLOCK
from core.console import printable
from core.time import SHANGHAI

OWN = ("archive.", "core.", "crawler.", "indexer.", "scheduler.", "web.")
"""Start of the names of our own loggers; a job's file has them from INFO on, others from WARNING on."""

SERVICE = ("scheduler.", "web.")
"""Start of the names of those that the service's stderr has from INFO on."""

LONGEST = 2_000_000
"""Bytes of one job's file; what would follow is left out, and the last line says so."""

MOST_FILES = 5_000
"""Files that are kept; the oldest are removed."""


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module, whose events have keys and values."""
    if not structlog.is_configured():
        _configure_structlog([structlog.stdlib.add_log_level, _as_text])
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def new_job_id() -> str:
    """Return a name for a job, by which its lines, its file and its runs are found; later ones sort behind."""
    return f"{CLOCK.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def log_file(folder: Path, job_id: str) -> Path:
    """Return the file of a job's lines."""
    return folder / f"{job_id}.jsonl"


def configure_log(**context: str) -> None:
    """Send this process's log to stderr; every line carries `context`, as which job the process does.

    Times are UTC in JSON and Asia/Shanghai on a terminal.
    """
    for_person = sys.stderr.isatty()
    _configure_structlog([*_shared(context), structlog.stdlib.ProcessorFormatter.wrap_for_formatter])
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(context, for_person=for_person))
    handler.addFilter(lambda record: record.name.startswith(SERVICE) or record.levelno >= logging.WARNING)
    logging.basicConfig(handlers=[handler], level=logging.INFO)


def log_into(path: Path, **context: str) -> None:
    """Write this process's log into a file as well, as JSON; the oldest files beside it make room.

    Where it cannot be written the job goes on without it: what it does tells the user why soon enough.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("*.jsonl"))[: 1 - MOST_FILES]:
            old.unlink(missing_ok=True)
        handler = BoundedFile(path)
    except OSError:
        return
    _configure_structlog([*_shared(context), structlog.stdlib.ProcessorFormatter.wrap_for_formatter])
    handler.setFormatter(_formatter(context, for_person=False))
    handler.addFilter(lambda record: record.name.startswith(OWN) or record.levelno >= logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(min(root.level, logging.INFO))


class BoundedFile(logging.FileHandler):
    """A file that stops growing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="replace")
        self._full = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, unless the file is full; the last line says that it is."""
        if self._full:
            return
        super().emit(record)
        if self.stream is not None and self.stream.tell() > LONGEST:
            self._full = True
            self.stream.write('{"event": "the log is full; what follows is left out"}\n')
            self.flush()


def _configure_structlog(processors: list[Any]) -> None:  # structlog's processors have no common type
    structlog.configure(
        processors=processors,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _shared(context: dict[str, str]) -> list[Any]:
    def add_context(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        line = {"timestamp": CLOCK.now().isoformat(), "event": event.pop("event"), **context, **event}
        return {key: printable(value) if isinstance(value, str) else value for key, value in line.items()}

    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        add_context,
    ]


def _formatter(context: dict[str, str], *, for_person: bool) -> logging.Formatter:
    rendering: list[Any] = (
        [_in_shanghai, structlog.dev.ConsoleRenderer()]
        if for_person
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(context),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
    )


def _in_shanghai(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**event, "timestamp": f"{CLOCK.now().astimezone(SHANGHAI):%m-%d %H:%M:%S}"}


def _as_text(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """Render an event as one line: what happened, then each key with its value."""
    event.pop("level", None)
    return " ".join([str(event.pop("event")), *(f"{key}={value}" for key, value in event.items())])
