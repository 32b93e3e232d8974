"""How koseki and their supplements lie in rows, and come back exactly as they were (I10)."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate, Sex, Withholding
from certserver.registers.rows import Values, date_of, date_values, json_text, key_values
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki as koseki_table
from certserver.storage.koseki import koseki_people, supplement_people

_OF_KEY = ("municipality", "snapshot", "koseki_id", "position")

KOSEKI_COLUMNS = tuple(
    column for column in koseki_table.c if column.name not in ("municipality", "snapshot", "koseki_id", "version")
)
"""What `koseki_of` wants, in this order."""

PERSON_COLUMNS = tuple(column for column in koseki_people.c if column.name not in _OF_KEY)
"""What `person_of` wants, in this order."""

SUPPLEMENT_COLUMNS = tuple(column for column in supplement_people.c if column.name not in _OF_KEY)
"""What `supplement_person_of` wants, in this order."""

Entry = tuple[str | None, KosekiEvent]
"""Whose entry (None: of the koseki itself), and what it says."""


def koseki_values(key: SnapshotKey, koseki: Koseki) -> Values:
    """A row of `koseki` but for its version."""
    since = koseki.supplement_since
    day = None if since is None else since.day
    return {
        **key_values(key),
        "koseki_id": koseki.koseki_id,
        "domicile": koseki.domicile,
        "surname": koseki.surname,
        "surname_kana": koseki.surname_kana,
        "head": koseki.head,
        "supplement_since_label": None if since is None else since.label,
        "supplement_since_text": None if since is None else since.text,
        "supplement_since_day": None if day is None else day.day,
        "supplement_since_day_text": None if day is None else day.text,
        "unfit": koseki.unfit,
        "pending": koseki.pending,
    }


def people_values(key: SnapshotKey, koseki: Koseki) -> list[Values]:
    """Rows of `koseki_people`."""
    return [
        {
            **_koseki_key(key, koseki),
            "person_id": person.person_id,
            "position": position,
            "given_name": person.given_name,
            "given_name_kana": person.given_name_kana,
            **date_values("born", person.born),
            "spouse": person.spouse,
            "father": person.father,
            "mother": person.mother,
            "relationship": person.relationship,
            "adoptive_father": person.adoptive_father,
            "adoptive_mother": person.adoptive_mother,
            "adoptive_relationship": person.adoptive_relationship,
            "removed": person.removed,
            "resident_id": person.resident_id,
        }
        for position, person in enumerate(koseki.people)
    ]


def entry_values(key: SnapshotKey, koseki: Koseki) -> list[Values]:
    """Rows of `koseki_entries`: those of the koseki itself, then each person's."""
    own: Iterator[Entry] = ((None, event) for event in koseki.events)
    of_people: Iterator[Entry] = ((person.person_id, event) for person in koseki.people for event in person.events)
    return [
        {
            **_koseki_key(key, koseki),
            "position": position,
            "person_id": person_id,
            "title": event.title,
            "items": _items_text(event.items),
        }
        for position, (person_id, event) in enumerate(chain(own, of_people))
    ]


def koseki_withholding_values(
    key: SnapshotKey, koseki_id: str, person_id: str, withholding: Iterable[Withholding]
) -> list[Values]:
    """Rows of `koseki_withholdings`, in alphabetical order."""
    return [
        {**key_values(key), "koseki_id": koseki_id, "person_id": person_id, "kind": kind}
        for kind in sorted(kind.value for kind in withholding)
    ]


def supplement_values(key: SnapshotKey, koseki: Koseki) -> list[Values]:
    """Rows of `supplement_people`."""
    return [
        {
            **_koseki_key(key, koseki),
            "person_id": person.person_id,
            "position": position,
            "given_name": person.given_name,
            **date_values("born", person.born),
            "sex": None if person.sex is None else person.sex.value,
            "removed": person.removed,
            "overseas_voter": person.overseas_voter,
        }
        for position, person in enumerate(koseki.supplement)
    ]


def address_values(key: SnapshotKey, koseki: Koseki) -> list[Values]:
    """Rows of `supplement_addresses`."""
    return [
        {
            **_koseki_key(key, koseki),
            "person_id": person.person_id,
            "position": position,
            "address": address.address,
            **date_values("since", address.since),
        }
        for person in koseki.supplement
        for position, address in enumerate(person.addresses)
    ]


def koseki_of(
    koseki_id: str,
    row: Sequence[Any],
    events: tuple[KosekiEvent, ...],
    people: tuple[KosekiPerson, ...],
    supplement: tuple[SupplementPerson, ...],
) -> Koseki:
    """The koseki whose `KOSEKI_COLUMNS` the row is."""
    domicile, surname, surname_kana, head, label, text, day, day_text, unfit, pending = row
    return Koseki(
        koseki_id=koseki_id,
        domicile=domicile,
        surname=surname,
        surname_kana=surname_kana,
        head=head,
        events=events,
        people=people,
        supplement_since=None if label is None else KosekiItem(label, text, date_of(day, day_text)),
        supplement=supplement,
        unfit=unfit,
        pending=pending,
    )


def person_of(row: Sequence[Any], events: tuple[KosekiEvent, ...], withholding: frozenset[Withholding]) -> KosekiPerson:
    """The person whose `PERSON_COLUMNS` the row is."""
    person_id, given_name, given_name_kana, born_day, born_text, spouse, father, mother, relationship, *rest = row
    adoptive_father, adoptive_mother, adoptive_relationship, removed, resident_id = rest
    return KosekiPerson(
        person_id=person_id,
        given_name=given_name,
        given_name_kana=given_name_kana,
        born=RegisterDate(born_day, born_text),
        spouse=spouse,
        father=father,
        mother=mother,
        relationship=relationship,
        adoptive_father=adoptive_father,
        adoptive_mother=adoptive_mother,
        adoptive_relationship=adoptive_relationship,
        removed=removed,
        events=events,
        resident_id=resident_id,
        withholding=withholding,
    )


def events_of(rows: Iterable[Sequence[Any]]) -> Mapping[str | None, tuple[KosekiEvent, ...]]:
    """The entries by person, from rows of person, title and items in their order."""
    found: dict[str | None, list[KosekiEvent]] = {}
    for person_id, title, items in rows:
        found.setdefault(person_id, []).append(KosekiEvent(title, _items_of(items)))
    return {person_id: tuple(events) for person_id, events in found.items()}


def supplement_person_of(row: Sequence[Any], addresses: tuple[SupplementAddress, ...]) -> SupplementPerson:
    """The person whose `SUPPLEMENT_COLUMNS` the row is."""
    person_id, given_name, born_day, born_text, sex, removed, overseas_voter = row
    return SupplementPerson(
        person_id=person_id,
        given_name=given_name,
        born=date_of(born_day, born_text),
        sex=None if sex is None else Sex(sex),
        removed=removed,
        addresses=addresses,
        overseas_voter=overseas_voter,
    )


def _koseki_key(key: SnapshotKey, koseki: Koseki) -> Values:
    return {**key_values(key), "koseki_id": koseki.koseki_id}


def _items_text(items: tuple[KosekiItem, ...]) -> str:
    return json_text([[item.label, item.text, *_day_text(item.day)] for item in items])


def _day_text(value: RegisterDate | None) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    return (None if value.day is None else value.day.isoformat()), value.text


def _items_of(text: str) -> tuple[KosekiItem, ...]:
    return tuple(
        KosekiItem(label, said, date_of(None if day is None else date.fromisoformat(day), day_text))
        for label, said, day, day_text in json.loads(text)
    )
