"""States to look at: every scene in every way it can look, with the data of a municipality that does not exist. For the
gallery and the tests; nothing of it is ever served."""

from collections.abc import Mapping
from dataclasses import replace

from hardware.cashless.model import WhyNot
from hardware.sensors.model import Place
from kiosk.flow import scenes
from kiosk.flow.claims import EnrolmentField
from kiosk.flow.means import Means
from kiosk.flow.slips import Receipt
from kiosk.flow.state import NumberErrand, Terminal, Visit
from kiosk.flow.typing import Typed
from kiosk.flow.values.order import Line
from kiosk.flow.values.presentation import Presentation
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind, FaultReport, InDoubt, MoneyOutcome
from kiosk.screens.sample_visits import (
    APPLYING,
    BOARD,
    BOTH,
    DAMAGE_LINE,
    EVERY,
    FACTS,
    FOREIGN_LINE,
    FREE,
    FULL_BOARD,
    JAM,
    KOSEKI_AT,
    KOSEKI_LINE,
    KOSEKI_ONE_LINE,
    MORE_PURPOSES,
    NOTHING,
    NUMBER_LINE,
    OFFER,
    OWN_WORDS,
    PENSION,
    SEAL_LINE,
    SHEETS,
    TAX_LINE,
    VISIT,
    WINDOW,
    full_basket,
    many_kinds,
    many_members,
    refused,
)
from koufu.evidence.words import CertificateKind as Kind
from koufu.evidence.words import Option, RefusalReason, Scope
from printers.model import PrinterProblem, not_ready

HEARING = Visit(attempt=1, number=NumberErrand())
CASHLESS = replace(VISIT, means=Means.CASHLESS)
PAID_BACK = FaultReport(
    FaultKind.CASHLESS_UNDONE, (), 0, MoneyOutcome.RETURNED, 600, 0, "3PX-7RW", means=Means.CASHLESS
)
REFUSES = replace(PAID_BACK, kind=FaultKind.CASHLESS_REFUSED, money=MoneyOutcome.OWED, owed=600, returned=0)
DOUBT = replace(REFUSES, kind=FaultKind.CASHLESS_STOPPED, in_doubt=InDoubt.DEBIT)
NOT_BACK = replace(
    JAM, means=Means.CASHLESS, change=0, money=MoneyOutcome.OWED, owed=200, returned=0, in_doubt=InDoubt.PAY_BACK
)
VOID = replace(JAM, sheets_out=0, sheets_void=1, money=MoneyOutcome.RETURNED, returned=1000, change=0)
SLIP = scenes.SlipState.OUT
NO_RECEIPT = Receipt(((Kind.RESIDENCE, 1, 200), (Kind.SEAL_REGISTRATION, 1, 200)), 1000, 600, "4Q7-K2M")


def at(scene: scenes.Scene, overlay: scenes.Overlay | None = None, visit: Visit | None = VISIT) -> Terminal:
    """A terminal in a scene."""
    return Terminal(scene=scene, overlay=overlay, visit=visit, board=BOARD)


def means_of(kind: FaultKind) -> Means:
    """By which means somebody pays who meets this."""
    return Means.CASHLESS if kind.value.startswith("cashless-") else Means.CASH


def without_cash(terminal: Terminal) -> Terminal:
    """The same where only the payment terminal can be paid with."""
    return replace(terminal, out_of_service=frozenset({OutOfService.NO_CHANGE}), cashless=True)


PICTURED: Mapping[str, Terminal] = {
    "01-start": at(scenes.Start(), visit=None),
    "02-put-card": at(scenes.AwaitCard(), visit=Visit(attempt=1)),
    "03-pin": at(scenes.EnterPin(FACTS, 3, digits=2)),
    "04-purpose": at(scenes.ChoosePurpose("pension")),
    "05-options": at(scenes.ChooseOptions(PENSION, None)),
    "06-confirm": at(scenes.Confirm()),
    "07-take-card": at(scenes.TakeCard()),
    "08-pay-insert": at(scenes.Pay(100, (1000, 500, 100, 50, 10)), visit=replace(VISIT, held=100)),
    "08-pay": at(scenes.Pay(1000, (1000, 500, 100, 50, 10)), visit=replace(VISIT, held=1000)),
    "09-printing": at(scenes.Printing(1, 2)),
    "10-take-sheets": at(scenes.TakeSheets(2, 600, frozenset({Belonging.SHEETS, Belonging.RECEIPT}))),
    "11-declined": at(scenes.Declined(DeclineReason.FACE_AUTH, None, WINDOW, True)),
    "12-fault": at(scenes.Fault(JAM, SLIP)),
}
"""The screens that the visual specification has pictures of."""

