"""Reads the objects of koseki.jsonl and supplements.jsonl member by member, and puts them together. A finding names the
member by its path: `people[1].events[0].items[2].text`."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

from certserver.intake.fields import Field
from certserver.intake.findings import Broken, Rule
from certserver.intake.forms import FLAG
from certserver.intake.lines import Source
from certserver.intake.members import Members, ObjectFile
from certserver.intake.reading import CHANGE, GONE, PUT, Cells, Entry, Key
from certserver.intake.values import date_of
from certserver.registers.koseki import (
    Koseki,
    KosekiEvent,
    KosekiItem,
    KosekiPerson,
    SupplementAddress,
    SupplementPerson,
)
from certserver.registers.model import RegisterDate

Find = Callable[[str, Rule, int | None], None]
"""Notes a finding at a path."""


def read_objects(source: Source, file: ObjectFile, *, changes: bool = False) -> Iterator[Entry]:
    """The objects of a file, in its order; those out of order are findings."""
    last: Key | None = None
    for number, found in source.objects():
        findings: list[tuple[str, Rule, int | None]] = []
        change = found.pop(CHANGE, None) if changes else PUT
        if change not in (PUT, GONE):
            findings.append((CHANGE, Rule.WORD, None))
        gone = change == GONE

        def find(path: str, rule: Rule, limit: int | None, into: list[tuple[str, Rule, int | None]] = findings) -> None:
            into.append((path, rule, limit))

        members = Members(file.members.fields[:1]) if gone else file.members
        cells = _object(members, found, "", find)
        key = None if cells["koseki_id"] is None else (cells["koseki_id"],)
        if key is not None:
            if last is not None and key <= last:
                find("koseki_id", Rule.TWICE if key == last else Rule.ORDER, None)
                key = None
            else:
                last = key
        for path, rule, limit in findings:
            source.find(number, path, rule, limit)
        yield Entry(number, key, None if gone or findings else cells, gone)


def join_supplements(
    koseki: Iterator[Entry], supplements: Iterator[Entry], source: Source | None
) -> Iterator[tuple[Entry, Entry | None]]:
    """Each koseki with its supplement. A supplement of no koseki is a finding."""
    waiting = (entry for entry in supplements if entry.key is not None)
    following = next(waiting, None)
    unsure = False

    def pass_over(until: Key | None) -> Entry | None:
        one = following
        while one is not None and one.key is not None and (until is None or one.key < until):
            if not unsure and source is not None:
                source.find(one.line, "koseki_id", Rule.KOSEKI)
            one = next(waiting, None)
        return one

    for entry in koseki:
        if entry.key is None:
            unsure = True
            continue
        following = pass_over(entry.key)
        if following is not None and following.key == entry.key:
            yield entry, following
            following = next(waiting, None)
        else:
            yield entry, None
    pass_over(None)


def koseki_of(cells: Cells, supplement: Cells | None, find: Find, find_in_supplement: Find) -> Koseki:
    """The koseki of an object, with the supplement of another. What does not hold together is a finding."""
    people = tuple(_person(person, f"people[{at}]", find) for at, person in enumerate(cells["people"]))
    found = Koseki(
        koseki_id=cells["koseki_id"],
        domicile=cells["domicile"],
        surname=cells["surname"],
        surname_kana=cells["surname_kana"],
        head=cells["head"],
        events=_events(cells, "", find),
        people=people,
        supplement_since=_since(supplement, find_in_supplement),
        supplement=() if supplement is None else _supplement(supplement),
        unfit=bool(cells["unfit"]),
        pending=bool(cells["pending"]),
    )
    known = {person.person_id for person in people}
    if len(known) != len(people):
        find("people", Rule.TWICE, None)
    if not any(found.full_name(person.given_name) == found.head for person in people):
        find("head", Rule.HEAD, None)
    for at, person in enumerate(found.supplement):
        if person.person_id not in known:
            find_in_supplement(f"people[{at}].person_id", Rule.PERSON, None)
    if len({person.person_id for person in found.supplement}) != len(found.supplement):
        find_in_supplement("people", Rule.TWICE, None)
    return found


def _person(cells: Cells, path: str, find: Find) -> KosekiPerson:
    return KosekiPerson(
        person_id=cells["person_id"],
        given_name=cells["given_name"],
        given_name_kana=cells["given_name_kana"],
        born=_date(cells, "born", path, find) or _NO_DATE,
        spouse=cells["spouse"],
        father=cells["father"],
        mother=cells["mother"],
        relationship=cells["relationship"],
        adoptive_father=cells["adoptive_father"],
        adoptive_mother=cells["adoptive_mother"],
        adoptive_relationship=cells["adoptive_relationship"],
        removed=bool(cells["removed"]),
        events=_events(cells, f"{path}.", find),
        resident_id=cells["resident_id"],
        withholding=frozenset(cells["withholding"]),
    )


_NO_DATE = RegisterDate(None, "-")
"""Stands in a koseki that has a finding: it is never loaded."""


def _date(cells: Cells, name: str, path: str, find: Find) -> RegisterDate | None:
    found = date_of(cells, name)
    if found is None:
        find(f"{path}.{name}", Rule.NEEDED, None)
    return found


def _events(cells: Cells, path: str, find: Find) -> tuple[KosekiEvent, ...]:
    return tuple(
        KosekiEvent(
            event["title"],
            tuple(_item(item, f"{path}events[{at}].items[{place}]", find) for place, item in enumerate(event["items"])),
        )
        for at, event in enumerate(cells["events"])
    )


def _item(cells: Cells, path: str, find: Find) -> KosekiItem:
    day = date_of(cells, "day")
    text = cells["text"]
    if (text is None) == (day is None):
        find(f"{path}.text", Rule.BOTH, None)
        return KosekiItem(cells["label"], "")
    return KosekiItem(cells["label"], text, day)


def _since(supplement: Cells | None, find: Find) -> KosekiItem | None:
    if supplement is None or supplement["since"] is None:
        return None
    return _item(supplement["since"], "since", find)


def _supplement(cells: Cells) -> tuple[SupplementPerson, ...]:
    return tuple(
        SupplementPerson(
            person_id=person["person_id"],
            given_name=person["given_name"],
            born=date_of(person, "born"),
            sex=person["sex"],
            removed=bool(person["removed"]),
            addresses=tuple(
                SupplementAddress(address["address"], date_of(address, "since")) for address in person["addresses"]
            ),
            overseas_voter=person["overseas_voter"],
        )
        for person in cells["people"]
    )


def _object(members: Members, found: Mapping[str, Any], path: str, find: Find) -> dict[str, Any]:
    """The values of an object's members; None or empty for those that are missing or have a finding."""
    cells: dict[str, Any] = {}
    known = 0
    for field in members.fields:
        value = found.get(field.name)
        known += field.name in found
        cells[field.name] = _value(field, value, f"{path}{field.name}", find)
    for name, of in members.many:
        known += name in found
        cells[name] = [
            _object(of, one, f"{path}{name}[{at}].", find) for at, one in _array(found, name, dict, path, find)
        ]
    for name, of in members.one:
        known += name in found
        one = found.get(name)
        if one is not None and not isinstance(one, dict):
            find(f"{path}{name}", Rule.TYPE, None)
            one = None
        cells[name] = None if one is None else _object(of, one, f"{path}{name}.", find)
    for field in members.words:
        known += field.name in found
        cells[field.name] = [
            _value(field, one, f"{path}{field.name}[{at}]", find)
            for at, one in _array(found, field.name, str, path, find)
        ]
    if known != len(found):
        find(path.removesuffix("."), Rule.MEMBER, None)
    return cells


def _array(found: Mapping[str, Any], name: str, wanted: type, path: str, find: Find) -> Iterator[tuple[int, Any]]:
    values = found.get(name)
    if values is None:
        return
    if not isinstance(values, list):
        find(f"{path}{name}", Rule.TYPE, None)
        return
    for at, one in enumerate(values):
        if isinstance(one, wanted):
            yield at, one
        else:
            find(f"{path}{name}[{at}]", Rule.TYPE, None)


def _value(field: Field, value: object, path: str, find: Find) -> bool | str | Enum | object:
    if field.form is FLAG:
        if value is None or isinstance(value, bool):
            return value
        find(path, Rule.TYPE, None)
        return None
    if value is None or value == "":
        if field.needed:
            find(path, Rule.NEEDED, None)
        return None
    if not isinstance(value, str):
        find(path, Rule.TYPE, None)
        return None
    try:
        return field.form.read(value)
    except Broken as broken:
        find(path, broken.rule, broken.limit)
        return None
