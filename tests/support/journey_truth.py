"""What must be so at the end of every journey, whatever happened on it: seen from coins, sheets, ledger, files
and memory, never from what the kiosk says about itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from certserver.storage.issued import outcomes
from kiosk.actions.pages import read_faces
from kiosk.flow.occasions import Occasion
from tests.support.journey_kiosk import Kiosk, PostOffice
from tests.support.journey_server import Municipality

PERSONAL = ("辻", "健吾", "山\ufa11", "見本ハイツ", "森", "\U000e0102", "1234")
"""Names, an address and a PIN that may stand in no file of the kiosk."""


def sheets_out(office: PostOffice) -> list[tuple[str, int, int]]:
    """(document number, page, pages) of every sheet that came out with both sides, read from its face."""
    found = []
    for sheet in office.sheets:
        if sheet.white_back:
            continue
        faces = read_faces(bytearray(sheet.job.document), sheet.job.sheets)
        face = faces[sheet.sheet - 1] if faces is not None else None
        assert face is not None, "a sheet came out whose face can't be read"
        found.append((face.document_no, face.page, face.pages))
    return found


def whole_documents(office: PostOffice) -> set[str]:
    """Numbers of the documents all of whose sheets came out."""
    out = sheets_out(office)
    assert len(set(out)) == len(out), "a page came out twice (I7)"
    return {number for number, _, pages in out if {(number, page, pages) for page in range(1, pages + 1)} <= set(out)}


def money_is_conserved(office: PostOffice, kiosk: Kiosk, ledger_before: tuple[int, ...]) -> None:
    """Every yen put in is a delivered document's, was given back, sticks in the slot, or stands as a debt (I7)."""
    fees = {row.document_no: row.fee for row in office.issued_since(ledger_before)}
    state, cashless = office.cash.state(), office.cashless.state()
    owed = sum(note.yen for note in kiosk.journal.notes if note.occasion is Occasion.DEBT)
    earned = sum(fees[number] for number in whole_documents(office))
    assert state.held == 0, f"{state.held} yen belong to nobody"
    paid, returned = state.inserted + cashless.debited, state.handed_out + cashless.paid_back
    assert paid == earned + returned + state.stuck + owed


def everything_issued_is_accounted_for(office: PostOffice, ledger_before: tuple[int, ...]) -> None:
    """Each document in the ledger has its outcome, and only what came out whole is called delivered."""
    numbers = {row.document_no for row in office.issued_since(ledger_before)}
    rows = [row for each in office.municipalities for row in _outcomes_of(each)]
    told = {row.document_no: row.outcome for row in rows if row.document_no in numbers}
    assert told.keys() == numbers
    assert {number for number, outcome in told.items() if outcome == "delivered"} == whole_documents(office)


def _outcomes_of(municipality: Municipality) -> Sequence[Any]:
    of = outcomes.c.municipality == municipality.code
    with municipality.server.database.reading() as connection:
        return connection.execute(select(outcomes).where(of)).all()


def nothing_is_left_of_the_visit(office: PostOffice, kiosk: Kiosk) -> None:
    """Namespaces are erased, plain documents overwritten, the pad is empty, the card forgot its PIN, and no file knows
    anybody (I2, I11)."""
    assert kiosk.state.visit is None
    assert all(attempt.erased for attempt in kiosk.attempts.opened)
    assert not any(any(plain) for plain in kiosk.plain), "a plain document was not overwritten"
    assert repr(kiosk.pad) == "<PinPad 0 digits>"
    assert kiosk.journal.visit is None
    for path in office.folder.glob("journal*"):
        saved = path.read_text(errors="replace")
        assert not [word for word in PERSONAL[:-1] if word in saved], f"{path.name} holds personal data"
    assert not office.faults
