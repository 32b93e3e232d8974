"""`koufu-kiosk journal`: what the journal holds for staff, in lines. Only reads, so it may run beside the terminal;
nothing personal stands in it, and neither tokens nor numbers of documents are told."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.actions.journal import JOURNAL, saved_in
from kiosk.actions.log_file import LogFile
from kiosk.actions.notes import Note
from kiosk.actions.open_charges import OpenCharge
from kiosk.actions.saved import Saved, SavedReport, SavedVisit
from kiosk.composition.settings import load_settings
from kiosk.flow.documents import Outcome


def journal(settings_file: Path) -> Iterator[str]:
    """The journal's lines. Raises `ConfigurationError` when settings or journal can't be read."""
    return lines(saved_in(LogFile(load_settings(settings_file).journal, JOURNAL)))


def lines(saved: Saved) -> Iterator[str]:
    """A visit that is open, charges of which nobody knows what became, outcomes that the server does not have, notes
    with the oldest first."""
    if saved == Saved():
        yield "nothing is written down"
    if saved.visit is not None:
        yield _visit(saved.visit)
    for charge in saved.charges:
        yield _charge(charge)
    for report in saved.reports:
        yield _outcome("outcome-untold", report)
    for report in saved.set_aside:
        yield _outcome("outcome-set-aside", report)
    for note in saved.notes:
        yield _note(note)


def _visit(visit: SavedVisit) -> str:
    unclear = " money-unclear" if visit.unclear else ""
    return f"visit-open {_reference(visit.reference)} {visit.due} yen due{unclear}"


def _charge(charge: OpenCharge) -> str:
    debited = "debited" if charge.debited else "nobody knows whether it was debited"
    return f"charge-open {_reference(charge.reference)} {charge.yen} yen, {debited}, number {charge.number}"


def _outcome(what: str, report: SavedReport) -> str:
    out = sum(each.outcome is Outcome.DELIVERED for each in report.deliveries)
    alarm = " alarm" if report.alarm is not None else ""
    told = f"{out} of {len(report.deliveries)} documents delivered"
    return f"{what} {_reference(report.reference)} {report.captured} yen kept, {told}, order {report.order_id}{alarm}"


def _note(note: Note) -> str:
    untold = " untold" if note.untold else ""
    return f"{note.moment} {note.occasion.value} {_reference(note.reference)} {note.yen} yen{untold}"


def _reference(reference: str) -> str:
    return reference or "-"
