"""For how long what is personal in card applications is kept, as a municipality set it."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, delete, insert, select

from certserver.applications.retention import RetentionSetting, Span
from certserver.applications.states import State
from certserver.pipeline.readable import AnyRow, Read, read_rows
from certserver.rules.unread import Stored
from certserver.storage.applications import retention_settings


def read_retention(connection: Connection, municipality: str) -> tuple[RetentionSetting, ...]:
    """All that was ever set. Raises `SettingUnread` where some of it can't be read: nobody erases by a guess."""
    return stored_retention(connection, municipality).whole()


def stored_retention(connection: Connection, municipality: str) -> Read[RetentionSetting]:
    """The same, as far as it can be read."""
    table = retention_settings.c
    rows = connection.execute(
        select(table.span, table.state, table.effective_at, table.days)
        .where(table.municipality == municipality)
        .order_by(table.span, table.state, table.effective_at)
    )
    return read_rows(Stored.RETENTION, rows, _setting, lambda row: f"{row.span} {row.state}")


def _setting(row: AnyRow) -> RetentionSetting:
    return RetentionSetting(Span(row.span), State(row.state), row.effective_at, row.days)


def set_retention(connection: Connection, municipality: str, settings: Iterable[RetentionSetting]) -> None:
    """Adds dated rows, each in place of one of the same span, state and instant."""
    table = retention_settings.c
    for each in settings:
        of_it = and_(
            table.municipality == municipality,
            table.span == each.span.value,
            table.state == each.state.value,
            table.effective_at == each.effective_at,
        )
        connection.execute(delete(retention_settings).where(of_it))
        connection.execute(
            insert(retention_settings).values(
                municipality=municipality,
                span=each.span.value,
                state=each.state.value,
                effective_at=each.effective_at,
                days=each.days,
            )
        )
