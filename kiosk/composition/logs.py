"""The terminal's log: one line of JSON an event on standard error, with listed fields only. No exception's text, no
name, no number of a document goes into it."""

import logging
import sys
from collections import deque
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from typing import Any

import structlog

from kiosk.actions.server import LogLine

FIELDS = frozenset({"event", "level", "timestamp", "effect", "fault", "place", "occasion", "reference", "yen", "what"})
"""All that a line may say. `reference` is the short code for staff."""

KEPT_LINES = 200


class RecentLines:
    """The last lines, in memory, for an officer who asks for them. Written from every thread."""

    def __init__(self) -> None:
        self._kept: deque[LogLine] = deque(maxlen=KEPT_LINES)

    def keep(self, _logger: object, _method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
        """Keeps a line on its way to standard error, of which only listed fields are left."""
        at = int(datetime.fromisoformat(line["timestamp"]).timestamp())
        fields = {name: value for name, value in line.items() if name != "timestamp"}
        self._kept.append(LogLine(at, {name: value for name, value in fields.items() if isinstance(value, str | int)}))
        return line

    def lines(self) -> tuple[LogLine, ...]:
        """Oldest first."""
        return tuple(self._kept)


RECENT = RecentLines()
"""Of this process, which has one log."""


def set_up() -> structlog.typing.FilteringBoundLogger:
    """The one logger of the terminal."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            only_listed,
            RECENT.keep,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def only_listed(_logger: object, _method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Drops every field that is not listed."""
    return {field: value for field, value in line.items() if field in FIELDS}


def place_of(fault: BaseException) -> str:
    """Where an exception was raised; its text may quote what must not be logged."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
