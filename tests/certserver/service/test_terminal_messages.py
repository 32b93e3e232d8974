"""What a heartbeat may tell of a terminal, and what is turned away or left out."""

from collections.abc import Callable

import pytest

from certserver.errors import BadRequest
from certserver.pipeline.terminals.logs import MOST_LINES
from certserver.service.terminal_messages import MAX_FAULTS, MAX_SHEETS, beat_of
from koufu.v1 import issuance_pb2 as wire


def beat(**more: object) -> wire.HeartbeatRequest:
    return wire.HeartbeatRequest(municipality="992011", build="0.1.0", schema=2, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "told",
    [
        lambda: beat(told=wire.TerminalTold(faults=["paper"] * (MAX_FAULTS + 1))),
        lambda: beat(told=wire.TerminalTold(faults=["見本　花子"])),
        lambda: beat(told=wire.TerminalTold(sheets=MAX_SHEETS + 1)),
        lambda: beat(devices={"paper": "見本　花子"}),
        lambda: beat(devices={"": "ready"}),
        lambda: beat(log=wire.TerminalLog(lines=[wire.LogLine()] * (MOST_LINES + 1))),
    ],
)
def test_what_is_out_of_bounds_is_turned_away(told: Callable[[], wire.HeartbeatRequest]) -> None:
    with pytest.raises(BadRequest):
        beat_of(told())


def test_an_old_terminal_tells_nothing_of_itself() -> None:
    told = beat_of(beat(devices={"paper": ""}))
    assert (told.log, told.told.owed, told.told.sheets, told.told.devices) == (None, None, None, {"paper": "none"})


@pytest.mark.parametrize(
    "personal", ["見本　花子", "みほん", "Ｈａｎａｋｏ", "a" * 81, "line\nend", "<b>", "a@b.example"]
)
def test_i11_a_field_of_a_log_that_holds_more_than_plain_words_is_left_out(personal: str) -> None:
    names = ("level", "event", "effect", "fault", "place", "occasion", "reference", "what")
    line = wire.LogLine(at=-1, **dict.fromkeys(names, personal))  # type: ignore[arg-type]
    log = beat_of(beat(log=wire.TerminalLog(lines=[line]))).log
    assert log is not None
    assert {getattr(log[0], name) for name in names} == {""}
    assert log[0].at == 0
