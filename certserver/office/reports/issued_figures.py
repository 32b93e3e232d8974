"""What sums of issued certificates are of. Pure."""

from dataclasses import dataclass

from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True)
class Choice:
    """What a document shows, as it was ordered: kind, whose data, and which options. Words of the ledger; empty where
    nobody knows any more."""

    kind: CertificateKind
    scope: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtOutlet:
    """Sums of a place: copies, orders, sheets, and yen."""

    orders: int = 0
    issued: int = 0
    fee: int = 0
    captured: int = 0
    delivered: int = 0
    spoiled: int = 0
    not_printed: int = 0
    sheets: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """An outlet and what kind of place it is, both as words; empty where a terminal is known no more."""

    outlet: str
    kind: str
