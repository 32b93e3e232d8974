"""Residents, households and registered seals as one snapshot holds them. Values print exactly as they stand here:
nothing is ever normalised (I10), and nothing here shows its content in `repr` (I11)."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Sex(Enum):
    """As the register holds it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True, repr=False)
class RegisterDate:
    """A date of a register. `text` overrides what is printed where parts are unknown (「昭和20年月日不詳」);
    `day` is None when no civil date can be given. One of the two is there, else `ValueError`."""

    day: date | None
    text: str | None = None

    def __post_init__(self) -> None:
        if self.day is None and not self.text:
            raise ValueError("a register date has a day or a text")

    def __repr__(self) -> str:
        return "<RegisterDate>"


class Withholding(Enum):
    """Why nothing may be issued to or about a person. Never told to anybody as such (I14)."""

    PROTECTIVE_MEASURE = "protective-measure"
    """支援措置"""
    ISSUANCE_HOLD = "issuance-hold"
    """発行抑止"""


@dataclass(frozen=True, slots=True, repr=False)
class ForeignResident:
    """What the register holds of a foreign resident besides. `alias` is the 通称."""

    nationality: str
    residence_status: str
    period_of_stay: str
    expires: RegisterDate
    card_number: str
    legal_category: str
    """30条45区分"""
    alias: str | None = None
    alias_kana: str | None = None

    def __repr__(self) -> str:
        return "<ForeignResident>"


@dataclass(frozen=True, slots=True, repr=False)
class Household:
    """One household of the resident register. `household_id` is the register's own random key, never printed."""

    household_id: str
    address: str
    householder: str

    def __repr__(self) -> str:
        return "<Household>"


@dataclass(frozen=True, slots=True, repr=False)
class Resident:
    """One person of the resident register. `resident_id` is the register's own random key, never printed."""

    resident_id: str
    household_id: str
    name: str
    name_kana: str | None
    former_surname: str | None
    former_surname_kana: str | None
    born: RegisterDate
    sex: Sex
    relationship: str
    """続柄, 「世帯主」 for the householder."""
    domicile: str | None
    """本籍; None for foreign residents."""
    koseki_head: str | None
    """筆頭者"""
    resident_since: RegisterDate
    """住民となった年月日"""
    address_since: RegisterDate | None
    """住所を定めた年月日; None when never moved inside the municipality."""
    notified_on: RegisterDate | None
    """届出日"""
    previous_address: str | None
    """転入前住所"""
    moved_from: str | None
    """異動前住所: the address before the last move inside the municipality."""
    remarks: str | None = None
    foreign: ForeignResident | None = None
    withholding: frozenset[Withholding] = field(default_factory=frozenset)
    entered_on: date | None = None
    """When the entry was made: the other registers follow overnight, so it can be used from the next day."""
    move_out_planned: date | None = None
    moved_out: date | None = None
    died: date | None = None

    @property
    def lives_here(self) -> bool:
        """Whether the entry is in force: who moved out or died stands on no copy but that of a removed entry (除票)."""
        return self.moved_out is None and self.died is None

    def __repr__(self) -> str:
        return "<Resident>"


@dataclass(frozen=True, slots=True, repr=False)
class RegisteredSeal:
    """A registered seal (登録印鑑). `imprint` is a 1-bit PNG at 600 dpi, one register pixel for one printer pixel."""

    resident_id: str
    imprint: bytes
    registered_on: RegisterDate
    cancelled: bool
    name_katakana: str | None = None
    """氏名のカタカナ表記 of residents without kanji name."""

    def __repr__(self) -> str:
        return "<RegisteredSeal>"


@dataclass(frozen=True, slots=True, repr=False)
class HouseholdSnapshot:
    """One household as of one register version (I3): the orderer, everybody whose entry lies in the household in the
    register's order (who moved out or died too), and the orderer's seal."""

    address: str
    householder: str
    orderer: Resident
    members: tuple[Resident, ...]
    seal: RegisteredSeal | None

    @property
    def present(self) -> tuple[Resident, ...]:
        """The members who live here: nobody else is ever shown."""
        return tuple(member for member in self.members if member.lives_here)

    def __repr__(self) -> str:
        return f"<HouseholdSnapshot of {len(self.members)}>"


class RegisteredSealStatus(Enum):
    """What the register says of a resident's seal."""

    REGISTERED = "registered"
    CANCELLED = "cancelled"
    MISSING = "missing"


class PrintedAddress(Enum):
    """Whose word an address is that a document prints."""

    HOUSEHOLD = "household"
    FORMER = "former"
    """Where a member of the household came from, inside the municipality or from elsewhere (異動前住所, 転入前住所)."""
    TAX = "tax"
    DAMAGE = "damage"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True, slots=True, repr=False)
class PersonStatus:
    """What can forbid a document about one person, and nothing else of them."""

    resident_id: str
    withholding: frozenset[Withholding]
    move_out_planned: date | None
    moved_out: date | None
    died: date | None

    @property
    def lives_here(self) -> bool:
        """As `Resident.lives_here`."""
        return self.moved_out is None and self.died is None

    def __repr__(self) -> str:
        return "<PersonStatus>"


@dataclass(frozen=True, slots=True)
class KosekiStatus:
    """What can forbid a document about a koseki. `recorded` and `in_supplement`: whether the person who orders stands
    there and is not removed. How many of its people are withheld, those recorded and those removed from it: by their
    own row of the koseki or by that of the resident register."""

    recorded: bool
    in_supplement: bool
    unfit: bool
    pending: bool
    withheld: int
    withheld_removed: int


@dataclass(frozen=True, slots=True, repr=False)
class TaxStatus:
    """What can forbid a document about the tax of one year; all as in `TaxRecord`."""

    year: int
    resident_on_january_1: bool
    declared: bool
    annual_tax: int

    def __repr__(self) -> str:
        return f"<TaxStatus {self.year}>"


@dataclass(frozen=True, slots=True, repr=False)
class StatusNow:
    """What is read again in the instant of release (I6): version and members stand for the same as in the snapshot,
    `seal` is the orderer's. `orderer` is None for whoever lives elsewhere, `koseki` when it is kept elsewhere."""

    version: str
    orderer: PersonStatus | None
    members: tuple[PersonStatus, ...]
    seal: RegisteredSealStatus
    koseki: KosekiStatus | None = None
    taxes: tuple[TaxStatus, ...] = ()
    """Newest year first."""
    has_damage: bool = False
    protected: frozenset[PrintedAddress] = frozenset()
    """As in `RegisterSnapshot`."""

    def __repr__(self) -> str:
        return f"<StatusNow of {len(self.members)}>"
