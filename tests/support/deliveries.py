"""Writes deliveries as a core system would: from values of the registers, ordered by key, with a manifest."""

import base64
import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from certserver.intake import fields
from certserver.intake.fields import Part
from certserver.intake.manifest import FORMAT, MANIFEST, NEEDED
from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import Koseki, KosekiEvent, KosekiItem, KosekiPerson, SupplementPerson
from certserver.registers.model import Household, RegisterDate, RegisteredSeal, Resident
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.tax import TaxRecord

MADE_AT = datetime(2026, 10, 1, 17, 0, tzinfo=UTC)

Row = dict[str, Any]


@dataclass
class Handover:
    """What a delivery holds. Residents stand with their place in the household."""

    households: list[Household] = field(default_factory=list)
    residents: list[tuple[Resident, int]] = field(default_factory=list)
    numbers: dict[str, ResidentNumbers] = field(default_factory=dict)
    seals: list[RegisteredSeal] = field(default_factory=list)
    taxes: list[tuple[str, TaxRecord]] = field(default_factory=list)
    damages: list[tuple[str, DamageRecord]] = field(default_factory=list)
    koseki: list[Koseki] = field(default_factory=list)
    gone: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    """By file, keys that are to go; only in a delivery of changes."""


def write_delivery(
    folder: Path,
    handover: Handover,
    municipality: str,
    *,
    made_at: datetime = MADE_AT,
    content: str = "all",
) -> Path:
    """Writes every file that has a line, those that a whole delivery needs, and the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    changes = content == "changes"
    for file in fields.FILES:
        rows = sorted(_rows(handover, file.name), key=lambda row: _key(file, row))
        if (
            rows
            or (changes and file.name in handover.gone)
            or (not changes and (file.owner is None or file.name in NEEDED))
        ):
            write_csv(folder / file.name, file, rows, handover.gone.get(file.name, ()) if changes else None)
    koseki = sorted(handover.koseki, key=lambda one: one.koseki_id)
    if koseki or not changes:
        extra = {"change": "put"} if changes else {}
        write_objects(folder / fields.KOSEKI, [extra | koseki_object(one) for one in koseki])
        write_objects(folder / fields.SUPPLEMENTS, [supplement_object(one) for one in koseki if _has_supplement(one)])
    return write_manifest(folder, municipality, made_at=made_at, content=content)


def write_manifest(folder: Path, municipality: str, *, made_at: datetime = MADE_AT, content: str = "all") -> Path:
    """The manifest over the files that lie in a folder."""
    files = {}
    for path in sorted(folder.iterdir()):
        if path.name == MANIFEST:
            continue
        data = path.read_bytes()
        lines = data.count(b"\n") - (1 if path.suffix == ".csv" else 0)
        files[path.name] = {"lines": lines, "sha256": sha256(data).hexdigest()}
    manifest = {
        "format": FORMAT,
        "municipality": municipality,
        "made_at": made_at.isoformat(),
        "content": content,
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    return folder


def write_csv(
    path: Path, file: fields.File, rows: Iterable[Row], gone: Sequence[tuple[Any, ...]] | None = None
) -> None:
    """One CSV file; with `gone`, even empty, it is one of changes."""
    changes = gone is not None and file.owner is None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(["change"] if changes else []), *file.header])
    lines = [(_key(file, row), ["put", *_cells(file, row)] if changes else _cells(file, row)) for row in rows]
    lines += [(key, ["gone", *key, *([""] * (len(file.fields) - len(key)))]) for key in gone or ()]
    for _, line in sorted(lines, key=lambda one: one[0]):
        writer.writerow(line)
    path.write_text(out.getvalue(), encoding="utf-8")


def write_objects(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """One file of JSON lines."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects), encoding="utf-8")


def koseki_object(koseki: Koseki) -> Row:
    """A line of koseki.jsonl."""
    return _without_none(
        {
            "koseki_id": koseki.koseki_id,
            "domicile": koseki.domicile,
            "surname": koseki.surname,
            "surname_kana": koseki.surname_kana,
            "head": koseki.head,
            "unfit": koseki.unfit,
            "pending": koseki.pending,
            "events": [_event(event) for event in koseki.events],
            "people": [_koseki_person(person) for person in koseki.people],
        }
    )


