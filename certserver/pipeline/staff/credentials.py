"""Proving who one is, at a terminal that may be served: by password and one-time code, or by a staff card's answer to a
challenge. Every try is counted as failed before it is looked at, so that none is free by being sent beside another; and
whatever was wrong, the answer is the same. An alarm that stops the service stops no sign-in: somebody has to close the
day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, and_, delete, insert, select

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.ledger.state import read_state
from certserver.outlets import Outlet
from certserver.pipeline.admission import Caller, NotAdmitted, admission
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.parts import StaffParts
from certserver.pipeline.staff.rows import (
    Member,
    keep_failures,
    note_code_step,
    read_failures,
    read_member,
    whose_card,
)
from certserver.ports import unix
from certserver.staff.backoff import OF_A_PERSON, OF_A_TERMINAL, Backoff
from certserver.staff.codes import accepted_step
from certserver.staff.passwords import matches
from certserver.stages import Refused
from certserver.storage.staff import staff_challenges
from koufu.evidence.challenge import CHALLENGE_LIFETIME_S, NONCE_BYTES
from koufu.evidence.staff_challenge import StaffChallenge, StaffPurpose
from koufu.evidence.words import RefusalReason

CHALLENGE_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class ByPassword:
    """As it was typed."""

    mark: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ByCard:
    """A challenge, and what the card answered."""

    challenge_id: bytes
    answer: bytes = field(repr=False)


Credentials = ByPassword | ByCard


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """The very bytes that the card must answer."""

    challenge_id: bytes
    challenge: bytes


@dataclass(frozen=True, slots=True)
class Proven:
    """In the transaction that the answer counts for: who it is, at which outlet, and the book to note in."""

    connection: Connection
    book: Book
    mark: str
    outlet: Outlet
    now: datetime


_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class _Card:
    x509: bytes
    challenge: bytes
    purpose: StaffPurpose


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the first transaction found."""

    member: Member | None
    card: _Card | None


def challenge(
    parts: StaffParts, caller: Caller, municipality: str, user_auth_x509: bytes, purpose: StaffPurpose
) -> ChallengeMade | Declined:
    """A challenge for whatever card is there: whether it is anybody's, nobody is told by it."""
    now = unix(parts.clock.now())
    expires_at = now + CHALLENGE_LIFETIME_S
    challenge_id, nonce = parts.entropy(CHALLENGE_ID_BYTES), parts.entropy(NONCE_BYTES)
    made = StaffChallenge(municipality, caller.terminal, purpose, nonce, expires_at).to_bytes()
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            declined = _not_now(parts, connection, book, caller, None, now)
            if declined is not None:
                return declined
            connection.execute(
                insert(staff_challenges).values(
                    municipality=municipality,
                    challenge_id=challenge_id,
                    terminal=caller.terminal,
                    purpose=purpose.value,
                    challenge=made,
                    encrypted_x509=parts.keys.close_x509(municipality, challenge_id, user_auth_x509),
                    expires_at=expires_at,
                )
            )
    return ChallengeMade(challenge_id, made)


def prove(
    parts: StaffParts,
    caller: Caller,
    municipality: str,
    credentials: Credentials,
    purpose: StaffPurpose,
    then: Callable[[Proven], _Done | Declined],
) -> _Done | Declined:
    """Does something once somebody proved who they are, in the transaction in which that was found; or says why not,
    which the audit log hears too."""
    asked = _count(parts, caller, municipality, credentials)
    if isinstance(asked, Declined):
        return asked
    # Outside of any lock: the work is meant to be slow.
    by_password = isinstance(credentials, ByPassword) and _password_right(asked.member, credentials)
    with parts.database.writing() as connection, open_book(connection, municipality) as book:
        now = parts.clock.now()
        outlet = _outlet(connection, municipality, caller)
        if isinstance(outlet, Declined):
            done: _Done | Declined = outlet
            mark = None
        else:
            mark = _mark(parts, connection, municipality, caller, credentials, asked, purpose, by_password, now)
            if mark is None:
                done = Declined(Why.WRONG)
            else:
                _uncount(parts, connection, municipality, caller, credentials)
                done = then(Proven(connection, book, mark, outlet, now))
        if isinstance(done, Declined):
            known = mark or (asked.member.mark if asked.member else "")
            note_refusal(book, caller, done, f"staff {purpose.value}", known, unix(now))
        return done


def note_refusal(book: Book, caller: Caller, declined: Declined, step: str, mark: str, now: int) -> None:
    """Notes what was refused; `mark` is empty where nobody is known."""
    detail: dict[str, str | int] = {"reason": declined.reason.value, "step": step}
    if mark:
        detail["officer"] = mark
    book.note(AuditEntry(now, AuditEvent.REFUSED, caller.terminal, detail))


def _count(parts: StaffParts, caller: Caller, municipality: str, credentials: Credentials) -> _Asked | Declined:
    """Counts the try, and finds what it is to be held against. Under the municipality's lock: of several at once each
    sees those before it."""
    now = unix(parts.clock.now())
    with parts.database.writing() as connection:
        if read_state(connection, municipality) is None:
            return Declined(RefusalReason.MUNICIPALITY_UNKNOWN)
        with open_book(connection, municipality) as book:
            declined = _not_now(parts, connection, book, caller, credentials, now)
            if declined is not None:
                return declined
            for whom, _ in _counted(parts, municipality, caller, credentials):
                failures = read_failures(connection, municipality, whom)
                keep_failures(connection, municipality, whom, failures.counted(now))
            if isinstance(credentials, ByPassword):
                return _Asked(read_member(connection, municipality, credentials.mark), None)
            return _Asked(None, _taken(parts, connection, municipality, caller, credentials, now))


