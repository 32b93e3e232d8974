"""Everything the registers say about the person who orders, as of one register version (I3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import KosekiSnapshot
from certserver.registers.model import HouseholdSnapshot, PrintedAddress
from certserver.registers.tax import TaxRecord
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind


@dataclass(frozen=True, slots=True, repr=False)
class ResidentNumbers:
    """A person's individual number (個人番号, 12 digits) and resident-record code (住民票コード, 11 digits). Read only
    where an order has one of them shown, and only for a document (I11)."""

    individual_number: str | None
    resident_code: str | None

    def __repr__(self) -> str:
        return "<ResidentNumbers>"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read besides the household with the orderer's seal: nothing is read that nobody needs."""

    koseki: bool = False
    taxes: bool = False
    damages: bool = False
    numbers: bool = False
    fee_by_damage: bool = False
    """Damages for the sake of a fee: none of their addresses is printed, and so none of them is looked at."""


HOUSEHOLD_ONLY = Wanted()


def wanted_for(kinds: Iterable[CertificateKind], *, numbers: bool = False) -> Wanted:
    """What documents of these kinds need; `numbers` only where one of them shows a number. A release wants the same of
    an order's kinds as prepare did, or their versions would differ; numbers and what a fee hangs on are in none."""
    asked = frozenset(kinds)
    return Wanted(
        koseki=bool(asked & KOSEKI_KINDS),
        taxes=bool(asked & TAX_KINDS),
        damages=CertificateKind.DISASTER_VICTIM in asked,
        numbers=numbers,
    )


@dataclass(frozen=True, slots=True, repr=False)
class RegisterSnapshot:
    """`version` (at most 64 characters) changes with every change to anything in it. `household` is None for whoever
    lives elsewhere and is enrolled for a koseki here; `koseki` is None when it is kept elsewhere. `numbers` by resident
    id, empty unless they were asked for."""

    version: str
    household: HouseholdSnapshot | None
    koseki: KosekiSnapshot | None = None
    taxes: tuple[TaxRecord, ...] = ()
    """Newest year first."""
    damages: tuple[DamageRecord, ...] = ()
    """Newest first."""
    numbers: Mapping[str, ResidentNumbers] = field(default_factory=dict)
    protected: frozenset[PrintedAddress] = frozenset()
    """Where an address stands that is also the present one of somebody withheld, of whatever household or koseki."""

    def __repr__(self) -> str:
        return "<RegisterSnapshot>"
