"""What a municipality set for its counters, in the database: a row for each subject and instant."""

import json
from datetime import date, time

from sqlalchemy import Connection, and_, delete, insert, select

from certserver.applications.counter_settings import CounterSettings, IdentitySetting, MakerSetting
from certserver.applications.identity import Combination, IdentityDocument
from certserver.pipeline.readable import AnyRow, Read, read_rows
from certserver.rules.unread import Stored
from certserver.storage.applications import counter_settings

_IDENTITY, _MAKER = "identity", "card-maker"


def read_counter_settings(connection: Connection, municipality: str) -> CounterSettings:
    """All that was ever set. Raises `SettingUnread` where some of it can't be read."""
    identity, maker = stored_counter_settings(connection, municipality)
    return CounterSettings(identity.whole(), maker.whole())


def stored_counter_settings(
    connection: Connection, municipality: str
) -> tuple[Read[IdentitySetting], Read[MakerSetting]]:
    """The same, as far as it can be read."""
    table = counter_settings.c
    rows = connection.execute(
        select(table.subject, table.effective_at, table.content)
        .where(table.municipality == municipality)
        .order_by(table.subject, table.effective_at)
    ).all()
    return (
        read_rows(Stored.IDENTITY, (row for row in rows if row.subject == _IDENTITY), _identity),
        read_rows(Stored.CARD_MAKER, (row for row in rows if row.subject == _MAKER), _maker),
    )


def _identity(row: AnyRow) -> IdentitySetting:
    told = json.loads(row.content)
    return IdentitySetting(
        row.effective_at,
        class_a=tuple(IdentityDocument(each) for each in told["class_a"]),
        class_b=tuple(IdentityDocument(each) for each in told["class_b"]),
        combinations=tuple(Combination(each) for each in told["combinations"]),
    )


def _maker(row: AnyRow) -> MakerSetting:
    told = json.loads(row.content)
    return MakerSetting(
        row.effective_at,
        cut_off=time.fromisoformat(told["cut_off"]),
        maintenance=tuple(date.fromisoformat(each) for each in told["maintenance"]),
        cards_ahead=told["cards_ahead"],
    )


def set_identity(connection: Connection, municipality: str, setting: IdentitySetting) -> None:
    """Adds a dated row, in place of one of the same instant."""
    told = {
        "class_a": [each.value for each in setting.class_a],
        "class_b": [each.value for each in setting.class_b],
        "combinations": [each.value for each in setting.combinations],
    }
    _set(connection, municipality, _IDENTITY, setting.effective_at, told)


def set_maker(connection: Connection, municipality: str, setting: MakerSetting) -> None:
    """Adds a dated row, in place of one of the same instant."""
    told = {
        "cut_off": setting.cut_off.isoformat(timespec="minutes"),
        "maintenance": [each.isoformat() for each in setting.maintenance],
        "cards_ahead": setting.cards_ahead,
    }
    _set(connection, municipality, _MAKER, setting.effective_at, told)


def _set(connection: Connection, municipality: str, subject: str, at: int, told: object) -> None:
    table = counter_settings.c
    of_it = and_(table.municipality == municipality, table.subject == subject, table.effective_at == at)
    connection.execute(delete(counter_settings).where(of_it))
    row = {"municipality": municipality, "subject": subject, "effective_at": at, "content": json.dumps(told)}
    connection.execute(insert(counter_settings).values(**row))
