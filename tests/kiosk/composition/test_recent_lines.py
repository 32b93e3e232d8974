"""The last lines of the log, as an officer gets them who asks."""

from kiosk.actions.wire_told import log_message
from kiosk.composition.logs import KEPT_LINES, RecentLines, only_listed

AT = "2026-06-10T01:00:00Z"


def test_what_was_logged_is_at_hand_with_listed_fields_only() -> None:
    recent = RecentLines()
    told = {"event": "action broke", "level": "error", "timestamp": AT, "fault": "PrinterError", "name": "見本　花子"}
    recent.keep(None, "error", dict(only_listed(None, "error", told)))
    (line,) = recent.lines()
    assert dict(line.fields) == {"event": "action broke", "level": "error", "fault": "PrinterError"}
    (sent,) = log_message(recent.lines()).lines
    assert (sent.at, sent.event, sent.fault, sent.yen) == (1_781_053_200, "action broke", "PrinterError", 0)


def test_no_more_than_the_last_lines_are_kept() -> None:
    recent = RecentLines()
    for at in range(KEPT_LINES + 5):
        recent.keep(None, "info", {"event": f"event {at}", "timestamp": AT})
    assert len(recent.lines()) == KEPT_LINES
    assert recent.lines()[0].fields["event"] == "event 5"
