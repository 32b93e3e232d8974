"""Stages of a visit from the proven order on, and what was told at its end, for tests of the flow."""

from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import PrintSlip, ReportOutcome
from kiosk.flow.events import (
    PrintersSeen,
)
from kiosk.flow.slips import GuidanceSlip, Receipt, Slip
from kiosk.flow.touches import Key, Pressed, PurposeChosen
from kiosk.flow.values.order import Sheet
from kiosk.flow.values.trouble import FaultKind, FaultReport, MoneyOutcome
from koufu.evidence.words import CertificateKind, RefusalReason
from tests.support.kiosk_journey import (
    PRIMARY,
    Step,
    Walk,
    chosen,
    identified,
    paid,
    printing,
    proven,
    to_pay,
)
from tests.support.kiosk_samples import (
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
    WINDOW,
)

PROVEN = (*identified(), *chosen(), *proven())
AT_PAY = (*PROVEN, *to_pay())
RELEASING = (*AT_PAY, *paid(600))
PRINTING = (*RELEASING, *printing(change=400))

TWO = (RESIDENCE_DOCUMENT, SEAL_DOCUMENT)
PRINTING_TWO = (
    *identified(),
    *chosen(),
    Step(Pressed(Key.ADD_LINE)),
    Step(PurposeChosen("bank")),
    Step(PRIMARY),
    *proven(),
    *to_pay(*TWO),
    *paid(1000),
    *printing(*TWO, change=500),
)

ONE_SHEET = (Sheet(CertificateKind.RESIDENCE, 1, 1),)
DELIVERED = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),)
NOT_PRINTED = (Delivery(RESIDENCE_DOCUMENT, Outcome.NOT_PRINTED, 0),)
VOIDED = ReportOutcome(1, (), 0)
RECEIPT = Receipt(((CertificateKind.RESIDENCE, 1, 200),), 200, 0, "4Q7-K2M")
GUIDANCE = GuidanceSlip(RefusalReason.X509_REVOKED, None, WINDOW)
ALL_READY = PrintersSeen(PRINTER_READY, PRINTER_READY)


def report(kind: FaultKind, money: MoneyOutcome, returned: int = 0, owed: int = 0, out: int = 0) -> FaultReport:
    return FaultReport(kind, ONE_SHEET, out, money, returned, owed, "4Q7-K2M")


def slips(walk: Walk) -> list[Slip]:
    return [each.slip for each in walk.effects if isinstance(each, PrintSlip)]


def outcomes(walk: Walk) -> list[ReportOutcome]:
    return [each for each in walk.effects if isinstance(each, ReportOutcome)]
