"""Steps 3 and 5: an X.509 opens a session, the card's answer to its challenge brings the offer. Sessions stand in the
database, so any worker may answer; nothing of a resident is read before the card answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from certserver.identity.model import IdentifiedCard
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.pipeline.admission import Admission, Caller, NotAdmitted, served
from certserver.pipeline.holder import STAYS, read_registers, serves_elsewhere
from certserver.pipeline.parts import Parts
from certserver.pipeline.refusing import Stopped, noted, refusal_entry, stop
from certserver.ports import unix
from certserver.rules.hours import is_open
from certserver.rules.offer import Offer, make_offer
from certserver.rules.ordering import wanted_for_offer
from certserver.stages import AuthenticatedResident, IdentifiedResident, Refused
from certserver.storage.statements import Change, Query
from certserver.storage.visits import sessions
from koufu.evidence.challenge import CHALLENGE_LIFETIME_S, NONCE_BYTES, Challenge
from koufu.evidence.words import RefusalReason

SESSION_LIFETIME_S = 900
SESSION_ID_BYTES = 16

_INSERT = Change(insert(sessions))
_SELECT = Query(
    select(sessions).where(
        sessions.c.municipality == bindparam("municipality"), sessions.c.session_id == bindparam("session_id")
    )
)
_ANSWERED = Change(
    update(sessions)
    .where(sessions.c.municipality == bindparam("of"), sessions.c.session_id == bindparam("which"))
    .values(answered_at=bindparam("answered_at"))
)
_DELETE = Change(
    delete(sessions).where(sessions.c.municipality == bindparam("of"), sessions.c.session_id == bindparam("which"))
)


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """A session and the challenge bytes that the card must answer."""

    session_id: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """A session as it stands in the database."""

    municipality: str
    session_id: bytes
    terminal: str
    nonce: bytes
    challenge: bytes
    challenge_expires_at: int
    expires_at: int
    subject: bytes
    encrypted_x509: bytes
    resident_id: str | None
    answered_at: int | None

    def __repr__(self) -> str:
        return f"<Session at {self.terminal}>"

    def resident(self) -> IdentifiedResident:
        """Whose session it is, by the X.509 that opened it. Whether the card answered, `answered` says."""
        return IdentifiedResident(self.municipality, self.terminal, self.subject, self.resident_id)


def _x509_context(session_id: bytes) -> bytes:
    return b"session x509 " + session_id


def read_session(connection: Connection, municipality: str, session_id: bytes, caller: Caller) -> Session | None:
    """The session, or None when there is none of this id at this terminal."""
    row = _SELECT.first(connection, {"municipality": municipality, "session_id": session_id})
    return Session(*row) if row is not None and row.terminal == caller.terminal else None


def answered(session: Session) -> AuthenticatedResident | None:
    """Whose session it is once the card has answered its challenge, else None: nobody orders in it yet."""
    if session.answered_at is None:
        return None
    return AuthenticatedResident(session.resident(), session.session_id)


def answered_by_card(parts: Parts, session: Session, evidence: bytes, answer: bytes) -> bool:
    """Whether the card that opened the session answered exactly these bytes."""
    return parts.identity.answered(x509_of(parts, session), evidence, answer)


def x509_of(parts: Parts, session: Session) -> bytes:
    """The X.509 (DER) that opened the session."""
    return parts.vault.open(session.encrypted_x509, _x509_context(session.session_id))


def still_valid(parts: Parts, connection: Connection, session: Session, now: datetime) -> Refused | None:
    """Why the holder of the session's X.509 may go no further, or None (I6)."""
    if session.resident_id is not None:
        return parts.identity.still_valid(connection, session.resident(), now)
    return parts.identity.still_elsewhere(connection, session.resident(), x509_of(parts, session), now)


