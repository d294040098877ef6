"""The service's log: lines for a person on a terminal, one JSON object a line elsewhere."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from core.clock import CLOCK
from core.console import printable
from core.time import SHANGHAI

OWN = "scheduler."
"""Start of the names of loggers that log from INFO on; others from WARNING on."""


def configure_log(**context: str) -> None:
    """Send this process's log to stderr; every line carries `context`, as which job the process does.

    Times are UTC in JSON and Asia/Shanghai on a terminal.
    """
    for_person = sys.stderr.isatty()

    def add_context(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        now = CLOCK.now()
        stamp = f"{now.astimezone(SHANGHAI):%m-%d %H:%M:%S}" if for_person else now.isoformat()
        line = {"timestamp": stamp, "event": event.pop("event"), **context, **event}
        return {key: printable(value) if isinstance(value, str) else value for key, value in line.items()}

    shared: list[Any] = [  # structlog's processors have no common type
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        add_context,
    ]
    rendering: list[Any] = (
        [structlog.dev.ConsoleRenderer()]
        if for_person
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        )
    )
    handler.addFilter(lambda record: record.name.startswith(OWN) or record.levelno >= logging.WARNING)
    logging.basicConfig(handlers=[handler], level=logging.INFO)
