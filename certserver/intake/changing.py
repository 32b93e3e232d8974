"""Applies a delivery of changes to the register in force, all in one transaction: in force for the very next release,
or not at all. It is read once before, to find what is wrong without holding any lock."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete

from certserver.errors import StorageError
from certserver.intake.findings import Finding, Findings, Rule
from certserver.intake.importing import STALE, Outcome
from certserver.intake.manifest import MANIFEST, Manifest
from certserver.intake.references import is_recorded_twice
from certserver.intake.sources import Sources
from certserver.intake.taken import is_stale, note_delivery
from certserver.intake.taking import (
    Taken,
    TakenResident,
    take_damages,
    take_households,
    take_koseki,
    take_residents,
    take_seals,
    take_taxes,
)
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ports import Clock, unix
from certserver.registers.changing import (
    hold_to_change,
    household_of_resident,
    move_household,
    of_key,
    put,
    remove,
)
from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import Household, RegisteredSeal
from certserver.registers.numbers import NumberVault
from certserver.registers.rows import key_values
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.versions import InForce
from certserver.registers.withholding import put_brought_on_people
from certserver.registers.writing import (
    remove_registered_seal,
    write_household,
    write_numbers,
    write_registered_seal,
    write_resident,
)
from certserver.storage.engine import Database
from certserver.storage.registers import residents, withholdings
from certserver.storage.taxes import damages, tax_records

_TAKERS: tuple[Callable[[Sources], Iterator[Taken[Any]]], ...] = (
    take_households,
    take_residents,
    take_seals,
    take_taxes,
    take_damages,
    take_koseki,
)


class _Undo(Exception):
    """Leaves a transaction without a trace."""


class Changes:
    """One delivery of changes on its way in. The caller has the turn (`intake.turn`)."""

    def __init__(self, database: Database, municipality: str, vault: NumberVault, clock: Clock) -> None:
        self._database = database
        self._municipality = municipality
        self._vault = vault
        self._clock = clock

    def run(self, folder: Path, manifest: Manifest, *, dry_run: bool = False) -> Outcome:
        """Applies the changes, or says why not. With `dry_run` everything is checked and nothing stays."""
        findings = Findings()
        sources = Sources(folder, manifest, findings.add)
        for take in _TAKERS:
            for _ in take(sources):
                pass
        if findings:
            return Outcome(findings)
        digest = sha256((folder / MANIFEST).read_bytes()).digest()
        number = None
        try:
            with self._database.writing() as connection, open_book(connection, self._municipality) as book:
                held = hold_to_change(connection, self._municipality)
                if is_stale(connection, held.key, manifest):
                    findings.add(STALE)
                self._apply(connection, held, sources, findings)
                if findings or dry_run:
                    raise _Undo
                now = unix(self._clock.now())
                note_delivery(connection, held.key, manifest, digest, now)
                what = f"snapshot {held.number} changed: delivery {digest.hex()} of {manifest.made_at.isoformat()}"
                book.note(AuditEntry(now, AuditEvent.REGISTER_SWITCHED, OPERATOR, {"what": what}))
                number = held.number
        except _Undo:
            pass
        return Outcome(findings, snapshot=number)

    def _apply(self, connection: Connection, held: InForce, sources: Sources, findings: Findings) -> None:
        appliers: tuple[tuple[Callable[[Sources], Iterator[Taken[Any]]], Callable[..., Rule | None]], ...] = (
            (take_households, self._household),
            (take_residents, self._resident),
            (take_seals, self._seal),
            (take_taxes, self._tax),
            (take_damages, self._damage),
            (take_koseki, self._koseki),
        )
        for take, apply in appliers:
            for taken in take(sources):
                try:
                    rule = apply(connection, held, taken)
                except StorageError:
                    # Only what it refers to can be missing: all else was checked when it was read.
                    rule = Rule.REFERENCE
                if rule is not None:
                    findings.add(Finding(taken.file, taken.line, "", rule))
        # When all are written: whoever goes from one koseki to another is in both on the way.
        for taken in take_koseki(sources):
            (koseki_id,) = taken.key
            if is_recorded_twice(connection, held.key, koseki_id):
                findings.add(Finding(taken.file, taken.line, "", Rule.RECORDED_TWICE))

    def _household(self, connection: Connection, _held: InForce, taken: Taken[Household]) -> Rule | None:
        if taken.value is None:
            return Rule.STAYS
        write_household(connection, self._municipality, taken.value)
        return None

    def _resident(self, connection: Connection, held: InForce, taken: Taken[TakenResident]) -> Rule | None:
        (resident_id,) = taken.key
        if taken.value is None:
            return _take_resident_away(connection, held, resident_id)
        write_resident(connection, self._municipality, taken.value.resident)
        write_numbers(connection, self._municipality, resident_id, taken.value.numbers, self._vault)
        place = {**key_values(held.key), "resident_id": resident_id, "position": taken.value.position}
        if put(connection, residents, place):
            move_household(connection, held.key, taken.value.resident.household_id)
        return None

    def _seal(self, connection: Connection, _held: InForce, taken: Taken[RegisteredSeal]) -> Rule | None:
        if taken.value is not None:
            write_registered_seal(connection, self._municipality, taken.value)
            return None
        (resident_id,) = taken.key
        return None if remove_registered_seal(connection, self._municipality, resident_id) else Rule.NOT_THERE

    def _tax(self, connection: Connection, held: InForce, taken: Taken[TaxRecord]) -> Rule | None:
        resident_id, year = taken.key
        if taken.value is not None:
            write_tax(connection, self._municipality, resident_id, taken.value)
            return None
        household_id = household_of_resident(connection, held.key, resident_id)
        one = of_key(tax_records, held.key, resident_id=resident_id, year=year)
        if household_id is None or connection.execute(delete(tax_records).where(one)).rowcount == 0:
            return Rule.NOT_THERE
        move_household(connection, held.key, household_id)
        return None

    def _damage(self, connection: Connection, held: InForce, taken: Taken[DamageRecord]) -> Rule | None:
        household_id, damage_id = taken.key
        if taken.value is not None:
            write_damage(connection, self._municipality, household_id, taken.value)
            return None
        one = of_key(damages, held.key, household_id=household_id, damage_id=damage_id)
        if connection.execute(delete(damages).where(one)).rowcount == 0:
            return Rule.NOT_THERE
        move_household(connection, held.key, household_id)
        return None

    def _koseki(self, connection: Connection, held: InForce, taken: Taken[Koseki]) -> Rule | None:
        if taken.value is None:
            return Rule.STAYS
        for person in taken.value.people:
            if person.resident_id and household_of_resident(connection, held.key, person.resident_id) is None:
                return Rule.REFERENCE
        write_koseki(connection, self._municipality, taken.value)
        put_brought_on_people(connection, held.key, taken.value)
        return None


def _take_resident_away(connection: Connection, held: InForce, resident_id: str) -> Rule | None:
    """An entry made in error, with all that is theirs. Who moved out or died is no such entry."""
    household_id = household_of_resident(connection, held.key, resident_id)
    if household_id is None:
        return Rule.NOT_THERE
    remove_registered_seal(connection, held.municipality, resident_id)
    for table in (withholdings, tax_records, residents):
        remove(connection, table, of_key(table, held.key, resident_id=resident_id))
    move_household(connection, held.key, household_id)
    return None
