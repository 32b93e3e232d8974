"""How a terminal is, as messages of its heartbeat. Of a log line only listed fields go, and of those only plain words:
what could hold a name stays here."""

import re
from collections.abc import Iterable

from kiosk.actions.server import LogLine, Told
from koufu.v1 import issuance_pb2 as wire

MOST_LINES = 200

_TEXTS = ("level", "event", "effect", "fault", "place", "occasion", "reference", "what")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,79}", re.ASCII)


def told_message(told: Told) -> wire.TerminalTold:
    """How it is."""
    owed = told.owed
    return wire.TerminalTold(
        faults=sorted(fault.value for fault in told.faults),
        sheets=told.in_tray,
        owed=wire.Owed(
            yen=owed.yen,
            unclear=owed.unclear,
            debts=owed.debts,
            debt_yen=owed.debt_yen,
            outcomes_untold=owed.outcomes_untold,
            outcomes_set_aside=owed.outcomes_set_aside,
            calls_untold=owed.calls_untold,
            documents_on_the_way=owed.documents_on_the_way,
        ),
    )


def log_message(lines: Iterable[LogLine]) -> wire.TerminalLog:
    """The last lines."""
    return wire.TerminalLog(lines=[_line(line) for line in tuple(lines)[-MOST_LINES:]])


def _line(line: LogLine) -> wire.LogLine:
    texts = {name: str(line.fields.get(name, "")) for name in _TEXTS}
    yen = line.fields.get("yen", 0)
    plain = {name: text if _PLAIN.fullmatch(text) else "" for name, text in texts.items()}
    return wire.LogLine(at=line.at, yen=yen if isinstance(yen, int) and yen > 0 else 0, **plain)
