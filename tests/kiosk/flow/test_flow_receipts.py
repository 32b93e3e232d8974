"""A receipt that did not come out is printed again while the resident stands there, and marked."""

from dataclasses import replace

from hardware.cash.model import Payout
from hardware.sensors.model import Place, PlaceChanged
from kiosk.flow.effects import PrintSlip
from kiosk.flow.events import DocumentSettled, MoneySettled, SlipSettled
from kiosk.flow.receipts import MOST_REPRINTS
from kiosk.flow.scenes import Start, TakeSheets
from kiosk.flow.slips import Receipt
from kiosk.flow.touches import Key, Pressed
from printers.model import Printed
from tests.support.kiosk_journey import Step, Walk
from tests.support.kiosk_stages import PRINTING

AGAIN = Pressed(Key.REPRINT)


def at_the_sheets() -> tuple[Walk, Receipt]:
    walk = Walk().go(*PRINTING, DocumentSettled(1, Printed(1)), Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets))
    return walk, last_receipt(walk)


def last_receipt(walk: Walk) -> Receipt:
    slip = walk.wanted(PrintSlip)[-1]
    assert isinstance(slip, PrintSlip)
    assert isinstance(slip.slip, Receipt)
    return slip.slip


def missing(walk: Walk) -> Receipt | None:
    assert isinstance(walk.state.scene, TakeSheets)
    return walk.state.scene.missing


def test_a_receipt_that_did_not_come_out_is_printed_again_with_its_number_and_marked() -> None:
    walk, receipt = at_the_sheets()
    walk.go(SlipSettled(1, receipt, printed=False))
    assert missing(walk) == receipt
    walk.go(AGAIN)
    assert missing(walk) is None
    assert last_receipt(walk) == replace(receipt, reprint=1)
    walk.go(SlipSettled(1, last_receipt(walk), printed=True))
    assert missing(walk) is None


def test_a_receipt_that_came_out_or_is_still_printed_is_not_printed_again() -> None:
    walk, receipt = at_the_sheets()
    walk.go(AGAIN, SlipSettled(1, receipt, printed=True), AGAIN)
    assert len([each for each in walk.wanted(PrintSlip) if isinstance(each, PrintSlip)]) == 1


def test_after_some_tries_it_is_the_printer_that_must_be_seen_to() -> None:
    walk, _ = at_the_sheets()
    for _ in range(MOST_REPRINTS + 2):
        walk.go(SlipSettled(1, last_receipt(walk), printed=False), AGAIN)
    assert len(walk.wanted(PrintSlip)) == 1 + MOST_REPRINTS
    assert last_receipt(walk).reprint == MOST_REPRINTS


def test_nothing_of_a_receipt_is_left_when_the_resident_has_gone() -> None:
    walk, receipt = at_the_sheets()
    walk.go(SlipSettled(1, receipt, printed=False), PlaceChanged(Place.SHEET_TRAY, occupied=False))
    walk.go(Step(Pressed(Key.PRIMARY), Start), AGAIN)
    assert "4Q7-K2M" not in repr(walk.state)
    assert len(walk.wanted(PrintSlip)) == 1
