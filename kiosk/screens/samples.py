"""States to look at: every scene in every way it can look, with the data of a municipality that does not exist. For the
gallery and the tests; nothing of it is ever served."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from hardware.card.model import CardFacts, CardKind
from hardware.sensors.model import Place
from kiosk.flow import scenes
from kiosk.flow.state import Terminal, Visit
from kiosk.flow.values import (
    Belonging,
    Board,
    BoardRow,
    Closure,
    DeclineReason,
    FaultKind,
    FaultReport,
    Line,
    Member,
    MoneyOutcome,
    Offer,
    OfferedKind,
    OutOfService,
    Purpose,
    Sheet,
    Suggestion,
    Window,
)
from kiosk.screens.site import SitePresentation, Words
from koufu.evidence.words import CertificateKind as Kind
from koufu.evidence.words import Option, RefusalReason, Scope

NOW = datetime(2026, 11, 24, 17, 40)  # noqa: DTZ001 - local time, as a panel shows it

SITE = SitePresentation(place=Words("見本中央郵便局", "Mihon Central Post Office"))

WINDOW = Window(
    place="見本市役所 1階 市民課",
    hours="平日 8:30～17:15",
    phone="099-000-0000",
    bring="マイナンバーカードをお持ちください。",
    place_en="Mihon City Hall, 1st floor, Citizens' Section",
    hours_en="Weekdays 8:30–17:15",
    bring_en="Please bring your My Number Card.",
)

BOARD = Board(
    municipality="990001",
    municipality_name="見本市",
    municipality_name_en="Mihon City",
    rows=(
        BoardRow(Kind.RESIDENCE, 200, True, 390, 1380, False),
        BoardRow(Kind.SEAL_REGISTRATION, 200, True, 390, 1380, False),
        BoardRow(Kind.INCOME_TAX, 200, True, 390, 1380, False),
        BoardRow(Kind.KOSEKI_SUPPLEMENT, 200, True, 390, 1380, False),
        BoardRow(Kind.KOSEKI_FULL, 350, False, 540, 1020, True),
    ),
    closure=Closure(date(2026, 12, 6), date(2026, 12, 6), "点検のため", "maintenance"),
    window=WINDOW,
)

BOTH = frozenset({Option.RELATIONSHIP, Option.DOMICILE})
RELATIONSHIP = frozenset({Option.RELATIONSHIP})
NOTHING: frozenset[Option] = frozenset()

PURPOSES = (
    Purpose("bank", Suggestion(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING)),
    Purpose("driving", Suggestion(Kind.RESIDENCE, Scope.SELF, frozenset({Option.DOMICILE}))),
    Purpose("employer", Suggestion(Kind.RESIDENCE, Scope.SELF, NOTHING)),
    Purpose("housing", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("school", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("pension", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
)

MEMBERS = (
    Member("m1", "見本　花子", True),
    Member("m2", "見本　太郎", False),
    Member("m3", "見本　さくら", False),
)

RESIDENCE = OfferedKind(
    Kind.RESIDENCE, 200, (Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS), (Option.RELATIONSHIP, Option.DOMICILE), 5, None
)
SEAL = OfferedKind(Kind.SEAL_REGISTRATION, 200, (Scope.SELF,), (), 5, None)
NO_SEAL = replace(SEAL, refusal=RefusalReason.NO_SEAL)

OFFER = Offer("2026-11-24/1", bytes(16), 1795500000, (RESIDENCE, SEAL), MEMBERS, PURPOSES)
FACTS = CardFacts(CardKind.STANDARD, 3, None)

PENSION = Line(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP, (), 1, 200)
SEAL_LINE = Line(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING, (), 1, 200)
SHEETS = (Sheet(Kind.RESIDENCE, 1, 1), Sheet(Kind.SEAL_REGISTRATION, 1, 1))

VISIT = Visit(attempt=1, facts=FACTS, offer=OFFER, basket=(PENSION, SEAL_LINE), sheets=SHEETS, fee=400)

JAM = FaultReport(FaultKind.SHEET_JAM, SHEETS, 1, MoneyOutcome.RETURNED_PART, 200, 0, "4Q7-K2M", change=600)


SLIP = scenes.SlipState.OUT


def at(scene: scenes.Scene, overlay: scenes.Overlay | None = None, visit: Visit | None = VISIT) -> Terminal:
    """A terminal in a scene."""
    return Terminal(scene=scene, overlay=overlay, visit=visit, board=BOARD)


def _many_members() -> Visit:
    names = (
        "見本　花子",
        "見本　太郎",
        "見本　さくら",
        "見本　次郎",
        "見本　葛󠄀子",
        "SAMPLE MARIA CRISTINA DE LA CONCEPCION ANASTASIA BENEDICTA LOPEZ",
    )
    members = tuple(Member(f"m{n}", name, n == 0) for n, name in enumerate(names))
    return replace(VISIT, offer=replace(OFFER, members=members))


def _many_kinds() -> Visit:
    kinds = (RESIDENCE, NO_SEAL, *(OfferedKind(kind, 300, (Scope.SELF,), (), 5, None) for kind in list(Kind)[3:]))
    return replace(VISIT, offer=replace(OFFER, kinds=kinds))


def _full_basket() -> Visit:
    return replace(
        VISIT, basket=(replace(PENSION, copies=2), SEAL_LINE, PENSION, replace(SEAL_LINE, copies=3), PENSION)
    )


FULL_BOARD = replace(
    BOARD,
    rows=tuple(
        BoardRow(kind, 300, place < 6, 540, 1020 + 60 * (place % 2), place >= 6) for place, kind in enumerate(Kind)
    ),
    closure=Closure(date(2026, 12, 29), date(2027, 1, 3), "年末年始のため", "New Year"),
)

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
    "closed-starting": Terminal(),
    "closed-left-behind": replace(
        at(scenes.Closed(frozenset({OutOfService.LEFT_BEHIND})), visit=None), occupied=frozenset({Place.SHEET_TRAY})
    ),
    "start-short-board": replace(at(scenes.Start(), visit=None), board=replace(BOARD, rows=BOARD.rows[:2])),
    "start-full-board": replace(at(scenes.Start(), visit=None), board=FULL_BOARD),
    "start-counter": replace(at(scenes.Start(), visit=None), counter=True),
    "assisted": replace(at(scenes.Assisted(), visit=None), counter=True),
    "put-card-again": at(scenes.AwaitCard(again=True)),
    "reading-card": at(scenes.ReadingCard()),
    "pin-empty": at(scenes.EnterPin(FACTS, 3)),
    "pin-complete": at(scenes.EnterPin(FACTS, 3, digits=4)),
    "pin-wrong": at(scenes.EnterPin(FACTS, 2, wrong=True)),
    "pin-last-try": at(scenes.EnterPin(FACTS, 1, wrong=True)),
    "pin-again": at(scenes.EnterPin(FACTS, 3, again=True)),
    "checking-pin": at(scenes.CheckingPin()),
    "purpose-empty": at(scenes.ChoosePurpose()),
    "kind": at(scenes.ChooseKind(Kind.SEAL_REGISTRATION)),
    "kind-many": at(scenes.ChooseKind(), visit=_many_kinds()),
    "options-editing": at(scenes.ChooseOptions(replace(PENSION, options=BOTH), 0)),
    "options-seal": at(scenes.ChooseOptions(SEAL_LINE, None)),
    "members": at(scenes.ChooseMembers(replace(PENSION, scope=Scope.MEMBERS, members=("m2",)), None)),
    "members-many": at(scenes.ChooseMembers(replace(PENSION, scope=Scope.MEMBERS), None), visit=_many_members()),
    "confirm-one": at(scenes.Confirm(), visit=replace(VISIT, basket=(PENSION,))),
    "confirm-full": at(scenes.Confirm(), visit=_full_basket()),
    "proving-order": at(scenes.ProvingOrder()),
    "preparing": at(scenes.Preparing()),
    "pay-opening": at(scenes.Pay(0, ())),
    "pay-all-money": at(scenes.Pay(0, (10000, 5000, 2000, 1000, 500, 100, 50, 10))),
    "returning-money": at(scenes.ReturningMoney()),
    "releasing": at(scenes.Releasing()),
    "printing-many": at(scenes.Printing(3, 1), visit=replace(VISIT, sheets=SHEETS * 3)),
    "take-sheets-all": at(scenes.TakeSheets(1, 0, frozenset())),
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

FAULTS: Mapping[str, Terminal] = {
    f"fault-{kind.value}": at(
        scenes.Fault(FaultReport(kind, SHEETS, 0, MoneyOutcome.RETURNED, 400, 0, "4Q7-K2M"), SLIP)
    )
    for kind in FaultKind
}

CLOSED: Mapping[str, Terminal] = {
    f"closed-{reason.value}": at(scenes.Closed(frozenset({reason})), visit=None) for reason in OutOfService
}

ALL: Mapping[str, Terminal] = {**PICTURED, **BETWEEN, **DECLINED, **FAULTS, **CLOSED}
