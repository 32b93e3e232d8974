"""From an X.509 to the resident: the keyed hash that stands for issuer and serial, and which one is whose. Only the
hash is ever stored."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, and_, insert, select, update

from certserver.errors import StorageError
from certserver.identity.policy import JPKI, IdentityPolicy
from certserver.identity.trust import read_anchors
from certserver.identity.x509 import TrustedX509, examine
from certserver.ports import unix
from certserver.registers.repository import is_resident
from certserver.stages import Refused
from certserver.storage.identity import card_links
from koufu.evidence.codec import Writer

SECRET_BYTES = 32

_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True, repr=False)
class SubjectKey:
    """The server's 32-byte secret for subjects. With another one nobody is known any more: cards and CRLs have to be
    entered again."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"the secret for subjects has {SECRET_BYTES} bytes")

    def __repr__(self) -> str:
        return "<SubjectKey>"


@dataclass(frozen=True, slots=True)
class CardLink:
    """A subject, whose it is, and whether the municipality knows it as a face-authentication card."""

    subject: bytes
    resident_id: str = field(repr=False)
    face_auth: bool


def subject_maker(key: SubjectKey, municipality: str, issuer_key_id: bytes) -> Callable[[bytes], bytes]:
    """A function from a serial (big-endian bytes) to its subject: HMAC-SHA-256 over municipality, issuer and serial, so
    that neither two generations of an issuer nor two municipalities can take one for another."""
    head = Writer("koufu/subject/1")
    head.text(municipality)
    head.raw(issuer_key_id)
    fixed = head.done()

    def subject(serial: bytes) -> bytes:
        return hmac.digest(key.secret, fixed + len(serial).to_bytes(_LENGTH_BYTES, "big") + serial, "sha256")

    return subject


def subject_of(key: SubjectKey, municipality: str, trusted: TrustedX509) -> bytes:
    """The 32 bytes that stand for an X.509 in one municipality."""
    return subject_maker(key, municipality, trusted.issuer_key_id)(trusted.serial)


def subject_of_x509(
    connection: Connection, key: SubjectKey, municipality: str, user_auth_x509: bytes, policy: IdentityPolicy = JPKI
) -> bytes | Refused:
    """The subject of an X.509 (DER), or the refusal of one that no trusted issuer made."""
    trusted = examine(user_auth_x509, read_anchors(connection, municipality), policy)
    return trusted if isinstance(trusted, Refused) else subject_of(key, municipality, trusted)


def link_card(
    connection: Connection,
    key: SubjectKey,
    municipality: str,
    user_auth_x509: bytes,
    resident_id: str,
    linked_at: datetime,
    *,
    face_auth: bool = False,
    of_card: bytes | None = None,
    policy: IdentityPolicy = JPKI,
) -> CardLink | Refused:
    """Links a card's X.509 (DER) with a resident, or refuses one that no trusted issuer made. A telephone's names the
    X.509 (DER) `of_card` that it ends with. One that has expired or
    was revoked may be linked: it is refused when it is used. It can be used from the day after `linked_at` in Japan.
    Linking it again to the same resident sets `face_auth` and `of_card` and nothing else. Raises `StorageError` for an
    unknown resident, when the X.509 is somebody else's already, and for an `of_card` that is not this resident's."""
    trusted = examine(user_auth_x509, read_anchors(connection, municipality), policy)
    if isinstance(trusted, Refused):
        return trusted
    link = CardLink(subject_of(key, municipality, trusted), resident_id, face_auth)
    _check_holder(connection, municipality, link)
    of_link = and_(card_links.c.municipality == municipality, card_links.c.subject == link.subject)
    values = {
        "resident_id": resident_id,
        "face_auth": face_auth,
        "issuer_key_id": trusted.issuer_key_id,
        "crl_scope": trusted.crl_scope,
        "not_after": unix(trusted.not_after),
        "of_card": None if of_card is None else _card_of(connection, key, municipality, of_card, resident_id, policy),
    }
    if connection.execute(update(card_links).where(of_link).values(**values)).rowcount == 0:
        first = {"municipality": municipality, "subject": link.subject, "linked_at": unix(linked_at)}
        connection.execute(insert(card_links).values(**first, **values))
    return link


def note_pin_reset(
    connection: Connection,
    key: SubjectKey,
    municipality: str,
    user_auth_x509: bytes,
    now: datetime,
    policy: IdentityPolicy = JPKI,
) -> bytes | Refused:
    """Notes that the PIN of a linked card (its X.509 in DER) was reset at a counter: it can be used from tomorrow in
    Japan. Returns its subject. Raises `StorageError` when the card is not linked."""
    subject = subject_of_x509(connection, key, municipality, user_auth_x509, policy)
    if isinstance(subject, Refused):
        return subject
    of_link = and_(card_links.c.municipality == municipality, card_links.c.subject == subject)
    if connection.execute(update(card_links).where(of_link).values(pin_reset_at=unix(now))).rowcount == 0:
        raise StorageError("this X.509 is not linked with a resident")
    return subject


def holder_of(connection: Connection, municipality: str, subject: bytes) -> str | None:
    """The resident register's key of whoever a subject is linked with, None when that is nobody."""
    of_link = and_(card_links.c.municipality == municipality, card_links.c.subject == subject)
    return connection.scalar(select(card_links.c.resident_id).where(of_link))


def _check_holder(connection: Connection, municipality: str, link: CardLink) -> None:
    if not is_resident(connection, municipality, link.resident_id):
        raise StorageError(f"the register of {municipality} has no such resident")
    if holder_of(connection, municipality, link.subject) not in (None, link.resident_id):
        raise StorageError("this X.509 is linked with another resident")


def _card_of(
    connection: Connection, key: SubjectKey, municipality: str, of_card: bytes, resident_id: str, policy: IdentityPolicy
) -> bytes:
    subject = subject_of_x509(connection, key, municipality, of_card, policy)
    held = None if isinstance(subject, Refused) else holder_of(connection, municipality, subject)
    if isinstance(subject, Refused) or held != resident_id:
        raise StorageError("the card that a telephone belongs to is linked with the same resident first")
    return subject
