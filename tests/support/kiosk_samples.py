"""Fictional offers, cards, documents and terminals for tests of the flow."""

from dataclasses import replace

from hardware.card.model import CardFacts, CardKind
from hardware.cash.model import CashStatus
from kiosk.flow.documents import AcceptedDocument, WaitingDocument
from kiosk.flow.scenes import Start
from kiosk.flow.state import Terminal
from kiosk.flow.values.board import Board, BoardRow, Window
from kiosk.flow.values.offer import Advice, Matter, Member, Offer, OfferedKind, Purpose, Suggestion
from kiosk.flow.values.order import Line
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Circle, Option, RefusalReason, Scope
from printers.model import PrinterProblem, PrinterStatus, PrinterWarning

WINDOW = Window(
    place="見本市役所 市民課",
    hours="平日 8:30～17:15",
    phone="0999-00-0000",
    bring="マイナンバーカード",
    place_en="Mihon City Hall, Citizens Division",
    hours_en="Weekdays 8:30-17:15",
    bring_en="your My Number card",
)

BOARD = Board(
    municipality="990001",
    municipality_name="見本市",
    municipality_name_en="Mihon City",
    rows=(
        BoardRow(CertificateKind.RESIDENCE, 200, open_now=True, opens_at=390, closes_at=1380, weekdays_only=False),
        BoardRow(
            CertificateKind.SEAL_REGISTRATION, 200, open_now=True, opens_at=390, closes_at=1380, weekdays_only=False
        ),
    ),
    closure=None,
    window=WINDOW,
)

X509 = b"x509 of Hanako"
OTHER_X509 = b"x509 of Taro"

FACTS = CardFacts(CardKind.STANDARD, 3, X509)

RESIDENCE = OfferedKind(
    CertificateKind.RESIDENCE,
    fee=200,
    scopes=(Scope.HOUSEHOLD, Scope.SELF, Scope.MEMBERS),
    options=(Option.RELATIONSHIP, Option.DOMICILE),
    max_copies=5,
    refusal=None,
)
SEAL = OfferedKind(
    CertificateKind.SEAL_REGISTRATION, fee=300, scopes=(Scope.SELF,), options=(), max_copies=3, refusal=None
)

OFFER = Offer(
    version="2026-04",
    session_nonce=bytes(32),
    expires_at=1_800_000_000,
    kinds=(RESIDENCE, SEAL),
    members=(
        Member("m-1", "見本 花子", is_self=True),
        Member("m-2", "見本 太郎", is_self=False),
        Member("m-3", "見本 次郎", is_self=False),
    ),
    purposes=(
        Purpose("pension", Suggestion(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP}))),
        Purpose("bank", Suggestion(CertificateKind.SEAL_REGISTRATION, Scope.SELF, frozenset())),
    ),
)

WITH_ALL_OPTIONS = replace(RESIDENCE, options=tuple(Option), max_copies=10)
TAX = OfferedKind(
    CertificateKind.INCOME_TAX,
    300,
    (Scope.SELF,),
    (),
    10,
    None,
    (
        Matter("2026", "令和8年度", "FY2026"),
        Matter("2025", "令和7年度", "FY2025"),
        Matter("2024", "令和6年度", "FY2024", RefusalReason.UNDECLARED),
    ),
)
DAMAGE = OfferedKind(
    CertificateKind.DISASTER_VICTIM,
    0,
    (Scope.HOUSEHOLD, Scope.SELF),
    (),
    10,
    None,
    (
        Matter("d1", "台風", "Typhoon"),
        Matter("d2", "大雪", "Snow", RefusalReason.NO_DAMAGE),
    ),
)
KOSEKI_ONE = OfferedKind(CertificateKind.KOSEKI_INDIVIDUAL, 450, (Scope.SELF, Scope.MEMBERS), (), 10, None)
NO_SEAL = replace(SEAL, refusal=RefusalReason.NO_SEAL)
EVERY = replace(
    OFFER,
    kinds=(WITH_ALL_OPTIONS, NO_SEAL, TAX, DAMAGE, KOSEKI_ONE),
    members=(
        *OFFER.members,
        Member("k-1", "見本 一郎", False, Circle.KOSEKI),
        Member("k-2", "見本 花子", True, Circle.KOSEKI),
    ),
    purposes=(
        *OFFER.purposes,
        Purpose(
            "employer",
            Suggestion(CertificateKind.RESIDENCE, Scope.SELF, frozenset({Option.DOMICILE, *NUMBER_OPTIONS})),
        ),
        Purpose("immigration", None, Advice.WINDOW_BETTER),
        Purpose(
            "passport",
            Suggestion(CertificateKind.KOSEKI_INDIVIDUAL, Scope.SELF, frozenset()),
            Advice.PAPER_NOT_NEEDED,
        ),
        Purpose("housing", Suggestion(CertificateKind.KOSEKI_FULL, Scope.KOSEKI, frozenset())),
    ),
)

ORDER_ID = bytes(range(16))

RESIDENCE_DOCUMENT = WaitingDocument(0, 0, CertificateKind.RESIDENCE, "0123456789ABCDEF", sheets=1)
LONG_RESIDENCE_DOCUMENT = replace(RESIDENCE_DOCUMENT, sheets=2)
SEAL_DOCUMENT = WaitingDocument(1, 0, CertificateKind.SEAL_REGISTRATION, "0123456789ABCDEG", sheets=1)

PRINTER_READY = PrinterStatus(sheets_available=200)
PRINTER_JAMMED = replace(PRINTER_READY, problems=frozenset({PrinterProblem.JAM}))
PRINTER_EMPTY = PrinterStatus(frozenset({PrinterProblem.PAPER_EMPTY}), 0, frozenset({PrinterWarning.PAPER_LOW}))
CASH_READY = CashStatus(frozenset(), held=0, accepted=(10, 50, 100, 500, 1000))

PENSION_LINE = Line(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP}), (), 1, 200)


def accepted(*documents: WaitingDocument) -> tuple[AcceptedDocument, ...]:
    return tuple(AcceptedDocument(document) for document in documents)


def open_terminal() -> Terminal:
    """A terminal that serves, with nobody there."""
    return Terminal(scene=Start(), out_of_service=frozenset(), unheard=frozenset(), board=BOARD)
