"""Passkeys (WebAuthn): registered by somebody who has just signed in, and enough to come in, since the authenticator
asks for a PIN or a finger of its own. A challenge is known again by its MAC, so that nothing is stored for whoever only
asks for one; answered once, it counts no more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, and_, delete, insert, select, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.objections import Forbidden, Objection
from certserver.office.desk import actor_of
from certserver.office.signing_in.counting import count, note_refusal, uncount, waiting
from certserver.office.signing_in.parts import Doors, hash_of
from certserver.office.signing_in.sessions import Came, Present, begin
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.storage.office import office_answered, office_passkeys

CHALLENGE_S = 300
MOST_PASSKEYS = 10
LONGEST_NAME = 64

_NONCE_BYTES, _INSTANT_BYTES = 16, 8
_STEP = "passkey"

_NOT_SO = (WebAuthnException, ValueError, RecursionError)
"""What reading an answer raises: the library passes on what base64, UTF-8 and nesting of whoever sends it lead to."""

_Credential = TypeVar("_Credential", AuthenticationCredential, RegistrationCredential)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser says it is: the name that passkeys belong to, and the whole origin."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of somebody's passkeys. Instants are Unix seconds."""

    credential_id: bytes
    name: str
    added_at: int
    used_at: int | None


@dataclass(frozen=True, slots=True)
class _Read(Generic[_Credential]):
    """An answer of an authenticator, read but not verified, and the challenge that it says it answers."""

    credential: _Credential
    challenge: bytes = field(repr=False)


def registration_options(doors: Doors, site: Site, who: Present) -> str:
    """What the browser is asked to make, as JSON. Raises `NotAllowed` where it is too long ago that this was proven to
    be them."""
    _just_proven(doors, who)
    kept = passkeys_of(doors, who.officer.mark)
    return options_to_json(
        generate_registration_options(
            rp_id=site.name,
            rp_name="koufu",
            user_id=doors.keys.handle(doors.municipality, who.officer.mark),
            user_name=who.officer.mark,
            user_display_name=who.officer.mark,
            challenge=_challenge(doors, _registering(who)),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=each.credential_id) for each in kept],
        )
    )


