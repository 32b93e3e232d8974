"""The last lines of the log, as an officer gets them who asks."""

import pytest

from kiosk.actions.wire_told import log_message
from kiosk.composition import logs
from kiosk.composition.logs import KEPT_LINES, RecentLines


def test_what_was_logged_is_at_hand_with_listed_fields_only(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logs.set_up()
    logger.error("action broke", fault="PrinterError", place="printers.ipp.driver:88", name="見本　花子")
    line = logs.RECENT.lines()[-1]
    assert dict(line.fields) == {
        "event": "action broke",
        "level": "error",
        "fault": "PrinterError",
        "place": "printers.ipp.driver:88",
    }
    sent = log_message(logs.RECENT.lines()).lines[-1]
    assert (sent.at, sent.event, sent.fault, sent.yen) == (line.at, "action broke", "PrinterError", 0)
    assert "花子" not in capsys.readouterr().err


def test_no_more_than_the_last_lines_are_kept() -> None:
    recent = RecentLines()
    for at in range(KEPT_LINES + 5):
        recent.keep(None, "info", {"event": f"event {at}", "timestamp": "2026-06-10T01:00:00Z"})
    assert len(recent.lines()) == KEPT_LINES
    assert recent.lines()[0].fields["event"] == "event 5"