BETWEEN: Mapping[str, Terminal] = {
    "closed-two": at(scenes.Closed(frozenset({OutOfService.PRINTER, OutOfService.PAPER})), visit=None),
    "closed-printers": replace(
        at(scenes.Closed(frozenset({OutOfService.PRINTER, OutOfService.SLIPS, OutOfService.SLIP_PAPER})), visit=None),
        pages=not_ready(PrinterProblem.ONE_SIDED),
        slips=not_ready(PrinterProblem.OFFLINE),
    ),
    "closed-at-first": Terminal(),
    "closed-sheets-left": replace(
        at(scenes.Closed(frozenset({OutOfService.LEFT_BEHIND})), visit=None), occupied=frozenset({Place.SHEET_TRAY})
    ),
    "closed-card-left": replace(
        at(scenes.Closed(frozenset({OutOfService.LEFT_BEHIND})), visit=None), card_present=True
    ),
    "closed-money-left": replace(
        at(scenes.Closed(frozenset({OutOfService.LEFT_BEHIND})), visit=None), occupied=frozenset({Place.CHANGE_TRAY})
    ),
    "start-short-board": replace(at(scenes.Start(), visit=None), board=replace(BOARD, rows=BOARD.rows[:2])),
    "start-full-board": replace(at(scenes.Start(), visit=None), board=FULL_BOARD),
    "at-counter": at(scenes.AtCounter(), visit=None),
    "where": replace(at(scenes.ChooseWhere(), visit=Visit(attempt=1)), koseki_at=KOSEKI_AT),
    "where-prefecture": replace(at(scenes.ChooseMunicipality(None), visit=Visit(attempt=1)), koseki_at=KOSEKI_AT),
    "where-municipality": replace(at(scenes.ChooseMunicipality("例示県"), visit=Visit(attempt=1)), koseki_at=KOSEKI_AT),
    "enrol-offer": at(scenes.OfferEnrolment(RefusalReason.NOT_ENROLLED), visit=APPLYING),
    "enrol-offer-declined": at(scenes.OfferEnrolment(RefusalReason.ENROLMENT_DECLINED), visit=APPLYING),
    "enrol-offer-renew": at(scenes.OfferEnrolment(RefusalReason.ENROLMENT_RENEW), visit=APPLYING),
    "enrol-domicile": at(
        scenes.Enrol(EnrolmentField.DOMICILE, Typed("れいじけんれいじしほんちょう"), False), visit=APPLYING
    ),
    "enrol-head": at(scenes.Enrol(EnrolmentField.HEAD, Typed(), False), visit=APPLYING),
    "enrol-name": at(scenes.Enrol(EnrolmentField.NAME, Typed("みほん　はる"), False), visit=APPLYING),
    "enrol-born": at(scenes.Enrol(EnrolmentField.BORN, Typed("19900228"), True), visit=APPLYING),
    "enrol-phone": at(scenes.Enrol(EnrolmentField.PHONE, Typed("099-000"), True), visit=APPLYING),
    "enrol-former": at(scenes.Enrol(EnrolmentField.FORMER, Typed(), True), visit=APPLYING),
    "enrol-review": at(scenes.ReviewEnrolment(), visit=APPLYING),
    "enrol-proving": at(scenes.ProvingEnrolment(), visit=APPLYING),
    "enrolled": at(scenes.Enrolled("7081063380111455", True), visit=Visit(attempt=1)),
    "put-card-again": at(scenes.AwaitCard(again=True)),
    "reading-card": at(scenes.ReadingCard()),
    "pin-empty": at(scenes.EnterPin(FACTS, 3)),
    "pin-complete": at(scenes.EnterPin(FACTS, 3, digits=4)),
    "pin-wrong": at(scenes.EnterPin(FACTS, 2, wrong=True)),
    "pin-last-try": at(scenes.EnterPin(FACTS, 1, wrong=True)),
    "pin-again": at(scenes.EnterPin(FACTS, 3, again=True)),
    "checking-pin": at(scenes.CheckingPin()),
    "start-heard": replace(at(scenes.Start(), visit=None), presentation=Presentation(voice=True)),
    "number-look": at(scenes.PlugIn(), visit=HEARING),
    "number-plug": at(scenes.PlugIn(missing=True), visit=HEARING),
    "number-put": at(scenes.AwaitCard(), visit=HEARING),
    "number-pin": at(scenes.EnterPin(FACTS, 3, digits=2), visit=HEARING),
    "number-pin-again": at(scenes.EnterPin(FACTS, 3, again=True), visit=HEARING),
    "number-ready": at(scenes.NumberReady(2), visit=HEARING),
    "number-telling": at(scenes.TellingNumber(), visit=HEARING),
    "number-once-more": at(scenes.NumberReady(1), visit=HEARING),
    "number-cut": at(scenes.NumberReady(2, cut=True), visit=HEARING),
    "number-over": at(scenes.NumberReady(0), visit=HEARING),
    "purpose-empty": at(scenes.ChoosePurpose()),
    "kind": at(scenes.ChooseKind(Kind.SEAL_REGISTRATION)),
    "kind-many": at(scenes.ChooseKind(), visit=many_kinds()),
    "purpose-noted": at(scenes.ChoosePurpose("licence"), visit=EVERY),
    "purpose-suggested": at(scenes.ChoosePurpose("passport"), visit=EVERY),
    "purpose-nothing": at(scenes.ChoosePurpose("immigration"), visit=EVERY),
    "purpose-own": at(scenes.ChoosePurpose("own-1"), visit=EVERY),
    "purpose-nine": at(scenes.ChoosePurpose(), visit=replace(VISIT, offer=replace(OFFER, purposes=MORE_PURPOSES))),
    "purpose-eight": at(
        scenes.ChoosePurpose("car"), visit=replace(VISIT, offer=replace(OFFER, purposes=MORE_PURPOSES[1:]))
    ),
    "advised-paper": at(scenes.Advised("passport"), visit=EVERY),
    "advised-window": at(scenes.Advised("immigration"), visit=EVERY),
    "advised-own": at(scenes.Advised("own-1"), visit=EVERY),
    "advised-basket": at(scenes.Advised("immigration"), visit=replace(EVERY, basket=(PENSION,))),
    "kind-refused": at(scenes.ChooseKind(Kind.SEAL_REGISTRATION), visit=many_kinds()),
    "kind-refused-basket": at(
        scenes.ChooseKind(Kind.SEAL_REGISTRATION), visit=replace(many_kinds(), basket=(PENSION,))
    ),
    "kind-every": at(scenes.ChooseKind(Kind.INCOME_TAX), visit=EVERY),
    "matter-empty": at(scenes.ChooseMatter(replace(TAX_LINE, matter=""), None), visit=EVERY),
    "matter-year": at(scenes.ChooseMatter(TAX_LINE, None), visit=EVERY),
    "matter-refused": at(scenes.ChooseMatter(replace(TAX_LINE, matter="2024"), None), visit=EVERY),
    "matter-editing": at(scenes.ChooseMatter(TAX_LINE, 0), visit=replace(EVERY, basket=(TAX_LINE,))),
    "matter-damage": at(scenes.ChooseMatter(DAMAGE_LINE, None), visit=EVERY),
    "options-many": at(scenes.ChooseOptions(FOREIGN_LINE, None), visit=EVERY),
    "options-all": at(scenes.ChooseOptions(replace(FOREIGN_LINE, options=frozenset(Option)), None), visit=EVERY),
    "options-whom": at(scenes.ChooseOptions(KOSEKI_ONE_LINE, None), visit=EVERY),
    "options-supplement": at(
        scenes.ChooseOptions(Line(Kind.KOSEKI_SUPPLEMENT, Scope.KOSEKI, NOTHING, (), 1, 300), None), visit=EVERY
    ),
    "options-damage": at(scenes.ChooseOptions(DAMAGE_LINE, None), visit=EVERY),
    "members-koseki": at(scenes.ChooseMembers(KOSEKI_ONE_LINE, None), visit=EVERY),
    "number": at(scenes.WarnNumber(FOREIGN_LINE, None, Option.INDIVIDUAL_NUMBER), visit=EVERY),
    "number-code": at(scenes.WarnNumber(FOREIGN_LINE, None, Option.RESIDENT_CODE), visit=EVERY),
    "confirm-three": at(scenes.Confirm(), visit=replace(EVERY, basket=(NUMBER_LINE, TAX_LINE, KOSEKI_LINE))),
    "confirm-two-rich": at(scenes.Confirm(), visit=replace(EVERY, basket=(NUMBER_LINE, TAX_LINE))),
    "confirm-foreign": at(scenes.Confirm(), visit=replace(EVERY, basket=(FOREIGN_LINE, DAMAGE_LINE))),
    "confirm-free": at(scenes.Confirm(), visit=FREE),
    "take-card-free": at(scenes.TakeCard(), visit=FREE),
    "preparing-free": at(scenes.Preparing(), visit=FREE),
    "releasing-free": at(scenes.Releasing(), visit=FREE),
    "take-sheets-free": at(
        scenes.TakeSheets(1, 0, frozenset({Belonging.SHEETS}), receipt=False), visit=replace(FREE, basket=())
    ),
    "options-editing": at(scenes.ChooseOptions(replace(PENSION, options=BOTH), 0)),
    "options-seal": at(scenes.ChooseOptions(SEAL_LINE, None)),
    "members": at(scenes.ChooseMembers(replace(PENSION, scope=Scope.MEMBERS, members=("m2",)), None)),
    "members-many": at(scenes.ChooseMembers(replace(PENSION, scope=Scope.MEMBERS), None), visit=many_members()),
    "start-exact": replace(PICTURED["01-start"], exact=True),
    "confirm-exact": replace(at(scenes.Confirm()), exact=True),
    "confirm-exact-three": replace(
        at(scenes.Confirm(), visit=replace(EVERY, basket=(NUMBER_LINE, TAX_LINE, KOSEKI_LINE))), exact=True
    ),
    "start-no-cash": without_cash(PICTURED["01-start"]),
    "start-no-cash-full-board": without_cash(replace(at(scenes.Start(), visit=None), board=FULL_BOARD)),
    "start-cash-only": replace(PICTURED["01-start"], cashless=False),
    "confirm-no-cash": without_cash(at(scenes.Confirm())),
    "confirm-no-cash-full": without_cash(at(scenes.Confirm(), visit=full_basket())),
    "confirm-cash-only": replace(at(scenes.Confirm()), cashless=False),
    "confirm-one": at(scenes.Confirm(), visit=replace(VISIT, basket=(PENSION,))),
    "confirm-full": at(scenes.Confirm(), visit=full_basket()),
    "proving-order": at(scenes.ProvingOrder()),
    "preparing": at(scenes.Preparing()),
    "means": at(scenes.ChooseMeans()),
    "means-alone": without_cash(at(scenes.ChooseMeans())),
    "means-alone-offline": without_cash(at(scenes.ChooseMeans(WhyNot.OFFLINE))),
    "means-declined": at(scenes.ChooseMeans(WhyNot.DECLINED)),
    "means-given-up": at(scenes.ChooseMeans(WhyNot.GIVEN_UP)),
    "means-offline": at(scenes.ChooseMeans(WhyNot.OFFLINE)),
    "present": at(scenes.Present(), visit=CASHLESS),
    "present-stopping": at(scenes.Present(stopping=True), visit=CASHLESS),
    "asking-debit": at(scenes.AskingDebit(), visit=CASHLESS),
    "returning-cashless": at(scenes.ReturningMoney(), visit=CASHLESS),
    "releasing-cashless": at(scenes.Releasing(), visit=CASHLESS),
    "fault-cashless-doubt": at(scenes.Fault(DOUBT, SLIP)),
    "fault-cashless-doubt-no-slip": at(scenes.Fault(DOUBT, scenes.SlipState.FAILED)),
    "fault-cashless-back": at(scenes.Fault(NOT_BACK, SLIP)),
    "fault-cashless-back-no-slip": at(scenes.Fault(NOT_BACK, scenes.SlipState.FAILED)),
    "fault-cashless-refuses": at(scenes.Fault(REFUSES, SLIP)),
    "fault-cashless-none-taken": at(scenes.Fault(replace(PAID_BACK, money=MoneyOutcome.NONE_TAKEN, returned=0), SLIP)),
    "fault-cashless-jam": at(scenes.Fault(replace(JAM, means=Means.CASHLESS, change=0), SLIP)),
    "fault-cashless-restarted": at(scenes.Fault(replace(PAID_BACK, restarted=True)), visit=None),
    "declined-returned-cashless": at(
        scenes.Declined(RefusalReason.MOVE_OUT_PLANNED, Kind.RESIDENCE, WINDOW, True, 400, Means.CASHLESS)
    ),
    "pay-opening": at(scenes.Pay(0, ())),
    "pay-all-money": at(scenes.Pay(0, (10000, 5000, 2000, 1000, 500, 100, 50, 10))),
    "returning-money": at(scenes.ReturningMoney()),
    "releasing": at(scenes.Releasing()),
    "giving-change": at(scenes.Releasing(), visit=replace(VISIT, held=1000, changing=True)),
    "printing-settling": at(scenes.Printing(2, 2), visit=replace(VISIT, settling=True)),
    "printing-many": at(scenes.Printing(3, 1), visit=replace(VISIT, sheets=SHEETS * 3)),
    "look-wait": at(scenes.LookAtSheets(2)),
    "look-ask": at(scenes.LookAtSheets(2, shown=True)),
    "look-thanks": at(scenes.LookAtSheets(2, shown=True, right=True)),
    "take-sheets-all": at(scenes.TakeSheets(1, 0, frozenset())),
    "take-sheets-no-receipt": at(scenes.TakeSheets(2, 600, frozenset({Belonging.SHEETS}), missing=NO_RECEIPT)),
    "take-sheets-no-receipt-at-all": at(
        scenes.TakeSheets(2, 600, frozenset({Belonging.SHEETS}), missing=replace(NO_RECEIPT, reprint=2))
    ),
    "take-belongings": at(scenes.TakeBelongings(frozenset({Belonging.CARD, Belonging.CHANGE}))),
    "declined-card-lies": replace(at(scenes.Declined(DeclineReason.PIN_LOCKED, None, WINDOW, True)), card_present=True),
    "declined-card-lies-no-slip": replace(
        at(scenes.Declined(DeclineReason.SERVER_AWAY, None, WINDOW, False)), card_present=True
    ),
    "fault-card-lies": replace(
        at(scenes.Fault(FaultReport(FaultKind.SERVER_AWAY, (), 0, MoneyOutcome.NONE_TAKEN, 0, 0, "2CW-N8F"), SLIP)),
        card_present=True,
    ),
    "declined-returned": at(scenes.Declined(RefusalReason.MOVE_OUT_PLANNED, Kind.RESIDENCE, WINDOW, True, 400)),
    "declined-own-words": replace(
        at(scenes.Declined(RefusalReason.UNDER_AGE, Kind.RESIDENCE, WINDOW, True, 400)), board=OWN_WORDS
    ),
    "declined-own-words-free": replace(
        at(scenes.Declined(RefusalReason.UNDER_AGE, Kind.RESIDENCE, WINDOW, True)), board=OWN_WORDS
    ),
    "refused-own-words": replace(
        at(scenes.ChooseKind(Kind.RESIDENCE), visit=refused(RefusalReason.UNDER_AGE)), board=OWN_WORDS
    ),
    "fault-owed": at(
        scenes.Fault(FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.OWED, 0, 600, "7TM-P4D"), SLIP)
    ),
    "fault-owed-no-slip": at(
        scenes.Fault(
            FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.OWED, 0, 600, "7TM-P4D"), scenes.SlipState.FAILED
        )
    ),
    "fault-owed-no-slip-sheets": at(
        scenes.Fault(replace(JAM, money=MoneyOutcome.OWED, returned=0, owed=200, change=600), scenes.SlipState.FAILED)
    ),
    "fault-alarm": at(
        scenes.Fault(FaultReport(FaultKind.INTEGRITY_ALARM, SHEETS, 0, MoneyOutcome.RETURNED, 400, 0, "9XR-H2A"), SLIP)
    ),
    "fault-many": at(
        scenes.Fault(replace(JAM, sheets=SHEETS * 3, sheets_out=3, returned=600, kind=FaultKind.PRINTER_STOPPED), SLIP)
    ),
    "fault-one-sided-sheets": replace(
        at(
            scenes.Fault(
                replace(JAM, sheets_out=0, money=MoneyOutcome.RETURNED, returned=400, kind=FaultKind.ONE_SIDED), SLIP
            )
        ),
        occupied=frozenset({Place.SHEET_TRAY, Place.CHANGE_TRAY}),
    ),
    "fault-void": at(scenes.Fault(replace(VOID, kind=FaultKind.JOURNAL_STOPPED), SLIP)),
    "fault-void-jam": at(scenes.Fault(VOID, SLIP)),
    "fault-slips-stopped-before-money": at(
        scenes.Fault(FaultReport(FaultKind.SLIPS_STOPPED, SHEETS, 0, MoneyOutcome.NONE_TAKEN, 0, 0, "4CS-TWD"), SLIP)
    ),
    "fault-stuck": at(
        scenes.Fault(FaultReport(FaultKind.CASH_STOPPED, SHEETS, 0, MoneyOutcome.RETURNED, 100, 0, "4CS-TWD"), SLIP)
    ),
    "fault-restarted": at(
        scenes.Fault(
            FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.RETURNED, 400, 0, "7TM-P4D", restarted=True)
        ),
        visit=None,
    ),
    "fault-restarted-sheets": replace(
        at(
            scenes.Fault(
                FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.RETURNED, 400, 0, "7TM-P4D", restarted=True)
            ),
            visit=None,
        ),
        occupied=frozenset({Place.SHEET_TRAY, Place.CHANGE_TRAY}),
    ),
    "fault-restarted-kept": replace(
        at(
            scenes.Fault(
                FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.KEPT, 0, 0, "7TM-P4D", restarted=True)
            ),
            visit=None,
        ),
        occupied=frozenset({Place.SHEET_TRAY}),
    ),
    "fault-restarted-owed": at(
        scenes.Fault(
            FaultReport(FaultKind.CASH_STOPPED, (), 0, MoneyOutcome.OWED, 300, 100, "7TM-P4D", restarted=True), SLIP
        ),
        visit=None,
    ),
    "over-idle": at(scenes.ChoosePurpose("pension"), scenes.IdleWarning(14)),
    "over-cancel": at(scenes.Confirm(), scenes.AskCancel()),
    "over-cancel-money": at(scenes.Pay(100, (1000, 500, 100, 50, 10)), scenes.AskCancel(), replace(VISIT, held=100)),
    "over-settings": at(scenes.EnterPin(FACTS, 3), scenes.SeeingAndHearing()),
    "over-languages": at(scenes.Confirm(), scenes.Languages()),
    "over-staff": at(scenes.ChooseOptions(PENSION, None), scenes.StaffCalled()),
}
"""Everything else a person can meet."""

