"""Whose cards are believed, and which card is whose since when."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import and_, select

from certserver.errors import ConfigurationError
from certserver.identity.crl import CheckedCrl, enter_crl, read_crl
from certserver.identity.policy import JPKI
from certserver.identity.subjects import link_card, note_pin_reset
from certserver.identity.trust import AddedAnchor, add_anchor
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.stages import Refused
from certserver.storage.identity import crls, trust_anchors
from koufu.der import MALFORMED_DER


@dataclass(frozen=True, slots=True)
class HeldCrl:
    """A CRL in force. Instants are Unix seconds. `counts_until`: from when on nobody of this issuer is served any more,
    unless a newer one comes."""

    issuer: str
    this_update: int
    next_update: int
    taken_at: int
    counts_until: int


def held_crls(desk: Desk) -> tuple[HeldCrl, ...]:
    """What is in force, by issuer."""
    desk.demand(Right.SEE)
    oldest = int(JPKI.crl_max_age.total_seconds())
    with desk.database.reading() as connection:
        rows = connection.execute(
            select(trust_anchors.c.name, crls.c.this_update, crls.c.next_update, crls.c.added_at)
            .join(
                crls,
                and_(
                    crls.c.municipality == trust_anchors.c.municipality,
                    crls.c.issuer_key_id == trust_anchors.c.key_id,
                ),
            )
            .where(trust_anchors.c.municipality == desk.municipality)
            .order_by(trust_anchors.c.name, crls.c.scope)
        ).all()
    return tuple(
        HeldCrl(
            issuer=row.name,
            this_update=row.this_update,
            next_update=row.next_update,
            taken_at=row.added_at,
            counts_until=min(row.next_update, row.this_update + oldest),
        )
        for row in rows
    )


def trust(desk: Desk, issuer: bytes) -> AddedAnchor:
    """Trusts an issuer of user-authentication X.509s (PEM or DER). Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    with desk.changing() as (connection, book):
        anchor = add_anchor(connection, desk.municipality, issuer, desk.clock.now())
        desk.note_set(book, f"issuer trusted: SHA-256 {anchor.fingerprint.hex()}")
    return anchor


def take_crl(desk: Desk, content: bytes) -> CheckedCrl:
    """Puts a CRL (DER or PEM) in force. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    now = desk.clock.now()
    with desk.database.reading() as connection:
        crl = read_crl(connection, desk.subjects, desk.municipality, content, now)
    with desk.changing() as (connection, book):
        enter_crl(connection, desk.municipality, crl, now)
        desk.note_set(book, f"CRL in force: {len(crl.subjects)} entries, of {crl.this_update.isoformat()}")
    return crl


def link(
    desk: Desk,
    content: bytes,
    resident_id: str,
    since: datetime | None,
    *,
    face_auth: bool,
    of_card: bytes | None = None,
) -> None:
    """Links a card's X.509 (PEM or DER) with a resident; the card counts from the day after `since`. A telephone's ends
    with that of the card it was applied for with, `of_card`. Raises
    `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    der, subjects = x509_der(content), desk.subjects
    with desk.changing() as (connection, book):
        linked = link_card(
            connection,
            subjects,
            desk.municipality,
            der,
            resident_id,
            since or desk.clock.now(),
            face_auth=face_auth,
            of_card=None if of_card is None else x509_der(of_card),
        )
        if isinstance(linked, Refused):
            raise _not_trusted()
        desk.note_set(book, f"card linked: subject {linked.subject.hex()}")


def reset_pin(desk: Desk, content: bytes) -> None:
    """Notes that a counter reset the PIN of a card (its X.509 in PEM or DER) today. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    der, subjects = x509_der(content), desk.subjects
    with desk.changing() as (connection, book):
        subject = note_pin_reset(connection, subjects, desk.municipality, der, desk.clock.now())
        if isinstance(subject, Refused):
            raise _not_trusted()
        desk.note_set(book, f"PIN reset at a counter: subject {subject.hex()}")


def x509_der(content: bytes) -> bytes:
    """The DER of an X.509 in PEM or DER. Raises `ConfigurationError`."""
    try:
        is_pem = content.lstrip().startswith(b"-----BEGIN")
        read = x509.load_pem_x509_certificate(content) if is_pem else x509.load_der_x509_certificate(content)
    except MALFORMED_DER as error:
        raise ConfigurationError("this file is no X.509 in PEM or DER") from error
    return read.public_bytes(Encoding.DER)


def _not_trusted() -> ConfigurationError:
    return ConfigurationError(
        "this is no user-authentication X.509 of a trusted issuer: run `trust add` for its issuer first"
    )