def supplement_object(koseki: Koseki) -> Row:
    """A line of supplements.jsonl."""
    since = None if koseki.supplement_since is None else _item(koseki.supplement_since)
    people = [_supplement_person(person) for person in koseki.supplement]
    return _without_none({"koseki_id": koseki.koseki_id, "since": since, "people": people})


def _has_supplement(koseki: Koseki) -> bool:
    return koseki.supplement_since is not None or bool(koseki.supplement)


def _koseki_person(person: KosekiPerson) -> Row:
    return _without_none(
        {
            "person_id": person.person_id,
            "given_name": person.given_name,
            "given_name_kana": person.given_name_kana,
            **_date("born", person.born),
            "spouse": person.spouse,
            "father": person.father,
            "mother": person.mother,
            "relationship": person.relationship,
            "adoptive_father": person.adoptive_father,
            "adoptive_mother": person.adoptive_mother,
            "adoptive_relationship": person.adoptive_relationship,
            "removed": person.removed,
            "resident_id": person.resident_id,
            "withholding": sorted(one.value for one in person.withholding),
            "events": [_event(event) for event in person.events],
        }
    )


def _supplement_person(person: SupplementPerson) -> Row:
    return _without_none(
        {
            "person_id": person.person_id,
            "given_name": person.given_name,
            **_date("born", person.born),
            "sex": None if person.sex is None else person.sex.value,
            "removed": person.removed,
            "overseas_voter": person.overseas_voter,
            "addresses": [
                _without_none({"address": one.address, **_date("since", one.since)}) for one in person.addresses
            ],
        }
    )


def _event(event: KosekiEvent) -> Row:
    return {"title": event.title, "items": [_item(item) for item in event.items]}


def _item(item: KosekiItem) -> Row:
    return _without_none({"label": item.label, "text": item.text, **_date("day", item.day)})


def _without_none(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}


def _date(name: str, value: RegisterDate | None) -> Row:
    if value is None:
        return {name: None, f"{name}_text": None}
    return {name: None if value.day is None else value.day.isoformat(), f"{name}_text": value.text}


def _key(file: fields.File, row: Row) -> tuple[Any, ...]:
    return tuple(
        row[one.name].value if isinstance(row[one.name], Enum) else row[one.name] for one in file.fields[: file.key]
    )


def _cells(file: fields.File, row: Row) -> list[str]:
    return [_cell(row[one.name]) for one in file.fields]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)


def _rows(handover: Handover, file: str) -> list[Row]:
    match file:
        case "households.csv":
            return [
                {"household_id": one.household_id, "address": one.address, "householder": one.householder}
                for one in handover.households
            ]
        case "residents.csv":
            return [resident_row(one, position) for one, position in handover.residents]
        case "numbers.csv":
            return [
                {
                    "resident_id": key,
                    "individual_number": one.individual_number,
                    "resident_code": one.resident_code,
                }
                for key, one in handover.numbers.items()
                if one.individual_number or one.resident_code
            ]
        case "measures.csv":
            return [
                {"resident_id": one.resident_id, "measure": measure}
                for one, _ in handover.residents
                for measure in one.withholding
            ]
        case "seals.csv":
            return [
                {
                    "resident_id": one.resident_id,
                    **_date("registered_on", one.registered_on),
                    "cancelled": one.cancelled,
                    "name_katakana": one.name_katakana,
                    "imprint": one.imprint,
                }
                for one in handover.seals
            ]
        case "taxes.csv":
            return [tax_row(key, one) for key, one in handover.taxes]
        case "tax_amounts.csv":
            return [row for key, one in handover.taxes for row in amount_rows(key, one)]
        case "damages.csv":
            return [damage_row(key, one) for key, one in handover.damages]
        case "damage_people.csv":
            return [
                {
                    "household_id": key,
                    "damage_id": one.damage_id,
                    "position": at,
                    "name": person.name,
                    "relationship": person.relationship,
                    "age": person.age,
                }
                for key, one in handover.damages
                for at, person in enumerate(one.people)
            ]
    raise AssertionError(file)


