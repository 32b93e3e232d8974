"""The whole way of one resident, and every touch of choosing, as lists of steps."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from hardware.sensors.model import Place, PlaceChanged
from kiosk.flow.documents import Delivery, FeeHeld, Outcome, ReadyToPay
from kiosk.flow.effects import (
    AcceptMoney,
    AnswerChallenge,
    CheckDocuments,
    EraseVisit,
    GiveChange,
    LookAtCash,
    LookAtPrinters,
    OpenSession,
    OpenVisit,
    Prepare,
    PrintDocument,
    PrintSlip,
    ProveOrder,
    ReadCard,
    Release,
    ReportOutcome,
    ResetCard,
    SecureMoney,
    SendAnswer,
    SettleMoney,
    Timer,
    VerifyPin,
)
from kiosk.flow.events import (
    CardRead,
    CashSeen,
    ChallengeAnswered,
    ChangeGiven,
    DocumentsAccepted,
    DocumentSettled,
    MoneySecured,
    MoneySettled,
    MoneyTaken,
    Offered,
    OrderProven,
    PinRight,
    Prepared,
    PrintersSeen,
    Released,
    SessionOpened,
    SheetProgress,
    SlotsOpen,
    VisitOpened,
)
from kiosk.flow.scenes import (
    AskCancel,
    AwaitCard,
    CheckingPin,
    ChooseKind,
    ChooseMembers,
    ChooseOptions,
    ChoosePurpose,
    Confirm,
    EnterPin,
    Pay,
    Preparing,
    Printing,
    ProvingOrder,
    ReadingCard,
    Releasing,
    Start,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.slips import Receipt
from kiosk.flow.touches import (
    CopiesChanged,
    Key,
    KindChosen,
    LineChanged,
    LineRemoved,
    MemberToggled,
    OptionSet,
    PinTyped,
    Pressed,
    PurposeChosen,
    ScopeChosen,
)
from kiosk.flow.values.service import Belonging
from koufu.evidence.words import CertificateKind, Option, Scope
from printers.model import Printed
from tests.support.kiosk_journey import (
    BACK,
    INSERTED,
    PRIMARY,
    REMOVED,
    Fires,
    Step,
    Walk,
    chosen,
    identified,
    paid,
    printed,
    printing,
    proven,
    to_pay,
)
from tests.support.kiosk_samples import (
    CASH_READY,
    FACTS,
    OFFER,
    ORDER_ID,
    PENSION_LINE,
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
    accepted,
)

WHOLE_VISIT = (
    Step(Pressed(Key.START), AwaitCard, (OpenVisit(1),)),
    Step(VisitOpened(1, "4Q7-K2M")),
    Step(INSERTED, ReadingCard, (ReadCard(1),)),
    Step(CardRead(1, FACTS), ReadingCard, (OpenSession(1, FACTS),)),
    Step(SessionOpened(1), EnterPin(FACTS, tries_left=3)),
    Step(PinTyped(3), EnterPin(FACTS, tries_left=3, digits=3)),
    Step(PRIMARY, EnterPin),
    Step(PinTyped(4), EnterPin(FACTS, tries_left=3, digits=4)),
    Step(PRIMARY, CheckingPin, (VerifyPin(1),)),
    Step(PinRight(1, None), CheckingPin, (AnswerChallenge(1),)),
    Step(ChallengeAnswered(1), CheckingPin, (SendAnswer(1),)),
    Step(Offered(1, OFFER), ChoosePurpose(None)),
    Step(PurposeChosen("pension"), ChoosePurpose("pension")),
    Step(PRIMARY, ChooseOptions(PENSION_LINE, None)),
    Step(PRIMARY, Confirm),
    Step(PRIMARY, ProvingOrder, (ProveOrder(1, (PENSION_LINE,), 200, OFFER),)),
    Step(OrderProven(1, ORDER_ID), TakeCard, (ResetCard(1), Prepare(1), LookAtPrinters(awake=True))),
    Step(REMOVED, Preparing),
    Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing, (LookAtPrinters(awake=True),)),
    Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Pay, (AcceptMoney(1, ReadyToPay((RESIDENCE_DOCUMENT,), 200)),)),
    Step(SlotsOpen(1, CASH_READY.accepted), Pay(0, CASH_READY.accepted)),
    Step(MoneyTaken(1, 100), Pay(100, CASH_READY.accepted), (LookAtCash(),)),
    Step(CashSeen(replace(CASH_READY, accepted=(10, 50, 100))), Pay(100, (10, 50, 100))),
    Step(PRIMARY, Pay),
    Step(MoneyTaken(1, 600), Pay(600, (10, 50, 100))),
    Step(PRIMARY, Releasing, (SecureMoney(1),)),
    Step(MoneySecured(1, 600), Releasing, (Release(1, FeeHeld(200, 600)),)),
    Step(Released(1), Releasing, (CheckDocuments(1, (RESIDENCE_DOCUMENT,)),)),
    Step(DocumentsAccepted(1, accepted(RESIDENCE_DOCUMENT)), Releasing, (GiveChange(1, 200),)),
    Step(PlaceChanged(Place.CHANGE_TRAY, True), Releasing),
    Step(
        ChangeGiven(1, Payout(400, 400)),
        Printing(1, 1),
        (PrintDocument(1, accepted(RESIDENCE_DOCUMENT)[0], fee=200),),
    ),
    Step(SheetProgress(1, 1, 2), Printing(1, 2)),
    Step(PlaceChanged(Place.SHEET_TRAY, True), Printing),
    Step(DocumentSettled(1, Printed(1)), Printing, (SettleMoney(1, 200),)),
    Step(
        MoneySettled(1, 200, Payout(0, 0)),
        TakeSheets(1, 400, frozenset({Belonging.SHEETS, Belonging.CHANGE})),
        (ReportOutcome(1, (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),), 200), EraseVisit(1), PrintSlip),
    ),
    Step(PlaceChanged(Place.RECEIPT_SLOT, True), TakeSheets),
    Step(PlaceChanged(Place.CHANGE_TRAY, False), TakeSheets(1, 400, frozenset({Belonging.SHEETS, Belonging.RECEIPT}))),
    Step(PlaceChanged(Place.SHEET_TRAY, False), TakeSheets(1, 400, frozenset({Belonging.RECEIPT}))),
    Step(PRIMARY, Start),
)


def test_one_resident_from_start_to_start() -> None:
    walk = Walk().go(*WHOLE_VISIT)
    assert walk.state.visit is None


def test_the_receipt_tells_what_was_paid_kept_and_given_back() -> None:
    walk = Walk().go(*WHOLE_VISIT)
    slips = [each.slip for each in walk.effects if isinstance(each, PrintSlip)]
    assert slips == [Receipt(((CertificateKind.RESIDENCE, 1, 200),), inserted=600, change=400, reference="4Q7-K2M")]


def test_a_card_on_the_reader_begins_by_itself() -> None:
    Walk().go(*identified())


def test_the_card_may_leave_after_the_documents_are_ready() -> None:
    Walk().go(
        *identified(),
        *chosen(),
        *proven(),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), TakeCard),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), TakeCard),
        Step(REMOVED, Pay, (AcceptMoney,)),
    )


def test_a_card_put_back_must_leave_again_before_money_moves() -> None:
    Walk().go(
        *identified(),
        *chosen(),
        *proven(),
        Step(REMOVED, Preparing),
        Step(INSERTED, TakeCard),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), TakeCard),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), TakeCard),
        Step(REMOVED, Pay),
    )


def test_two_documents_are_printed_one_after_the_other() -> None:
    documents = (RESIDENCE_DOCUMENT, SEAL_DOCUMENT)
    walk = Walk().go(
        *identified(),
        *chosen(),
        Step(Pressed(Key.ADD_LINE), ChoosePurpose(None)),
        Step(PurposeChosen("bank")),
        Step(PRIMARY, Confirm),
        *proven(),
        *to_pay(*documents),
        *paid(500),
        *printing(*documents),
        printed(),
        Step(DocumentSettled(1, Printed(1)), Printing, (SettleMoney(1, 500),)),
        Step(MoneySettled(1, 500, Payout(0, 0)), TakeSheets(2, 0, frozenset())),
        Step(Fires(Timer.SCENE), Start),
    )
    jobs = [each.accepted.document for each in walk.effects if isinstance(each, PrintDocument)]
    assert jobs == [RESIDENCE_DOCUMENT, SEAL_DOCUMENT]


CHOICES = {
    "by name": (
        Step(Pressed(Key.BY_NAME), ChooseKind(None)),
        Step(PRIMARY, ChooseKind(None)),
        Step(KindChosen(CertificateKind.SEAL_REGISTRATION), ChooseKind(CertificateKind.SEAL_REGISTRATION)),
        Step(PRIMARY, Confirm),
    ),
    "a kind nobody offers": (
        Step(Pressed(Key.BY_NAME), ChooseKind),
        Step(KindChosen(CertificateKind.KOSEKI_FULL), ChooseKind),
        Step(PRIMARY, ChooseKind),
    ),
    "options": (
        *chosen()[:2],
        Step(OptionSet(Option.DOMICILE, True), ChooseOptions),
        Step(OptionSet(Option.RELATIONSHIP, False), ChooseOptions),
        Step(ScopeChosen(Scope.SELF), ChooseOptions),
        Step(PRIMARY, Confirm),
    ),
    "members, in the order of the household": (
        *chosen()[:2],
        Step(ScopeChosen(Scope.MEMBERS), ChooseOptions),
        Step(PRIMARY, ChooseMembers),
        Step(PRIMARY, ChooseMembers),
        Step(MemberToggled("m-3")),
        Step(MemberToggled("m-2")),
        Step(MemberToggled("m-1")),
        Step(MemberToggled("m-3")),
        Step(MemberToggled("nobody")),
        Step(PRIMARY, Confirm),
    ),
    "copies": (
        *chosen(),
        Step(CopiesChanged(0, -1), Confirm),
        *[Step(CopiesChanged(0, 1), Confirm)] * 6,
        Step(CopiesChanged(7, 1), Confirm),
    ),
    "a line changed keeps its place": (
        *chosen(),
        Step(LineChanged(0), ChooseOptions),
        Step(OptionSet(Option.DOMICILE, True), ChooseOptions),
        Step(PRIMARY, Confirm),
    ),
    "a change given up": (
        *chosen(),
        Step(LineChanged(0), ChooseOptions),
        Step(OptionSet(Option.DOMICILE, True), ChooseOptions),
        Step(BACK, Confirm),
    ),
    "the last line removed": (*chosen(), Step(LineRemoved(0), ChoosePurpose(None))),
}


@pytest.mark.parametrize(
    ("name", "basket"),
    [
        ("by name", [(CertificateKind.SEAL_REGISTRATION, Scope.SELF, set(), (), 1)]),
        ("a kind nobody offers", []),
        ("options", [(CertificateKind.RESIDENCE, Scope.SELF, {Option.DOMICILE}, (), 1)]),
        (
            "members, in the order of the household",
            [(CertificateKind.RESIDENCE, Scope.MEMBERS, {Option.RELATIONSHIP}, ("m-1", "m-2"), 1)],
        ),
        ("copies", [(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, {Option.RELATIONSHIP}, (), 5)]),
        (
            "a line changed keeps its place",
            [(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, {Option.RELATIONSHIP, Option.DOMICILE}, (), 1)],
        ),
        ("a change given up", [(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, {Option.RELATIONSHIP}, (), 1)]),
        ("the last line removed", []),
    ],
)
def test_what_is_touched_stands_in_the_basket(
    name: str, basket: list[tuple[CertificateKind, Scope, set[Option], tuple[str, ...], int]]
) -> None:
    walk = Walk().go(*identified(), *CHOICES[name])
    assert walk.state.visit is not None
    lines = [(line.kind, line.scope, set(line.options), line.members, line.copies) for line in walk.state.visit.basket]
    assert lines == basket


def test_back_goes_one_step_and_keeps_the_answers() -> None:
    Walk().go(
        *identified(),
        *chosen()[:2],
        Step(OptionSet(Option.DOMICILE, True), ChooseOptions),
        Step(ScopeChosen(Scope.MEMBERS), ChooseOptions),
        Step(PRIMARY, ChooseMembers),
        Step(MemberToggled("m-2"), ChooseMembers),
        Step(BACK, ChooseOptions),
        Step(BACK, ChoosePurpose("pension")),
        Step(PRIMARY, ChooseOptions),
        Step(PRIMARY, ChooseMembers),
        Step(PRIMARY, Confirm),
        Step(BACK, ChooseMembers),
        Step(BACK, ChooseOptions),
        Step(PRIMARY, ChooseMembers),
        Step(PRIMARY, Confirm),
        Step(CopiesChanged(0, 1), Confirm),
        Step(BACK, ChooseMembers),
        Step(BACK, ChooseOptions),
        Step(BACK, ChoosePurpose("pension")),
    )


def test_answers_survive_the_way_back_and_forth() -> None:
    walk = Walk().go(
        *identified(),
        *chosen()[:2],
        Step(OptionSet(Option.DOMICILE, True)),
        Step(PRIMARY, Confirm),
        Step(CopiesChanged(0, 1)),
        Step(BACK, ChooseOptions),
        Step(BACK, ChoosePurpose("pension")),
        Step(PRIMARY, ChooseOptions),
        Step(PRIMARY, Confirm),
    )
    assert walk.state.visit is not None
    (line,) = walk.state.visit.basket
    assert (line.copies, Option.DOMICILE in line.options) == (2, True)


def test_back_from_the_first_choice_asks_whether_to_stop() -> None:
    walk = Walk().go(*identified(), Step(BACK, ChoosePurpose))
    assert walk.state.overlay == AskCancel()


def test_back_from_names_leads_to_purposes_and_from_an_added_one_to_the_basket() -> None:
    Walk().go(
        *identified(),
        Step(Pressed(Key.BY_NAME), ChooseKind),
        Step(BACK, ChoosePurpose),
        *chosen(),
        Step(Pressed(Key.ADD_LINE), ChoosePurpose),
        Step(BACK, Confirm),
    )


def test_a_basket_holds_five_lines() -> None:
    more = (Step(Pressed(Key.ADD_LINE)), Step(PurposeChosen("bank")), Step(PRIMARY, Confirm))
    walk = Walk().go(*identified(), *chosen(), *more * 4, Step(Pressed(Key.ADD_LINE), Confirm))
    assert walk.state.visit is not None
    assert len(walk.state.visit.basket) == 5


def test_a_free_certificate_needs_no_money() -> None:

    free = replace(OFFER, kinds=tuple(replace(kind, fee=0) for kind in OFFER.kinds))
    walk = Walk().go(
        *identified()[:-1],
        Step(Offered(1, free), ChoosePurpose),
        *chosen(),
        *proven(),
        Step(REMOVED, Preparing),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,))),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Releasing, (Release(1, FeeHeld(0, 0)),)),
        *printing(),
        Step(DocumentSettled(1, Printed(1)), TakeSheets),
    )
    assert not walk.wanted(AcceptMoney, SettleMoney, PrintSlip)
