"""The commands that say whose cards are believed, and which card is whose since when: trust, card."""

import argparse
from datetime import date, datetime, time

from certserver.cli.opened import at_desk, read_file
from certserver.office import cards
from certserver.ports import JST


def trust_add(parsed: argparse.Namespace) -> int:
    """Trusts issuers."""
    with at_desk(parsed) as desk:
        for file in parsed.files:
            anchor = cards.trust(desk, read_file(file))
            print(f"Trusted until {anchor.not_after:%Y-%m-%d}: {anchor.name}")
            print(f"  SHA-256 {anchor.fingerprint.hex(':')} - hold it against what the issuer published.")
    return 0


def trust_crl(parsed: argparse.Namespace) -> int:
    """Puts CRLs in force."""
    with at_desk(parsed) as desk:
        for file in parsed.files:
            crl = cards.take_crl(desk, read_file(file))
            print(f"In force: {len(crl.subjects)} revoked X.509s, as of {crl.this_update:%Y-%m-%d %H:%M} UTC;", end=" ")
            print(f"the next one is due before {crl.next_update:%Y-%m-%d %H:%M} UTC.")
    return 0


def link(parsed: argparse.Namespace) -> int:
    """Links a card."""
    since = _begin_of(parsed.since) if parsed.since else None
    with at_desk(parsed) as desk:
        of_card = read_file(parsed.phone_of) if parsed.phone_of else None
        cards.link(desk, read_file(parsed.x509), parsed.resident, since, face_auth=parsed.face_auth, of_card=of_card)
    print("Linked." if not parsed.face_auth else "Linked as a face-authentication card.")
    return 0


def pin_reset(parsed: argparse.Namespace) -> int:
    """Notes that a card's PIN was reset at a counter."""
    with at_desk(parsed) as desk:
        cards.reset_pin(desk, read_file(parsed.x509))
    print("Noted: the card can be used from tomorrow.")
    return 0


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), JST)
