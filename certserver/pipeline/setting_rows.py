"""Reads and writes a municipality's dated settings and profiles. Nothing is cached here and nothing is judged."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.rules.settings import Closure, FeeRow, HoursRow, KindRow, Purpose, Settings
from certserver.storage.settings import closures, fee_settings, hour_settings, kind_settings, profiles, purposes
from koufu.evidence.words import CertificateKind, Option, Scope

_KINDS = select(kind_settings).where(kind_settings.c.municipality == bindparam("municipality"))
_FEES = select(fee_settings).where(fee_settings.c.municipality == bindparam("municipality"))
_HOURS = select(hour_settings).where(hour_settings.c.municipality == bindparam("municipality"))
_CLOSURES = select(closures).where(closures.c.municipality == bindparam("municipality")).order_by(closures.c.since)
_PURPOSES = select(purposes).where(purposes.c.municipality == bindparam("municipality")).order_by(purposes.c.position)
_PROFILES = (
    select(profiles).where(profiles.c.municipality == bindparam("municipality")).order_by(profiles.c.effective_at)
)

DatedProfile = tuple[int, MunicipalityProfile]
"""From which Unix second a profile counts."""


def read_settings(connection: Connection, municipality: str, revision: int) -> Settings:
    """All dated rows of a municipality. `revision` is that of its state row in the same transaction."""
    asked = {"municipality": municipality}
    return Settings(
        municipality=municipality,
        revision=revision,
        kinds=tuple(
            KindRow(
                kind=CertificateKind(row.kind),
                effective_at=row.effective_at,
                offered=row.offered,
                scopes=tuple(Scope(value) for value in _split(row.scopes)),
                options=tuple(Option(value) for value in _split(row.options)),
                max_copies=row.max_copies,
            )
            for row in connection.execute(_KINDS, asked)
        ),
        fees=tuple(
            FeeRow(CertificateKind(row.kind), row.effective_at, row.fee) for row in connection.execute(_FEES, asked)
        ),
        hours=tuple(
            HoursRow(
                outlet=row.outlet,
                kind=CertificateKind(row.kind),
                effective_at=row.effective_at,
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                weekdays_only=row.weekdays_only,
            )
            for row in connection.execute(_HOURS, asked)
        ),
        closures=tuple(
            Closure(
                since=date.fromisoformat(row.since),
                until=date.fromisoformat(row.until),
                yearly=row.yearly,
                reason=row.reason,
                reason_en=row.reason_en,
            )
            for row in connection.execute(_CLOSURES, asked)
        ),
        purposes=tuple(
            Purpose(
                code=row.code,
                kind=CertificateKind(row.kind),
                scope=Scope(row.scope),
                options=tuple(Option(value) for value in _split(row.options)),
            )
            for row in connection.execute(_PURPOSES, asked)
        ),
    )


def add_kind(connection: Connection, municipality: str, row: KindRow) -> None:
    """Adds a dated row."""
    connection.execute(
        insert(kind_settings).values(
            municipality=municipality,
            kind=row.kind.value,
            effective_at=row.effective_at,
            offered=row.offered,
            scopes=_join(row.scopes),
            options=_join(row.options),
            max_copies=row.max_copies,
        )
    )


def add_fee(connection: Connection, municipality: str, row: FeeRow) -> None:
    """Adds a dated row."""
    connection.execute(
        insert(fee_settings).values(
            municipality=municipality, kind=row.kind.value, effective_at=row.effective_at, fee=row.fee
        )
    )


def add_hours(connection: Connection, municipality: str, row: HoursRow) -> None:
    """Adds a dated row."""
    connection.execute(
        insert(hour_settings).values(
            municipality=municipality,
            outlet=row.outlet,
            kind=row.kind.value,
            effective_at=row.effective_at,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            weekdays_only=row.weekdays_only,
        )
    )


def add_closure(connection: Connection, municipality: str, closure: Closure) -> None:
    """Adds a closure."""
    connection.execute(
        insert(closures).values(
            municipality=municipality,
            since=closure.since.isoformat(),
            until=closure.until.isoformat(),
            yearly=closure.yearly,
            reason=closure.reason,
            reason_en=closure.reason_en,
        )
    )


def add_purpose(connection: Connection, municipality: str, position: int, purpose: Purpose) -> None:
    """Adds a purpose at its place among the others."""
    connection.execute(
        insert(purposes).values(
            municipality=municipality,
            code=purpose.code,
            position=position,
            kind=purpose.kind.value,
            scope=purpose.scope.value,
            options=_join(purpose.options),
        )
    )


def replace_closures(connection: Connection, municipality: str, rows: Iterable[Closure]) -> None:
    """Puts exactly these closures in place of all."""
    connection.execute(delete(closures).where(closures.c.municipality == municipality))
    for closure in rows:
        add_closure(connection, municipality, closure)


def replace_purposes(connection: Connection, municipality: str, rows: Iterable[Purpose]) -> None:
    """Puts exactly these purposes in place of all, in this order."""
    connection.execute(delete(purposes).where(purposes.c.municipality == municipality))
    for position, purpose in enumerate(rows):
        add_purpose(connection, municipality, position, purpose)


def forget_at(
    connection: Connection, municipality: str, at: int, kinds: tuple[CertificateKind, ...], *, profile: bool
) -> None:
    """Takes back what was to count from exactly this instant for these kinds, and the profile if wanted, so that it
    can be set anew."""
    words = [kind.value for kind in kinds]
    for table in (kind_settings, fee_settings, hour_settings):
        same = (table.c.municipality == municipality) & (table.c.effective_at == at) & table.c.kind.in_(words)
        connection.execute(delete(table).where(same))
    if profile:
        same = (profiles.c.municipality == municipality) & (profiles.c.effective_at == at)
        connection.execute(delete(profiles).where(same))


def read_profiles(connection: Connection, municipality: str) -> tuple[DatedProfile, ...]:
    """All profiles of a municipality, oldest first."""
    rows = connection.execute(_PROFILES, {"municipality": municipality})
    return tuple((row.effective_at, _profile(json.loads(row.profile), row.official_seal)) for row in rows)


def add_profile(connection: Connection, effective_at: int, profile: MunicipalityProfile) -> None:
    """Adds a profile that counts from an instant."""
    content = asdict(profile)
    official_seal = content.pop("official_seal")
    for clause in content["clauses"]:
        clause["kind"] = clause["kind"].value
    content["individual_forms"] = [kind.value for kind in profile.individual_forms]
    connection.execute(
        insert(profiles).values(
            municipality=profile.code,
            effective_at=effective_at,
            profile=json.dumps(content, ensure_ascii=False),
            official_seal=official_seal,
        )
    )


def _profile(content: dict[str, Any], official_seal: bytes) -> MunicipalityProfile:
    clauses = tuple(
        Clause(CertificateKind(clause["kind"]), clause["whole"], clause["text"]) for clause in content.pop("clauses")
    )
    checking = CheckInstructions(**content.pop("checking"))
    window = Window(**content.pop("window"))
    individual_forms = tuple(map(CertificateKind, content.pop("individual_forms")))
    return MunicipalityProfile(
        **content,
        official_seal=official_seal,
        clauses=clauses,
        checking=checking,
        window=window,
        individual_forms=individual_forms,
    )


def _join(values: tuple[Scope, ...] | tuple[Option, ...]) -> str:
    return ",".join(value.value for value in values)


def _split(text: str) -> list[str]:
    return text.split(",") if text else []
