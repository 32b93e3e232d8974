"""Enrolments for a koseki (利用登録申請): listed, looked at, decided. What an applicant said is shown by `said_of` and
`held_against` alone, which note in the audit log who looked."""

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from certserver.errors import ConfigurationError, NoSuchEntry
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


class WhyNot(Enum):
    """Why an enrolment can't be decided so, with what the command line says of it."""

    DECIDED = "decided"
    NO_SUCH_KOSEKI = "no-such-koseki"
    NOT_RECORDED = "not-recorded"
    UNFIT = "unfit"
    FORMER_OF_ANOTHER = "former-of-another"


_SAID_OF = {
    WhyNot.DECIDED: "this enrolment is decided already; what was said is erased",
    WhyNot.NO_SUCH_KOSEKI: "the register has no such koseki",
    WhyNot.NOT_RECORDED: "that person is not, or no longer, recorded in this koseki",
    WhyNot.UNFIT: "this koseki is not fit for the computer: decline with --reason unfit",
    WhyNot.FORMER_OF_ANOTHER: "the former enrolment that it names is another person's: look into it, or decline",
}


class NotDecided(ConfigurationError):
    """Nothing was decided, and why not."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(_SAID_OF[why])
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Recorded:
    """A person as the register records them in a koseki; `born` as it is printed."""

    koseki_id: str
    person_id: str
    domicile: str
    head: str
    name: str
    name_kana: str
    born: str

    def __repr__(self) -> str:
        return "<Recorded>"


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
    """What an applicant said; the view is noted with its purpose. Raises `NoSuchEntry` and `NotDecided`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _waiting(connection, desk, number)
        said = _said(desk, enrolment)
        note_view(desk, book, "enrolment", enrolment.number, purpose)
    return SaidEnrolment(enrolment, said)


def one_enrolment(desk: Desk, number: str) -> Enrolment:
    """One of them, with nothing of a person. Raises `NoSuchEntry`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.database.reading() as connection:
        return _found(connection, desk, number)


def held_against(desk: Desk, number: str, person: tuple[str, str], purpose: Purpose) -> Recorded:
    """Somebody of the register, to be held against what an applicant said; `person` as in `approve`, and so are the
    errors. The view is noted with its purpose."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _waiting(connection, desk, number)
        recorded = _recorded(connection, desk, person)
        note_view(desk, book, "koseki", enrolment.number, purpose)
    return recorded


def approve(desk: Desk, number: str, person: tuple[str, str]) -> None:
    """The X.509 may have this person's koseki from now on; `person` is (koseki id, person id). A former enrolment that
    it names and that is this person's ends. Raises `NoSuchEntry` and `NotDecided`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _waiting(connection, desk, number)
        _recorded(connection, desk, person)
        former = _former(connection, desk, enrolment)
        if former is not None and (former.koseki_id, former.person_id) != person:
            raise NotDecided(WhyNot.FORMER_OF_ANOTHER)
        if former is not None:
            _decide(connection, book, desk, former, EnrolmentState.SUPERSEDED)
        decide(connection, enrolment, EnrolmentState.APPROVED, desk.who.mark, desk.now(), person=person)
        _note(desk, book, AuditEvent.ENROLMENT_DECIDED, enrolment, EnrolmentState.APPROVED.value)


def decline(desk: Desk, number: str, reason: DeclineReason) -> None:
    """Declines what was applied for, and erases what was said. Raises `NoSuchEntry` and `NotDecided`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        _decide(connection, book, desk, _waiting(connection, desk, number), EnrolmentState.DECLINED, reason)


def withdraw(desk: Desk, number: str) -> None:
    """Ends an enrolment, or what was applied for, at its holder's wish. Raises `NoSuchEntry` and `NotDecided`."""
    desk.demand(Right.KEEP_REGISTERS)
    with desk.changing() as (connection, book):
        enrolment = _found(connection, desk, number)
        if enrolment.state not in (EnrolmentState.APPLIED, EnrolmentState.APPROVED):
            raise NotDecided(WhyNot.DECIDED)
        _decide(connection, book, desk, enrolment, EnrolmentState.WITHDRAWN)


def _found(connection: Connection, desk: Desk, number: str) -> Enrolment:
    try:
        plain = parse_enrolment_number(number)
    except MalformedEvidence as error:
        raise NoSuchEntry(str(error)) from error
    enrolment = read_enrolment(connection, desk.municipality, plain)
    if enrolment is None:
        raise NoSuchEntry(f"{desk.municipality} has no enrolment of this number")
    return enrolment


def _waiting(connection: Connection, desk: Desk, number: str) -> Enrolment:
    enrolment = _found(connection, desk, number)
    if enrolment.state is not EnrolmentState.APPLIED:
        raise NotDecided(WhyNot.DECIDED)
    return enrolment


def _said(desk: Desk, enrolment: Enrolment) -> KosekiEnrolment:
    assert enrolment.encrypted_said is not None, "what waits has words"
    return KosekiEnrolment.from_bytes(desk.vault.open(enrolment.encrypted_said, said_context(enrolment.number)))


def _recorded(connection: Connection, desk: Desk, person: tuple[str, str]) -> Recorded:
    snapshot = read_koseki_snapshot(connection, desk.municipality, *person)
    if snapshot is None or snapshot.koseki is None:
        raise NotDecided(WhyNot.NO_SUCH_KOSEKI)
    koseki, who = snapshot.koseki.koseki, snapshot.koseki.orderer
    if who is None or who.removed:
        raise NotDecided(WhyNot.NOT_RECORDED)
    if koseki.unfit:
        raise NotDecided(WhyNot.UNFIT)
    kana = "　".join(each for each in (koseki.surname_kana, who.given_name_kana) if each)
    born = who.born.text or str(who.born.day)
    return Recorded(*person, koseki.domicile, koseki.head, koseki.full_name(who.given_name), kana, born)


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
