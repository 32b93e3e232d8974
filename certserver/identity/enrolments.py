"""Which X.509 is enrolled for whose koseki (利用登録): the rows, and what a row says to the holder of an X.509. An
enrolment is bound to the one X.509 that applied; nothing here finds a person by anything else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from certserver.stages import Refused
from certserver.storage.enrolments import enrolments
from koufu.evidence.words import RefusalReason

WORDS_KEPT = timedelta(days=30)
"""How long an application may wait. Then what was said is erased undecided and it lapses. Unconfirmed."""

SERVER = "server"
"""Who decided what lapsed."""


class EnrolmentState(Enum):
    """What became of it, in the words of the wire."""

    APPLIED = "applied"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    """A later enrolment of the same person took its place."""


class DeclineReason(Enum):
    """Why an application was declined: a closed word, so that nothing personal stands in the log."""

    NOT_FOUND = "not-found"
    """No koseki with this domicile and head, or the person is not recorded in it."""
    NOT_MATCHING = "not-matching"
    """The koseki is there, but what was said of the person does not fit."""
    NOT_CONFIRMED = "not-confirmed"
    """Nobody could confirm that the card's holder is that person."""
    UNFIT = "unfit"
    """The koseki is not fit for the computer (改製不適合)."""
    LAPSED = "lapsed"
    """Nobody decided in time."""


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """One row. `encrypted_said` are the proven bytes under the vault, None once decided; times in Unix seconds."""

    municipality: str
    number: str
    subject: bytes
    not_after: int
    state: EnrolmentState
    encrypted_said: bytes | None
    terminal: str
    applied_at: int
    koseki_id: str | None
    person_id: str | None
    decided_at: int | None
    reason: DeclineReason | None

    def __repr__(self) -> str:
        return f"<Enrolment {self.state.value}>"


@dataclass(frozen=True, slots=True)
class EnrolledPerson:
    """Whose koseki an X.509 is enrolled for, by the register's own keys, and by which enrolment."""

    number: str
    koseki_id: str = field(repr=False)
    person_id: str = field(repr=False)


_COLUMNS = (
    enrolments.c.municipality,
    enrolments.c.number,
    enrolments.c.subject,
    enrolments.c.not_after,
    enrolments.c.state,
    enrolments.c.encrypted_said,
    enrolments.c.terminal,
    enrolments.c.applied_at,
    enrolments.c.koseki_id,
    enrolments.c.person_id,
    enrolments.c.decided_at,
    enrolments.c.reason,
)
_OF_SUBJECT = (
    select(*_COLUMNS)
    .where(enrolments.c.municipality == bindparam("of"), enrolments.c.subject == bindparam("which"))
    .order_by(enrolments.c.applied_at.desc(), enrolments.c.decided_at.desc(), enrolments.c.number)
)
_BY_NUMBER = select(*_COLUMNS).where(
    enrolments.c.municipality == bindparam("of"), enrolments.c.number == bindparam("which")
)
_BY_EVIDENCE = select(enrolments.c.number).where(
    enrolments.c.municipality == bindparam("of"), enrolments.c.evidence_hash == bindparam("which")
)
_LISTED = select(*_COLUMNS).where(enrolments.c.municipality == bindparam("of")).order_by(enrolments.c.applied_at)
_LAPSED = _LISTED.where(enrolments.c.state == EnrolmentState.APPLIED.value, enrolments.c.erased_at <= bindparam("now"))
_INSERT = insert(enrolments)


def enrolled_person(connection: Connection, municipality: str, subject: bytes) -> EnrolledPerson | Refused:
    """Whose koseki an X.509 may have, or what its holder is told instead."""
    found = enrolments_of(connection, municipality, subject)
    for row in found:
        if row.state is EnrolmentState.APPROVED and row.koseki_id is not None and row.person_id is not None:
            return EnrolledPerson(row.number, row.koseki_id, row.person_id)
    return Refused(_why_not(found))


