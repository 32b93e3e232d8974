"""The closed words both ends use for what can be ordered. A value is what stands in the evidence: never change one."""

from enum import Enum


class CertificateKind(Enum):
    """What kind of certificate a municipality can issue."""

    RESIDENCE = "residence"
    """住民票の写し"""
    RESIDENCE_ITEMS = "residence-items"
    """住民票記載事項証明書"""
    SEAL_REGISTRATION = "seal-registration"
    """印鑑登録証明書"""
    KOSEKI_FULL = "koseki-full"
    """戸籍全部事項証明書"""
    KOSEKI_INDIVIDUAL = "koseki-individual"
    """戸籍個人事項証明書"""
    KOSEKI_SUPPLEMENT = "koseki-supplement"
    """戸籍の附票の写し"""
    INCOME_TAX = "income-tax"
    """所得・課税証明書"""
    NON_TAXATION = "non-taxation"
    """非課税証明書"""
    TAX_PAYMENT = "tax-payment"
    """納税証明書"""
    DISASTER_VICTIM = "disaster-victim"
    """罹災証明書"""


class Mismatch(Enum):
    """What of a document does not answer its order: the word of an integrity alarm (I1, I9)."""

    SIGNATURE = "signature"
    """The municipality did not sign this statement."""
    MUNICIPALITY = "municipality"
    PROOF = "proof"
    """The statement answers another proof by a card."""
    ORDER = "order"
    LINE = "line"
    COPY = "copy"
    KIND = "kind"
    PAGES = "pages"
    DOCUMENT_NUMBER = "document number"
    LENGTH = "length"
    KEY = "key"
    """The key does not open the file."""
    FILE = "file"
    """The file is not the one that the statement names."""
    SHEETS = "sheets"
    """The file has more or fewer sheets than its statement says."""
    FACE = "face"
    """The code on a face is that of another page."""
    MISSING = "missing"
    """A document that was ordered did not come, or what it is compared with."""
    DOCUMENTS = "documents"
    """The documents are not the copies that were ordered."""


class Scope(Enum):
    """Whose data a certificate shows."""

    HOUSEHOLD = "household"
    """世帯全員"""
    SELF = "self"
    """本人"""
    MEMBERS = "members"
    """Chosen members, named by the references that the offer gave them."""
    KOSEKI = "koseki"
    """戸籍の全員"""


class Circle(Enum):
    """Among whom the persons of a certificate are chosen."""

    HOUSEHOLD = "household"
    """世帯"""
    KOSEKI = "koseki"
    """戸籍"""


KOSEKI_KINDS = frozenset(
    {CertificateKind.KOSEKI_FULL, CertificateKind.KOSEKI_INDIVIDUAL, CertificateKind.KOSEKI_SUPPLEMENT}
)
"""Kinds of the municipality that keeps the koseki, wherever the resident lives."""

TAX_KINDS = frozenset({CertificateKind.INCOME_TAX, CertificateKind.NON_TAXATION, CertificateKind.TAX_PAYMENT})
"""Kinds of one fiscal year (年度)."""


def circle_of(kind: CertificateKind) -> Circle:
    """Whom `Scope.MEMBERS` chooses among."""
    return Circle.KOSEKI if kind in KOSEKI_KINDS else Circle.HOUSEHOLD


def has_matter(kind: CertificateKind) -> bool:
    """Whether an order line must say what it is about besides whom: a fiscal year, or which damage."""
    return kind in TAX_KINDS or kind is CertificateKind.DISASTER_VICTIM


class Option(Enum):
    """What a resident can have shown. What is not in the order is absent from page and code (I11)."""

    RELATIONSHIP = "relationship"
    """世帯主・続柄"""
    DOMICILE = "domicile"
    """本籍・筆頭者"""
    INDIVIDUAL_NUMBER = "individual-number"
    """個人番号; on the page only, never in the code (I11)."""
    RESIDENT_CODE = "resident-code"
    """住民票コード; as the individual number."""
    NATIONALITY = "nationality"
    """国籍・地域"""
    RESIDENCE_STATUS = "residence-status"
    """在留資格 and 30条45区分"""
    PERIOD_OF_STAY = "period-of-stay"
    """在留期間等"""
    CARD_NUMBER = "card-number"
    """在留カード等の番号"""
    OVERSEAS_VOTER = "overseas-voter"
    """在外選挙人名簿登録"""


