"""Applying for an enrolment (利用登録申請) and asking what became of it. The card proves what is applied for, in a
session that it opened; what somebody said of themselves is stored encrypted and stands in no log."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from certserver.identity.enrolments import (
    SERVER,
    DeclineReason,
    Enrolment,
    EnrolmentState,
    decide,
    enrolments_of,
    insert_enrolment,
    lapsed,
    number_of,
    read_enrolment,
    said_context,
)
from certserver.identity.x509 import end_of
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ledger.state import municipalities
from certserver.pipeline.admission import Caller, served
from certserver.pipeline.holder import serves_elsewhere
from certserver.pipeline.parts import Parts
from certserver.pipeline.refusing import Stopped, noted, stop
from certserver.pipeline.sessions import Session, answered, answered_by_card, read_session, still_valid, x509_of
from certserver.ports import unix
from certserver.stages import Refused
from koufu.evidence.enrolment import KosekiEnrolment, ProvenEnrolment
from koufu.evidence.numbers import RANDOM_BYTES, enrolment_number
from koufu.evidence.words import RefusalReason

RENEW = "renew"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Apply:
    """What a terminal sends: the proven bytes, in which session."""

    municipality: str
    session_id: bytes
    proven: ProvenEnrolment


def apply(parts: Parts, caller: Caller, asked: Apply) -> str | Refused:
    """The number of the enrolment that was applied for, or why it can't be. The same bytes sent again give the same
    number. Raises `MalformedEvidence` when the bytes are none."""
    enrolment = KosekiEnrolment.from_bytes(asked.proven.evidence)
    now = parts.clock.now()
    with parts.database.reading() as connection:
        session = _session_to_apply_in(parts, connection, caller, asked, enrolment, now)
    if isinstance(session, Stopped):
        return noted(parts, asked.municipality, caller, "apply", session)
    number = _enter(parts, caller, asked, session, unix(now))
    return noted(parts, asked.municipality, caller, "apply", number) if isinstance(number, Stopped) else number


def ask_state(parts: Parts, caller: Caller, municipality: str, number: str, session_id: bytes | None) -> str | Refused:
    """What became of an enrolment, as a word of the wire. Whoever only has the number learns the state and nothing
    else; in a session whose card answered, an approved one that is bound to another X.509 is to be renewed."""
    with parts.database.reading() as connection:
        admitted = served(connection, municipality, caller)
        enrolment = read_enrolment(connection, municipality, number)
        session = None if session_id is None else read_session(connection, municipality, session_id, caller)
    if isinstance(admitted, Refused):
        return noted(parts, municipality, caller, "ask", Stopped(admitted))
    if enrolment is None:
        return UNKNOWN
    bound_elsewhere = session is not None and answered(session) is not None and session.subject != enrolment.subject
    return RENEW if bound_elsewhere and enrolment.state is EnrolmentState.APPROVED else enrolment.state.value


def let_lapse(parts: Parts) -> None:
    """Declines what waited too long and erases what was said in it. Composition schedules it."""
    now = unix(parts.clock.now())
    with parts.database.reading() as connection:
        waiting = [code for code in municipalities(connection) if lapsed(connection, code, now)]
    for code in waiting:
        with parts.database.writing() as connection, open_book(connection, code) as book:
            for enrolment in lapsed(connection, code, now):
                decide(connection, enrolment, EnrolmentState.DECLINED, SERVER, now, reason=DeclineReason.LAPSED)
                detail = {"enrolment": enrolment.number, "what": EnrolmentState.DECLINED.value, "reason": "lapsed"}
                book.note(AuditEntry(now, AuditEvent.ENROLMENT_DECIDED, SERVER, detail))


def _session_to_apply_in(
    parts: Parts, connection: Connection, caller: Caller, asked: Apply, enrolment: KosekiEnrolment, now: datetime
) -> Session | Stopped:
    admitted = served(connection, asked.municipality, caller)
    if isinstance(admitted, Refused):
        return Stopped(admitted)
    if enrolment.terminal != caller.terminal or enrolment.municipality != asked.municipality:
        return stop(RefusalReason.TERMINAL_NOT_ADMITTED)
    session = read_session(connection, asked.municipality, asked.session_id, caller)
    if session is None or answered(session) is None or session.expires_at <= unix(now):
        return stop(RefusalReason.SESSION_EXPIRED)
    if session.nonce != enrolment.session_nonce:
        return stop(RefusalReason.SESSION_EXPIRED, session.subject)
    if not answered_by_card(parts, session, asked.proven.evidence, asked.proven.proof):
        return stop(RefusalReason.CHALLENGE_FAILED, session.subject)
    in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, unix(now))
    if session.resident_id is not None or not serves_elsewhere(kind.kind for kind in in_force.kinds):
        # Who lives here has their koseki by the resident register, or not here.
        return stop(RefusalReason.NOT_OFFERED, session.subject)
    refused = still_valid(parts, connection, session, now)
    return session if refused is None else Stopped(refused, session.subject)


def _enter(parts: Parts, caller: Caller, asked: Apply, session: Session, at: int) -> str | Stopped:
    evidence_hash = sha256(asked.proven.evidence).digest()
    number = enrolment_number(parts.entropy(RANDOM_BYTES))
    applied = Enrolment(
        municipality=asked.municipality,
        number=number,
        subject=session.subject,
        not_after=unix(end_of(x509_of(parts, session))),
        state=EnrolmentState.APPLIED,
        encrypted_said=parts.vault.close(asked.proven.evidence, said_context(number)),
        terminal=caller.terminal,
        applied_at=at,
        koseki_id=None,
        person_id=None,
        decided_at=None,
        reason=None,
    )
    with parts.database.writing() as connection, open_book(connection, asked.municipality) as book:
        if book.state.suspended:
            return stop(RefusalReason.SUSPENDED, session.subject)
        before = number_of(connection, asked.municipality, evidence_hash)
        if before is not None:
            return before
        known = enrolments_of(connection, asked.municipality, session.subject)
        if any(enrolment.state is EnrolmentState.APPLIED for enrolment in known):
            return stop(RefusalReason.ENROLMENT_PENDING, session.subject)
        insert_enrolment(connection, applied, evidence_hash)
        detail = {"enrolment": number, "subject": session.subject.hex()}
        book.note(AuditEntry(at, AuditEvent.ENROLMENT_APPLIED, caller.terminal, detail))
    return number
