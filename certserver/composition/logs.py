"""The server's log: one JSON object a line on standard error, with listed fields only. What is not listed does not come
out, whoever logs it (I11)."""

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

FIELDS = frozenset(
    {
        "event",
        "fault",
        "level",
        "method",
        "municipality",
        "port",
        "seconds",
        "status",
        "terminal",
        "timestamp",
        "worker",
    }
)
"""The only fields of a line."""


def keep_listed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drops every field that is not listed."""
    return {name: value for name, value in event.items() if name in FIELDS}


def set_up_logs() -> None:
    """Sets the log up, once for the process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            keep_listed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
