"""Enrolments for a koseki (利用登録申請): listed, looked at, decided. What an applicant said is shown by `said_of`
alone, which notes in the audit log who looked."""

from dataclasses import dataclass

from sqlalchemy import Connection

from certserver.errors import ConfigurationError
from certserver.identity.enrolments import (
    DeclineReason,
    Enrolment,
    EnrolmentState,
    decide,
    listed,
    read_enrolment,
    said_context,
)
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.office.views import note_view
from certserver.registers.repository import read_koseki_snapshot
from koufu.evidence.enrolment import KosekiEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number


@dataclass(frozen=True, slots=True, repr=False)
class SaidEnrolment:
    """An enrolment that waits, and what its applicant said."""

    enrolment: Enrolment
    said: KosekiEnrolment

    def __repr__(self) -> str:
        return "<SaidEnrolment>"


def enrolments(desk: Desk, *, decided: bool = False) -> tuple[Enrolment, ...]:
    """Those that wait, or also `decided` ones, oldest first: nothing of a person."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.database.reading() as connection:
        found = listed(connection, desk.municipality)
    return tuple(each for each in found if decided or each.state is EnrolmentState.APPLIED)


def said_of(desk: Desk, number: str, purpose: Purpose) -> SaidEnrolment:
    """What an applicant said; the view is noted with its purpose. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _waiting(connection, desk, number)
        said = _said(desk, enrolment)
        note_view(desk, book, "enrolment", enrolment.number, purpose)
    return SaidEnrolment(enrolment, said)


def approve(desk: Desk, number: str, person: tuple[str, str]) -> None:
    """The X.509 may have this person's koseki from now on; `person` is (koseki id, person id). A former enrolment that
    it names and that is this person's ends. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _waiting(connection, desk, number)
        _check_person(connection, desk, person)
        former = _former(connection, desk, enrolment)
        if former is not None and (former.koseki_id, former.person_id) != person:
            raise ConfigurationError("the former enrolment that it names is another person's: look into it, or decline")
        if former is not None:
            _decide(connection, book, desk, former, EnrolmentState.SUPERSEDED)
        decide(connection, enrolment, EnrolmentState.APPROVED, desk.who.mark, desk.now(), person=person)
        _note(desk, book, AuditEvent.ENROLMENT_DECIDED, enrolment, EnrolmentState.APPROVED.value)


def decline(desk: Desk, number: str, reason: DeclineReason) -> None:
    """Declines what was applied for, and erases what was said. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        _decide(connection, book, desk, _waiting(connection, desk, number), EnrolmentState.DECLINED, reason)


def withdraw(desk: Desk, number: str) -> None:
    """Ends an enrolment, or what was applied for, at its holder's wish. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _found(connection, desk, number)
        if enrolment.state not in (EnrolmentState.APPLIED, EnrolmentState.APPROVED):
            raise ConfigurationError(f"this enrolment is {enrolment.state.value} already")
        _decide(connection, book, desk, enrolment, EnrolmentState.WITHDRAWN)


def _found(connection: Connection, desk: Desk, number: str) -> Enrolment:
    try:
        plain = parse_enrolment_number(number)
    except MalformedEvidence as error:
        raise ConfigurationError(str(error)) from error
    enrolment = read_enrolment(connection, desk.municipality, plain)
    if enrolment is None:
        raise ConfigurationError(f"{desk.municipality} has no enrolment of this number")
    return enrolment


def _waiting(connection: Connection, desk: Desk, number: str) -> Enrolment:
    enrolment = _found(connection, desk, number)
    if enrolment.state is not EnrolmentState.APPLIED:
        raise ConfigurationError(f"this enrolment is {enrolment.state.value} already; what was said is erased")
    return enrolment


def _said(desk: Desk, enrolment: Enrolment) -> KosekiEnrolment:
    assert enrolment.encrypted_said is not None, "what waits has words"
    return KosekiEnrolment.from_bytes(desk.vault.open(enrolment.encrypted_said, said_context(enrolment.number)))


def _check_person(connection: Connection, desk: Desk, person: tuple[str, str]) -> None:
    snapshot = read_koseki_snapshot(connection, desk.municipality, *person)
    if snapshot is None or snapshot.koseki is None:
        raise ConfigurationError(f"the register of {desk.municipality} has no such koseki")
    if snapshot.koseki.orderer is None or snapshot.koseki.orderer.removed:
        raise ConfigurationError("that person is not, or no longer, recorded in this koseki")
    if snapshot.koseki.koseki.unfit:
        raise ConfigurationError("this koseki is not fit for the computer: decline with --reason unfit")


def _former(connection: Connection, desk: Desk, enrolment: Enrolment) -> Enrolment | None:
    """The approved enrolment that the applicant named as their former one."""
    former = _said(desk, enrolment).former
    named = read_enrolment(connection, desk.municipality, former) if former else None
    return named if named is not None and named.state is EnrolmentState.APPROVED else None


def _decide(
    connection: Connection,
    book: Book,
    desk: Desk,
    enrolment: Enrolment,
    state: EnrolmentState,
    reason: DeclineReason | None = None,
) -> None:
    decide(connection, enrolment, state, desk.who.mark, desk.now(), reason=reason)
    _note(desk, book, AuditEvent.ENROLMENT_DECIDED, enrolment, state.value, reason)


def _note(
    desk: Desk,
    book: Book,
    event: AuditEvent,
    enrolment: Enrolment,
    what: str,
    reason: DeclineReason | None = None,
) -> None:
    detail: dict[str, str | int] = {"enrolment": enrolment.number, "officer": desk.who.mark, "what": what}
    if reason is not None:
        detail["reason"] = reason.value
    desk.note(book, event, detail)
