"""Which documents prove who somebody is at a counter, and in which combinations. Municipalities differ, so both are a
policy that each sets; a document counts only while it is valid. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force


class IdentityDocument(Enum):
    """A document somebody shows."""

    INDIVIDUAL_NUMBER_CARD = "individual-number-card"
    """マイナンバーカード"""
    DRIVING_LICENCE = "driving-licence"
    """運転免許証"""
    DRIVING_HISTORY = "driving-history"
    """運転経歴証明書"""
    PASSPORT = "passport"
    """旅券"""
    RESIDENCE_CARD = "residence-card"
    """在留カード"""
    SPECIAL_PERMANENT_RESIDENT_CARD = "special-permanent-resident-card"
    """特別永住者証明書"""
    DISABILITY_BOOK = "disability-book"
    """障害者手帳"""
    BASIC_RESIDENT_CARD = "basic-resident-card"
    """住民基本台帳カード, with a photo"""
    HEALTH_INSURANCE_CARD = "health-insurance-card"
    """健康保険被保険者証"""
    ELIGIBILITY_CERTIFICATE = "eligibility-certificate"
    """資格確認書"""
    CARE_INSURANCE_CARD = "care-insurance-card"
    """介護保険被保険者証"""
    PENSION_DOCUMENT = "pension-document"
    """年金証書"""
    MEDICAL_RECIPIENT_CARD = "medical-recipient-card"
    """医療受給者証"""
    STUDENT_CARD = "student-card"
    """学生証"""
    EMPLOYEE_CARD = "employee-card"
    """社員証"""
    MATERNITY_BOOK = "maternity-book"
    """母子健康手帳"""
    FACE_STATEMENT = "face-statement"
    """顔写真証明書"""
    NOTICE_CARD = "notice-card"
    """通知カード: neither A nor B, it only completes a combination."""


class DocumentClass(Enum):
    """What a document is worth."""

    A = "A"
    """Issued by an office, with a photo."""
    B = "B"


@dataclass(frozen=True, slots=True)
class DocumentRow(Dated):
    """The class of a document while the row counts."""

    document: IdentityDocument
    of: DocumentClass


_A, _B = DocumentClass.A, DocumentClass.B
_SLIDES = "named as an identity document in the slides on proxy delivery; the class is remembered"
_PRACTICE = "remembered practice of municipalities"
_INSURANCE = "slides: cards issued until 2024-12-01, valid a year at most; the class is remembered"


def _remembered(of: DocumentClass, source: str, *documents: IdentityDocument) -> tuple[DocumentRow, ...]:
    return tuple(DocumentRow(each, of, source=source, confirmed=Confirmed.MEMORY) for each in documents)


DOCUMENTS = (
    *_remembered(_A, _SLIDES, IdentityDocument.INDIVIDUAL_NUMBER_CARD, IdentityDocument.DRIVING_LICENCE),
    *_remembered(_A, _SLIDES, IdentityDocument.DISABILITY_BOOK),
    *_remembered(_A, _PRACTICE, IdentityDocument.DRIVING_HISTORY, IdentityDocument.PASSPORT),
    *_remembered(_A, _PRACTICE, IdentityDocument.RESIDENCE_CARD, IdentityDocument.SPECIAL_PERMANENT_RESIDENT_CARD),
    *_remembered(_A, _PRACTICE, IdentityDocument.BASIC_RESIDENT_CARD),
    *_remembered(_B, _SLIDES, IdentityDocument.PENSION_DOCUMENT),
    *_remembered(_B, _PRACTICE, IdentityDocument.CARE_INSURANCE_CARD, IdentityDocument.MEDICAL_RECIPIENT_CARD),
    *_remembered(_B, _PRACTICE, IdentityDocument.STUDENT_CARD, IdentityDocument.EMPLOYEE_CARD),
    *_remembered(_B, _PRACTICE, IdentityDocument.MATERNITY_BOOK, IdentityDocument.FACE_STATEMENT),
    DocumentRow(
        IdentityDocument.HEALTH_INSURANCE_CARD,
        _B,
        until=date(2025, 12, 1),
        source=_INSURANCE,
        confirmed=Confirmed.MEMORY,
    ),
    DocumentRow(
        IdentityDocument.ELIGIBILITY_CERTIFICATE,
        _B,
        since=date(2024, 12, 2),
        source=_INSURANCE,
        confirmed=Confirmed.MEMORY,
    ),
)


class Combination(Enum):
    """What together proves who somebody is."""

    TWO_A = "A+A"
    A_AND_B = "A+B"
    A_WITH_CARD_PIN = "A+PIN"
    """One A, and the PIN of the card one has now."""
    NOTICE_CARD_AND_TWO_B = "notice-card+B+B"
    ONE_A = "A"
    TWO_B = "B+B"
    THREE_B_WITH_FACE = "B+B+B+face"
    """Three B, one of which is a 顔写真証明書."""


@dataclass(frozen=True, slots=True)
class CombinationRow(Dated):
    """A combination that counts at municipalities which take it, and what must be there for it."""

    combination: Combination
    a: int
    b: int
    card_pin: bool = False
    notice_card: bool = False
    face_statement: bool = False


_PAGES = "municipal pages (nagoya, kawajima, ome, nagayo); they differ"

COMBINATIONS = (
    CombinationRow(Combination.TWO_A, 2, 0, source=_PAGES, confirmed=Confirmed.SEEN),
    CombinationRow(Combination.A_AND_B, 1, 1, source=_PAGES, confirmed=Confirmed.SEEN),
    CombinationRow(Combination.A_WITH_CARD_PIN, 1, 0, card_pin=True, source=_PAGES, confirmed=Confirmed.SEEN),
    CombinationRow(Combination.NOTICE_CARD_AND_TWO_B, 0, 2, notice_card=True, source=_PAGES, confirmed=Confirmed.SEEN),
)


@dataclass(frozen=True, slots=True)
class IdentityPolicy:
    """What a municipality takes: the classes of documents, and the combinations, the first that is met counts."""

    documents: tuple[DocumentRow, ...] = DOCUMENTS
    combinations: tuple[CombinationRow, ...] = COMBINATIONS


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as it was shown; `valid_until` is its last day, None where it bears none."""

    document: IdentityDocument
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """It is proven who somebody is, by a combination."""

    by: Combination


