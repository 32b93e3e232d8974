"""Registers made by chance, for one person who orders: a household, the koseki with its supplement, taxes and damages.
Spouses live apart, children moved out, some are removed from the koseki, and a measure or hold covers anybody, also
strangers who have come to live where one of the family lives, or lived."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from certserver.demo.artwork import registered_seal
from certserver.demo.chance import Dice
from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.koseki import Koseki, KosekiPerson, KosekiSnapshot, SupplementAddress, SupplementPerson
from certserver.registers.model import HouseholdSnapshot, PrintedAddress, RegisterDate, Resident, Sex, Withholding
from certserver.registers.snapshot import RegisterSnapshot
from certserver.registers.tax import Amount, TaxPayment, TaxRecord
from tests.support.registers import make_resident, make_seal

_MEASURES = (
    frozenset({Withholding.PROTECTIVE_MEASURE}),
    frozenset({Withholding.ISSUANCE_HOLD}),
    frozenset(Withholding),
)
_IMPRINT = registered_seal("見本", 15.0)
_DAY = RegisterDate(date(2020, 4, 1))


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the generated family. `home` counts addresses; `removed` is of the koseki."""

    key: str
    home: str
    withholding: frozenset[Withholding]
    in_koseki: bool
    removed: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Generated:
    """What the registers say for the first person of the household, and the addresses that nobody may be told."""

    snapshot: RegisterSnapshot
    hidden: frozenset[str]


def generate(dice: Dice, number: int) -> Generated:
    """One family; its addresses stand in no other."""
    homes = [f"見本県見本市第{number}町{home}丁目" for home in range(4)]
    family = [_somebody(dice, f"p{at}", homes, orders=at == 0) for at in range(dice.between(1, 6))]
    here = [person for person in family if person.home == homes[0]]
    past = f"見本県例示市第{number}町9丁目"
    strangers = {home for home in (*homes, past) if dice.chance(0.05)}
    hidden = strangers.union(person.home for person in family if person.withholding and not person.gone)
    members = tuple(_resident(dice, person, (*homes, past)) for person in here)
    household = HouseholdSnapshot(homes[0], "見本　主", members[0], members, make_seal("p0", _IMPRINT))
    snapshot = RegisterSnapshot(
        version="h/1",
        household=household,
        koseki=_koseki(dice, family, homes[0], past) if family[0].in_koseki else None,
        taxes=tuple(_tax(dice, year, (*homes, past)) for year in (2026, 2025) if dice.chance(0.8)),
        damages=(_damage(dice, (*homes, past)),) if dice.chance(0.5) else (),
    )
    # What the registers find out by asking who else lives at an address.
    found = frozenset(where for where, addresses in _addresses(snapshot) if not hidden.isdisjoint(addresses))
    return Generated(replace(snapshot, protected=found), frozenset(hidden))


def _addresses(snapshot: RegisterSnapshot) -> Iterator[tuple[PrintedAddress, frozenset[str]]]:
    household, koseki = snapshot.household, snapshot.koseki
    assert household is not None
    supplement = () if koseki is None else koseki.koseki.supplement
    damages = snapshot.damages
    yield PrintedAddress.HOUSEHOLD, frozenset({household.address})
    came_from = (text for member in household.present for text in (member.moved_from, member.previous_address))
    yield PrintedAddress.FORMER, frozenset(text for text in came_from if text is not None)
    yield PrintedAddress.TAX, frozenset(tax.address_on_january_1 for tax in snapshot.taxes)
    yield (
        PrintedAddress.DAMAGE,
        frozenset(text for damage in damages for text in (damage.householder_address, damage.place)),
    )
    yield PrintedAddress.SUPPLEMENT, frozenset(each.address for person in supplement for each in person.addresses)