def _why_not(found: tuple[Enrolment, ...]) -> RefusalReason:
    if any(row.state is EnrolmentState.APPLIED for row in found):
        return RefusalReason.ENROLMENT_PENDING
    last = {
        EnrolmentState.DECLINED: RefusalReason.ENROLMENT_DECLINED,
        EnrolmentState.SUPERSEDED: RefusalReason.ENROLMENT_RENEW,
    }
    return last.get(found[0].state, RefusalReason.NOT_ENROLLED) if found else RefusalReason.NOT_ENROLLED


def enrolments_of(connection: Connection, municipality: str, subject: bytes) -> tuple[Enrolment, ...]:
    """All of one X.509, the newest first."""
    return _enrolments(connection.execute(_OF_SUBJECT, {"of": municipality, "which": subject}))


def read_enrolment(connection: Connection, municipality: str, number: str) -> Enrolment | None:
    """The enrolment of a number, or None."""
    found = _enrolments(connection.execute(_BY_NUMBER, {"of": municipality, "which": number}))
    return found[0] if found else None


def number_of(connection: Connection, municipality: str, evidence_hash: bytes) -> str | None:
    """The number that these very bytes were given before, or None."""
    number: str | None = connection.scalar(_BY_EVIDENCE, {"of": municipality, "which": evidence_hash})
    return number


def listed(connection: Connection, municipality: str) -> tuple[Enrolment, ...]:
    """All of a municipality, the oldest first."""
    return _enrolments(connection.execute(_LISTED, {"of": municipality}))


def lapsed(connection: Connection, municipality: str, now: int) -> tuple[Enrolment, ...]:
    """Those that waited too long by now (Unix seconds)."""
    return _enrolments(connection.execute(_LAPSED, {"of": municipality, "now": now}))


def insert_enrolment(connection: Connection, applied: Enrolment, evidence_hash: bytes) -> None:
    """Adds what was applied for."""
    row = {
        "municipality": applied.municipality,
        "number": applied.number,
        "subject": applied.subject,
        "not_after": applied.not_after,
        "state": applied.state.value,
        "evidence_hash": evidence_hash,
        "encrypted_said": applied.encrypted_said,
        "erased_at": applied.applied_at + int(WORDS_KEPT.total_seconds()),
        "terminal": applied.terminal,
        "applied_at": applied.applied_at,
    }
    connection.execute(_INSERT, row)


def decide(
    connection: Connection,
    enrolment: Enrolment,
    state: EnrolmentState,
    officer: str,
    at: int,
    *,
    person: tuple[str, str] | None = None,
    reason: DeclineReason | None = None,
) -> None:
    """Decides one and erases what was said. `person` is (koseki id, person id) when it is approved."""
    koseki_id, person_id = person or (None, None)
    connection.execute(
        update(enrolments)
        .where(and_(enrolments.c.municipality == enrolment.municipality, enrolments.c.number == enrolment.number))
        .values(
            state=state.value,
            encrypted_said=None,
            koseki_id=koseki_id,
            person_id=person_id,
            decided_at=at,
            decided_by=officer,
            reason=None if reason is None else reason.value,
        )
    )


def said_context(number: str) -> bytes:
    """What the vault is told that the words belong to."""
    return b"enrolment " + number.encode()


def _enrolments(rows: Iterable[Any]) -> tuple[Enrolment, ...]:
    return tuple(
        Enrolment(
            municipality=row.municipality,
            number=row.number,
            subject=row.subject,
            not_after=row.not_after,
            state=EnrolmentState(row.state),
            encrypted_said=row.encrypted_said,
            terminal=row.terminal,
            applied_at=row.applied_at,
            koseki_id=row.koseki_id,
            person_id=row.person_id,
            decided_at=row.decided_at,
            reason=None if row.reason is None else DeclineReason(row.reason),
        )
        for row in rows
    )