@dataclass(frozen=True, slots=True)
class NotProven:
    """It is not. `would_do` are the combinations that the municipality takes; `expired` what was shown too late."""

    would_do: tuple[Combination, ...]
    expired: tuple[IdentityDocument, ...]


def prove_identity(
    shown: Iterable[ShownDocument], policy: IdentityPolicy, day: date, *, card_pin_right: bool = False
) -> Proven | NotProven:
    """Whether what was shown on a day is enough. Two documents of one kind count once. `card_pin_right`: the card one
    has now was there and its PIN right."""
    shown = tuple(shown)
    expired = tuple(each.document for each in shown if each.valid_until is not None and each.valid_until < day)
    valid = {each.document for each in shown if each.valid_until is None or each.valid_until >= day}
    classes = {row.document: row.of for row in in_force(policy.documents, day) if row.document in valid}
    a, b = (list(classes.values()).count(of) for of in (_A, _B))
    taken = in_force(policy.combinations, day)
    for row in taken:
        # An A that is left over stands in for a B.
        enough = a >= row.a and a + b >= row.a + row.b
        beside = (
            card_pin_right >= row.card_pin,
            (IdentityDocument.NOTICE_CARD in valid) >= row.notice_card,
            (IdentityDocument.FACE_STATEMENT in valid) >= row.face_statement,
        )
        if enough and all(beside):
            return Proven(row.combination)
    return NotProven(tuple(row.combination for row in taken), expired)
