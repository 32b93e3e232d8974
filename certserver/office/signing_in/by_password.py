"""Proving who one is by password and one-time code: to come in, or to set another password. Whatever was wrong, the
answer is the same; a mark that nobody has costs the same work."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.office.desk import actor_of
from certserver.office.rights import Officer
from certserver.office.signing_in.counting import count, note_refusal, uncount, waiting
from certserver.office.signing_in.parts import Doors
from certserver.office.signing_in.sessions import Came, begin
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.pipeline.staff.registry import drop_other_ways, replace_password
from certserver.pipeline.staff.rows import Member, note_code_step, read_member
from certserver.pipeline.staff.sessions import end_sessions_of
from certserver.staff.codes import accepted_step
from certserver.staff.passwords import SALT_BYTES, Unfit, hashed, matches, unfit

_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Typed:
    """As it was typed."""

    mark: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)


def sign_in(doors: Doors, address: str, typed: Typed) -> Came | Declined:
    """A session for whoever typed what is theirs and holds a role today."""

    def then(connection: Connection, book: Book, mark: str, now: int) -> Came | Declined:
        return begin(doors, connection, book, mark, "password", now)

    return _prove(doors, address, typed, "sign-in", then)


def change_password(doors: Doors, address: str, typed: Typed, chosen: str, *, alone: bool) -> Came | Declined | Unfit:
    """Another password for whoever typed the former one; all their sessions end, and a new one begins. Where it is to
    be the `alone` way in, passkeys and staff card sign them in no more."""
    why = unfit(chosen, typed.mark)
    if why is not None:
        return why
    kept = hashed(chosen, doors.entropy(SALT_BYTES))

    def then(connection: Connection, book: Book, mark: str, now: int) -> Came | Declined:
        replace_password(connection, doors.municipality, mark, kept)
        end_sessions_of(connection, book, mark, "password changed", now)
        if alone:
            drop_other_ways(connection, doors.municipality, mark)
        detail = {"officer": mark, "what": "password changed" + (", no other way in is left" if alone else "")}
        book.note(AuditEntry(now, AuditEvent.CONFIGURED, actor_of(Officer(mark, frozenset())), detail))
        return begin(doors, connection, book, mark, "password", now)

    return _prove(doors, address, typed, "password", then)


def _prove(
    doors: Doors,
    address: str,
    typed: Typed,
    step: str,
    then: Callable[[Connection, Book, str, int], _Done | Declined],
) -> _Done | Declined:
    """Does something once somebody proved who they are, in the transaction in which that was found. Of several tries
    at once each sees those before it."""
    declined = waiting(doors, address, typed.mark, step)
    if declined is not None:
        return declined
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        declined = count(doors, connection, book, address, typed.mark, step, doors.now())
        if declined is not None:
            return declined
        asked = read_member(connection, doors.municipality, typed.mark)
    # Outside of any lock: the work is meant to be slow.
    right = matches(None if asked is None else asked.password_hash, typed.password)
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        now = doors.now()
        # Read anew: the password may have been reset, and the same code taken, since.
        member = read_member(connection, doors.municipality, typed.mark)
        done: _Done | Declined = Declined(Why.WRONG)
        if right and member is not None and asked is not None and member.password_hash == asked.password_hash:
            taken = _accepted(doors, member, typed.code, now)
            if taken is not None:
                note_code_step(connection, doors.municipality, member.mark, taken)
                uncount(doors, connection, address, member.mark)
                done = then(connection, book, member.mark, now)
        if isinstance(done, Declined):
            note_refusal(connection, book, done, step, typed.mark, now)
        return done


def _accepted(doors: Doors, member: Member, code: str, now: int) -> int | None:
    if member.encrypted_code_secret is None:
        return None
    secret = doors.keys.staff.open_code_secret(doors.municipality, member.mark, member.encrypted_code_secret)
    return accepted_step(secret, code, now, member.code_step)
