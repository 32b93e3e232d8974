"""Reads and writes a municipality's dated settings, closures and purposes. Nothing is cached here and nothing is
judged."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select

from certserver.rules.settings import (
    Advice,
    Closure,
    ClosuresRow,
    FeeRow,
    Ground,
    HoursRow,
    KindRow,
    Purpose,
    PurposesRow,
    RefusalText,
    RefusalTextsRow,
    Settings,
    TaxYearsRow,
)
from certserver.storage.settings import (
    closure_settings,
    fee_settings,
    hour_settings,
    kind_settings,
    purpose_settings,
    refusal_text_settings,
    tax_year_settings,
)
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope

_KINDS, _FEES, _HOURS, _YEARS, _CLOSURES, _PURPOSES, _TEXTS = (
    select(table).where(table.c.municipality == bindparam("municipality")).order_by(table.c.effective_at)
    for table in (
        *(kind_settings, fee_settings, hour_settings, tax_year_settings, closure_settings, purpose_settings),
        refusal_text_settings,
    )
)

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
        closures=tuple(map(_closures, connection.execute(_CLOSURES, asked))),
        purposes=tuple(map(_purposes, connection.execute(_PURPOSES, asked))),
        tax_years=tuple(map(_years, connection.execute(_YEARS, asked))),
        refusal_texts=tuple(map(_texts, connection.execute(_TEXTS, asked))),
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


def set_closures(connection: Connection, municipality: str, at: int, rows: Iterable[Closure]) -> None:
    """Lets exactly these closures count from an instant on, in place of what was to count from that very instant."""
    listed = [_plain(row) for row in rows]
    _replace(connection, closure_settings, municipality, at, {"closures": json.dumps(listed, ensure_ascii=False)})


def set_purposes(connection: Connection, municipality: str, at: int, rows: Iterable[Purpose]) -> None:
    """The same for purposes, in the order in which residents see them."""
    listed = [_plain(row) for row in rows]
    _replace(connection, purpose_settings, municipality, at, {"purposes": json.dumps(listed, ensure_ascii=False)})


def set_refusal_texts(connection: Connection, municipality: str, at: int, rows: Iterable[RefusalText]) -> None:
    """The same for what is said where something can't be had."""
    listed = [_plain(row) for row in rows]
    _replace(connection, refusal_text_settings, municipality, at, {"texts": json.dumps(listed, ensure_ascii=False)})


def forget_at(connection: Connection, table: Table, municipality: str, at: int, kind: CertificateKind) -> None:
    """Takes back what was to count from exactly this instant for a kind, so that it can be set anew."""
    same = (table.c.municipality == municipality) & (table.c.effective_at == at) & (table.c.kind == kind.value)
    connection.execute(delete(table).where(same))


def _replace(connection: Connection, table: Table, municipality: str, at: int, values: dict[str, str]) -> None:
    same = (table.c.municipality == municipality) & (table.c.effective_at == at)
    connection.execute(delete(table).where(same))
    connection.execute(insert(table).values(municipality=municipality, effective_at=at, **values))


def _plain(row: Closure | Purpose | RefusalText) -> dict[str, Any]:
    """As JSON has it: words of enumerations, days in ISO."""
    return {name: _word(value) for name, value in asdict(row).items()}


def _word(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_word(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


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


def _closures(row: _AnyRow) -> ClosuresRow:
    return ClosuresRow(row.effective_at, tuple(map(_closure, json.loads(row.closures))))


def _closure(plain: dict[str, Any]) -> Closure:
    return Closure(
        since=date.fromisoformat(plain["since"]),
        until=date.fromisoformat(plain["until"]),
        yearly=plain["yearly"],
        reason=plain["reason"],
        reason_en=plain["reason_en"],
        outlet=plain["outlet"],
        kinds=tuple(map(CertificateKind, plain["kinds"])),
    )


def _purposes(row: _AnyRow) -> PurposesRow:
    return PurposesRow(row.effective_at, tuple(map(_purpose, json.loads(row.purposes))))


def _purpose(plain: dict[str, Any]) -> Purpose:
    return Purpose(
        code=plain["code"],
        kind=CertificateKind(plain["kind"]) if plain["kind"] else None,
        scope=Scope(plain["scope"]) if plain["scope"] else None,
        options=tuple(map(Option, plain["options"])),
        advice=Advice(plain["advice"]),
        name=plain["name"],
        name_en=plain["name_en"],
        note=plain["note"],
        note_en=plain["note_en"],
    )


def _texts(row: _AnyRow) -> RefusalTextsRow:
    plain = json.loads(row.texts)
    return RefusalTextsRow(
        row.effective_at, tuple(RefusalText(**{**each, "reason": RefusalReason(each["reason"])}) for each in plain)
    )


def _join(values: Iterable[Enum]) -> str:
    return ",".join(value.value for value in values)


def _split(text: str) -> list[str]:
    return text.split(",") if text else []
