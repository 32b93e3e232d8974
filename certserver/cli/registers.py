"""The commands that change the register for one person at once: registered-seal cancel, registered-seal revive,
withholding set, withholding lift. They name nobody, on the screen or in the audit log (I11): a resident, or a person of
a koseki, stands there as a keyed hash."""

import argparse
import hmac
from dataclasses import dataclass

from sqlalchemy import Connection

from certserver.cli.opened import Opened, changing, opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_keys
from certserver.errors import ConfigurationError
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.ports import unix
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_koseki_snapshot, read_status
from certserver.registers.withholding import (
    koseki_withholding_on,
    withholding_on,
    write_koseki_withholding,
    write_withholding,
)
from certserver.registers.writing import cancel_registered_seal, revive_registered_seal
from certserver.signing.secrets import subkey


@dataclass(frozen=True, slots=True, repr=False)
class _Resident:
    """Whom a command is about, by the resident register's key."""

    resident_id: str
    called = "resident"
    elsewhere = "on the same person in a koseki (--koseki, --person)"

    @property
    def key(self) -> str:
        return self.resident_id

    def own(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        return withholding_on(connection, municipality, self.resident_id)

    def write(self, connection: Connection, municipality: str, withholding: frozenset[Withholding]) -> None:
        write_withholding(connection, municipality, self.resident_id, withholding)

    def in_force(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        orderer = _status(connection, municipality, self.resident_id).orderer
        return orderer.withholding if orderer else frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class _Person:
    """The same, by the koseki register's keys."""

    koseki_id: str
    person_id: str
    called = "person"
    elsewhere = "on the same person as a resident (--resident), or in another koseki"

    @property
    def key(self) -> str:
        return f"{self.koseki_id}/{self.person_id}"

    def own(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        return koseki_withholding_on(connection, municipality, self.koseki_id, self.person_id)

    def write(self, connection: Connection, municipality: str, withholding: frozenset[Withholding]) -> None:
        write_koseki_withholding(connection, municipality, self.koseki_id, self.person_id, withholding)

    def in_force(self, connection: Connection, municipality: str) -> frozenset[Withholding]:
        snapshot = read_koseki_snapshot(connection, municipality, self.koseki_id, self.person_id)
        person = snapshot.koseki.orderer if snapshot and snapshot.koseki else None
        return person.withholding if person else frozenset()


_Whom = _Resident | _Person


def cancel(parsed: argparse.Namespace) -> int:
    """Cancels a registered seal."""
    whom = _Resident(parsed.resident)
    with opened(parsed) as at_hand:
        reference = _reference(at_hand, whom)
        with changing(at_hand) as (connection, book):
            if _status(connection, at_hand.municipality, parsed.resident).seal is RegisteredSealStatus.CANCELLED:
                raise ConfigurationError("this resident's registered seal is cancelled already")
            cancel_registered_seal(connection, at_hand.municipality, parsed.resident)
            _note(book, "registered seal cancelled", whom, reference)
    print(f"Cancelled. In the audit log the resident is {reference}.")
    return 0


def revive(parsed: argparse.Namespace) -> int:
    """Takes back that a registered seal was cancelled here."""
    whom = _Resident(parsed.resident)
    with opened(parsed) as at_hand:
        reference = _reference(at_hand, whom)
        with changing(at_hand) as (connection, book):
            revive_registered_seal(connection, at_hand.municipality, parsed.resident)
            if _status(connection, at_hand.municipality, parsed.resident).seal is RegisteredSealStatus.CANCELLED:
                raise ConfigurationError(
                    "the core system has this registered seal as cancelled: it must deliver it anew"
                )
            _note(book, "registered seal revived", whom, reference)
    print(f"Registered again, from now on. In the audit log the resident is {reference}.")
    return 0


def set_withholding(parsed: argparse.Namespace) -> int:
    """Puts a withholding in force."""
    kind, whom = Withholding(parsed.kind), _whom(parsed)
    with opened(parsed) as at_hand:
        reference = _reference(at_hand, whom)
        with changing(at_hand) as (connection, book):
            before = whom.own(connection, at_hand.municipality)
            if kind in before:
                raise ConfigurationError(f"{kind.value} is already in force for this {whom.called}")
            whom.write(connection, at_hand.municipality, before | {kind})
            _note(book, f"{kind.value} set", whom, reference)
    print(f"In force from now on. In the audit log the {whom.called} is {reference}.")
    return 0


def lift_withholding(parsed: argparse.Namespace) -> int:
    """Lifts a withholding."""
    kind, whom = Withholding(parsed.kind), _whom(parsed)
    with opened(parsed) as at_hand:
        reference = _reference(at_hand, whom)
        with changing(at_hand) as (connection, book):
            before = whom.own(connection, at_hand.municipality)
            if kind not in before:
                stands = kind in whom.in_force(connection, at_hand.municipality)
                where = f": it stands {whom.elsewhere}" if stands else ""
                raise ConfigurationError(f"{kind.value} is not in force for this {whom.called}{where}")
            whom.write(connection, at_hand.municipality, before - {kind})
            stays = kind in whom.in_force(connection, at_hand.municipality)
            _note(book, f"{kind.value} lifted", whom, reference)
    print(f"Lifted from now on. In the audit log the {whom.called} is {reference}.")
    if stays:
        print(f"It stays in force: it stands {whom.elsewhere} too.")
    return 0


def _whom(parsed: argparse.Namespace) -> _Whom:
    if (parsed.koseki is None) is not (parsed.person is None):
        raise ConfigurationError("a person of a koseki is named by both --koseki and --person")
    return _Resident(parsed.resident) if parsed.koseki is None else _Person(parsed.koseki, parsed.person)


def _status(connection: Connection, municipality: str, resident_id: str) -> StatusNow:
    status = read_status(connection, municipality, resident_id)
    if status is None:
        raise ConfigurationError(f"the register of {municipality} has no such resident")
    return status


def _reference(at_hand: Opened, whom: _Whom) -> str:
    """How the audit log names somebody: always alike, and to nobody without the home's secret."""
    used_for = "residents in the audit log" if isinstance(whom, _Resident) else "people of koseki in the audit log"
    key = subkey(open_keys(at_hand.home, at_hand.settings).secret, used_for)
    return hmac.digest(key, f"{at_hand.municipality}/{whom.key}".encode(), "sha256").hex()


def _note(book: Book, what: str, whom: _Whom, reference: str) -> None:
    detail = {"what": what, whom.called: reference}
    book.note(AuditEntry(unix(SystemClock().now()), AuditEvent.REGISTER_CHANGED, OPERATOR, detail))
