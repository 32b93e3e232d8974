"""Koseki and supplements for the fictional population: everybody whose registered domicile is in 見本市, put together
by domicile and head. The same people give the same koseki; nothing here is drawn by chance but by names and dates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from certserver.demo.people import DEMO_DAY, DemoHousehold, Population
from certserver.demo.places import CITY
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, Resident, Sex

UNFIT = "watanabe-osamu"
"""Whose koseki could not be brought into the computer (改製不適合)."""

PENDING = "kamiya-rin"
"""In whose koseki a notification is being entered (届出中)."""

REMOVED = "okada-mika"
"""Who is recorded in her koseki as removed: she has married into another, which is not entered yet."""

_GAP = "　"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_MALE_PARENTS = ("正夫", "清", "勇", "博", "昭三")
_FEMALE_PARENTS = ("節子", "幸子", "和枝", "トシ", "良子")
_RANKS = ("長", "二", "三", "四", "五")
_CHILDREN = {Sex.MALE: "男", Sex.FEMALE: "女"}
_SPOUSES: Mapping[Sex, str] = MappingProxyType({Sex.MALE: "夫", Sex.FEMALE: "妻"})
_COMPUTERISED = date(1998, 3, 14)
_READINGS_ENTERED = date(2025, 9, 1)
_MARRIED_AT = 27


def kosekis_of(population: Population) -> tuple[Koseki, ...]:
    """All koseki that the municipality keeps of its population, in the order of its households."""
    return tuple(
        _koseki(domicile, head, tuple(people))
        for (domicile, head), people in _groups(population.households).items()
        if domicile.startswith(CITY)
    )


def _groups(households: Iterable[DemoHousehold]) -> Mapping[tuple[str, str], list[tuple[str, Resident]]]:
    """Residents with the address of their household, by registered domicile and head."""
    groups: dict[tuple[str, str], list[tuple[str, Resident]]] = {}
    for household in households:
        for person in household.people:
            resident = person.resident
            if resident.domicile is not None and resident.koseki_head is not None:
                at = household.household.address
                groups.setdefault((resident.domicile, resident.koseki_head), []).append((at, resident))
    return groups


def _koseki(domicile: str, head: str, people: tuple[tuple[str, Resident], ...]) -> Koseki:
    surname = head.partition(_GAP)[0]
    residents = [resident for _, resident in people]
    couple = _couple(head, residents)
    married = _married(couple, residents)
    reading = next((resident.name_kana for resident in residents if resident.name_kana), None)
    return Koseki(
        koseki_id=_key("koseki", domicile, head, residents[0].resident_id),
        domicile=_full_width(domicile),
        surname=surname,
        surname_kana=reading.partition(_GAP)[0] if reading else None,
        head=head,
        events=tuple(_koseki_events(married, reading)),
        people=tuple(_people(surname, residents, couple, married)),
        supplement_since=KosekiItem("改製日", None, RegisterDate(max(_COMPUTERISED, married or _COMPUTERISED))),
        supplement=tuple(_of_supplement(address, resident) for address, resident in people),
        unfit=any(resident.resident_id == UNFIT for resident in residents),
        pending=any(resident.resident_id == PENDING for resident in residents),
    )


def _couple(head: str, residents: Sequence[Resident]) -> tuple[Resident, Resident] | None:
    """The head and who is married with them, where both live here."""
    first = next((resident for resident in residents if resident.name == head), None)
    second = next((resident for resident in residents if resident.relationship in _SPOUSES.values()), None)
    return None if first is None or second is None or first is second else (first, second)


def _married(couple: tuple[Resident, Resident] | None, residents: Sequence[Resident]) -> date | None:
    """A day on which they can have married: in the year before the first child was born, or some years ago."""
    if couple is None:
        return None
    younger = max(person.born.day or date(1950, 1, 1) for person in couple)
    children = [each.born.day.year for each in residents if each.relationship == "子" and each.born.day is not None]
    return date(min(younger.year + _MARRIED_AT, *(year - 1 for year in children), DEMO_DAY.year - 1), 11, 22)


def _koseki_events(married: date | None, reading: str | None) -> Iterator[KosekiEvent]:
    if married is not None and married > _COMPUTERISED:
        yield KosekiEvent("戸籍編製", (_day("編製日", married),))
    else:
        cause = "平成６年法務省令第５１号附則第２条第１項による改製"
        yield KosekiEvent("戸籍改製", (_day("改製日", _COMPUTERISED), _said("改製事由", cause)))
    if reading is not None:
        surname = reading.partition(_GAP)[0]
        yield KosekiEvent("氏の振り仮名", (_said("氏の振り仮名", surname), _day("記録日", _READINGS_ENTERED)))


def _people(
    surname: str, residents: Sequence[Resident], couple: tuple[Resident, Resident] | None, married: date | None
) -> Iterator[KosekiPerson]:
    ranks: dict[Sex, int] = {}
    for resident in residents:
        partner = _partner(resident, couple)
        is_child = resident.relationship == "子"
        place = ranks.get(resident.sex, 0) if is_child else _number("rank", resident.resident_id) % 2
        if is_child:
            ranks[resident.sex] = place + 1
        father, mother = _parents(surname, resident, couple if is_child else None)
        yield KosekiPerson(
            person_id=_key("person", resident.resident_id),
            given_name=resident.name.partition(_GAP)[2] or resident.name,
            given_name_kana=(resident.name_kana or "").partition(_GAP)[2] or None,
            born=resident.born,
            spouse=_SPOUSES[resident.sex] if partner is not None else None,
            father=father,
            mother=mother,
            relationship=f"{_RANKS[min(place, 4)]}{_CHILDREN[resident.sex]}",
            adoptive_father=None,
            adoptive_mother=None,
            adoptive_relationship=None,
            removed=_is_removed(resident),
            events=tuple(_events(resident, partner, married, father)),
            resident_id=resident.resident_id,
            withholding=resident.withholding,
        )


def _is_removed(resident: Resident) -> bool:
    return resident.died is not None or resident.resident_id == REMOVED


def _partner(resident: Resident, couple: tuple[Resident, Resident] | None) -> Resident | None:
    if couple is None or resident not in couple:
        return None
    return couple[1] if resident is couple[0] else couple[0]


def _parents(surname: str, resident: Resident, couple: tuple[Resident, Resident] | None) -> tuple[str, str]:
    """As a koseki writes them, without a space: the couple of the koseki, or people who are not here any more."""
    if couple is not None:
        father, mother = sorted(couple, key=lambda person: person.sex is Sex.FEMALE)
        return father.name.replace(_GAP, ""), mother.name.partition(_GAP)[2]
    born_as = resident.former_surname or surname
    choice = _number("parents", resident.resident_id)
    father_name = _MALE_PARENTS[choice % len(_MALE_PARENTS)]
    mother_name = _FEMALE_PARENTS[choice // 7 % len(_FEMALE_PARENTS)]
    return f"{born_as}{father_name}", mother_name


def _events(resident: Resident, partner: Resident | None, married: date | None, father: str) -> Iterator[KosekiEvent]:
    born = resident.born.day
    told = date(born.year, born.month, min(born.day + 6, 28)) if born else None
    yield KosekiEvent(
        "出生",
        (
            KosekiItem("出生日", None, resident.born),
            _said("出生地", CITY),
            *((_day("届出日", max(told, born)),) if told and born else ()),
            _said("届出人", "父"),
        ),
    )
    if partner is not None and married is not None:
        before = f"{CITY}本町一丁目１番地{_GAP}{father}"
        yield KosekiEvent(
            "婚姻",
            (
                _day("婚姻日", married),
                _said("配偶者氏名", f"{partner.former_surname or ''}{_without_gap(partner)}"),
                _said("従前戸籍", before),
            ),
        )
    if resident.died is not None:
        yield KosekiEvent(
            "死亡", (_day("死亡日", resident.died), _said("死亡時分", "午後３時２０分"), _said("死亡地", CITY))
        )
    elif resident.resident_id == REMOVED:
        yield KosekiEvent("婚姻", (_day("婚姻日", DEMO_DAY), _said("新本籍", "見本県例示市栄町二丁目４番地")))


def _without_gap(person: Resident) -> str:
    surname, _, given = person.name.partition(_GAP)
    return given if person.former_surname else f"{surname}{given}"


def _of_supplement(address: str, resident: Resident) -> SupplementPerson:
    history = [
        SupplementAddress(_full_width(before), None)
        for before in (resident.previous_address, resident.moved_from)
        if before is not None
    ]
    if resident.moved_from is not None:
        history[-1] = replace(history[-1], since=resident.resident_since)
    now = SupplementAddress(_full_width(address), resident.address_since or resident.resident_since)
    return SupplementPerson(
        person_id=_key("person", resident.resident_id),
        given_name=resident.name.partition(_GAP)[2] or resident.name,
        born=resident.born,
        sex=resident.sex,
        removed=_is_removed(resident),
        addresses=(*history, now),
    )


def _full_width(text: str) -> str:
    """As a koseki writes numbers."""
    return text.translate(_WIDE)


def _day(label: str, day: date) -> KosekiItem:
    return KosekiItem(label, None, RegisterDate(day))


def _said(label: str, text: str) -> KosekiItem:
    return KosekiItem(label, text)


def _key(*of: str) -> str:
    return sha256("/".join(of).encode()).hexdigest()[:32]


def _number(*of: str) -> int:
    return int(_key(*of)[:8], 16)