def open_session(parts: Parts, caller: Caller, municipality: str, user_auth_x509: bytes) -> SessionOpened | Refused:
    """Opens a session for the holder of a user-authentication X.509 (DER), or says why not."""
    now = parts.clock.now()
    at = unix(now)
    with parts.database.reading() as connection:
        card = _identify(parts, connection, caller, municipality, user_auth_x509, now)
    if isinstance(card, Stopped):
        return noted(parts, municipality, caller, "open", card)
    session_id, nonce = parts.entropy(SESSION_ID_BYTES), parts.entropy(NONCE_BYTES)
    challenge = Challenge(municipality, caller.terminal, nonce, at + CHALLENGE_LIFETIME_S).to_bytes()
    row = {
        "municipality": municipality,
        "session_id": session_id,
        "terminal": caller.terminal,
        "nonce": nonce,
        "challenge": challenge,
        "challenge_expires_at": at + CHALLENGE_LIFETIME_S,
        "expires_at": at + SESSION_LIFETIME_S,
        "subject": card.resident.subject,
        "encrypted_x509": parts.vault.close(user_auth_x509, _x509_context(session_id)),
        "resident_id": card.resident.resident_id,
        "answered_at": None,
    }
    detail = {"subject": card.resident.subject.hex()}
    with parts.database.writing() as connection, open_book(connection, municipality) as book:
        _INSERT.run(connection, row)
        book.note(AuditEntry(at, AuditEvent.SESSION_OPENED, caller.terminal, detail))
    return SessionOpened(session_id, challenge)


def answer_challenge(
    parts: Parts, caller: Caller, municipality: str, session_id: bytes, answer: bytes
) -> Offer | Refused:
    """The offer for the resident whose card answered, or why there is none. An answer that was lost on its way may be
    sent again while the challenge lives; a wrong one ends the session. Whoever lives elsewhere and lacks an enrolment
    is refused in a session that goes on, so that they can apply."""
    now = parts.clock.now()
    at = unix(now)
    with parts.database.reading() as connection:
        admitted = served(connection, municipality, caller)
        session = read_session(connection, municipality, session_id, caller)
        offered = _offer(parts, connection, admitted, session, answer, now)
    if session is None or (isinstance(offered, Stopped) and not offered.subject):
        assert isinstance(offered, Stopped)
        return noted(parts, municipality, caller, "answer", offered)
    values = {"of": municipality, "which": session_id}
    with parts.database.writing() as connection, open_book(connection, municipality) as book:
        if isinstance(offered, Stopped):
            if session.resident_id is None and offered.refused.reason in STAYS:
                _ANSWERED.run(connection, values | {"answered_at": at})
            else:
                _DELETE.run(connection, values)
            book.note(refusal_entry(offered, "answer", caller, at))
        else:
            _ANSWERED.run(connection, values | {"answered_at": at})
            book.note(AuditEntry(at, AuditEvent.OFFER_SHOWN, caller.terminal, {"subject": session.subject.hex()}))
    return offered.refused if isinstance(offered, Stopped) else offered


def _identify(
    parts: Parts, connection: Connection, caller: Caller, municipality: str, x509: bytes, now: datetime
) -> IdentifiedCard | Stopped:
    admitted = served(connection, municipality, caller)
    if isinstance(admitted, Refused):
        return Stopped(admitted)
    in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, unix(now))
    if in_force.halted:
        return stop(NotAdmitted.SETTINGS.refusal)
    if not any(is_open(kind, now) for kind in in_force.kinds):
        return stop(RefusalReason.CLOSED)
    card = parts.identity.identify(connection, municipality, caller.terminal, x509, now)
    if isinstance(card, Refused):
        return Stopped(card)
    if card.resident.resident_id is None and not serves_elsewhere(kind.kind for kind in in_force.kinds):
        return stop(RefusalReason.X509_UNKNOWN)
    return stop(RefusalReason.FACE_AUTH_CARD, card.resident.subject) if card.face_auth else card


def _offer(
    parts: Parts,
    connection: Connection,
    admitted: Admission | Refused,
    session: Session | None,
    answer: bytes,
    now: datetime,
) -> Offer | Stopped:
    if isinstance(admitted, Refused):
        return Stopped(admitted)
    if session is None or session.challenge_expires_at <= unix(now):
        return stop(RefusalReason.SESSION_EXPIRED)
    refused = still_valid(parts, connection, session, now)
    if refused is not None:
        return Stopped(refused, session.subject)
    if not answered_by_card(parts, session, session.challenge, answer):
        return stop(RefusalReason.CHALLENGE_FAILED, session.subject)
    in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, unix(now))
    snapshot = read_registers(parts, connection, session.resident(), wanted_for_offer(in_force))
    if isinstance(snapshot, Refused):
        return Stopped(snapshot, session.subject)
    offered = make_offer(in_force, snapshot, session.nonce, session.expires_at, now)
    return Stopped(offered, session.subject) if isinstance(offered, Refused) else offered
