"""Reads the objects of koseki.jsonl and supplements.jsonl, and makes koseki of them. A finding names the member by its
path: `people[1].events[0].items[2].text`."""

from collections.abc import Callable, Iterator

from certserver.intake.findings import Rule
from certserver.intake.lines import Source
from certserver.intake.members import Members, ObjectFile
from certserver.intake.object_reading import ObjectReader
from certserver.intake.reading import CHANGE, GONE, PUT, Cells, Entry, Key
from certserver.intake.values import BrokenField, date_of
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
    for number, found, plain in source.objects():
        findings: list[tuple[str, Rule, int | None]] = []
        change = found.pop(CHANGE, None) if changes else PUT
        if change not in (PUT, GONE):
            findings.append((CHANGE, Rule.WORD, None))
        gone = change == GONE
        reader = ObjectReader(findings, plain=plain)
        cells = reader.read(Members(file.members.fields[:1]) if gone else file.members, found, None)
        key = None if cells["koseki_id"] is None else (cells["koseki_id"],)
        if key is not None:
            if last is not None and key <= last:
                findings.append(("koseki_id", Rule.TWICE if key == last else Rule.ORDER, None))
                key = None
            else:
                last = key
        for path, rule, limit in findings:
            source.find(number, path, rule, limit)
        yield Entry(number, key, None if gone or findings else cells, gone)


def join_supplements(
    source: Source | None, koseki: Iterator[Entry], supplements: Iterator[Entry], beside: Source | None
) -> Iterator[tuple[Entry, Entry | None]]:
    """Each koseki with its supplement. A supplement of no koseki is a finding."""
    waiting = (entry for entry in supplements if entry.key is not None)
    following = next(waiting, None)
    unsure = False

    def pass_over(until: Key | None) -> Entry | None:
        one = following
        while one is not None and one.key is not None and (until is None or one.key < until):
            if beside is not None and not unsure and not (source is not None and source.lost):
                beside.find(one.line, "koseki_id", Rule.KOSEKI)
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
        supplement=() if supplement is None else _supplement(supplement, find_in_supplement),
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
        born=_needed_date(cells, "born", path, find),
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
    try:
        return date_of(cells, name)
    except BrokenField as broken:
        find(f"{path}.{name}", broken.rule, None)
        return _NO_DATE


def _needed_date(cells: Cells, name: str, path: str, find: Find) -> RegisterDate:
    found = _date(cells, name, path, find)
    if found is None:
        find(f"{path}.{name}", Rule.NEEDED, None)
    return found or _NO_DATE


def _events(cells: Cells, path: str, find: Find) -> tuple[KosekiEvent, ...]:
    return tuple(
        KosekiEvent(
            event["title"],
            tuple(_item(item, f"{path}events[{at}].items[{place}]", find) for place, item in enumerate(event["items"])),
        )
        for at, event in enumerate(cells["events"])
    )


def _item(cells: Cells, path: str, find: Find) -> KosekiItem:
    day = _date(cells, "day", path, find)
    text = cells["text"]
    if (text is None) == (day is None):
        find(f"{path}.text", Rule.BOTH, None)
        return KosekiItem(cells["label"], "")
    return KosekiItem(cells["label"], text, day)


def _since(supplement: Cells | None, find: Find) -> KosekiItem | None:
    if supplement is None or supplement["since"] is None:
        return None
    return _item(supplement["since"], "since", find)


def _supplement(cells: Cells, find: Find) -> tuple[SupplementPerson, ...]:
    return tuple(
        SupplementPerson(
            person_id=person["person_id"],
            given_name=person["given_name"],
            born=_date(person, "born", path, find),
            sex=person["sex"],
            removed=bool(person["removed"]),
            addresses=tuple(
                SupplementAddress(address["address"], _date(address, "since", f"{path}.addresses[{at}]", find))
                for at, address in enumerate(person["addresses"])
            ),
            overseas_voter=person["overseas_voter"],
        )
        for path, person in ((f"people[{place}]", person) for place, person in enumerate(cells["people"]))
    )