DECLINED: Mapping[str, Terminal] = {
    f"declined-{reason.value}": at(scenes.Declined(reason, Kind.RESIDENCE, WINDOW, True))
    for reason in (*DeclineReason, *RefusalReason)
}

REFUSED: Mapping[str, Terminal] = {
    f"refused-{reason.value}": at(scenes.ChooseKind(Kind.RESIDENCE), visit=refused(reason)) for reason in RefusalReason
}
"""What stands beside a kind that can't be had."""


def _fault(kind: FaultKind) -> FaultReport:
    """Nothing came out and all is back, but where it can't be."""
    back = FaultReport(kind, SHEETS, 0, MoneyOutcome.RETURNED, 400, 0, "4Q7-K2M", means=means_of(kind))
    if kind not in (FaultKind.CASHLESS_REFUSED, FaultKind.CASHLESS_STOPPED):
        return back
    doubt = InDoubt.DEBIT if kind is FaultKind.CASHLESS_STOPPED else None
    return replace(back, money=MoneyOutcome.OWED, returned=0, owed=400, in_doubt=doubt)


FAULTS: Mapping[str, Terminal] = {f"fault-{kind.value}": at(scenes.Fault(_fault(kind), SLIP)) for kind in FaultKind}

CLOSED: Mapping[str, Terminal] = {
    f"closed-{reason.value}": at(scenes.Closed(frozenset({reason})), visit=None) for reason in OutOfService
}

ALL: Mapping[str, Terminal] = {**PICTURED, **BETWEEN, **DECLINED, **REFUSED, **FAULTS, **CLOSED}