NUMBER_OPTIONS = frozenset({Option.INDIVIDUAL_NUMBER, Option.RESIDENT_CODE})
"""What is never in a log, on a screen, in speech or in a code."""

FOREIGN_OPTIONS = frozenset({Option.NATIONALITY, Option.RESIDENCE_STATUS, Option.PERIOD_OF_STAY, Option.CARD_NUMBER})
"""What only foreign residents' entries have."""


class RefusalReason(Enum):
    """Why an order is not issued (交付不可). A value, not a fault: a resident reads each in plain words."""

    X509_UNKNOWN = "x509-unknown"
    X509_EXPIRED = "x509-expired"
    X509_REVOKED = "x509-revoked"
    X509_ON_HOLD = "x509-on-hold"
    """Suspended for the time being (一時停止)."""
    X509_UNTRUSTED = "x509-untrusted"
    REVOCATION_STALE = "revocation-stale"
    """No fresh list of revoked X.509s: nobody is served until there is one."""
    CHALLENGE_FAILED = "challenge-failed"
    SESSION_EXPIRED = "session-expired"
    OFFER_CHANGED = "offer-changed"
    FACE_AUTH_CARD = "face-auth-card"
    NEXT_DAY = "next-day"
    """A new card or X.509, a reset at the counter, or a move here of today: usable from tomorrow."""
    UNDER_AGE = "under-age"
    CLOSED = "closed"
    NOT_OFFERED = "not-offered"
    RESIDENTS_ONLY = "residents-only"
    """This outlet serves residents of its own municipality alone."""
    MUNICIPALITY_UNKNOWN = "municipality-unknown"
    MOVED_OUT = "moved-out"
    MOVE_OUT_PLANNED = "move-out-planned"
    DECEASED = "deceased"
    NO_SEAL = "no-seal"
    SEAL_CANCELLED = "seal-cancelled"
    UNDECLARED = "undeclared"
    """No tax declaration of that year (未申告)."""
    TAXED = "taxed"
    """A certificate of non-taxation for a year with tax."""
    NO_TAX_HERE = "no-tax-here"
    """Not resident here on 1 January of that year, or no entry."""
    NO_DAMAGE = "no-damage"
    """No damage of this household was assessed (罹災)."""
    NO_KOSEKI_HERE = "no-koseki-here"
    """The koseki is kept by another municipality."""
    NOT_RECORDED = "not-recorded"
    """The person who orders is not, or no longer, recorded in this koseki or its supplement."""
    KOSEKI_PENDING = "koseki-pending"
    """A notification is being entered (届出中)."""
    KOSEKI_UNFIT = "koseki-unfit"
    """A koseki that could not be brought into the computer (改製不適合)."""
    NOT_ENROLLED = "not-enrolled"
    """No enrolment (利用登録) for a koseki here; one can be applied for."""
    ENROLMENT_PENDING = "enrolment-pending"
    ENROLMENT_DECLINED = "enrolment-declined"
    ENROLMENT_RENEW = "enrolment-renew"
    """The enrolment was bound to an X.509 that was renewed: it is to be applied for again."""
    WITHHELD = "withheld"
    """A protective measure or an issuance hold: one word and one text for both, so that neither can be told (I14)."""
    CHARACTER_MISSING = "character-missing"
    """No installed font has a character of the document (I10)."""
    TOO_LONG = "too-long"
    """A value does not fit its field at the smallest lawful size; values are never cut."""
    REGISTER_BUSY = "register-busy"
    """The register moved too often while the document was being made."""
    TERMINAL_NOT_ADMITTED = "terminal-not-admitted"
    SUSPENDED = "suspended"
    """An integrity alarm is open (I9)."""


def told_as(reason: RefusalReason) -> RefusalReason:
    """As which reason one is told: whatever words stand for that one stand for this one too, so that what is withheld
    can't be told from what is not offered (I14)."""
    alike = reason in (RefusalReason.DECEASED, RefusalReason.WITHHELD)
    return RefusalReason.NOT_OFFERED if alike else reason
