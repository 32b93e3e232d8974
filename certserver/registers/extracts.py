"""What of a snapshot one document shows: chosen by the rules, printed by the forms. A form gets nothing else, so what
was not chosen can't be printed (I14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import Koseki, KosekiPerson, SupplementPerson
from certserver.registers.model import RegisteredSeal, Resident
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.tax import TaxRecord


@dataclass(frozen=True, slots=True, repr=False)
class HouseholdExtract:
    """Persons of one household, in the register's order. `whole`: everybody who lives there. `numbers` by resident id,
    only for those whose numbers are to be shown."""

    address: str
    householder: str
    people: tuple[Resident, ...]
    whole: bool
    numbers: Mapping[str, ResidentNumbers] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the persons shown, in reading order."""
        return tuple(person.name for person in self.people)

    def __repr__(self) -> str:
        return f"<HouseholdExtract of {len(self.people)}>"


@dataclass(frozen=True, slots=True, repr=False)
class SealExtract:
    """A resident and their registered seal."""

    address: str
    resident: Resident
    seal: RegisteredSeal

    @property
    def names(self) -> tuple[str, ...]:
        """Of the person shown."""
        return (self.resident.name,)

    def __repr__(self) -> str:
        return "<SealExtract>"


@dataclass(frozen=True, slots=True, repr=False)
class TaxExtract:
    """A resident and their tax of one year; `address` is today's."""

    address: str
    resident: Resident
    record: TaxRecord

    @property
    def names(self) -> tuple[str, ...]:
        """As the tax register holds it."""
        return (self.record.name,)

    def __repr__(self) -> str:
        return "<TaxExtract>"


@dataclass(frozen=True, slots=True, repr=False)
class DamageExtract:
    """One assessment of damage."""

    record: DamageRecord

    @property
    def names(self) -> tuple[str, ...]:
        """The householder, then everybody of the household at that time."""
        return (self.record.householder, *(person.name for person in self.record.people))

    def __repr__(self) -> str:
        return "<DamageExtract>"


@dataclass(frozen=True, slots=True, repr=False)
class KosekiExtract:
    """Persons of a koseki, in the register's order. `whole`: everybody recorded in it."""

    koseki: Koseki
    people: tuple[KosekiPerson, ...]
    whole: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Given names: the surname stands above them all."""
        return tuple(person.given_name for person in self.people)

    def __repr__(self) -> str:
        return f"<KosekiExtract of {len(self.people)}>"


@dataclass(frozen=True, slots=True, repr=False)
class SupplementExtract:
    """Persons of a koseki's supplement, in the register's order. `named_in_full`: domicile and head are left out, so
    that names stand with their surname."""

    koseki: Koseki
    people: tuple[SupplementPerson, ...]
    whole: bool
    named_in_full: bool

    @property
    def names(self) -> tuple[str, ...]:
        """As printed."""
        if self.named_in_full:
            return tuple(self.koseki.full_name(person.given_name) for person in self.people)
        return tuple(person.given_name for person in self.people)

    def __repr__(self) -> str:
        return f"<SupplementExtract of {len(self.people)}>"


Extract = HouseholdExtract | SealExtract | TaxExtract | DamageExtract | KosekiExtract | SupplementExtract
