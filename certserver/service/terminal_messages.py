"""What a terminal's heartbeat tells of it, from messages to values, within bounds. What does not fit a listed field is
left out of a log, never cut: half of a word could be of a name."""

import re
from collections.abc import Iterable

from certserver.errors import BadRequest
from certserver.pipeline.heartbeat import Beat
from certserver.pipeline.terminals.logs import MOST_LINES, LogLine
from certserver.pipeline.terminals.told import Owed, Told
from certserver.service.bounds import MAX_DEVICES, word
from koufu.v1 import issuance_pb2 as wire

MAX_FAULTS = 20
MAX_SHEETS = 100_000

_FIELD = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,79}", re.ASCII)
"""What a field of a log may hold: the name of an event, a type, a module and its line."""


def beat_of(request: wire.HeartbeatRequest) -> Beat:
    """What a heartbeat says. Raises `BadRequest`."""
    if len(request.devices) > MAX_DEVICES:
        raise BadRequest(f"devices: at most {MAX_DEVICES} are expected")
    devices = {word("device", name): word("device", said or "none") for name, said in request.devices.items()}
    told = request.told
    if len(told.faults) > MAX_FAULTS:
        raise BadRequest(f"faults: at most {MAX_FAULTS} are expected")
    if told.sheets > MAX_SHEETS:
        raise BadRequest(f"sheets: at most {MAX_SHEETS} are expected")
    return Beat(
        build=word("build", request.build),
        wire_schema=request.schema,
        told=Told(
            devices=devices,
            faults=tuple(sorted(word("fault", fault) for fault in told.faults)),
            sheets=told.sheets if told.HasField("sheets") else None,
            owed=_owed(told.owed) if told.HasField("owed") else None,
        ),
        log=_log(request.log.lines) if request.HasField("log") else None,
    )


def _owed(owed: wire.Owed) -> Owed:
    return Owed(
        yen=owed.yen,
        unclear=owed.unclear,
        debts=owed.debts,
        debt_yen=owed.debt_yen,
        outcomes_untold=owed.outcomes_untold,
        outcomes_set_aside=owed.outcomes_set_aside,
        calls_untold=owed.calls_untold,
        documents_on_the_way=owed.documents_on_the_way,
    )


def _log(lines: Iterable[wire.LogLine]) -> tuple[LogLine, ...]:
    kept = tuple(_line(line) for line in lines)
    if len(kept) > MOST_LINES:
        raise BadRequest(f"log: at most {MOST_LINES} lines are expected")
    return kept


def _line(line: wire.LogLine) -> LogLine:
    return LogLine(
        at=line.at if 0 <= line.at < 1 << 40 else 0,
        level=_field(line.level),
        event=_field(line.event),
        effect=_field(line.effect),
        fault=_field(line.fault),
        place=_field(line.place),
        occasion=_field(line.occasion),
        reference=_field(line.reference),
        what=_field(line.what),
        yen=line.yen,
    )


def _field(said: str) -> str:
    return said if _FIELD.fullmatch(said) else ""
