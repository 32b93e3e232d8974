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
    TAX_PAYMENT = "tax-payment"
    """納税証明書"""
    DISASTER_VICTIM = "disaster-victim"
    """罹災証明書"""


class Scope(Enum):
    """Whose data a certificate shows."""

    HOUSEHOLD = "household"
    """世帯全員"""
    SELF = "self"
    """本人"""
    MEMBERS = "members"
    """Chosen members, named by the references that the offer gave them."""


class Option(Enum):
    """What a resident can have shown. What is not in the order is absent from page and code (I11)."""

    RELATIONSHIP = "relationship"
    """世帯主・続柄"""
    DOMICILE = "domicile"
    """本籍・筆頭者"""


class RefusalReason(Enum):
    """Why an order is not issued (交付不可). A value, not a fault: a resident reads each in plain words."""

    X509_UNKNOWN = "x509-unknown"
    X509_EXPIRED = "x509-expired"
    X509_REVOKED = "x509-revoked"
    X509_UNTRUSTED = "x509-untrusted"
    REVOCATION_STALE = "revocation-stale"
    """No fresh list of revoked X.509s: nobody is served until there is one."""
    CHALLENGE_FAILED = "challenge-failed"
    SESSION_EXPIRED = "session-expired"
    OFFER_CHANGED = "offer-changed"
    FACE_AUTH_CARD = "face-auth-card"
    UNDER_AGE = "under-age"
    CLOSED = "closed"
    NOT_OFFERED = "not-offered"
    MUNICIPALITY_UNKNOWN = "municipality-unknown"
    MOVED_OUT = "moved-out"
    MOVE_OUT_PLANNED = "move-out-planned"
    DECEASED = "deceased"
    NO_SEAL = "no-seal"
    SEAL_CANCELLED = "seal-cancelled"
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