def register(doors: Doors, site: Site, who: Present, name: str, answer: str) -> bool:
    """Keeps what the authenticator made; False when it is not what was asked for, or there are too many already. Raises
    `NotAllowed` as `registration_options`."""
    _just_proven(doors, who)
    read = _read(parse_registration_credential_json, answer)
    if read is None or not _ours(doors, read.challenge, _registering(who)):
        return False
    try:
        made = verify_registration_response(
            credential=read.credential,
            expected_challenge=read.challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _NOT_SO:
        return False
    mark, now = who.officer.mark, doors.now()
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        mine = _all_of(connection, doors, mark)
        if len(mine) >= MOST_PASSKEYS or _row(connection, doors, made.credential_id) is not None:
            return False
        if not _answered_once(connection, doors, read.challenge, now):
            return False
        connection.execute(
            insert(office_passkeys).values(
                municipality=doors.municipality,
                credential_id=made.credential_id,
                mark=mark,
                name=name.strip()[:LONGEST_NAME],
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
                added_at=now,
                used_at=None,
            )
        )
        detail: dict[str, str | int] = {"officer": mark, "what": "passkey added"}
        book.note(AuditEntry(now, AuditEvent.CONFIGURED, actor_of(who.officer), detail))
    return True


def drop_passkey(doors: Doors, who: Present, credential_id: bytes) -> bool:
    """Lets one of somebody's passkeys sign nobody in any more; False when it is none of theirs. Raises `NotAllowed` as
    `registration_options`."""
    _just_proven(doors, who)
    mark = who.officer.mark
    of_it = and_(_it(doors, credential_id), office_passkeys.c.mark == mark)
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        dropped = connection.execute(delete(office_passkeys).where(of_it)).rowcount == 1
        if dropped:
            detail: dict[str, str | int] = {"officer": mark, "what": "passkey dropped"}
            book.note(AuditEntry(doors.now(), AuditEvent.CONFIGURED, actor_of(who.officer), detail))
    return dropped


def passkeys_of(doors: Doors, mark: str) -> tuple[Passkey, ...]:
    """Somebody's passkeys, oldest first."""
    with doors.database.reading() as connection:
        return _all_of(connection, doors, mark)


def sign_in_options(doors: Doors, site: Site) -> str:
    """What the browser is asked to answer, as JSON. It names no passkey: the authenticator knows whose it has."""
    return options_to_json(
        generate_authentication_options(
            rp_id=site.name,
            challenge=_challenge(doors, _STEP),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def sign_in(doors: Doors, site: Site, address: str, answer: str) -> Came | Declined:
    """A session for whoever's passkey answered. Tries count by address alone, and apart from those of passwords: who
    has one comes in while somebody else's guesses keep the address waiting."""
    address = f"passkey {address}"
    # Before the lock: what cannot be read is counted like what is wrong.
    read = _read(parse_authentication_credential_json, answer)
    declined = waiting(doors, address, None, _STEP)
    if declined is not None:
        return declined
    with doors.database.writing() as connection, open_book(connection, doors.municipality) as book:
        now = doors.now()
        declined = count(doors, connection, book, address, None, _STEP, now)
        if declined is not None:
            return declined
        mark = None if read is None else _whose(doors, connection, site, read, now)
        done: Came | Declined = Declined(Why.WRONG)
        if mark is not None:
            uncount(doors, connection, address, None)
            done = begin(doors, connection, book, mark, "passkey", now)
        if isinstance(done, Declined):
            note_refusal(connection, book, done, _STEP, mark, now)
        return done


def _just_proven(doors: Doors, who: Present) -> None:
    if not who.session.fresh(doors.now()):
        raise Forbidden(Objection.PROVE_ANEW)


def _read(parse: Callable[[str], _Credential], answer: str) -> _Read[_Credential] | None:
    try:
        credential = parse(answer)
        return _Read(credential, parse_client_data_json(credential.response.client_data_json).challenge)
    except _NOT_SO:
        return None


def _whose(
    doors: Doors, connection: Connection, site: Site, read: _Read[AuthenticationCredential], now: int
) -> str | None:
    row = _row(connection, doors, read.credential.raw_id)
    if row is None or not _ours(doors, read.challenge, _STEP):
        return None
    handle = read.credential.response.user_handle
    if handle is not None and handle != doors.keys.handle(doors.municipality, row.mark):
        return None
    try:
        proven = verify_authentication_response(
            credential=read.credential,
            expected_challenge=read.challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except _NOT_SO:
        return None
    if not _answered_once(connection, doors, read.challenge, now):
        return None
    used = update(office_passkeys).where(_it(doors, row.credential_id))
    connection.execute(used.values(sign_count=proven.new_sign_count, used_at=now))
    return str(row.mark)


def _challenge(doors: Doors, purpose: str) -> bytes:
    told = doors.entropy(_NONCE_BYTES) + (doors.now() + CHALLENGE_S).to_bytes(_INSTANT_BYTES)
    return told + _mac(doors, told, purpose)


def _ours(doors: Doors, challenge: bytes, purpose: str) -> bool:
    """Whether this server made it for this, not long ago."""
    told = challenge[: _NONCE_BYTES + _INSTANT_BYTES]
    # Compared as hashes: how long it takes tells nothing of the MAC.
    if hash_of(challenge) != hash_of(told + _mac(doors, told, purpose)):
        return False
    return doors.now() < int.from_bytes(told[_NONCE_BYTES:])


def _mac(doors: Doors, told: bytes, purpose: str) -> bytes:
    return doors.keys.challenge_mac(told + f"{doors.municipality} {purpose}".encode())


def _registering(who: Present) -> str:
    return f"register {who.officer.mark} {who.session.session_hash.hex()}"


def _answered_once(connection: Connection, doors: Doors, challenge: bytes, now: int) -> bool:
    table = office_answered.c
    which = hash_of(challenge)
    of_it = and_(table.municipality == doors.municipality, table.challenge_hash == which)
    if connection.execute(select(table.expires_at).where(of_it)).first() is not None:
        return False
    values = {"municipality": doors.municipality, "challenge_hash": which, "expires_at": now + CHALLENGE_S}
    connection.execute(insert(office_answered).values(**values))
    return True


def _all_of(connection: Connection, doors: Doors, mark: str) -> tuple[Passkey, ...]:
    table = office_passkeys.c
    rows = connection.execute(
        select(table.credential_id, table.name, table.added_at, table.used_at)
        .where(table.municipality == doors.municipality, table.mark == mark)
        .order_by(table.added_at, table.credential_id)
    )
    return tuple(Passkey(*row) for row in rows)


def _row(connection: Connection, doors: Doors, credential_id: bytes) -> Any:
    return connection.execute(select(office_passkeys).where(_it(doors, credential_id))).one_or_none()


def _it(doors: Doors, credential_id: bytes) -> Any:
    return and_(office_passkeys.c.municipality == doors.municipality, office_passkeys.c.credential_id == credential_id)
