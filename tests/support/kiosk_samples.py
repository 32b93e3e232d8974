"""Fictional offers, cards, documents and terminals for tests of the flow."""

from dataclasses import replace

from hardware.card.model import CardFacts, CardKind
from hardware.cash.model import CashStatus
from kiosk.flow.documents import AcceptedDocument, WaitingDocument
from kiosk.flow.scenes import Start
from kiosk.flow.state import Terminal
from kiosk.flow.values import Board, BoardRow, Line, Member, Offer, OfferedKind, Purpose, Suggestion, Window
from koufu.evidence.words import CertificateKind, Option, Scope
from printers.model import PrinterProblem, PrinterStatus

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

ORDER_ID = bytes(range(16))

RESIDENCE_DOCUMENT = WaitingDocument(0, 0, CertificateKind.RESIDENCE, "0123456789ABCDEF", sheets=1)
LONG_RESIDENCE_DOCUMENT = replace(RESIDENCE_DOCUMENT, sheets=2)
SEAL_DOCUMENT = WaitingDocument(1, 0, CertificateKind.SEAL_REGISTRATION, "0123456789ABCDEG", sheets=1)

PRINTER_READY = PrinterStatus(frozenset(), paper_low=False, sheets_available=200)
PRINTER_JAMMED = replace(PRINTER_READY, problems=frozenset({PrinterProblem.JAM}))
PRINTER_EMPTY = PrinterStatus(frozenset({PrinterProblem.PAPER_EMPTY}), paper_low=True, sheets_available=0)
CASH_READY = CashStatus(frozenset(), held=0, accepted=(10, 50, 100, 500, 1000))

PENSION_LINE = Line(CertificateKind.RESIDENCE, Scope.HOUSEHOLD, frozenset({Option.RELATIONSHIP}), (), 1, 200)


def accepted(*documents: WaitingDocument) -> tuple[AcceptedDocument, ...]:
    return tuple(AcceptedDocument(document) for document in documents)


def open_terminal() -> Terminal:
    """A terminal that serves, with nobody there."""
    return Terminal(scene=Start(), out_of_service=frozenset(), unheard=frozenset(), board=BOARD)