def texts_of(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for each in value:
            yield from texts_of(each)
    else:
        for name in getattr(type(value), "__dataclass_fields__", ()):
            yield from texts_of(getattr(value, name))


def _somebody(dice: Dice, key: str, homes: list[str], *, orders: bool) -> Somebody:
    return Somebody(
        key=key,
        home=homes[0] if orders or dice.chance(0.5) else homes[dice.between(1, 3)],
        withholding=dice.pick(_MEASURES) if dice.chance(0.15) else frozenset(),
        in_koseki=dice.chance(0.9),
        removed=not orders and dice.chance(0.25),
        gone=not orders and dice.chance(0.1),
    )


def _resident(dice: Dice, person: Somebody, places: tuple[str, ...]) -> Resident:
    resident = replace(
        make_resident(person.key, name=f"見本　{person.key}"),
        withholding=person.withholding,
        moved_from=dice.pick(places) if dice.chance(0.3) else None,
        previous_address=dice.pick(places) if dice.chance(0.3) else None,
    )
    return replace(resident, moved_out=date(2026, 5, 1)) if person.gone else resident


def _koseki(dice: Dice, family: list[Somebody], here: str, past: str) -> KosekiSnapshot:
    recorded = [person for person in family if person.in_koseki]
    people = tuple(_person(person, lives_here=person.home == here) for person in recorded)
    koseki = Koseki(
        koseki_id="k",
        domicile="見本県見本市見本町一丁目2番地3",
        surname="見本",
        surname_kana="ミホン",
        head="見本　主",
        events=(),
        people=people,
        supplement_since=None,
        supplement=tuple(_of_supplement(dice, person, past) for person in recorded),
    )
    return KosekiSnapshot(koseki, people[0])


def _person(person: Somebody, *, lives_here: bool) -> KosekiPerson:
    return KosekiPerson(
        person_id=person.key,
        given_name=person.key,
        given_name_kana=None,
        born=RegisterDate(date(1980, 4, 1)),
        spouse=None,
        father=None,
        mother=None,
        relationship=None,
        adoptive_father=None,
        adoptive_mother=None,
        adoptive_relationship=None,
        removed=person.removed,
        events=(),
        resident_id=person.key if lives_here else None,
        withholding=person.withholding,
    )


def _of_supplement(dice: Dice, person: Somebody, past: str) -> SupplementPerson:
    current = () if person.removed and dice.chance(0.5) else (SupplementAddress(person.home, _DAY),)
    return SupplementPerson(
        person_id=person.key,
        given_name=person.key,
        born=RegisterDate(date(1980, 4, 1)),
        sex=Sex.FEMALE,
        removed=person.removed,
        addresses=(SupplementAddress(past, None), *current),
    )


def _somewhere(dice: Dice, places: tuple[str, ...]) -> str:
    """Mostly where the orderer lives."""
    return places[0] if dice.chance(0.7) else dice.pick(places[1:])


def _damage(dice: Dice, places: tuple[str, ...]) -> DamageRecord:
    return replace(damage_at(_somewhere(dice, places)), householder_address=_somewhere(dice, places))


def _tax(dice: Dice, year: int, places: tuple[str, ...]) -> TaxRecord:
    income = dice.pick((0, 3_000_000))
    return TaxRecord(
        year=year,
        name="見本　p0",
        address_on_january_1=_somewhere(dice, places),
        resident_on_january_1=dice.chance(0.9),
        declared=dice.chance(0.9),
        incomes=(Amount("給与収入", income),),
        total_income=income,
        total_income_and_others=income,
        deductions=(Amount("基礎", 430_000),),
        dependants=(),
        taxable=income,
        taxes=(Amount("市民税 所得割", income // 20),),
        payments=(TaxPayment("市民税・県民税", income // 20, income // 20, 0),),
        paid_as_of=RegisterDate(date(2026, 5, 31)),
    )


def damage_at(place: str) -> DamageRecord:
    """An assessment of damage at an address."""
    return DamageRecord(
        damage_id="d1",
        disaster="令和8年6月豪雨",
        disaster_en="Heavy rain of June 2026",
        householder="見本　主",
        householder_address=place,
        people=(AffectedPerson("見本　p0", "本人", 46),),
        cause="豪雨",
        cause_day=RegisterDate(date(2026, 6, 1)),
        place=place,
        dwelling="持家",
        degree=DamageDegree.HALF,
    )
