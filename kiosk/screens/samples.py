"""States to look at: every scene in every way it can look, with the data of a municipality that does not exist. For the
gallery and the tests; nothing of it is ever served."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from hardware.card.model import CardFacts, CardKind
from hardware.sensors.model import Place
from kiosk.flow import scenes
from kiosk.flow.state import Terminal, Visit
from kiosk.flow.typing import Typed
from kiosk.flow.values import (
    Advice,
    Belonging,
    Board,
    BoardRow,
    Claims,
    Closure,
    DeclineReason,
    EnrolmentField,
    FaultKind,
    FaultReport,
    Line,
    Matter,
    Member,
    MoneyOutcome,
    Municipality,
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
from koufu.evidence.words import Circle, Option, RefusalReason, Scope

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
    Purpose(
        "licence",
        Suggestion(Kind.RESIDENCE, Scope.SELF, frozenset({Option.DOMICILE})),
        note="本籍の記載が必要です。個人番号は載せないでください。",
        note_en="Your registered domicile has to be shown. Leave your individual number out.",
    ),
    Purpose(
        "passport",
        Suggestion(Kind.KOSEKI_FULL, Scope.KOSEKI, NOTHING),
        Advice.PAPER_NOT_NEEDED,
        note="2025年3月から、オンライン申請では戸籍の提出を省けることが多くなりました。"
        "窓口で申請する方は全部事項証明書が必要です。",
        note_en="Since March 2025 an application online often needs no koseki paper. At a window the full entries are "
        "needed.",
    ),
    Purpose("bank", Suggestion(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING)),
    Purpose("car", Suggestion(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING)),
    Purpose("school", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("immigration", None, Advice.WINDOW_BETTER),
    Purpose("pension", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
)

MORE_PURPOSES = (
    *PURPOSES,
    Purpose("housing", Suggestion(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP)),
    Purpose("employer", Suggestion(Kind.RESIDENCE, Scope.SELF, NOTHING)),
)

OWN_PURPOSE = Purpose(
    "own-1",
    None,
    Advice.PAPER_NOT_NEEDED,
    name="保育料の補助",
    name_en="Nursery grant",
    note="見本市の補助は、証明書なしで申し込めます。市のウェブサイトをごらんください。",
    note_en="You can apply for it without any certificate. Please see the city's website.",
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
KOSEKI = OfferedKind(Kind.KOSEKI_FULL, 450, (Scope.KOSEKI,), (), 10, None)
KOSEKI_ONE = OfferedKind(Kind.KOSEKI_INDIVIDUAL, 450, (Scope.SELF, Scope.MEMBERS), (), 10, None)
SUPPLEMENT = OfferedKind(
    Kind.KOSEKI_SUPPLEMENT, 300, (Scope.KOSEKI, Scope.SELF, Scope.MEMBERS), (Option.DOMICILE,), 10, None
)
TAX = OfferedKind(
    Kind.INCOME_TAX,
    300,
    (Scope.SELF,),
    (),
    10,
    None,
    (
        Matter("2026", "令和8年度", "Fiscal year 2026"),
        Matter("2025", "令和7年度", "Fiscal year 2025"),
        Matter("2024", "令和6年度", "Fiscal year 2024", RefusalReason.UNDECLARED),
        Matter("2023", "令和5年度", "Fiscal year 2023", RefusalReason.NO_TAX_HERE),
    ),
)
DAMAGE = OfferedKind(
    Kind.DISASTER_VICTIM,
    0,
    (Scope.HOUSEHOLD, Scope.SELF),
    (),
    10,
    None,
    (
        Matter("d1", "令和8年9月の台風12号", "Typhoon of September 2026"),
        Matter("d2", "令和7年2月の大雪", "Snow of February 2025", RefusalReason.NO_DAMAGE),
    ),
)
MANY_OPTIONS = replace(RESIDENCE, options=tuple(Option)[:8])

NO_SEAL = replace(SEAL, refusal=RefusalReason.NO_SEAL)

OFFER = Offer("2026-11-24/1", bytes(16), 1795500000, (RESIDENCE, SEAL), MEMBERS, PURPOSES)
EVERYTHING = replace(
    OFFER,
    kinds=(MANY_OPTIONS, SEAL, TAX, KOSEKI, KOSEKI_ONE, SUPPLEMENT, DAMAGE),
    members=(
        *MEMBERS,
        *(replace(each, reference=f"k{n}", circle=Circle.KOSEKI) for n, each in enumerate(MEMBERS)),
        Member("k9", "見本　一郎", False, Circle.KOSEKI),
    ),
    purposes=(*MORE_PURPOSES, OWN_PURPOSE),
)
FACTS = CardFacts(CardKind.STANDARD, 3, None)

PENSION = Line(Kind.RESIDENCE, Scope.HOUSEHOLD, RELATIONSHIP, (), 1, 200)
SEAL_LINE = Line(Kind.SEAL_REGISTRATION, Scope.SELF, NOTHING, (), 1, 200)
TAX_LINE = Line(Kind.INCOME_TAX, Scope.SELF, NOTHING, (), 1, 300, "2026")
KOSEKI_LINE = Line(Kind.KOSEKI_FULL, Scope.KOSEKI, NOTHING, (), 1, 450)
KOSEKI_ONE_LINE = Line(Kind.KOSEKI_INDIVIDUAL, Scope.MEMBERS, NOTHING, ("k1",), 2, 450)
NUMBER_LINE = Line(
    Kind.RESIDENCE, Scope.MEMBERS, frozenset({Option.RELATIONSHIP, Option.INDIVIDUAL_NUMBER}), ("m1", "m2"), 1, 200
)
FOREIGN_LINE = Line(
    Kind.RESIDENCE,
    Scope.SELF,
    frozenset({Option.NATIONALITY, Option.RESIDENCE_STATUS, Option.PERIOD_OF_STAY}),
    (),
    1,
    200,
)
DAMAGE_LINE = Line(Kind.DISASTER_VICTIM, Scope.HOUSEHOLD, NOTHING, (), 1, 0, "d1")
SHEETS = (Sheet(Kind.RESIDENCE, 1, 1), Sheet(Kind.SEAL_REGISTRATION, 1, 1))

VISIT = Visit(attempt=1, facts=FACTS, offer=OFFER, basket=(PENSION, SEAL_LINE), sheets=SHEETS, fee=400)

_ELSEWHERE = (
    ("見本市", "Mihon", "みほんし", "見本県", "Mihon"),
    ("例示市", "Reiji", "れいじし", "例示県", "Reiji"),
    *((f"例示{sign}町", "Reiji Town", f"れいじ{sign}", "例示県", "Reiji") for sign in "東西南北中"),
    *((f"模擬{sign}市", "Mogi", f"もぎ{sign}", f"模擬{sign}県", "Mogi") for sign in "東西南北中上下左右本"),
)
KOSEKI_AT = tuple(
    Municipality(f"{990_000 + place:06d}", name, f"{english} City", kana, prefecture, f"{prefecture_en} Prefecture")
    for place, (name, english, kana, prefecture, prefecture_en) in enumerate(_ELSEWHERE)
)

APPLYING = Visit(
    attempt=1,
    facts=FACTS,
    claims=Claims(
        (
            (EnrolmentField.DOMICILE, "れいじけんれいじしほんちょう１-２３"),
            (EnrolmentField.HEAD, "みほん　けんご"),
            (EnrolmentField.NAME, "みほん　はる"),
            (EnrolmentField.BORN, "19900228"),
            (EnrolmentField.PHONE, "099-000-0000"),
        )
    ),
)


EVERY = replace(VISIT, offer=EVERYTHING, basket=())
FREE = replace(EVERY, basket=(DAMAGE_LINE,), sheets=(Sheet(Kind.DISASTER_VICTIM, 1, 1),), fee=0)

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
    others = tuple(OfferedKind(kind, 300, (Scope.SELF,), (), 10, None) for kind in list(Kind)[3:])
    return replace(VISIT, offer=replace(OFFER, kinds=(RESIDENCE, NO_SEAL, *others)), basket=())


def _full_basket() -> Visit:
    lines = (NUMBER_LINE, TAX_LINE, KOSEKI_LINE, KOSEKI_ONE_LINE, replace(TAX_LINE, matter="2025", copies=3))
    return replace(EVERY, basket=lines)


def _refused(reason: RefusalReason) -> Visit:
    return replace(EVERY, offer=replace(EVERYTHING, kinds=(replace(RESIDENCE, refusal=reason), SEAL, TAX)))


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
    "purpose-empty": at(scenes.ChoosePurpose()),
    "kind": at(scenes.ChooseKind(Kind.SEAL_REGISTRATION)),
    "kind-many": at(scenes.ChooseKind(), visit=_many_kinds()),
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
    "kind-refused": at(scenes.ChooseKind(Kind.SEAL_REGISTRATION), visit=_many_kinds()),
    "kind-refused-basket": at(
        scenes.ChooseKind(Kind.SEAL_REGISTRATION), visit=replace(_many_kinds(), basket=(PENSION,))
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

REFUSED: Mapping[str, Terminal] = {
    f"refused-{reason.value}": at(scenes.ChooseKind(Kind.RESIDENCE), visit=_refused(reason)) for reason in RefusalReason
}
"""What stands beside a kind that can't be had."""

FAULTS: Mapping[str, Terminal] = {
    f"fault-{kind.value}": at(
        scenes.Fault(FaultReport(kind, SHEETS, 0, MoneyOutcome.RETURNED, 400, 0, "4Q7-K2M"), SLIP)
    )
    for kind in FaultKind
}

CLOSED: Mapping[str, Terminal] = {
    f"closed-{reason.value}": at(scenes.Closed(frozenset({reason})), visit=None) for reason in OutOfService
}

ALL: Mapping[str, Terminal] = {**PICTURED, **BETWEEN, **DECLINED, **REFUSED, **FAULTS, **CLOSED}
