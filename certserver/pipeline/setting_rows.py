"""Reads and writes a municipality's dated settings, closures and purposes. Nothing is cached here and nothing is
judged: what can't be read is told as such."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from certserver.pipeline.readable import AnyRow, read_rows
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
from certserver.rules.unread import Stored
from certserver.storage.settings import (
    closure_settings,
    fee_settings,
    hour_settings,
    kind_settings,
    purpose_settings,
    refusal_text_settings,
    tax_year_settings,
)
from certserver.storage.statements import Query
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope

_KINDS, _FEES, _HOURS, _YEARS, _CLOSURES, _PURPOSES, _TEXTS = (
    Query(select(table).where(table.c.municipality == bindparam("municipality")).order_by(table.c.effective_at))
    for table in (
        *(kind_settings, fee_settings, hour_settings, tax_year_settings, closure_settings, purpose_settings),
        refusal_text_settings,
    )
)


def read_settings(connection: Connection, municipality: str, revision: int) -> Settings:
    """All dated rows of a municipality. `revision` is that of its state row in the same transaction."""
    asked = {"municipality": municipality}
    kinds = read_rows(Stored.KINDS, _KINDS.all(connection, asked), _kind, _of_kind)
    fees = read_rows(Stored.FEES, _FEES.all(connection, asked), _fee, _of_kind)
    hours = read_rows(Stored.HOURS, _HOURS.all(connection, asked), _hours, _of_kind)
    years = read_rows(Stored.TAX_YEARS, _YEARS.all(connection, asked), _years, _of_kind)
    closures = read_rows(Stored.CLOSURES, _CLOSURES.all(connection, asked), _closures)
    purposes = read_rows(Stored.PURPOSES, _PURPOSES.all(connection, asked), _purposes)
    texts = read_rows(Stored.REFUSALS, _TEXTS.all(connection, asked), _texts)
    read = (kinds, fees, hours, years, closures, purposes, texts)
    return Settings(
        municipality=municipality,
        revision=revision,
        kinds=kinds.rows,
        fees=fees.rows,
        hours=hours.rows,
        closures=closures.rows,
        purposes=purposes.rows,
        tax_years=years.rows,
        refusal_texts=texts.rows,
        unread=tuple(each for part in read for each in part.unread),
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


def _of_kind(row: AnyRow) -> str:
    """The word of a row's kind, also of one that this build does not know."""
    return str(row.kind)


def _kind(row: AnyRow) -> KindRow:
    return KindRow(
        kind=CertificateKind(row.kind),
        effective_at=row.effective_at,
        offered=row.offered,
        scopes=tuple(map(Scope, _split(row.scopes))),
        options=tuple(map(Option, _split(row.options))),
        max_copies=row.max_copies,
    )


def _fee(row: AnyRow) -> FeeRow:
    return FeeRow(CertificateKind(row.kind), row.effective_at, row.fee, Ground(row.ground), row.from_age)


def _hours(row: AnyRow) -> HoursRow:
    return HoursRow(
        outlet=row.outlet,
        kind=CertificateKind(row.kind),
        effective_at=row.effective_at,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        weekdays_only=row.weekdays_only,
        residents_only=row.residents_only,
    )


def _years(row: AnyRow) -> TaxYearsRow:
    return TaxYearsRow(CertificateKind(row.kind), row.effective_at, tuple(map(int, _split(row.years))))


def _closures(row: AnyRow) -> ClosuresRow:
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


def _purposes(row: AnyRow) -> PurposesRow:
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


def _texts(row: AnyRow) -> RefusalTextsRow:
    plain = json.loads(row.texts)
    return RefusalTextsRow(
        row.effective_at, tuple(RefusalText(**{**each, "reason": RefusalReason(each["reason"])}) for each in plain)
    )


def _join(values: Iterable[Enum]) -> str:
    return ",".join(value.value for value in values)


def _split(text: str) -> list[str]:
    return text.split(",") if text else []
