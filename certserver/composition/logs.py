"""The server's log: one JSON object a line on standard error, with listed fields only. What is not listed does not come
out, whoever logs it (I11)."""

import json
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

import structlog

FIELDS = frozenset(
    {
        "event",
        "fault",
        "incident",
        "level",
        "method",
        "municipality",
        "occasion",
        "page",
        "party",
        "port",
        "reference",
        "seconds",
        "status",
        "terminal",
        "timestamp",
        "worker",
    }
)
"""The only fields of a line."""


_encode = json.JSONEncoder(default=repr).encode


def as_listed(_logger: Any, level: str, event: MutableMapping[str, Any]) -> bytes:
    """The line of an event: level and instant are added, and every field that is not listed is dropped."""
    # One step instead of structlog's own four: a visit has five calls, each with a line.
    listed = {name: value for name, value in event.items() if name in FIELDS}
    instant = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return _encode(listed | {"level": level, "timestamp": instant}).encode("ascii")


def set_up_logs() -> None:
    """Sets the log up, once for the process."""
    structlog.configure(processors=[as_listed], logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer))
