"""How residents, households and seals lie in rows, and come back exactly as they were (I10). It never normalises a
text. What leads every row of a snapshot comes from its key."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from certserver.registers.model import (
    ForeignResident,
    Household,
    RegisterDate,
    RegisteredSeal,
    Resident,
    Sex,
    Withholding,
)
from certserver.registers.numbers import NO_NUMBERS, ClosedNumbers
from certserver.registers.versions import SnapshotKey
from certserver.storage.registers import registered_seals, residents

Value = str | int | bool | bytes | date | None
Values = dict[str, Value]

json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""How a list lies in one column. Made once: an import calls it millions of times."""

_NOT_OF_RESIDENT = ("municipality", "snapshot", "position", "individual_number", "resident_code")

RESIDENT_COLUMNS = tuple(column for column in residents.c if column.name not in _NOT_OF_RESIDENT)
"""What `resident_of` wants, in this order."""

_NOT_OF_SEAL = ("municipality", "snapshot", "resident_id", "fingerprint")

SEAL_COLUMNS = tuple(column for column in registered_seals.c if column.name not in _NOT_OF_SEAL)
"""What `seal_of` wants, in this order."""

_FOREIGN_NAMES = tuple(column.name for column in RESIDENT_COLUMNS)[-9:]
_FINGERPRINT_BYTES = 16


def key_values(key: SnapshotKey) -> Values:
    """What leads every row of a snapshot."""
    return {"municipality": key.municipality, "snapshot": key.number}


def household_values(key: SnapshotKey, household: Household) -> Values:
    """A row of `households` but for its version."""
    return {
        **key_values(key),
        "household_id": household.household_id,
        "address": household.address,
        "householder": household.householder,
    }


def resident_values(key: SnapshotKey, resident: Resident, numbers: ClosedNumbers = NO_NUMBERS) -> Values:
    """A row of `residents` but for its position. Withholdings have rows of their own."""
    individual_number, resident_code = numbers
    return {
        **key_values(key),
        "resident_id": resident.resident_id,
        "household_id": resident.household_id,
        "name": resident.name,
        "name_kana": resident.name_kana,
        "former_surname": resident.former_surname,
        "former_surname_kana": resident.former_surname_kana,
        **date_values("born", resident.born),
        "sex": resident.sex.value,
        "relationship": resident.relationship,
        "domicile": resident.domicile,
        "koseki_head": resident.koseki_head,
        **date_values("resident_since", resident.resident_since),
        **date_values("address_since", resident.address_since),
        **date_values("notified_on", resident.notified_on),
        "previous_address": resident.previous_address,
        "moved_from": resident.moved_from,
        "remarks": resident.remarks,
        "entered_on": resident.entered_on,
        "move_out_planned": resident.move_out_planned,
        "moved_out": resident.moved_out,
        "died": resident.died,
        **_foreign_values(resident.foreign),
        "individual_number": individual_number,
        "resident_code": resident_code,
    }


def seal_values(key: SnapshotKey, seal: RegisteredSeal) -> Values:
    """A row of `registered_seals`."""
    return {
        **key_values(key),
        "resident_id": seal.resident_id,
        "fingerprint": seal_fingerprint(seal),
        "cancelled": seal.cancelled,
        **date_values("registered_on", seal.registered_on),
        "name_katakana": seal.name_katakana,
        "imprint": seal.imprint,
    }


def seal_fingerprint(seal: RegisteredSeal) -> bytes:
    """16 bytes that stand for imprint and day where snapshots are compared. Which registration it is, `registrations`
    says."""
    day, text = seal.registered_on.day, seal.registered_on.text
    registered = f"{day.isoformat() if day else ''}/{text or ''}/".encode()
    return sha256(registered + seal.imprint).digest()[:_FINGERPRINT_BYTES]


def withholding_values(key: SnapshotKey, resident_id: str, withholding: frozenset[Withholding]) -> list[Values]:
    """Rows of `withholdings`, in alphabetical order."""
    return [
        {**key_values(key), "resident_id": resident_id, "kind": kind}
        for kind in sorted(kind.value for kind in withholding)
    ]


def resident_of(row: Sequence[Any], withholding: frozenset[Withholding]) -> Resident:
    """The resident whose `RESIDENT_COLUMNS` the row is."""
    (
        resident_id,
        household_id,
        name,
        name_kana,
        former_surname,
        former_surname_kana,
        born_day,
        born_text,
        sex,
        relationship,
        domicile,
        koseki_head,
        resident_since_day,
        resident_since_text,
        address_since_day,
        address_since_text,
        notified_on_day,
        notified_on_text,
        previous_address,
        moved_from,
        remarks,
        entered_on,
        move_out_planned,
        moved_out,
        died,
        *foreign,
    ) = row
    return Resident(
        resident_id=resident_id,
        household_id=household_id,
        name=name,
        name_kana=name_kana,
        former_surname=former_surname,
        former_surname_kana=former_surname_kana,
        born=RegisterDate(born_day, born_text),
        sex=Sex(sex),
        relationship=relationship,
        domicile=domicile,
        koseki_head=koseki_head,
        resident_since=RegisterDate(resident_since_day, resident_since_text),
        address_since=date_of(address_since_day, address_since_text),
        notified_on=date_of(notified_on_day, notified_on_text),
        previous_address=previous_address,
        moved_from=moved_from,
        remarks=remarks,
        foreign=_foreign_of(*foreign),
        withholding=withholding,
        entered_on=entered_on,
        move_out_planned=move_out_planned,
        moved_out=moved_out,
        died=died,
    )


def seal_of(resident_id: str, row: Sequence[Any], *, cancelled_since: bool = False) -> RegisteredSeal | None:
    """The registered seal whose `SEAL_COLUMNS` the row is, or None where an outer join found none."""
    cancelled, registered_on_day, registered_on_text, name_katakana, imprint = row
    if cancelled is None:
        return None
    return RegisteredSeal(
        resident_id=resident_id,
        imprint=imprint,
        registered_on=RegisterDate(registered_on_day, registered_on_text),
        cancelled=cancelled or cancelled_since,
        name_katakana=name_katakana,
    )


def _foreign_of(
    nationality: str | None,
    residence_status: str,
    period_of_stay: str,
    expires_day: date | None,
    expires_text: str | None,
    card_number: str,
    legal_category: str,
    alias: str | None,
    alias_kana: str | None,
) -> ForeignResident | None:
    if nationality is None:
        return None
    return ForeignResident(
        nationality=nationality,
        residence_status=residence_status,
        period_of_stay=period_of_stay,
        expires=RegisterDate(expires_day, expires_text),
        card_number=card_number,
        legal_category=legal_category,
        alias=alias,
        alias_kana=alias_kana,
    )


def _foreign_values(foreign: ForeignResident | None) -> Values:
    if foreign is None:
        return dict.fromkeys(_FOREIGN_NAMES)
    return {
        "nationality": foreign.nationality,
        "residence_status": foreign.residence_status,
        "period_of_stay": foreign.period_of_stay,
        **date_values("expires", foreign.expires),
        "card_number": foreign.card_number,
        "legal_category": foreign.legal_category,
        "alias": foreign.alias,
        "alias_kana": foreign.alias_kana,
    }


def date_values(name: str, value: RegisterDate | None) -> Values:
    """The two columns of a date."""
    day, text = (None, None) if value is None else (value.day, value.text)
    return {f"{name}_day": day, f"{name}_text": text}


def date_of(day: date | None, text: str | None) -> RegisterDate | None:
    """The date that two columns hold, None where both are empty."""
    return RegisterDate(day, text) if day or text else None