def _not_now(
    parts: StaffParts, connection: Connection, book: Book, caller: Caller, credentials: Credentials | None, now: int
) -> Declined | None:
    """Why nothing is tried at this terminal now, noted; None when it may be."""
    municipality = book.state.municipality
    outlet = _outlet(connection, municipality, caller)
    declined = outlet if isinstance(outlet, Declined) else None
    wait_s = _wait_s(parts, connection, municipality, caller, credentials, now)
    if declined is None and wait_s:
        declined = Declined(Why.WAIT, wait_s)
    if declined is not None:
        note_refusal(book, caller, declined, "staff", _known(connection, municipality, credentials), now)
    return declined


def _taken(
    parts: StaffParts, connection: Connection, municipality: str, caller: Caller, by: ByCard, now: int
) -> _Card | None:
    """The challenge that was made for this terminal. Nobody answers it a second time."""
    table = staff_challenges.c
    of_it = and_(
        table.municipality == municipality,
        table.challenge_id == by.challenge_id,
        table.terminal == caller.terminal,
    )
    row = connection.execute(select(staff_challenges).where(of_it)).one_or_none()
    connection.execute(delete(staff_challenges).where(of_it))
    if row is None or row.expires_at <= now:
        return None
    x509 = parts.keys.open_x509(municipality, by.challenge_id, row.encrypted_x509)
    return _Card(x509, row.challenge, StaffPurpose(row.purpose))


def _password_right(member: Member | None, by: ByPassword) -> bool:
    return matches(None if member is None else member.password_hash, by.password)


def _mark(
    parts: StaffParts,
    connection: Connection,
    municipality: str,
    caller: Caller,
    credentials: Credentials,
    asked: _Asked,
    purpose: StaffPurpose,
    by_password: bool,
    now: datetime,
) -> str | None:
    """Whose credentials these are, None when anything is wrong with them."""
    if isinstance(credentials, ByPassword):
        # Read anew: the password may have been reset, and the same code taken, since.
        member = read_member(connection, municipality, credentials.mark)
        same = member is not None and asked.member is not None and member.password_hash == asked.member.password_hash
        if not by_password or member is None or not same or member.encrypted_code_secret is None:
            return None
        secret = parts.keys.open_code_secret(municipality, member.mark, member.encrypted_code_secret)
        step = accepted_step(secret, credentials.code, unix(now), member.code_step)
        if step is None:
            return None
        note_code_step(connection, municipality, member.mark, step)
        return member.mark
    card = asked.card
    if card is None or card.purpose is not purpose:
        return None
    identified = parts.identity.identify(connection, municipality, caller.terminal, card.x509, now)
    # A card that has no PIN proves nothing of who holds it.
    if isinstance(identified, Refused) or identified.face_auth:
        return None
    if not parts.identity.answered(card.x509, card.challenge, credentials.answer):
        return None
    return whose_card(connection, municipality, identified.resident.subject)


def _outlet(connection: Connection, municipality: str, caller: Caller) -> Outlet | Declined:
    admitted = admission(connection, municipality, caller)
    if isinstance(admitted, NotAdmitted):
        return Declined(admitted.refusal)
    if admitted.against not in (None, NotAdmitted.SUSPENDED):
        assert admitted.against is not None
        return Declined(admitted.against.refusal)
    return admitted.outlet


def _counted(
    parts: StaffParts, municipality: str, caller: Caller, credentials: Credentials | None
) -> list[tuple[bytes, Backoff]]:
    """By whom a try counts. A card is nobody's until it answered, and has tries of its own."""
    found = [(parts.keys.terminal(municipality, caller.terminal), OF_A_TERMINAL)]
    if isinstance(credentials, ByPassword):
        found.append((parts.keys.person(municipality, credentials.mark), OF_A_PERSON))
    return found


def _wait_s(
    parts: StaffParts,
    connection: Connection,
    municipality: str,
    caller: Caller,
    credentials: Credentials | None,
    now: int,
) -> int:
    return max(
        read_failures(connection, municipality, whom).wait_s(rule, now)
        for whom, rule in _counted(parts, municipality, caller, credentials)
    )


def _uncount(
    parts: StaffParts, connection: Connection, municipality: str, caller: Caller, credentials: Credentials
) -> None:
    """The try was none that failed; those of the person are forgotten, those of others at the terminal are not."""
    terminal = parts.keys.terminal(municipality, caller.terminal)
    failures = read_failures(connection, municipality, terminal)
    keep_failures(connection, municipality, terminal, replace(failures, count=failures.count - 1))
    if isinstance(credentials, ByPassword):
        forgotten = replace(failures, count=0)
        keep_failures(connection, municipality, parts.keys.person(municipality, credentials.mark), forgotten)


def _known(connection: Connection, municipality: str, credentials: Credentials | None) -> str:
    """The mark that was typed, if it is anybody's: anything else may be a password in the wrong field."""
    if not isinstance(credentials, ByPassword):
        return ""
    member = read_member(connection, municipality, credentials.mark)
    return "" if member is None else member.mark
