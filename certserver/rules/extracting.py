"""From an order line to what of the snapshot its document shows. It chooses and judges nothing but whom: what may not
be had was refused before."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from certserver.registers.extracts import (
    DamageExtract,
    Extract,
    HouseholdExtract,
    KosekiExtract,
    SealExtract,
    SupplementExtract,
    TaxExtract,
)
from certserver.registers.koseki import KosekiPerson, KosekiSnapshot, SupplementPerson
from certserver.registers.model import HouseholdSnapshot, Resident
from certserver.registers.snapshot import RegisterSnapshot, ResidentNumbers
from certserver.rules.references import damage_reference, koseki_reference, member_reference
from koufu.evidence.order import OrderLine
from koufu.evidence.words import KOSEKI_KINDS, TAX_KINDS, CertificateKind, Option, Scope

_Person = TypeVar("_Person")


def extract_of(line: OrderLine, snapshot: RegisterSnapshot, session_nonce: bytes) -> Extract | None:
    """What a line shows; None when it names a kind, person, scope or matter that it can't."""
    household, held = snapshot.household, snapshot.koseki
    if line.kind in KOSEKI_KINDS:
        return None if held is None else _of_koseki(line, held, session_nonce)
    if household is None:
        return None
    if line.kind in TAX_KINDS:
        return _of_taxes(line, household, snapshot)
    if line.kind is CertificateKind.SEAL_REGISTRATION:
        if line.scope is not Scope.SELF or household.seal is None:
            return None
        return SealExtract(household.address, household.orderer, household.seal)
    if line.kind is CertificateKind.DISASTER_VICTIM:
        found = (each for each in snapshot.damages if damage_reference(session_nonce, each.damage_id) == line.matter)
        damage = next(found, None)
        return None if damage is None else DamageExtract(damage)
    return _of_household(line, household, snapshot.numbers, session_nonce)


def _of_household(
    line: OrderLine, household: HouseholdSnapshot, numbers: Mapping[str, ResidentNumbers], session_nonce: bytes
) -> HouseholdExtract | None:
    def reference(person: Resident) -> str:
        return member_reference(session_nonce, person.resident_id)

    present = household.present
    people = _shown(line, Scope.HOUSEHOLD, present, household.orderer, reference)
    if people is None:
        return None
    return HouseholdExtract(
        address=household.address,
        householder=household.householder,
        people=people,
        whole=len(people) == len(present),
        numbers={
            person.resident_id: _ordered_numbers(line, numbers[person.resident_id])
            for person in people
            if person.resident_id in numbers
        },
    )


def _ordered_numbers(line: OrderLine, numbers: ResidentNumbers) -> ResidentNumbers:
    """Only what was ordered goes on: a form can't print what it never gets (I11)."""
    return ResidentNumbers(
        individual_number=numbers.individual_number if Option.INDIVIDUAL_NUMBER in line.options else None,
        resident_code=numbers.resident_code if Option.RESIDENT_CODE in line.options else None,
    )


def _of_taxes(line: OrderLine, household: HouseholdSnapshot, snapshot: RegisterSnapshot) -> TaxExtract | None:
    record = next((each for each in snapshot.taxes if str(each.year) == line.matter), None)
    if record is None or line.scope is not Scope.SELF:
        return None
    return TaxExtract(household.address, household.orderer, record)


def _of_koseki(line: OrderLine, held: KosekiSnapshot, session_nonce: bytes) -> KosekiExtract | SupplementExtract | None:
    koseki, orderer = held.koseki, held.orderer
    if orderer is None:
        return None

    def reference(person: KosekiPerson | SupplementPerson) -> str:
        return koseki_reference(session_nonce, person.person_id)

    # Only who is recorded can be chosen; all entries show the removed too, in their box (除籍).
    if line.kind is not CertificateKind.KOSEKI_SUPPLEMENT:
        if line.scope is Scope.KOSEKI:
            return KosekiExtract(koseki, koseki.people, whole=True)
        recorded = tuple(person for person in koseki.people if not person.removed)
        people = _shown(line, Scope.KOSEKI, recorded, orderer, reference)
        return None if people is None else KosekiExtract(koseki, people, whole=False)
    named_in_full = Option.DOMICILE not in line.options
    if line.scope is Scope.KOSEKI:
        return SupplementExtract(koseki, koseki.supplement, whole=True, named_in_full=named_in_full)
    standing = tuple(person for person in koseki.supplement if not person.removed)
    own = next((person for person in standing if person.person_id == orderer.person_id), None)
    shown = None if own is None else _shown(line, Scope.KOSEKI, standing, own, reference)
    if shown is None:
        return None
    return SupplementExtract(koseki, shown, len(shown) == len(koseki.supplement), named_in_full)


def _shown(
    line: OrderLine,
    everybody: Scope,
    people: Sequence[_Person],
    orderer: _Person,
    reference: Callable[[_Person], str],
) -> tuple[_Person, ...] | None:
    """The persons a line shows, in the register's order; None when it names a person or scope that it can't."""
    if line.scope is Scope.SELF:
        return (orderer,)
    if line.scope is everybody:
        return tuple(people)
    if line.scope is not Scope.MEMBERS:
        return None
    chosen = set(line.members)
    found = tuple(person for person in people if reference(person) in chosen)
    return found if found and len(found) == len(line.members) else None
