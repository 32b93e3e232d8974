"""Reads and writes a municipality's dated settings, closures and purposes. Nothing is cached here and nothing is
judged."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from certserver.rules.settings import (
    Advice,
    Closure,
    FeeRow,
    Ground,
    HoursRow,
    KindRow,
    Purpose,
    Settings,
    TaxYearsRow,
)
from certserver.storage.settings import (
    closures,
    fee_settings,
    hour_settings,
    kind_settings,
    purposes,
    tax_year_settings,
)
from koufu.evidence.words import CertificateKind, Option, Scope

_DATED = (kind_settings, fee_settings, hour_settings)
"""What is set for a kind at once."""

_KINDS, _FEES, _HOURS, _YEARS = (
    select(table).where(table.c.municipality == bindparam("municipality")) for table in (*_DATED, tax_year_settings)
)
_CLOSURES = (
    select(closures)
    .where(closures.c.municipality == bindparam("municipality"))
    .order_by(closures.c.since, closures.c.until, closures.c.outlet, closures.c.kinds)
)
_PURPOSES = select(purposes).where(purposes.c.municipality == bindparam("municipality")).order_by(purposes.c.position)

_AnyRow = Row[*tuple[Any, ...]]


def read_settings(connection: Connection, municipality: str, revision: int) -> Settings:
    """All dated rows of a municipality. `revision` is that of its state row in the same transaction."""
    asked = {"municipality": municipality}
    return Settings(
        municipality=municipality,
        revision=revision,
        kinds=tuple(map(_kind, connection.execute(_KINDS, asked))),
        fees=tuple(map(_fee, connection.execute(_FEES, asked))),
        hours=tuple(map(_hours, connection.execute(_HOURS, asked))),
        closures=tuple(map(_closure, connection.execute(_CLOSURES, asked))),
        purposes=tuple(map(_purpose, connection.execute(_PURPOSES, asked))),
        tax_years=tuple(map(_years, connection.execute(_YEARS, asked))),
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
            municipality=municipality,
            kind=row.kind.value,
            effective_at=row.effective_at,
            ground=row.ground.value,
            from_age=row.from_age,
            fee=row.fee,
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
            residents_only=row.residents_only,
        )
    )


def add_tax_years(connection: Connection, municipality: str, row: TaxYearsRow) -> None:
    """Adds a dated row in place of one of its kind and instant."""
    table = tax_year_settings
    same = (table.c.municipality == municipality) & (table.c.effective_at == row.effective_at)
    connection.execute(delete(table).where(same, table.c.kind == row.kind.value))
    connection.execute(
        insert(table).values(
            municipality=municipality,
            kind=row.kind.value,
            effective_at=row.effective_at,
            years=",".join(map(str, row.years)),
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
            outlet=closure.outlet,
            kinds=_join(closure.kinds),
            reason=closure.reason,
            reason_en=closure.reason_en,
        )
    )


def add_purpose(connection: Connection, municipality: str, position: int, purpose: Purpose) -> None:
    """Adds a purpose at a place of the list that residents choose from."""
    connection.execute(
        insert(purposes).values(
            municipality=municipality,
            code=purpose.code,
            position=position,
            kind=purpose.kind.value if purpose.kind else None,
            scope=purpose.scope.value if purpose.scope else None,
            options=_join(purpose.options),
            advice=purpose.advice.value,
            name=purpose.name,
            name_en=purpose.name_en,
            note=purpose.note,
            note_en=purpose.note_en,
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


def forget_at(connection: Connection, municipality: str, at: int, kinds: tuple[CertificateKind, ...]) -> None:
    """Takes back what was to count from exactly this instant for these kinds, so that it can be set anew."""
    words = [kind.value for kind in kinds]
    for table in _DATED:
        same = (table.c.municipality == municipality) & (table.c.effective_at == at) & table.c.kind.in_(words)
        connection.execute(delete(table).where(same))


def _kind(row: _AnyRow) -> KindRow:
    return KindRow(
        kind=CertificateKind(row.kind),
        effective_at=row.effective_at,
        offered=row.offered,
        scopes=tuple(map(Scope, _split(row.scopes))),
        options=tuple(map(Option, _split(row.options))),
        max_copies=row.max_copies,
    )


def _fee(row: _AnyRow) -> FeeRow:
    return FeeRow(CertificateKind(row.kind), row.effective_at, row.fee, Ground(row.ground), row.from_age)


def _hours(row: _AnyRow) -> HoursRow:
    return HoursRow(
        outlet=row.outlet,
        kind=CertificateKind(row.kind),
        effective_at=row.effective_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        weekdays_only=row.weekdays_only,
        residents_only=row.residents_only,
    )


def _years(row: _AnyRow) -> TaxYearsRow:
    return TaxYearsRow(CertificateKind(row.kind), row.effective_at, tuple(map(int, _split(row.years))))


def _closure(row: _AnyRow) -> Closure:
    return Closure(
        since=date.fromisoformat(row.since),
        until=date.fromisoformat(row.until),
        yearly=row.yearly,
        reason=row.reason,
        reason_en=row.reason_en,
        outlet=row.outlet,
        kinds=tuple(map(CertificateKind, _split(row.kinds))),
    )


def _purpose(row: _AnyRow) -> Purpose:
    return Purpose(
        code=row.code,
        kind=CertificateKind(row.kind) if row.kind else None,
        scope=Scope(row.scope) if row.scope else None,
        options=tuple(map(Option, _split(row.options))),
        advice=Advice(row.advice),
        name=row.name,
        name_en=row.name_en,
        note=row.note,
        note_en=row.note_en,
    )


def _join(values: Iterable[Enum]) -> str:
    return ",".join(value.value for value in values)


def _split(text: str) -> list[str]:
    return text.split(",") if text else []
