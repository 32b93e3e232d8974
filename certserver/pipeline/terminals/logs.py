"""The log of a terminal that an officer asked for: lines of listed fields, as many as there may be. A field that holds
anything but plain words and numbers is no line's."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select, update

from certserver.storage.admission import terminal_logs
from certserver.storage.statements import Query

MOST_LINES = 200

_WAITS = Query(
    select(terminal_logs.c.asked_at).where(
        terminal_logs.c.municipality == bindparam("municipality"),
        terminal_logs.c.terminal == bindparam("terminal"),
        terminal_logs.c.sent_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when (Unix seconds), what happened, and what of the listed fields it has; empty ones are not said.
    `reference` is the short code for staff."""

    at: int
    level: str
    event: str
    effect: str = ""
    fault: str = ""
    place: str = ""
    occasion: str = ""
    reference: str = ""
    what: str = ""
    yen: int = 0


@dataclass(frozen=True, slots=True)
class AskedLog:
    """A log that was asked for; `sent_at` is None until the terminal has sent it. Instants are Unix seconds."""

    asked_at: int
    asked_by: str
    sent_at: int | None
    lines: tuple[LogLine, ...]


def ask_log(connection: Connection, municipality: str, terminal: str, by: str, now: int) -> None:
    """Asks for one, in place of the one before."""
    connection.execute(delete(terminal_logs).where(_of(municipality, terminal)))
    connection.execute(
        insert(terminal_logs).values(
            municipality=municipality, terminal=terminal, asked_at=now, asked_by=by, sent_at=None, lines="[]"
        )
    )


def asked_log(connection: Connection, municipality: str, terminal: str) -> AskedLog | None:
    """The log that was asked for last."""
    row = connection.execute(select(terminal_logs).where(_of(municipality, terminal))).one_or_none()
    if row is None:
        return None
    lines = tuple(LogLine(**line) for line in json.loads(row.lines))
    return AskedLog(row.asked_at, row.asked_by, row.sent_at, lines)


def waits_for_log(connection: Connection, municipality: str, terminal: str) -> bool:
    """Whether a log was asked for that the terminal has not sent."""
    return _WAITS.scalar(connection, {"municipality": municipality, "terminal": terminal}) is not None


def keep_log(connection: Connection, municipality: str, terminal: str, lines: tuple[LogLine, ...], now: int) -> None:
    """Keeps what a terminal sent, if it was asked for."""
    kept = json.dumps([asdict(line) for line in lines])
    of_it = and_(_of(municipality, terminal), terminal_logs.c.sent_at.is_(None))
    connection.execute(update(terminal_logs).where(of_it).values(sent_at=now, lines=kept))


def _of(municipality: str, terminal: str) -> ColumnElement[bool]:
    return and_(terminal_logs.c.municipality == municipality, terminal_logs.c.terminal == terminal)
