"""The commands that say whose cards are believed, and which card is whose since when: trust, card."""

import argparse
from datetime import date, datetime, time
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certserver.cli.opened import changing, note, opened, read_file
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_keys
from certserver.errors import ConfigurationError
from certserver.identity.crl import enter_crl, read_crl
from certserver.identity.subjects import link_card, note_pin_reset
from certserver.identity.trust import add_anchor
from certserver.ports import JST
from certserver.stages import Refused


def trust_add(parsed: argparse.Namespace) -> int:
    """Trusts issuers."""
    with opened(parsed) as at_hand:
        for file in parsed.files:
            with changing(at_hand) as (connection, book):
                anchor = add_anchor(connection, at_hand.municipality, read_file(file), SystemClock().now())
                note(book, f"issuer trusted: SHA-256 {anchor.fingerprint.hex()}")
            print(f"Trusted until {anchor.not_after:%Y-%m-%d}: {anchor.name}")
            print(f"  SHA-256 {anchor.fingerprint.hex(':')} - hold it against what the issuer published.")
    return 0


def trust_crl(parsed: argparse.Namespace) -> int:
    """Puts CRLs in force."""
    with opened(parsed) as at_hand:
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        for file in parsed.files:
            now = SystemClock().now()
            with at_hand.database.reading() as connection:
                crl = read_crl(connection, subjects, at_hand.municipality, read_file(file), now)
            entries = len(crl.subjects)
            with changing(at_hand) as (connection, book):
                enter_crl(connection, at_hand.municipality, crl, now)
                note(book, f"CRL in force: {entries} entries, of {crl.this_update.isoformat()}")
            print(f"In force: {entries} revoked X.509s, as of {crl.this_update:%Y-%m-%d %H:%M} UTC;", end=" ")
            print(f"the next one is due before {crl.next_update:%Y-%m-%d %H:%M} UTC.")
    return 0


def link(parsed: argparse.Namespace) -> int:
    """Links a card."""
    with opened(parsed) as at_hand:
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        der = x509_der(read_file(parsed.x509))
        with changing(at_hand) as (connection, book):
            linked = link_card(
                connection,
                subjects,
                at_hand.municipality,
                der,
                parsed.resident,
                _begin_of(parsed.since) if parsed.since else SystemClock().now(),
                face_auth=parsed.face_auth,
            )
            if isinstance(linked, Refused):
                raise _not_trusted(parsed.x509)
            note(book, f"card linked: subject {linked.subject.hex()}")
    print("Linked." if not parsed.face_auth else "Linked as a face-authentication card.")
    return 0


def pin_reset(parsed: argparse.Namespace) -> int:
    """Notes that a card's PIN was reset at a counter."""
    with opened(parsed) as at_hand:
        subjects = open_keys(at_hand.home, at_hand.settings).subjects
        der = x509_der(read_file(parsed.x509))
        with changing(at_hand) as (connection, book):
            subject = note_pin_reset(connection, subjects, at_hand.municipality, der, SystemClock().now())
            if isinstance(subject, Refused):
                raise _not_trusted(parsed.x509)
            note(book, f"PIN reset at a counter: subject {subject.hex()}")
    print("Noted: the card can be used from tomorrow.")
    return 0


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), JST)


def _not_trusted(file: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{file} is no user-authentication X.509 of a trusted issuer: run `trust add` for it first"
    )


def x509_der(content: bytes) -> bytes:
    """The DER of an X.509 in PEM or DER. Raises `ConfigurationError`."""
    try:
        is_pem = content.lstrip().startswith(b"-----BEGIN")
        read = x509.load_pem_x509_certificate(content) if is_pem else x509.load_der_x509_certificate(content)
    except ValueError as error:
        raise ConfigurationError("this file is no X.509 in PEM or DER") from error
    return read.public_bytes(Encoding.DER)