def resident_row(resident: Resident, position: int) -> Row:
    """A line of residents.csv."""
    foreign = resident.foreign
    return {
        "resident_id": resident.resident_id,
        "household_id": resident.household_id,
        "position": position,
        "name": resident.name,
        "name_kana": resident.name_kana,
        "former_surname": resident.former_surname,
        "former_surname_kana": resident.former_surname_kana,
        **_date("born", resident.born),
        "sex": resident.sex,
        "relationship": resident.relationship,
        "domicile": resident.domicile,
        "koseki_head": resident.koseki_head,
        **_date("resident_since", resident.resident_since),
        **_date("address_since", resident.address_since),
        **_date("notified_on", resident.notified_on),
        "previous_address": resident.previous_address,
        "moved_from": resident.moved_from,
        "remarks": resident.remarks,
        "entered_on": resident.entered_on,
        "move_out_planned": resident.move_out_planned,
        "moved_out": resident.moved_out,
        "died": resident.died,
        "nationality": foreign and foreign.nationality,
        "residence_status": foreign and foreign.residence_status,
        "period_of_stay": foreign and foreign.period_of_stay,
        **_date("expires", None if foreign is None else foreign.expires),
        "card_number": foreign and foreign.card_number,
        "legal_category": foreign and foreign.legal_category,
        "alias": foreign and foreign.alias,
        "alias_kana": foreign and foreign.alias_kana,
    }


def tax_row(key: str, tax: TaxRecord) -> Row:
    """A line of taxes.csv."""
    return {
        "resident_id": key,
        "year": tax.year,
        "name": tax.name,
        "address_on_january_1": tax.address_on_january_1,
        "resident_on_january_1": tax.resident_on_january_1,
        "declared": tax.declared,
        "total_income": tax.total_income,
        "total_income_and_others": tax.total_income_and_others,
        "taxable": tax.taxable,
        **_date("paid_as_of", tax.paid_as_of),
    }


def amount_rows(key: str, tax: TaxRecord) -> list[Row]:
    """Lines of tax_amounts.csv."""
    lists: tuple[tuple[Part, list[Row]], ...] = (
        (Part.INCOME, [{"label": one.label, "amount": one.yen} for one in tax.incomes]),
        (Part.DEDUCTION, [{"label": one.label, "amount": one.yen} for one in tax.deductions]),
        (Part.DEPENDANTS, [{"label": one.label, "amount": one.count} for one in tax.dependants]),
        (Part.TAX, [{"label": one.label, "amount": one.yen} for one in tax.taxes]),
        (
            Part.PAYMENT,
            [
                {
                    "label": one.label,
                    "amount": one.due,
                    "paid": one.paid,
                    "unpaid": one.unpaid,
                    "note": one.note or None,
                }
                for one in tax.payments
            ],
        ),
    )
    empty = {"paid": None, "unpaid": None, "note": None}
    return [
        {"resident_id": key, "year": tax.year, "part": part, "position": at, **empty, **row}
        for part, rows in lists
        for at, row in enumerate(rows)
    ]


def damage_row(key: str, damage: DamageRecord) -> Row:
    """A line of damages.csv."""
    pairs = [*damage.additional, (None, None), (None, None)][:2]
    return {
        "household_id": key,
        "damage_id": damage.damage_id,
        "disaster": damage.disaster,
        "disaster_en": damage.disaster_en,
        "householder": damage.householder,
        "householder_address": damage.householder_address,
        "cause": damage.cause,
        **_date("cause_day", damage.cause_day),
        "place": damage.place,
        "dwelling": damage.dwelling or None,
        "degree": damage.degree,
        **{
            name: value
            for number, (label, text) in enumerate(pairs, 1)
            for name, value in ((f"additional_{number}_label", label), (f"additional_{number}", text))
        },
    }
