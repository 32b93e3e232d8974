"""Integrity alarms: each stops the service until a person closes it, with a reason (I9)."""

from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.ledger.alarms import Alarm, close_alarm, list_alarms
from certserver.ledger.audit import AuditEvent
from certserver.objections import Objected, Objection
from certserver.office.desk import Desk
from certserver.office.proposals import ProposalKind, propose
from certserver.office.rights import OfficeRole, Right, demand_second, officer_on
from certserver.office.roles import roles_held
from certserver.ports import in_japan

LONGEST_REASON = 256


def alarms(desk: Desk) -> tuple[Alarm, ...]:
    """All alarms, oldest first, closed ones too."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        return list_alarms(connection, desk.municipality)


def close(desk: Desk, named: str | None, reason: str, second: str | None = None) -> bytes:
    """Closes an open alarm by its id in hex; without one, the only one that is open. The id. Where the municipality has
    approvers, one of them stands for it as the `second` person, by their mark. Raises `ConfigurationError` and
    `NotAllowed`."""
    desk.demand(Right.CLOSE_ALARMS)
    if not reason.strip():
        raise ConfigurationError("say with --reason what was found and done")
    with desk.changing() as (connection, book):
        alarm_id = _named(named, list_alarms(connection, desk.municipality))
        today = in_japan(desk.now()).date()
        held = roles_held(connection, desk.municipality)
        if second is not None:
            demand_second(desk.who.mark, officer_on(today, second, held))
            detail: dict[str, str | int] = {
                "officer": desk.who.mark,
                "second": second,
                "what": "close-alarm",
                "about": alarm_id.hex(),
            }
            desk.note(book, AuditEvent.STAFF_CONFIRMED, detail)
        elif any(each.role is OfficeRole.APPROVER and each.counts(today) for each in held):
            raise ConfigurationError(
                "an approver stands for it too: name them with --second, or close it in the console"
            )
        close_alarm(connection, book, alarm_id, reason, desk.now())
    return alarm_id


def ask_closing(desk: Desk, alarm_id: bytes, reason: str) -> bytes:
    """Says what was found behind an open alarm, and asks that another person closes it. Raises `NoSuchEntry` when no
    open alarm has this id, `ConfigurationError` without a reason."""
    desk.demand(Right.CLOSE_ALARMS)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Objected(Objection.FINDING_LENGTH, longest=LONGEST_REASON)
    with desk.changing() as (connection, _):
        if not any(
            each.alarm_id == alarm_id and each.closed_at is None for each in list_alarms(connection, desk.municipality)
        ):
            raise NoSuchEntry("no open alarm has this id")
        about = {"alarm": alarm_id.hex(), "reason": reason.strip()}
        return propose(desk, connection, ProposalKind.CLOSE_ALARM, about)


def _named(named: str | None, known: tuple[Alarm, ...]) -> bytes:
    is_open = [alarm.alarm_id for alarm in known if alarm.closed_at is None]
    if named is None:
        if len(is_open) != 1:
            raise ConfigurationError(f"{len(is_open)} alarms are open: name one; `alarm list` shows them")
        return is_open[0]
    try:
        return bytes.fromhex(named)
    except ValueError as error:
        raise ConfigurationError(f"{named} is no alarm's id; `alarm list` shows them") from error
