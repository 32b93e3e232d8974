"""The commands with which officers look at enrolments (利用登録申請) and decide them: list, show, approve, decline,
withdraw. What an applicant said is shown by `show` alone, which notes in the audit log who looked."""

import argparse
from datetime import datetime

from sqlalchemy import Connection

from certserver.cli.opened import Opened, changing, opened
from certserver.composition.clock import SystemClock, system_entropy
from certserver.composition.stores import open_keys
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
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.ports import JST, unix
from certserver.registers.repository import read_koseki_snapshot
from certserver.signing.secrets import Vault, subkey
from koufu.evidence.enrolment import KosekiEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number, printed


def enrolment_list(parsed: argparse.Namespace) -> int:
    """Shows numbers and states, nothing of a person."""
    with opened(parsed) as at_hand:
        with at_hand.database.reading() as connection:
            found = listed(connection, at_hand.municipality)
        for enrolment in found:
            if parsed.all or enrolment.state is EnrolmentState.APPLIED:
                print(f"{printed(enrolment.number)}  {enrolment.state.value:<10}  {_day(enrolment.applied_at)}")
    return 0


def show(parsed: argparse.Namespace) -> int:
    """Shows what an applicant said, and notes the viewing."""
    with opened(parsed) as at_hand:
        vault = Vault(subkey(open_keys(at_hand.home, at_hand.settings).secret, "stored values"), system_entropy)
        with changing(at_hand) as (connection, book):
            enrolment = _waiting(connection, at_hand, parsed.number)
            assert enrolment.encrypted_said is not None, "what waits has words"
            said = vault.open(enrolment.encrypted_said, said_context(enrolment.number))
            _note(book, AuditEvent.VIEWED, enrolment, parsed.officer, "shown")
    applied = KosekiEnrolment.from_bytes(said)
    print(f"Number              {printed(enrolment.number)}")
    print(f"Applied             {_day(enrolment.applied_at)} at {enrolment.terminal}")
    print(f"X.509 runs out      {_day(enrolment.not_after)}")
    print(f"Registered domicile {applied.applicant.domicile}")
    print(f"Head                {applied.applicant.head}")
    print(f"Name                {applied.applicant.name}")
    print(f"Born                {applied.applicant.born.isoformat()}")
    print(f"Telephone           {applied.applicant.phone}")
    print(f"Former enrolment    {printed(applied.former) if applied.former else 'none was named'}")
    return 0


def approve(parsed: argparse.Namespace) -> int:
    """Approves what was applied for: the X.509 may have this person's koseki. A former enrolment that it names and that
    is this person's ends."""
    person = (parsed.koseki, parsed.person)
    with opened(parsed) as at_hand:
        vault = Vault(subkey(open_keys(at_hand.home, at_hand.settings).secret, "stored values"), system_entropy)
        with changing(at_hand) as (connection, book):
            enrolment = _waiting(connection, at_hand, parsed.number)
            _check_person(connection, at_hand, person)
            former = _former(connection, at_hand, vault, enrolment)
            if former is not None and (former.koseki_id, former.person_id) != person:
                raise ConfigurationError(
                    "the former enrolment that it names is another person's: look into it, or decline"
                )
            if former is not None:
                decide(connection, former, EnrolmentState.SUPERSEDED, parsed.officer, _now())
                superseded = EnrolmentState.SUPERSEDED.value
                _note(book, AuditEvent.ENROLMENT_DECIDED, former, parsed.officer, superseded)
            decide(connection, enrolment, EnrolmentState.APPROVED, parsed.officer, _now(), person=person)
            _note(book, AuditEvent.ENROLMENT_DECIDED, enrolment, parsed.officer, EnrolmentState.APPROVED.value)
    print("Approved, from now on. What was said is erased.")
    return 0


def decline(parsed: argparse.Namespace) -> int:
    """Declines what was applied for, and erases what was said."""
    reason = DeclineReason(parsed.reason)
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        enrolment = _waiting(connection, at_hand, parsed.number)
        decide(connection, enrolment, EnrolmentState.DECLINED, parsed.officer, _now(), reason=reason)
        _note(book, AuditEvent.ENROLMENT_DECIDED, enrolment, parsed.officer, EnrolmentState.DECLINED.value, reason)
    print("Declined. What was said is erased.")
    return 0


def withdraw(parsed: argparse.Namespace) -> int:
    """Ends an enrolment, or what was applied for, at its holder's wish."""
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        enrolment = _found(connection, at_hand, parsed.number)
        if enrolment.state not in (EnrolmentState.APPLIED, EnrolmentState.APPROVED):
            raise ConfigurationError(f"this enrolment is {enrolment.state.value} already")
        decide(connection, enrolment, EnrolmentState.WITHDRAWN, parsed.officer, _now())
        _note(book, AuditEvent.ENROLMENT_DECIDED, enrolment, parsed.officer, EnrolmentState.WITHDRAWN.value)
    print("Withdrawn, from now on.")
    return 0


def _found(connection: Connection, at_hand: Opened, number: str) -> Enrolment:
    try:
        plain = parse_enrolment_number(number)
    except MalformedEvidence as error:
        raise ConfigurationError(str(error)) from error
    enrolment = read_enrolment(connection, at_hand.municipality, plain)
    if enrolment is None:
        raise ConfigurationError(f"{at_hand.municipality} has no enrolment of this number")
    return enrolment


def _check_person(connection: Connection, at_hand: Opened, person: tuple[str, str]) -> None:
    snapshot = read_koseki_snapshot(connection, at_hand.municipality, *person)
    if snapshot is None or snapshot.koseki is None:
        raise ConfigurationError(f"the register of {at_hand.municipality} has no such koseki")
    if snapshot.koseki.orderer is None or snapshot.koseki.orderer.removed:
        raise ConfigurationError("that person is not, or no longer, recorded in this koseki")
    if snapshot.koseki.koseki.unfit:
        raise ConfigurationError("this koseki is not fit for the computer: decline with --reason unfit")


def _former(connection: Connection, at_hand: Opened, vault: Vault, enrolment: Enrolment) -> Enrolment | None:
    """The approved enrolment that the applicant named as their former one."""
    assert enrolment.encrypted_said is not None, "what waits has words"
    said = KosekiEnrolment.from_bytes(vault.open(enrolment.encrypted_said, said_context(enrolment.number)))
    named = read_enrolment(connection, at_hand.municipality, said.former) if said.former else None
    return named if named is not None and named.state is EnrolmentState.APPROVED else None


def _waiting(connection: Connection, at_hand: Opened, number: str) -> Enrolment:
    enrolment = _found(connection, at_hand, number)
    if enrolment.state is not EnrolmentState.APPLIED:
        raise ConfigurationError(f"this enrolment is {enrolment.state.value} already; what was said is erased")
    return enrolment


def _note(
    book: Book, event: AuditEvent, enrolment: Enrolment, officer: str, what: str, reason: DeclineReason | None = None
) -> None:
    detail = {"enrolment": enrolment.number, "officer": officer, "what": what}
    if reason is not None:
        detail["reason"] = reason.value
    book.note(AuditEntry(_now(), event, OPERATOR, detail))


def _now() -> int:
    return unix(SystemClock().now())


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, JST).date().isoformat()
